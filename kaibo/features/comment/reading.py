"""Reading a batch of comments: its texts tidied, and what each is by the rules and the show's model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from kaibo.core.erasing import Told
from kaibo.core.event import Event, Fact
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.comment.facts import CommentCorrected, ModelChosen
from kaibo.features.comment.model import Model, model_of
from kaibo.features.comment.triage import CLASSES, QUESTION, class_of

KIND_FACTS = (AudienceBatch, ModelChosen, CommentCorrected)
KNOWN_MAX = 65_536  # texts whose class is remembered
RECENT_MAX = 20_000  # comments whose words are kept for a correction: forty minutes of a room of 500 a minute


@dataclass(frozen=True, slots=True)
class Triaged:
    """The comments of a batch: tidied texts and their classes; `questions` are the indexes of those that ask.

    `told`: what was told of those whose words were erased since, by index; they count as before.
    """

    tidied: Sequence[str]
    classes: Sequence[int]
    questions: Sequence[int]
    told: Mapping[int, Told]

    def about(self, index: int) -> str | None:
        """The product that an erased comment was about; None for one whose words say it."""
        told = self.told.get(index)
        return None if told is None else told.product_id


def classes_of(tidied: Sequence[str], model: Model | None) -> list[int]:
    """The class of each tidied text. A room repeats itself all evening, so most of them were told before."""
    known = _known(model)
    if len(known) + len(tidied) > KNOWN_MAX:
        known.clear()
    fresh = [text for text in dict.fromkeys(tidied) if text not in known]
    ruled = list(map(class_of, fresh))
    known.update(zip(fresh, ruled if model is None else model.classes(fresh, ruled), strict=True))
    return [known[text] for text in tidied]


@lru_cache(maxsize=8)
def _known(model: Model | None) -> dict[str, int]:
    """Classes by text, as this model told them: each text alone, whatever stands beside it."""
    del model
    return {}


# Several views read the same batch; as with `unpack`, nobody can tell that the second one finds the work done.
@lru_cache(maxsize=4)
def triaged(columns: bytes, model: Model | None) -> Triaged:
    """Tell the class of every comment of a batch: by the rules, weighed by the model where the show has one."""
    tidied = unpack(columns).tidied
    classes = classes_of(tidied, model)
    if told := unpack(columns).told:
        classes = [told[index].kind if index in told else code for index, code in enumerate(classes)]
    return Triaged(tidied, classes, [index for index, code in enumerate(classes) if code == QUESTION], told)


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One comment as it came, with its tidied text; `about` says which product it was about, if a person told it or its words were erased."""

    at: int
    name: str
    text: str
    tidied: str
    source: str
    about: str | None = None


@dataclass(slots=True)
class Reader:
    """The show's model, and what was said lately. A log that names no model is read by the rules alone."""

    model: Model | None = None
    _recent: dict[int, tuple[AudienceBatch, Model | None]] = field(default_factory=dict[int, tuple[AudienceBatch, Model | None]])
    _held: int = 0
    _told: dict[str, str] = field(default_factory=dict[str, str])

    def fold(self, event: Event[Fact]) -> None:
        """A new model reads what comes after it; what was read stays as it was told."""
        if isinstance(event.fact, ModelChosen):
            self.model = model_of(event.fact.version, event.fact.weights)

    def read(self, batch: AudienceBatch) -> Triaged:
        """The comments of a batch that came now."""
        return triaged(batch.columns, self.model)

    def keep(self, seq: int, batch: AudienceBatch) -> None:
        """Remember a batch for as long as its comments may be corrected into the lists."""
        self._recent[seq] = (batch, self.model)
        self._held += batch.comments
        while self._held > RECENT_MAX and len(self._recent) > 1:
            oldest = next(iter(self._recent))
            self._held -= self._recent.pop(oldest)[0].comments

    def tell(self, correction: CommentCorrected) -> None:
        """A person says which product a comment is about; that stands, also when the comment is hidden and shown again."""
        if correction.product_id is not None:
            self._told[correction.comment_ref] = correction.product_id

    def said(self, ref: str) -> Heard | None:
        """A comment of late by its address, None when it is too long ago."""
        seq, _, index = ref.partition(":")
        kept = self._recent.get(int(seq))
        if kept is None:
            return None
        batch, model = kept
        columns, read, place = unpack(batch.columns), triaged(batch.columns, model), int(index)
        return Heard(
            at=columns.comments_at[place],
            name=columns.names[place],
            text=columns.texts[place],
            tidied=read.tidied[place],
            source=batch.source,
            about=self._told.get(ref, read.about(place)),
        )


def code_of(kind: str) -> int:
    """Index of a class by its name."""
    return CLASSES.index(kind)
