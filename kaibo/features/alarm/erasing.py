"""A move that answers a doubt quotes the viewer who had it."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact
from kaibo.features.alarm.facts import AlarmMoveApproved, AlarmMoveProposed

M = TypeVar("M", AlarmMoveProposed, AlarmMoveApproved)


def moved(fact: M, seq: int, viewer: Viewer) -> M:
    """The move, without the quotation."""
    return replace(fact, text=viewer.unsaid(fact.text, seq), answer=viewer.unnamed(fact.answer))


ERASES: Mapping[type[Fact], Eraser] = {AlarmMoveProposed: moved, AlarmMoveApproved: moved}
