"""The report of a show, put together from its views: every number says which events of the log it comes from."""

from collections.abc import Iterable

import msgspec

from kaibo.analysis.definitions import DEFINED
from kaibo.features.metric.shown import CueFigureRow, TileRow
from kaibo.features.promo.shown import PromoRow
from kaibo.features.report.effects import as_told, effect_of
from kaibo.features.report.moves import moves_of
from kaibo.features.report.peaks import RULE, peaks_of
from kaibo.features.report.rows import Rows
from kaibo.features.report.shapes import (
    Figure,
    Mark,
    Report,
    ReportCue,
    ReportMinute,
    ReportOddity,
    ReportPass,
    ReportProduct,
    ReportPromo,
    ReportQuestion,
    ReportReady,
    Where,
)
from kaibo.features.report.team import claims_of, parts_of, posts_of, responses_of, takings_of
from kaibo.features.report.view import MarkRow, PassRow
from kaibo.features.report.viewers import funnel_of, retention_of, sources_of
from kaibo.features.rundown.shown import CueRow

MINUTE_MS = 60_000
MONEY = ",".join(dict.fromkeys(tag for name in ("gmv_created", "gmv_paid") for tag in DEFINED[name].sources))


def report(rows: Rows) -> Report:
    """Make the report from the rows of a show's views."""
    head = rows.head
    start = head.aired_at or head.starts_at
    end = (head.ended_at or max([start, *((int(key) + 1) * MINUTE_MS for key in rows.minutes)])) + 1
    show = Where(types="")
    minutes = _minutes(rows)
    oddities, products = _oddities(rows), _products(rows, show)
    return Report(
        show=head,
        summary={name: _figure(name, tile, show) for name, tile in rows.tiles.items()},
        minutes=minutes,
        peaks=peaks_of(minutes),
        peak_rule=RULE,
        funnel=funnel_of(rows, show),
        sources=sources_of(rows, show),
        retention=retention_of(rows, show),
        products=products,
        cues=_cues(rows, show, end),
        promos=_promos(rows),
        moves=moves_of(rows),
        questions=_questions(rows),
        people=_people(rows),
        generated_seq=rows.seq,
        money_as_of=rows.tiles["gmv_paid"].as_of,
        money_final_at=rows.tiles["gmv_paid"].final_at,
        kept_minor=int(rows.tiles["kept"].value or 0),
        oddities=oddities,
        oddities_more=rows.counts.odd - len(oddities),
        beyond_created_minor=_beyond(rows, "gmv_created", (product.gmv_created_minor for product in products)),
        beyond_paid_minor=_beyond(rows, "gmv_paid", (product.gmv_paid_minor for product in products)),
        ready=_ready(rows),
        claims=claims_of(rows.claims),
        posts=posts_of(rows.board),
        parts=parts_of(rows.parts, {key: row.shift.name for key, row in rows.shifts.items()}),
        responses=responses_of(rows.responses),
        takings=takings_of(rows.takings),
        untold=tuple(dict.fromkeys(telling for tile in rows.tiles.values() for telling in tile.untold)),
    )


def _oddities(rows: Rows) -> tuple[ReportOddity, ...]:
    return tuple(
        ReportOddity(
            order_id=row.order_id,
            platform=row.platform,
            state=row.state if row.placed else "unknown",
            kind=odd.kind,
            why=odd.why,
            at=odd.at,
        )
        for row in sorted(rows.odd.values(), key=lambda row: -row.seq)
        for odd in row.misfits
    )


def _beyond(rows: Rows, figure: str, of_products: Iterable[int | None]) -> int:
    """What the show's money is more than that of its products; 0 where it is not known."""
    whole = rows.tiles[figure].value
    return 0 if whole is None else round(whole) - sum(minor or 0 for minor in of_products)


def _ready(rows: Rows) -> ReportReady | None:
    said = rows.declared
    return None if said is None else ReportReady(by=said.by, at=said.at, missing=said.missing, reason=said.reason)


