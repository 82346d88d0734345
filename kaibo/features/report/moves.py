"""What was done because an alarm rang, beside promos, and what it brought."""

from kaibo.features.alarm.shown import MoveRow
from kaibo.features.report.effects import effect_of
from kaibo.features.report.rows import Rows
from kaibo.features.report.shapes import ReportMove, Where

MINUTE_MS = 60_000
TYPES = "alarm.raised,alarm.move_proposed,alarm.move_approved,alarm.move_rejected"


def moves_of(rows: Rows) -> tuple[ReportMove, ...]:
    """In the order in which they were proposed."""
    return tuple(_move(rows, row) for row in sorted(rows.moves.values(), key=lambda row: row.proposed_at))


def _move(rows: Rows, row: MoveRow) -> ReportMove:
    raised = rows.raises.get(row.raise_id)
    product_id = "" if row.move == "ads" else row.product_id  # of the room; logs of before name what was on air
    card = rows.cards.get(product_id)
    return ReportMove(
        move_id=row.move_id,
        move=row.move,
        metric=raised.metric if raised else "",
        product_id=product_id,
        name=card.name if card else product_id,
        stage=row.stage,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        effect=effect_of(rows, f"move:{row.move_id}"),
        events=Where(
            types=TYPES,
            from_at=raised.since if raised else row.proposed_at,
            to_at=(row.settled_at or row.proposed_at) + MINUTE_MS,
        ),
        spent_minor=row.spent.cost_minor if row.spent else None,
        channel=row.channel,
        cost_minor=row.cost_minor,
    )
