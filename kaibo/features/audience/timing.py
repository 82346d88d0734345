"""Instants that sources tell of viewers: which cannot be, and how they read once the clock that told them is set right."""

from collections.abc import Sequence
from operator import attrgetter

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.features.audience.commands import NOT_SAID, AudienceItem
from kaibo.features.audience.slices import Going
from kaibo.features.show.slices import ShowNow

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


def set_right(items: Sequence[AudienceItem], going: Going, ended_at: int | None) -> Sequence[AudienceItem]:
    """All of them as the clock of their source should have said it; what was said before the end stays before it.

    News that come late after the end look like a clock that is behind, and nothing of a show is after its end.
    """
    if not going.off:
        return items
    last = going.now if ended_at is None else ended_at - 1
    return [replace(item, at=min(going.right(item.at), max(item.at, last))) for item in items]
