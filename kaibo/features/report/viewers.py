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
BY: dict[Step, str] = {
    "saw": "product_reach",
    "ordered": "ctor",
}  # the figure that knows whether the step before is of the same people


def funnel_of(rows: Rows, show: Where) -> tuple[FunnelStep, ...]:
    """Every step of the way, from the whole show's figures."""
    tiles = rows.tiles
    found: list[FunnelStep] = []
    times: float | None = None
    people: float | None = None
    acted = bool(tiles["uv"].instead)
    for step, often, many, types in FUNNEL:
        before = times, people
        times, people = _value(tiles, often), _value(tiles, many)
        through = _share(people, before[1]) if before[1] is not None else _share(times, before[0])
        name: Step = "acted" if acted and step == "entered" else step
        where = msgspec.structs.replace(show, types=types)
        found.append(_step(FunnelStep(step=name, times=times, people=people, through=through, events=where), tiles))
    return tuple(found)


def _step(step: FunnelStep, tiles: Mapping[str, TileRow]) -> FunnelStep:
    """Without a share where that is of two crowds, and says nothing."""
    apart = step.step in BY and "value" in tiles[BY[step.step]].mixed
    through = None if step.step == "saw" and tiles["uv"].instead else step.through  # nothing is a share of who did anything
    more = through is not None and through > 1
    return msgspec.structs.replace(step, through=None if more else through, mixed=more or apart)


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
