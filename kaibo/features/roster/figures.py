"""What each shift and each host brought: the minutes of the show, each given to one of them, so that the parts come to the whole."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping

import msgspec

from kaibo.core.stream import StreamFold
from kaibo.features.metric import shown as metric
from kaibo.features.roster.shifts import SHIFTS, Shifts
from kaibo.features.roster.slices import ON_DUTY, OnDuty

MINUTE_MS = 60_000
HOST = "host"
SUMMED = ("gmv_paid_minor", "gmv_created_minor", "orders_paid", "orders_created", "enters", "comments", "likes", "clicks")


class PartFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of some minutes of the show; None is what no source tells of. `peak_online` is the most at the end of one of them.

    `key`: a shift_id, or the hosts on duty together; "" is the time of no shift, or of nobody.
    """

    key: str
    people: tuple[str, ...] = ()
    minutes: int = 0
    first_at: int | None = None
    gmv_paid_minor: int | None = None
    gmv_created_minor: int | None = None
    orders_paid: int | None = None
    orders_created: int | None = None
    enters: int | None = None
    comments: int | None = None
    likes: int | None = None
    clicks: int | None = None
    peak_online: int | None = None


class ShiftFigures(msgspec.Struct, frozen=True, kw_only=True):
    """By shift in their order and by host as they came, and the `whole`, which each of the two comes to.

    A minute belongs to the shift that it begins in, and to whoever hosted then; money to the minute its order was placed in. People are
    not split: who watched in two shifts would be counted twice.
    """

    show_id: str
    currency: str
    whole: PartFigures
    shifts: tuple[PartFigures, ...]
    hosts: tuple[PartFigures, ...]


def figures(fold: StreamFold, show_id: str, currency: str) -> ShiftFigures:
    """Of the show so far."""
    shifts, on_duty, minutes = fold.slice(SHIFTS), fold.slice(ON_DUTY), fold.rows(metric.MINUTES).values()
    rows = sorted(minutes, key=lambda row: row.minute)
    by_shift: dict[str, list[metric.MinuteRow]] = {shift.shift_id: [] for shift in shifts.ordered()}
    by_host: dict[tuple[str, ...], list[metric.MinuteRow]] = {}
    for row in rows:
        by_shift.setdefault(_shift_at(shifts, row.minute * MINUTE_MS), []).append(row)
        by_host.setdefault(_hosts_at(on_duty, row.minute * MINUTE_MS), []).append(row)
    return ShiftFigures(
        show_id=show_id,
        currency=currency,
        whole=_sum("", rows),
        shifts=tuple(_sum(key, part) for key, part in by_shift.items()),
        hosts=tuple(_sum("+".join(people), part, people) for people, part in by_host.items()),
    )


def _shift_at(shifts: Shifts, instant: int) -> str:
    shift = shifts.at(instant)
    return "" if shift is None else shift.shift_id


def _hosts_at(on_duty: OnDuty, instant: int) -> tuple[str, ...]:
    turns = on_duty.turns.get(HOST, [])
    place = bisect_right(turns, instant, key=lambda turn: turn[0])
    return tuple(sorted(turns[place - 1][1])) if place else ()


def _sum(key: str, rows: list[metric.MinuteRow], people: tuple[str, ...] = ()) -> PartFigures:
    sums: Mapping[str, int | None] = {name: _added(getattr(row, name) for row in rows) for name in SUMMED}
    online = [row.online for row in rows if row.online is not None]
    return PartFigures(
        key=key,
        people=people,
        minutes=len(rows),
        first_at=rows[0].minute * MINUTE_MS if rows else None,
        peak_online=max(online, default=None),
        **sums,
    )


def _added(values: Iterable[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None
