"""What the comment desk knows while it folds: products by alias, approved answers, what is on air, and what became of each comment."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kaibo.core.event import Event
from kaibo.features.audience.columns import unpack
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.comment.triage import CommentKind, aliases, best_answer, bigrams, kind_of_comment, normal, product_of
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.rundown.facts import CueAdded, CueEdited, CueWent

READS = (
    AudienceBatch, CommentAnswered, CommentDismissed, QuestionHanded, QuestionFinished,
    ProductAdded, ProductEdited, ProductRemoved, CueAdded, CueEdited, CueWent,
)  # fmt: skip

HEARD_KEPT = 8  # the views of one event come one after the other


@dataclass(slots=True)
class Knowledge:
    """The products of the show as a reader of comments needs them."""

    names: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    known: dict[str, str] = field(default_factory=dict[str, str])
    doubts: dict[str, tuple[tuple[frozenset[str], str], ...]] = field(
        default_factory=dict[str, tuple[tuple[frozenset[str], str], ...]]
    )
    cues: dict[str, str] = field(default_factory=dict[str, str])
    on_air: str = ""

    def learn(self, event: Event[Any]) -> None:
        """Take in what products and cues say."""
        match event.fact:
            case ProductAdded(product=sheet) | ProductEdited(product=sheet):
                self._sheet(sheet)
            case ProductRemoved(product_id=product_id):
                self._forget(product_id)
            case CueAdded(cue=cue):
                self.cues[cue.cue_id] = cue.product_id or ""
            case CueEdited(cue_id=cue_id, values=values):
                if "product_id" in values:
                    self.cues[cue_id] = values["product_id"] or ""
            case CueWent(cue_id=cue_id):
                self.on_air = self.cues.get(cue_id, "")
            case _:
                pass

    def about(self, text: str) -> str:
        """The product a normalised comment is about, or ""."""
        return product_of(text, self.known, self.on_air)

    def answer(self, text: str, product_id: str) -> str:
        """The approved answer of its product (or of the one on air) that fits, or ""."""
        return best_answer(text, self.doubts.get(product_id or self.on_air, ()))

    def _sheet(self, sheet: ProductSheet) -> None:
        self._forget(sheet.product_id)
        names = aliases(sheet.product_id, sheet.name)
        self.names[sheet.product_id] = names
        for name in names:
            self.known.setdefault(name, sheet.product_id)
        self.doubts[sheet.product_id] = tuple((bigrams(normal(doubt.question)), doubt.answer) for doubt in sheet.doubts)

    def _forget(self, product_id: str) -> None:
        for name in self.names.pop(product_id, ()):
            if self.known.get(name) == product_id:
                del self.known[name]
        self.doubts.pop(product_id, None)


@dataclass(frozen=True, slots=True)
class Heard:
    """One comment with its address within the batch."""

    index: int
    at: int
    viewer: int
    name: str
    raw: str
    text: str
    kind: CommentKind


def hear(batch: AudienceBatch) -> tuple[Heard, ...]:
    """Every comment of a batch, normalised and classified once for all views that read it."""
    return _hear(batch) if batch.comments else ()


@lru_cache(maxsize=HEARD_KEPT)
def _hear(batch: AudienceBatch) -> tuple[Heard, ...]:
    return tuple(_listen(batch))


def _listen(batch: AudienceBatch) -> Iterator[Heard]:
    columns = unpack(batch)
    places = columns.comments()
    found = zip(
        places.tolist(), columns.at[places].tolist(), columns.viewer[places].tolist(), columns.texts, columns.names, strict=True
    )
    for index, at, viewer, raw, name in found:
        text = normal(raw)
        yield Heard(index, at, viewer, name, raw, text, kind_of_comment(text))


def settled_by(event: Event[Any], handed: dict[str, str]) -> tuple[str, str] | None:
    """(address, new state) when an event settles a comment. `handed` maps question ids to addresses and is kept here."""
    match event.fact:
        case CommentAnswered(comment_ref=ref):
            return ref, "answered"
        case CommentDismissed(comment_ref=ref):
            return ref, "dismissed"
        case QuestionHanded(question_id=question_id, comment_ref=ref) if ref:
            handed[question_id] = ref
            return ref, "handed"
        case QuestionFinished(question_id=question_id, outcome=outcome) if question_id in handed:
            return handed.pop(question_id), "answered" if outcome == "answered" else ""
        case _:
            return None
