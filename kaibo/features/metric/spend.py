"""Ad spend as it was entered, with its own figures."""

from collections.abc import Iterable

import msgspec

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, keys_of, row_of
from kaibo.features.metric.facts import MetricSpendEntered, MetricSpendRemoved, SpendRow


class SpendFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.spend`, key spend_id. `roi` is what the ad platform claims: its amount over the cost; `move_id` the move it was for."""

    spend_id: str
    at: int
    channel: str
    cost_minor: int
    impressions: int
    clicks: int
    gmv_minor: int
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


def _row(row: SpendRow, event: Event[Fact]) -> SpendFigureRow:
    raw = {"ad_cost": row.cost_minor, "ad_gmv": row.gmv_minor, "ad_clicks": row.clicks}
    return SpendFigureRow(
        **msgspec.structs.asdict(row),
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
