"""What is asked before a cue goes, and what each role answers."""

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact

Word = Literal["warning", "standby"]
Answer = Literal["seen", "ready", "wait"]


class Seat(msgspec.Struct, frozen=True):
    """A role that must answer, and who of it could when it was asked (person_ids; nobody: the role is empty)."""

    role_id: str
    people: tuple[str, ...]


class StandbyAsked(Fact, frozen=True, kw_only=True, tag="standby.asked"):
    """The caller asks before a cue goes: `warning` about a minute before a big move, `standby` some seconds before."""

    cue_id: str
    word: Word
    seats: tuple[Seat, ...]


class StandbyAnswered(Fact, frozen=True, kw_only=True, tag="standby.answered"):
    """A role answers: it has `seen` the question, is `ready`, or `wait` for me and why (`reason`)."""

    cue_id: str
    role_id: str
    answer: Answer
    reason: str = ""


class StandbyEnded(Fact, frozen=True, kw_only=True, tag="standby.ended"):
    """Stand down: the cue does not come now."""

    cue_id: str


FACTS = (StandbyAsked, StandbyAnswered, StandbyEnded)


def _answered(fact: StandbyAnswered, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


ERASES: Mapping[type[Fact], Eraser] = {StandbyAnswered: _answered}