def _people(rows: Rows) -> dict[str, str]:
    """The names of the crew, and of everybody else who proposed, settled, ended or answered: a guest, or a program by its token's label."""
    found = {member.person_id: member.name for member in rows.head.crew}
    names = rows.names
    settled = (*rows.promos.values(), *rows.moves.values())
    ids = {person_id for row in settled for person_id in (row.proposed_by, row.settled_by)}
    ids |= {row.answered_by for row in rows.topics.values()} | {row.end_by for row in rows.promos.values()}
    ids |= {person for row in rows.board.values() for person in (row.person_id, row.after)}
    ids |= {row.person_id for row in rows.takings.values()}
    ids |= set() if rows.declared is None else {rows.declared.by}
    return found | {person_id: names[person_id].name for person_id in sorted(ids & names.keys())}


def _where(show: Where, types: str) -> Where:
    return msgspec.structs.replace(show, types=types)


def _figure(name: str, tile: TileRow, show: Where) -> Figure:
    return Figure(
        value=tile.value,
        unit=tile.unit,
        numerator=tile.numerator,
        denominator=tile.denominator,
        events=_where(show, ",".join(DEFINED[name].sources)),
        mixed="value" in tile.mixed,
        untold=tile.untold,
        partly=tile.partly,
        instead=tile.instead,
    )


def _minutes(rows: Rows) -> tuple[ReportMinute, ...]:
    marks = _marks(rows)
    found: list[ReportMinute] = []
    for row in sorted(rows.minutes.values(), key=lambda row: row.minute):
        at = row.minute * MINUTE_MS
        found.append(
            ReportMinute(
                minute=row.minute,
                gmv_paid_minor=row.gmv_paid_minor,
                gmv_created_minor=row.gmv_created_minor,
                orders_created=row.orders_created,
                orders_paid=row.orders_paid,
                online=row.online,
                comments=row.comments,
                clicks=row.clicks,
                marks=tuple(marks.get(row.minute, ())),
                events=Where(types="order.created,order.paid", from_at=at, to_at=at + MINUTE_MS),
            )
        )
    return tuple(found)


