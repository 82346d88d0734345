"""`kaibo train`: the comment model learns from what the people of this workspace said comments are."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaibo.core.codec import Codec
from kaibo.core.event import Event, Fact
from kaibo.features import FEATURES
from kaibo.features.audience.facts import AudienceBatch, tidy, unpack
from kaibo.features.comment.facts import CommentAnswered, CommentCorrected
from kaibo.features.comment.model import Model
from kaibo.features.comment.training import Label, Score, read_lessons, scored, shipped, told, train
from kaibo.features.prompter.facts import QuestionHanded
from kaibo.stores.contract import LogStore

CORRECTIONS_MIN = 20  # fewer say more about chance than about the shop
CORRECTION_WEIGHT = 4.0  # what a person says of a comment counts for as many lessons
ANSWER_WEIGHT = 1.0
HELD_OUT = 5  # one comment of so many is kept aside to measure with
PAGE = 1000


class TooFewCorrections(Exception):
    """There are too few corrections to learn from: `found` of CORRECTIONS_MIN."""

    def __init__(self, found: int) -> None:
        super().__init__(f"{found} corrections; at least {CORRECTIONS_MIN} are needed")
        self.found = found


@dataclass(frozen=True, slots=True)
class Learned:
    """A new model, how many labels it learned from, and how it does on those kept aside beside the shipped one."""

    model: Model
    corrections: int
    answers: int
    held_out: int
    before: Mapping[str, Score]
    after: Mapping[str, Score]


def learn(store: LogStore) -> Learned:
    """Learn from all shows of a workspace. The same logs give the same model. Raises TooFewCorrections."""
    corrections, answers = _labels(store)
    if len(corrections) < CORRECTIONS_MIN:
        raise TooFewCorrections(len(corrections))
    labels = [*corrections, *answers]
    aside = [label for label in labels if _held_out(label)]
    learned_from = [label for label in labels if not _held_out(label)]
    base = shipped()
    version = f"{base.version}+{len(labels)}"
    model = train([*read_lessons(), *learned_from], version)
    return Learned(model, len(corrections), len(answers), len(aside), scored(aside, base), scored(aside, model))


def _held_out(label: Label) -> bool:
    """By the words, so that the same comment said twice never stands on both sides."""
    words = tidy((label.text,))[0].encode()
    return hashlib.blake2b(words, digest_size=4).digest()[0] % HELD_OUT == 0


def _labels(store: LogStore) -> tuple[list[Label], list[Label]]:
    """Corrections, the last word on each comment; and comments somebody answered that were told as question or after-sales."""
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])
    corrections: list[Label] = []
    answered: list[str] = []
    for stream in sorted(store.streams("show/")):
        said, kinds, taken = _of_show(_events(store, codec, stream))
        corrections += [Label(kind=kind, text=said[ref], weight=CORRECTION_WEIGHT) for ref, kind in kinds.items() if ref in said]
        answered += [said[ref] for ref in taken if ref not in kinds and ref in said]
    return corrections, _sure(answered)


def _sure(answered: Sequence[str]) -> list[Label]:
    return [
        Label(kind=kind, text=text, weight=ANSWER_WEIGHT)
        for text, kind in zip(answered, told(answered, shipped()), strict=True)
        if kind in ("question", "aftersales")
    ]


def _events(store: LogStore, codec: Codec, stream: str) -> Iterator[Event[Fact]]:
    seq = 0
    while records := store.read(stream, seq, PAGE):
        yield from (codec.unpack(record.body) for record in records)
        seq = records[-1].seq


def _of_show(events: Iterator[Event[Fact]]) -> tuple[dict[str, str], dict[str, str], Sequence[str]]:
    """Of one show: words by address (of those spoken of), kind by address as corrected last, addresses answered."""
    batches: dict[int, AudienceBatch] = {}
    kinds: dict[str, str] = {}
    taken: dict[str, None] = {}
    for event in events:
        match event.fact:
            case AudienceBatch() as batch if batch.comments:
                batches[event.seq] = batch
            case CommentCorrected(comment_ref=ref, kind=kind):
                kinds[ref] = kind
            case CommentAnswered(comment_ref=ref) | QuestionHanded(comment_ref=str() as ref):
                taken[ref] = None
            case _:
                pass
    said: dict[str, str] = {}
    for ref in sorted({*kinds, *taken}, key=lambda ref: int(ref.partition(":")[0])):
        seq, _, index = ref.partition(":")
        batch = batches.get(int(seq))
        if batch is not None and int(index) < batch.comments:
            said[ref] = unpack(batch.columns).texts[int(index)]
    return said, kinds, list(taken)


def table(learned: Learned) -> str:
    """What was learned, for people: precision and recall on the comments kept aside, before and after."""
    head = [
        f"{learned.corrections} corrections and {learned.answers} answers; {learned.held_out} comments kept aside to measure with",
        "",
        f"{'':<12}{'comments':>9}   {'precision':>9} {'now':>6}   {'recall':>6} {'now':>6}",
    ]
    rows = [
        f"{kind:<12}{was.labelled:>9}   {was.precision:>9.2f} {now.precision:>6.2f}   {was.recall:>6.2f} {now.recall:>6.2f}"
        for kind, was, now in ((kind, learned.before[kind], learned.after[kind]) for kind in learned.before)
        if was.labelled or was.told or now.told
    ]
    right = (sum(score.right for score in learned.before.values()), sum(score.right for score in learned.after.values()))
    return "\n".join([*head, *rows, "", f"right: {right[0]} before, {right[1]} now, of {learned.held_out}"])
