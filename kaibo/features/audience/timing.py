"""Instants that sources tell: which cannot be, and which stand right once the clock that told them is set right."""

from collections.abc import Sequence
from operator import attrgetter

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.features.audience.commands import NOT_SAID, AudienceItem
from kaibo.features.show.slices import AHEAD_MS, SURELY_AHEAD_MS, ShowNow

AT = attrgetter("at")
LATE_MS_MAX = (
    600_000  # what was said before the end is taken in for ten minutes: the last orders by comment are still on their way
)

Refused = tuple[int, Refusal]  # place among the items, and why


class AudienceShowEnded(Refusal):
    """The show is over, and this was not said before its end, or that is too long ago."""

    code = "audience.show_ended"


def judge(show: ShowNow, items: Sequence[AudienceItem], now: int) -> tuple[Sequence[AudienceItem], Sequence[Refused]]:
    """What is taken of items that are told `now`, and what is refused. One that does not say when it was is of this moment."""
    first, last = show.bounds(now)
    if show.ended_at is not None:
        last = min(last, show.ended_at - 1) if now < show.ended_at + LATE_MS_MAX else first - 1
    instants = list(map(AT, items))
    if first <= min(instants, default=first) and max(instants, default=last) <= last:
        return items, ()
    kept: list[AudienceItem] = []
    refused: list[Refused] = []
    for place, item in enumerate(items):
        told = replace(item, at=now) if item.at == NOT_SAID else item
        if first <= told.at <= last:
            kept.append(told)
        else:
            refused.append((place, show.doubt(told.at, now) or AudienceShowEnded()))
    return kept, refused


def set_right(items: Sequence[AudienceItem], now: int, known_ms: int) -> tuple[Sequence[AudienceItem], int, int]:
    """(items, how far ahead their clock is in ms, how many were moved) with no instant in the future.

    When nearly all of a batch lies ahead it is the clock, and all are set back by as much, so that they keep their order and the time
    between them; `known_ms` is how far ahead that clock was seen before. When it is a few, these are of the moment they are told.
    """
    ahead_ms = max(map(AT, items)) - now
    if ahead_ms <= SURELY_AHEAD_MS:
        return items, 0, 0
    future = sum(at > now + AHEAD_MS for at in map(AT, items))
    skew_ms = known_ms if 2 * ahead_ms > known_ms else 0
    if 4 * future > 3 * len(items):
        skew_ms = max(skew_ms, ahead_ms)
    if not skew_ms and not future:
        return items, 0, 0
    return _set_back(items, now, skew_ms)


def set_forward(items: Sequence[AudienceItem], now: int, behind_ms: int) -> Sequence[AudienceItem]:
    """All of a clock that is behind set forward by as much, none beyond the moment it is told."""
    return [replace(item, at=min(now, item.at + behind_ms)) for item in items]


def _set_back(items: Sequence[AudienceItem], now: int, skew_ms: int) -> tuple[Sequence[AudienceItem], int, int]:
    """All set back by as much; one that is of the future even then is of this moment."""
    latest = now + AHEAD_MS
    instants = [item.at - skew_ms for item in items]
    right = [replace(item, at=now if at > latest else at) for item, at in zip(items, instants, strict=True)]
    return right, skew_ms, sum(at > latest for at in instants)
