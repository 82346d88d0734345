"""What the report is made of: rows of many features' views, as they stand at one seq of a show's log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kaibo.core.errors import NotFound
from kaibo.core.stream import StreamFold
from kaibo.features.alarm import shown as alarm
from kaibo.features.channel import shown as channel
from kaibo.features.claim import shown as claim
from kaibo.features.comment import shown as comment
from kaibo.features.draw import shown as draw
from kaibo.features.metric import shown as metric
from kaibo.features.order import shown as order
from kaibo.features.product import shown as product
from kaibo.features.promo import shown as promo
from kaibo.features.readiness import shown as readiness
from kaibo.features.report.view import EFFECTS, MARKS, PASSES, EffectRow, MarkRow, PassRow
from kaibo.features.roster import shown as roster
from kaibo.features.rundown import shown as rundown
from kaibo.features.show import shown as show
from kaibo.features.taking import shown as taking
from kaibo.features.workspace.shown import NameRow


@dataclass(frozen=True, kw_only=True)
class Rows:
    """By the keys of their views. `cues` is the plan, `cue_figures` what it sold; `names` are the workspace's, for ids of people and tokens."""

    seq: int
    head: show.ShowRow
    tiles: Mapping[str, metric.TileRow]
    minutes: Mapping[str, metric.MinuteRow]
    products: Mapping[str, metric.ProductFigureRow]
    cue_figures: Mapping[str, metric.CueFigureRow]
    flows: Mapping[str, metric.FlowRow]
    retention: Mapping[str, metric.RetentionRow]
    cues: Mapping[str, rundown.CueRow]
    cards: Mapping[str, product.ProductCard]
    promos: Mapping[str, promo.PromoRow]
    topics: Mapping[str, comment.TopicRow]
    raises: Mapping[str, alarm.RaiseRow]
    moves: Mapping[str, alarm.MoveRow]
    move_effects: Mapping[str, alarm.MoveEffectRow]
    draws: Mapping[str, draw.DrawRow]
    passes: Mapping[str, PassRow]
    marks: Mapping[str, MarkRow]
    promo_effects: Mapping[str, EffectRow]
    odd: Mapping[str, order.OddRow] = field(default_factory=dict[str, order.OddRow])
    counts: order.OrderCountRow = field(default_factory=order.OrderCountRow)
    declared: readiness.DeclaredRow | None = None
    claims: claim.ClaimNumbersRow | None = None
    board: Mapping[str, roster.RosterRow] = field(default_factory=dict[str, roster.RosterRow])
    shifts: Mapping[str, roster.ShiftRow] = field(default_factory=dict[str, roster.ShiftRow])
    parts: roster.ShiftFigures | None = None
    responses: Mapping[str, channel.ResponseRow] = field(default_factory=dict[str, channel.ResponseRow])
    takings: Mapping[str, taking.TakingRow] = field(default_factory=dict[str, taking.TakingRow])
    names: Mapping[str, NameRow] = field(default_factory=dict[str, NameRow])


def rows_of(fold: StreamFold, names: Mapping[str, NameRow]) -> Rows:
    """The rows of a show as they stand now. Raises NotFound where no show was planned."""
    head = fold.row(show.HEAD, "show")
    if head is None:
        raise NotFound(kind="show", id=fold.stream)
    return Rows(
        seq=fold.view_seq,
        head=head,
        tiles=fold.rows(metric.TILES),
        minutes=fold.rows(metric.MINUTES),
        products=fold.rows(metric.PRODUCTS),
        cue_figures=fold.rows(metric.CUES),
        flows=fold.rows(metric.FLOWS),
        retention=fold.rows(metric.RETENTION),
        cues=fold.rows(rundown.CUES),
        cards=fold.rows(product.CARDS),
        promos=fold.rows(promo.BOARD),
        topics=fold.rows(comment.TOPICS),
        raises=fold.rows(alarm.RAISES),
        moves=fold.rows(alarm.MOVES),
        move_effects=fold.rows(alarm.EFFECTS),
        draws=fold.rows(draw.BOARD),
        passes=fold.rows(PASSES),
        marks=fold.rows(MARKS),
        promo_effects=fold.rows(EFFECTS),
        odd=fold.rows(order.ODD),
        counts=fold.row(order.COUNTS, "all") or order.OrderCountRow(),
        declared=fold.row(readiness.DECLARED, "ready"),
        claims=fold.row(claim.NUMBERS, "all"),
        board=fold.rows(roster.BOARD),
        shifts=fold.rows(roster.SHIFT_PLAN),
        parts=roster.figures(fold, head.show_id, head.currency),
        responses=fold.rows(channel.RESPONSES),
        takings=fold.rows(taking.TAKINGS),
        names=names,
    )
