"""The report of a show, put together from its views: every number says which events of the log it comes from."""

from collections.abc import Mapping
from typing import Any

import msgspec

Rows = Mapping[str, Mapping[str, Any]]
MINUTE_MS = 60_000
QUESTIONS_MAX = 20


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Which events a number comes from: fact tags, and instants (ms UTC, the end not included)."""

    types: str
    from_at: int
    to_at: int


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A metric of the whole show; ratios with numerator and denominator."""

    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    events: Where


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A cue or promo that began in a minute."""

    kind: str
    id: str
    title: str
    at: int
    seq: int


class ReportMinute(msgspec.Struct, frozen=True, kw_only=True):
    """One minute of the curve; `minute` since 1970."""

    minute: int
    gmv_paid_minor: int
    gmv_created_minor: int
    orders_created: int
    orders_paid: int
    online: int
    comments: int
    clicks: int
    marks: tuple[Mark, ...]
    events: Where


class ReportProduct(msgspec.Struct, frozen=True, kw_only=True):
    """What one product did."""

    product_id: str
    name: str
    clicks: int
    orders_created: int
    orders_paid: int
    units_paid: int
    gmv_created_minor: int
    gmv_paid_minor: int
    buyers: int
    stock_left: int | None
    events: Where


class ReportPass(msgspec.Struct, frozen=True, kw_only=True):
    """One time a cue was on air."""

    pass_id: str
    went_at: int
    ended_at: int | None
    via: str
    seq: int


class ReportCue(msgspec.Struct, frozen=True, kw_only=True):
    """Plan against actual of one cue; `diff_ms` + = longer than planned, None when it never went."""

    cue_id: str
    no: int
    title: str
    status: str
    passes: tuple[ReportPass, ...]
    planned_ms: int
    actual_ms: int
    diff_ms: int | None
    gmv_paid_minor: int
    gmv_created_minor: int
    orders_paid: int
    goal_gmv_minor: int | None
    events: Where


class ReportPromo(msgspec.Struct, frozen=True, kw_only=True):
    """A promo with the same stretch of time before and after it."""

    promo_id: str
    product_id: str
    name: str
    kind: str
    price_was_minor: int
    price_minor: int
    gift: str
    stage: str
    proposed_by: str
    settled_by: str
    proposed_at: int
    approved_at: int | None
    applied_at: int | None
    failure: str
    before: Any
    after: Any
    events: Where


class ReportQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question that was asked so many times; `sample_refs` are addresses in the log."""

    text: str
    count: int
    answered: int
    handed: int
    product_id: str
    sample_refs: tuple[str, ...]
    events: Where


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report. `generated_seq` is the seq of the log it was made at."""

    show: Any
    summary: dict[str, Figure]
    minutes: tuple[ReportMinute, ...]
    products: tuple[ReportProduct, ...]
    cues: tuple[ReportCue, ...]
    promos: tuple[ReportPromo, ...]
    questions: tuple[ReportQuestion, ...]
    people: dict[str, str]
    generated_seq: int


SOURCES = {
    "gmv_paid": "order.paid",
    "gmv_created": "order.created",
    "orders_paid": "order.paid",
    "orders_created": "order.created",
    "buyers": "order.paid",
    "value_per_buyer": "order.paid",
    "conversion": "order.paid,audience.batch",
}


def report(rows: Rows, seq: int) -> Report:
    """Make the report from the rows of a show's views at `seq`."""
    head = rows["show.head"]["show"]
    start = head.aired_at or head.starts_at
    end = (head.ended_at or max([start, *((int(key) + 1) * MINUTE_MS for key in rows["metric.minutes"])])) + 1
    show = Where(types="", from_at=start, to_at=end)
    return Report(
        show=head,
        summary={name: _figure(name, tile, show) for name, tile in rows["metric.tiles"].items()},
        minutes=_minutes(rows),
        products=_products(rows, show),
        cues=_cues(rows, show, end),
        promos=_promos(rows),
        questions=_questions(rows, show),
        people=_people(rows),
        generated_seq=seq,
    )


def _people(rows: Rows) -> dict[str, str]:
    """The names of the crew, and of everybody else who proposed or settled something: a guest, or a program by its token's label."""
    found = {member.person_id: member.name for member in rows["show.head"]["show"].crew}
    names = rows.get("workspace.names", {})
    ids = {person_id for row in rows["promo.board"].values() for person_id in (row.proposed_by, row.settled_by)}
    return found | {person_id: names[person_id].name for person_id in sorted(ids & names.keys())}