def _marks(rows: Rows) -> dict[int, list[Mark]]:
    marks: dict[int, list[Mark]] = {}
    for row in sorted(rows.marks.values(), key=lambda row: row.seq):
        mark = Mark(kind=row.kind, id=row.id, title=_title(rows, row), at=row.at, seq=row.seq)
        marks.setdefault(row.at // MINUTE_MS, []).append(mark)
    return marks


def _title(rows: Rows, row: MarkRow) -> str:
    """The title of the cue or draw, else the product's name."""
    if row.kind == "draw":
        drawn = rows.draws.get(row.id)
        return drawn.title if drawn else row.id
    if row.kind == "cue":
        found = rows.cues.get(row.id)
        return found.cue.title if found else row.id
    card = rows.cards.get(row.product_id)
    return card.name if card else row.product_id or row.id


def _products(rows: Rows, show: Where) -> tuple[ReportProduct, ...]:
    cards = rows.cards
    found = [
        ReportProduct(
            product_id=key,
            name=cards[key].name if key in cards else key,
            clicks=row.clicks,
            orders_created=row.orders_created,
            orders_paid=row.orders_paid,
            units_paid=row.units_paid,
            gmv_created_minor=row.gmv_created_minor,
            gmv_paid_minor=row.gmv_paid_minor,
            buyers=row.buyers,
            stock_left=cards[key].stock_left if key in cards else None,
            events=_where(show, MONEY),
            oversold=cards[key].oversold if key in cards else 0,
        )
        for key, row in rows.products.items()
    ]
    return tuple(sorted(found, key=lambda product: (-(product.gmv_paid_minor or 0), product.product_id)))


def _cues(rows: Rows, show: Where, end: int) -> tuple[ReportCue, ...]:
    passes: dict[str, list[PassRow]] = {}
    for one in sorted(rows.passes.values(), key=lambda row: row.seq):
        passes.setdefault(one.cue_id, []).append(one)
    planned = sorted(rows.cues.values(), key=lambda row: row.rank)
    nothing = _nothing(rows)
    return tuple(
        _cue(no, row, passes.get(row.cue.cue_id, []), rows.cue_figures.get(row.cue.cue_id) or nothing, show, end)
        for no, row in enumerate(planned, 1)
    )


def _nothing(rows: Rows) -> CueFigureRow:
    """Of a cue that never went: nothing of what is told, and unknown what is not."""
    sold = None if rows.tiles["gmv_paid"].untold else 0
    return CueFigureRow(
        cue_id="",
        orders_created=sold,
        orders_paid=sold,
        gmv_created_minor=sold,
        gmv_paid_minor=sold,
        comments=None,
        uv=None,
        on_air_ms=0,
    )


def _cue(no: int, row: CueRow, passes: list[PassRow], figures: CueFigureRow, show: Where, end: int) -> ReportCue:
    running = bool(passes) and passes[-1].ended_at is None  # its time is that of the figures: no minute that is not over is run
    actual = figures.on_air_ms if running else sum((one.ended_at or end) - one.went_at for one in passes)
    span = Where(types="", from_at=passes[0].went_at, to_at=passes[-1].ended_at or end) if passes else show
    return ReportCue(
        cue_id=row.cue.cue_id,
        no=no,
        title=row.cue.title,
        status=row.status,
        passes=tuple(
            ReportPass(pass_id=one.pass_id, went_at=one.went_at, ended_at=one.ended_at, via=one.via, seq=one.seq)
            for one in passes
        ),
        planned_ms=row.cue.duration_ms,
        actual_ms=actual,
        diff_ms=_apart(actual, row.cue.duration_ms, running=running) if passes else None,
        gmv_paid_minor=figures.gmv_paid_minor,
        gmv_created_minor=figures.gmv_created_minor,
        orders_paid=figures.orders_paid,
        goal_gmv_minor=row.cue.goal_gmv_minor,
        events=span,
    )


def _apart(actual: int, planned: int, *, running: bool) -> int | None:
    """What runs is not yet shorter than planned; longer it may be already."""
    apart = _whole_seconds(actual) - _whole_seconds(planned)
    return None if running and apart < 0 else apart


def _whole_seconds(ms: int) -> int:
    """As it is read: the difference of two lengths is that of what stands beside it, on screen, paper and workbook."""
    return ms // 1000 * 1000


def _promos(rows: Rows) -> tuple[ReportPromo, ...]:
    cards, effects = rows.cards, rows.promo_effects
    found: list[ReportPromo] = []
    for row in sorted(rows.promos.values(), key=lambda row: row.proposed_at):
        effect = effects.get(row.promo_id)
        found.append(
            ReportPromo(
                promo_id=row.promo_id,
                product_id=row.product_id,
                name=cards[row.product_id].name if row.product_id in cards else row.product_id,
                kind=row.kind,
                price_was_minor=row.price_was_minor,
                price_minor=row.price_minor,
                gift=row.gift,
                stage=row.stage,
                proposed_by=row.proposed_by,
                settled_by=row.settled_by,
                proposed_at=row.proposed_at,
                approved_at=effect.approved_at if effect else None,
                applied_at=row.applied_at,
                failure=row.failure,
                before=as_told(rows, effect.before) if effect else None,
                after=as_told(rows, effect.after) if effect else None,
                effect=effect_of(rows, f"promo:{row.promo_id}"),
                events=_promo_events(row),
                coupon=row.coupon,
                stands=row.stands,
                ended_at=row.ended_at,
                end_why=row.end_why,
                end_by=row.end_by,
                replaced_at=row.replaced_at,
                toss=row.toss,
                reads=row.reads,
            )
        )
    return tuple(found)


def _promo_events(row: PromoRow) -> Where:
    last = max(row.proposed_at, row.settled_at or 0, row.applied_at or 0, row.ended_at or row.end_at or 0)
    types = (
        "promo.proposed,promo.approved,promo.rejected,promo.withdrawn,promo.applied,promo.failed,"
        "promo.ending,promo.unsaid,promo.said_again,promo.ended,promo.end_failed"
    )
    return Where(types=types, from_at=row.proposed_at, to_at=last + MINUTE_MS)


def _questions(rows: Rows) -> tuple[ReportQuestion, ...]:
    asked = sorted(rows.topics.values(), key=lambda row: (-row.count, row.first_at, row.text))
    return tuple(
        ReportQuestion(
            text=row.text,
            count=row.count,
            answered=row.answered,
            handed=row.handed,
            first_at=row.first_at,
            answered_by=row.answered_by,
            answered_at=row.answered_at,
            took_ms=None if row.answered_at is None else max(0, row.answered_at - row.first_at),
            product_id=row.product_id,
            sample_refs=row.sample_refs,
            events=Where(types="audience.batch", from_at=row.first_at),
        )
        for row in asked
    )
