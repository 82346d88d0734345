"""Ad spend as it was entered, with its own figures."""

from collections.abc import Collection, Iterable

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


def spent(rows: Collection[SpendRow]) -> Raw:
    """Counters of ad spend. What costs money is seen by somebody and brings what it brings: where none of them says so, it is unknown, and not nought."""
    if not rows:
        return {}
    raw: Raw = {"ad_cost": sum(row.cost_minor for row in rows)}
    seen: Raw = {"ad_imp": sum(row.impressions for row in rows), "ad_clicks": sum(row.clicks for row in rows)}
    brought: Raw = {"ad_gmv": sum(row.gmv_minor for row in rows)}
    if any(seen.values()):
        return raw | seen | brought
    return raw | brought if any(brought.values()) else raw


def _row(row: SpendRow, event: Event[Fact]) -> SpendFigureRow:
    raw = spent((row,))
    return SpendFigureRow(
        spend_id=row.spend_id,
        at=row.at,
        channel=row.channel,
        cost_minor=row.cost_minor,
        impressions=_whole(raw.get("ad_imp")),
        clicks=_whole(raw.get("ad_clicks")),
        gmv_minor=_whole(raw.get("ad_gmv")),
        note=row.note,
        move_id=row.move_id,
        entered_by=event.actor.id,
        entered_at=event.at,
        roi=evaluate(DEFINED["ad_roi"], raw),
        cpc_minor=evaluate(DEFINED["cpc"], raw),
    )


def _whole(count: float | None) -> int | None:
    return None if count is None else int(count)


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
