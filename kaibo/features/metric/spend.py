"""Ad spend as it was entered, with its own figures."""

from collections.abc import Iterable

import msgspec

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, keys_of, row_of
from kaibo.features.metric.facts import MetricSpendEntered, MetricSpendRemoved, SpendRow
from kaibo.features.metric.told import Raw


class SpendFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.spend`, key spend_id. `roi` is what the ad platform claims: its amount over the cost; `move_id` the move it was for.

    `impressions`, `clicks` and `gmv_minor` are None where nobody told: only the cost was entered.
    """

    spend_id: str
    at: int
    channel: str
    cost_minor: int
    impressions: int | None
    clicks: int | None
    gmv_minor: int | None
    note: str
    entered_by: str
    entered_at: int
    roi: float | None
    cpc_minor: float | None
    move_id: str = ""


Rows = dict[str, SpendFigureRow]


def fold_spend(rows: Rows, event: Event[Fact]) -> Iterable[str]:
    """Entered, replaced, taken out."""
    match event.fact:
        case MetricSpendEntered(rows=entered):
            rows.update((row.spend_id, _row(row, event)) for row in entered)
            return [row.spend_id for row in entered]
        case MetricSpendRemoved(spend_id=spend_id):
            rows.pop(spend_id, None)
            return (spend_id,)
        case _:
            return ()


def spent(rows: Iterable[SpendRow]) -> Raw:
    """Counters of ad spend: what nobody told is not there, and beside what was told stands the cost of those rows alone.

    What costs money is seen by somebody: a row without impressions and clicks told nothing of them, whether it says nought (as rows
    of old logs do) or nothing; the same goes for the amount of a row that tells nothing else.
    """
    raw: Raw = {}
    for row in rows:
        for name, count in _told(row).items():
            raw[name] = raw.get(name, 0) + count
    return raw


def _told(row: SpendRow) -> dict[str, int]:
    seen = bool(row.impressions or row.clicks)
    counts = {"ad_imp": row.impressions if seen else None, "ad_clicks": row.clicks if seen else None}
    counts["ad_gmv"] = row.gmv_minor if seen or row.gmv_minor else None
    known = {name: count for name, count in counts.items() if count is not None}
    costs = {f"{name}_cost": row.cost_minor for name in known}
    return {"ad_cost": row.cost_minor, **known, **costs, **(_both(known) if seen else {})}


def _both(known: dict[str, int]) -> dict[str, int]:
    """Nought where one of them is missing: there is nothing to be a share of."""
    both = known if {"ad_imp", "ad_clicks"} <= known.keys() else {}
    return {"ad_both_imp": both.get("ad_imp", 0), "ad_both_clicks": both.get("ad_clicks", 0)}


def _row(row: SpendRow, event: Event[Fact]) -> SpendFigureRow:
    raw = spent((row,))
    return SpendFigureRow(
        spend_id=row.spend_id,
        at=row.at,
        channel=row.channel,
        cost_minor=row.cost_minor,
        impressions=row.impressions if "ad_imp" in raw else None,
        clicks=row.clicks if "ad_clicks" in raw else None,
        gmv_minor=row.gmv_minor if "ad_gmv" in raw else None,
        note=row.note,
        move_id=row.move_id,
        entered_by=event.actor.id,
        entered_at=event.at,
        roi=evaluate(DEFINED["ad_roi"], raw),
        cpc_minor=evaluate(DEFINED["cpc"], raw),
    )


SPEND = View(
    name="metric.spend",
    row=SpendFigureRow,
    reads=(MetricSpendEntered, MetricSpendRemoved),
    state=dict,
    fold=fold_spend,
    keys=keys_of,
    get=row_of,
    duty="metric.read",
)
