"""A cue that went by mistake and was taken back was never on air: plan against actual, marks and figures by cue know nothing of it."""

from msgspec.structs import replace

from kaibo.features.audience.commands import AudienceItem, Kind
from kaibo.features.order.facts import OrderCreated, OrderLine, OrderPaid
from kaibo.features.report.report import report
from kaibo.features.report.rows import rows_of
from kaibo.features.report.tests.test_report import MINUTE, START, Evening, planned
from kaibo.features.rundown.facts import CueWent, Resumed
from kaibo.features.show.facts import ShowAired, ShowEnded

LINE = OrderLine(product_id="A", quantity=1, price_minor=10_000)
GONE = 4 * MINUTE  # when c2 went by mistake
BACK = GONE + 4_000


def went(evening: Evening, at: int, cue_id: str, came: str | None, resumes: int | None = None) -> Evening:
    fact = CueWent(
        cue_id=cue_id,
        pass_id=f"{cue_id}@{at}",
        via="go" if resumes is None else "undo",
        from_cue_id=came,
        resumes=None if resumes is None else Resumed(went_at=START + resumes),
    )
    return evening.at(at / MINUTE, fact)


def says(evening: Evening, at: int, *who: str, kind: Kind = "comment") -> Evening:
    return evening.crowd(at / MINUTE, *(AudienceItem(kind=kind, at=START + at, viewer=each) for each in who))


def buys(evening: Evening, at: int, order_id: str, cue_id: str) -> Evening:
    more = {"order_id": order_id, "platform": "s", "buyer": order_id, "lines": (LINE,), "amount_minor": 10_000, "currency": "TWD"}
    created = OrderCreated(platform_at=START + at, cue_id=cue_id, **more)  # pyright: ignore[reportArgumentType]
    return evening.at(at / MINUTE, created, OrderPaid(platform_at=START + at + 1, cue_id=cue_id, **more))  # pyright: ignore[reportArgumentType]


def mistaken() -> Evening:
    """c1 is on air; c2 goes by mistake, and meanwhile somebody comes, says something and buys."""
    evening = planned().at(0, ShowAired(show_id="r"))
    went(evening, 0, "c1", None)
    says(evening, MINUTE, "ann", "bob")
    says(evening, MINUTE, "ann", kind="enter")
    went(evening, GONE, "c2", "c1")
    says(evening, GONE + 1_000, "bob", "cid")
    return buys(evening, GONE + 2_000, "o1", "c2")


def never() -> Evening:
    """The same evening without the mistake."""
    evening = planned().at(0, ShowAired(show_id="r"))
    went(evening, 0, "c1", None)
    says(evening, MINUTE, "ann", "bob")
    says(evening, MINUTE, "ann", kind="enter")
    says(evening, GONE + 1_000, "bob", "cid")
    return buys(evening, GONE + 2_000, "o1", "c1")


def end(evening: Evening) -> Evening:
    says(evening, 6 * MINUTE, "bob", "dan")
    return evening.at(7, ShowEnded(show_id="r"))


def test_what_was_taken_back_was_never_on_air() -> None:
    wrong, right = end(went(mistaken(), BACK, "c1", "c2", 0)), end(never())
    rows, plain = rows_of(wrong.fold, {}), rows_of(right.fold, {})
    assert rows.cue_figures == plain.cue_figures
    assert rows.cue_figures["c1"].on_air_ms == 7 * MINUTE
    assert [(row.cue_id, row.went_at, row.ended_at) for row in rows.passes.values()] == [("c1", START, START + 7 * MINUTE)]
    assert [(mark.kind, mark.id) for mark in rows.marks.values()] == [("cue", "c1")]
    assert [row.marks for row in rows.minutes.values()] == [row.marks for row in plain.minutes.values()]
    plan, same = report(rows).cues, report(plain).cues
    assert [(cue.actual_ms, cue.diff_ms, cue.gmv_paid_minor) for cue in plan] == [
        (cue.actual_ms, cue.diff_ms, cue.gmv_paid_minor) for cue in same
    ]
    assert [cue.diff_ms is None for cue in plan] == [False, True, True]


def test_until_it_is_taken_back_it_is_on_air() -> None:
    rows = rows_of(mistaken().fold, {})
    assert (rows.cue_figures["c2"].comments, rows.cue_figures["c2"].orders_paid) == (2, 1)
    assert [row.cue_id for row in rows.passes.values()] == ["c1", "c2"]


def test_a_cue_that_had_been_on_air_before_keeps_that_time() -> None:
    """Back to c1 by mistake, while c2 is on air: the first time of c1 stands, with what came late for it."""
    evening = planned().at(0, ShowAired(show_id="r"))
    went(evening, 0, "c1", None)
    says(evening, MINUTE, "ann")
    went(evening, 2 * MINUTE, "c2", "c1")
    went(evening, GONE, "c1", "c2")
    says(evening, GONE + 1_000, "bob")
    late = replace(AudienceItem(kind="comment", viewer="cid"), at=START + MINUTE)
    evening.crowd((GONE + 2_000) / MINUTE, late)
    went(evening, BACK, "c2", "c1", 2 * MINUTE)
    rows = rows_of(end(evening).fold, {})
    first, second = rows.cue_figures["c1"], rows.cue_figures["c2"]
    assert (first.comments, first.uv, first.on_air_ms) == (2, 2, 2 * MINUTE)
    assert (second.comments, second.uv, second.on_air_ms) == (3, 2, 5 * MINUTE)
    assert [(row.cue_id, row.ended_at) for row in rows.passes.values()] == [
        ("c1", START + 2 * MINUTE),
        ("c2", START + 7 * MINUTE),
    ]


def test_an_order_that_is_told_or_paid_later_goes_where_it_belongs() -> None:
    evening = went(mistaken(), BACK, "c1", "c2", 0)
    buys(evening, GONE + 3_000, "o2", "c2")  # decided while the mistake stood
    assert {key: row.orders_paid for key, row in rows_of(end(evening).fold, {}).cue_figures.items()} == {"c1": 2}
