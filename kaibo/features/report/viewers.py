"""Where viewers came from, how far they went and how long they stayed: the metric views, with the events behind each number."""

from collections.abc import Mapping

import msgspec

from kaibo.features.metric.shown import TileRow
from kaibo.features.report.rows import Rows
from kaibo.features.report.shapes import FunnelStep, ReportSource, Retention, Step, Where

MINUTE_MS = 60_000
ALL = "all"
# step, figure that says how often, figure that says how many people, facts behind it
FUNNEL: tuple[tuple[Step, str, str, str], ...] = (
    ("shown", "imp", "", "audience.shown"),
    ("entered", "pv", "uv", "audience.batch"),
    ("saw", "pimp", "pimp_u", "audience.batch"),
    ("clicked", "clicks", "pclk_u", "audience.batch"),
    ("ordered", "orders_created", "created_u", "order.created"),
    ("paid", "orders_paid", "buyers", "order.paid"),
)


def funnel_of(rows: Rows, show: Where) -> tuple[FunnelStep, ...]:
    """Every step of the way, from the whole show's figures."""
    tiles = rows.tiles
    found: list[FunnelStep] = []
    times: float | None = None
    people: float | None = None
    for step, often, many, types in FUNNEL:
        before = times, people
        times, people = _value(tiles, often), _value(tiles, many)
        through = _share(people, before[1]) if before[1] is not None else _share(times, before[0])
        mixed = through is not None and through > 1
        where = msgspec.structs.replace(show, types=types)
        share = None if mixed else through
        found.append(FunnelStep(step=step, times=times, people=people, through=share, events=where, mixed=mixed))
    return tuple(found)


def _value(tiles: Mapping[str, TileRow], name: str) -> float | None:
    return tiles[name].value if name in tiles else None


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def sources_of(rows: Rows, show: Where) -> tuple[ReportSource, ...]:
    """The flows, most entries first; the unknown one only when somebody came that way."""
    where = msgspec.structs.replace(show, types="audience.batch")
    fields = [name for name in ReportSource.__struct_fields__ if name != "events"]
    found = [
        ReportSource(**{name: getattr(row, name) for name in fields}, events=where)
        for row in rows.flows.values()
        if row.flow != "none" or row.uv or row.orders_paid
    ]
    return tuple(sorted(found, key=lambda source: (-(source.views or 0), source.flow)))


def retention_of(rows: Rows, show: Where) -> tuple[Retention, ...]:
    """All entrants together, then those of each minute in the order of time."""
    found = sorted(rows.retention.values(), key=lambda row: row.minute)
    return tuple(
        Retention(
            minute=row.minute,
            entrants=row.entrants,
            steps=row.steps,
            share=row.share,
            events=_minute(row.minute) if row.minute else msgspec.structs.replace(show, types="audience.batch"),
        )
        for row in found
    )


def _minute(minute: int) -> Where:
    return Where(types="audience.batch", from_at=minute * MINUTE_MS, to_at=(minute + 1) * MINUTE_MS)