def _where(show: Where, types: str) -> Where:
    return msgspec.structs.replace(show, types=types)


def _figure(name: str, tile: Any, show: Where) -> Figure:
    return Figure(
        value=tile.value,
        unit=tile.unit,
        numerator=tile.numerator,
        denominator=tile.denominator,
        events=_where(show, SOURCES.get(name, "audience.batch")),
    )


def _minutes(rows: Rows) -> tuple[ReportMinute, ...]:
    marks = _marks(rows)
    found: list[ReportMinute] = []
    for row in sorted(rows["metric.minutes"].values(), key=lambda row: row.minute):
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
    cues, cards, board = rows["rundown.cues"], rows["product.cards"], rows["promo.board"]
    for one in sorted(rows["report.passes"].values(), key=lambda row: row.seq):
        title = cues[one.cue_id].cue.title if one.cue_id in cues else one.cue_id
        mark = Mark(kind="cue", id=one.cue_id, title=title, at=one.went_at, seq=one.seq)
        marks.setdefault(one.went_at // MINUTE_MS, []).append(mark)
    for effect in rows["report.effects"].values():
        promo = board.get(effect.promo_id)
        if effect.applied_at is not None and promo is not None:
            title = cards[promo.product_id].name if promo.product_id in cards else promo.product_id
            mark = Mark(kind="promo", id=effect.promo_id, title=title, at=effect.applied_at, seq=effect.seq)
            marks.setdefault(effect.applied_at // MINUTE_MS, []).append(mark)
    return marks


def _products(rows: Rows, show: Where) -> tuple[ReportProduct, ...]:
    cards = rows["product.cards"]
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
            events=_where(show, "order.created,order.paid"),
        )
        for key, row in rows["metric.products"].items()
    ]
    return tuple(sorted(found, key=lambda product: (-product.gmv_paid_minor, product.product_id)))


def _cues(rows: Rows, show: Where, end: int) -> tuple[ReportCue, ...]:
    passes: dict[str, list[Any]] = {}
    for one in sorted(rows["report.passes"].values(), key=lambda row: row.seq):
        passes.setdefault(one.cue_id, []).append(one)
    planned = sorted(rows["rundown.cues"].values(), key=lambda row: row.rank)
    return tuple(
        _cue(no, row, passes.get(row.cue.cue_id, []), rows["metric.cues"].get(row.cue.cue_id), show, end)
        for no, row in enumerate(planned, 1)
    )


def _cue(no: int, row: Any, passes: list[Any], figures: Any, show: Where, end: int) -> ReportCue:
    actual = sum((one.ended_at or end) - one.went_at for one in passes)
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
        diff_ms=actual - row.cue.duration_ms if passes else None,
        gmv_paid_minor=figures.gmv_paid_minor if figures else 0,
        gmv_created_minor=figures.gmv_created_minor if figures else 0,
        orders_paid=figures.orders_paid if figures else 0,
        goal_gmv_minor=row.cue.goal_gmv_minor,
        events=span,
    )


def _promos(rows: Rows) -> tuple[ReportPromo, ...]:
    cards, effects = rows["product.cards"], rows["report.effects"]
    found: list[ReportPromo] = []
    for row in sorted(rows["promo.board"].values(), key=lambda row: row.proposed_at):
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
                before=effect.before if effect else None,
                after=effect.after if effect else None,
                events=_promo_events(row),
            )
        )
    return tuple(found)


def _promo_events(row: Any) -> Where:
    last = max(row.proposed_at, row.settled_at or 0, row.applied_at or 0)
    types = "promo.proposed,promo.approved,promo.rejected,promo.withdrawn,promo.applied,promo.failed"
    return Where(types=types, from_at=row.proposed_at, to_at=last + MINUTE_MS)


def _questions(rows: Rows, show: Where) -> tuple[ReportQuestion, ...]:
    top = sorted(rows.get("comment.topics", {}).values(), key=lambda row: (-row.count, row.first_at))[:QUESTIONS_MAX]
    return tuple(
        ReportQuestion(
            text=row.text,
            count=row.count,
            answered=row.answered,
            handed=row.handed,
            product_id=row.product_id,
            sample_refs=row.sample_refs,
            events=Where(types="audience.batch", from_at=show.from_at, to_at=show.to_at),
        )
        for row in top
    )
