"""OUTBOX: every letter of a show, and how far it got."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.outbox.facts import (
    FACTS,
    LetterAcknowledged,
    LetterQueued,
    LettersBegun,
    LettersDropped,
    LettersTried,
    OutboxWoken,
    Outcome,
    Why,
)

LetterState = Literal["queued", "begun", Outcome, Why]
AGAIN: frozenset[LetterState] = frozenset(
    {"queued", "begun", "limited", "unreached"}
)  # it is not over with these, and with what nobody knows while it is tried again
CARRIED: frozenset[LetterState] = frozenset({"sent", "confirmed"})
LOST_MS = 10_000  # after which a letter that nobody spoke of any more is handed on again: the process was killed


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it stands, the `place`-th of its show; instants in ms UTC. `until`: when it is looked at again, 0 never. `tries`: how often it left the house. `instead`: the letter that took its place.

    `perhaps`: it left without an answer once; whoever reads it there may read it twice.
    """

    queued: LetterQueued
    place: int
    at: int
    state: LetterState
    state_at: int
    until: int
    tries: int = 0
    code: str = ""
    remote_id: str = ""
    instead: str = ""
    acknowledged_by: str = ""
    perhaps: bool = False


@dataclass(slots=True)
class Outbox:
    """All letters by letter_id, oldest first, and those it is not over with."""

    letters: dict[str, Letter] = field(default_factory=dict[str, Letter])
    waiting: dict[str, None] = field(default_factory=dict[str, None])

    def put(self, letter_id: str, letter: Letter) -> None:
        """As it stands from now on."""
        self.letters[letter_id] = letter
        if letter.state in AGAIN or letter.until:
            self.waiting[letter_id] = None
        else:
            self.waiting.pop(letter_id, None)


def fold_outbox(outbox: Outbox, event: Event[Fact]) -> Iterable[str]:
    """The letters that changed."""
    match event.fact:
        case LetterQueued():
            return _queue(outbox, event.fact, event.at)
        case LettersBegun() | LettersTried() | OutboxWoken() | LettersDropped():
            for each in event.fact.letter_ids:
                outbox.put(each, _moved(outbox.letters[each], event.fact, event.at))
            return event.fact.letter_ids
        case LetterAcknowledged(letter_id=letter_id, person_id=person_id):
            outbox.put(letter_id, replace(outbox.letters[letter_id], acknowledged_by=person_id))
            return (letter_id,)
        case _:
            return ()


def _queue(outbox: Outbox, queued: LetterQueued, at: int) -> Iterable[str]:
    letter_id, before = queued.letter_id, queued.instead_of
    letter = Letter(queued=queued, place=len(outbox.letters), at=at, state="queued", state_at=at, until=at + LOST_MS)
    outbox.put(letter_id, letter)
    if before not in outbox.letters:
        return (letter_id,)
    outbox.put(before, replace(outbox.letters[before], instead=letter_id))
    return letter_id, before


def _moved(letter: Letter, fact: LettersBegun | LettersTried | OutboxWoken | LettersDropped, at: int) -> Letter:
    match fact:
        case LettersBegun():
            perhaps = letter.perhaps or letter.state == "begun"
            return replace(letter, state="begun", state_at=at, until=at + LOST_MS, tries=letter.tries + 1, perhaps=perhaps)
        case LettersTried(outcome=outcome, code=code, remote_id=remote_id, until=until):
            perhaps = letter.perhaps or outcome == "unknown"
            return replace(letter, state=outcome, state_at=at, code=code, remote_id=remote_id, until=until, perhaps=perhaps)
        case OutboxWoken():
            return replace(letter, until=at + LOST_MS)
        case LettersDropped(why=why):
            return replace(letter, state=why, state_at=at, until=0)


OUTBOX: Slice[Outbox] = Slice(name="outbox.letters", reads=FACTS, state=Outbox, fold=fold_outbox)
