"""Stories of the report: a jump back, a promo with its before and after, an evening on which nothing happened."""

import io
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from kaibo.core.event import Actor, Event, Fact
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.alarm.facts import (
    AlarmChosen,
    AlarmMoveApproved,
    AlarmMoveProposed,
    AlarmMoveRejected,
    AlarmRaised,
    AlarmRule,
)
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.facts import ClaimStockSet
from kaibo.features.draw.facts import Conditions, DrawOpened, DrawPrepared, Prize
from kaibo.features.order.facts import OrderCreated, OrderLine, OrderPaid
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoEnded, PromoEnding, PromoFailed, PromoProposed
from kaibo.features.readiness.facts import Missing, ReadinessDeclared
from kaibo.features.report.report import Report, report
from kaibo.features.report.rows import rows_of
from kaibo.features.report.sections import apart, called, span
from kaibo.features.report.view import WINDOW_MS
from kaibo.features.report.workbook import write_workbook
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.show.facts import CrewMember, ShowAired, ShowEnded, ShowPlanned
from kaibo.features.workspace.view import NameRow

MINUTE = 60_000
START = 1_764_331_200_000
CREW = (CrewMember(person_id="zhe", name="運營阿哲", roles=("operations",)),)
PLANNED = ShowPlanned(
    show_id="r", title="秋冬專場", starts_at=START, ends_at=START + 60 * MINUTE, timezone="Asia/Taipei", currency="TWD", crew=CREW
)


class Evening:
    """A log written by hand, and the report of it."""

    def __init__(self) -> None:
        self.fold = StreamFold("show/r", FEATURES)
        self.events: list[Event[Any]] = []
        self.viewers: dict[str, int] = {}

    def at(self, minute: float, *facts: Fact, by: str = "lin") -> "Evening":
        for fact in facts:
            actor = Actor(id=by, role="director")
            event = Event(stream="show/r", seq=len(self.events) + 1, at=START + int(minute * MINUTE), actor=actor, fact=fact)
            self.fold.apply(event)
            self.fold.project(event)
            self.events.append(event)
        return self

    def goes(self, minute: float, cue_id: str, via: Any = "go") -> "Evening":
        return self.at(minute, CueWent(cue_id=cue_id, pass_id=f"{cue_id}-{len(self.events)}", via=via, from_cue_id=None))

    def buys(self, minute: float, order_id: str, product_id: str = "A", price: int = 10_000, cue_id: str = "") -> "Evening":
        at = START + int(minute * MINUTE)
        more: dict[str, Any] = {
            "order_id": order_id,
            "platform": "shop",
            "buyer": f"b{order_id}",
            "lines": (OrderLine(product_id=product_id, quantity=2, price_minor=price),),
            "amount_minor": 2 * price,
            "currency": "TWD",
            "platform_at": at,
            "cue_id": cue_id,
        }
        return self.at(minute, OrderCreated(**more), OrderPaid(**more))

    def crowd(self, minute: float, *items: AudienceItem, source: str = "s") -> "Evening":
        base = len(self.viewers)
        columns = pack(items, dict(self.viewers), base)
        for item in items:
            self.viewers.setdefault(item.viewer, len(self.viewers))
        comments = sum(item.kind == "comment" for item in items)
        batch = AudienceBatch(
            source=source, room="", count=len(items), comments=comments, first_at=items[0].at, last_at=items[-1].at,
            viewer_base=base, columns=columns, tells_leaves=True,
        )  # fmt: skip
        return self.at(minute, batch)

    def clicks(self, minute: float, count: int, product_id: str = "A") -> "Evening":
        at = START + int(minute * MINUTE)
        return self.crowd(
            minute, *(AudienceItem(kind="click", at=at, viewer=f"v{n}", product_id=product_id) for n in range(count))
        )

    def report(self) -> Report:
        return report(rows_of(self.fold, {}))


def planned() -> Evening:
    evening = Evening().at(-60, PLANNED)
    for product_id in "AB":
        sheet = ProductSheet(product_id=product_id, name=f"商品{product_id}", live_price_minor=10_000, stock=50)
        evening.at(-50, ProductAdded(product=sheet, currency="TWD"))
    for place, rank in ((1, "a0"), (2, "a1"), (3, "a2")):
        cue = Cue(cue_id=f"c{place}", title=f"環節{place}", duration_ms=10 * MINUTE, product_id="A", goal_gmv_minor=100_000)
        evening.at(-50, CueAdded(cue=cue, after_cue_id=None, rank=rank))
    return evening


def promo(evening: Evening, proposed: float, approved: float, applied: float | None, promo_id: str = "p") -> Evening:
    told: dict[str, Any] = {
        "promo_id": promo_id, "product_id": "A", "kind": "price", "price_was_minor": 10_000, "price_minor": 9000, "currency": "TWD",
    }  # fmt: skip
    evening.at(proposed, PromoProposed(**told), by="zhe").at(approved, PromoApproved(**told))
    if applied is not None:
        del told["price_was_minor"]
        evening.at(applied, PromoApplied(**told))
    return evening


def test_a_jump_back_is_two_passes_of_one_cue() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).goes(0, "c1").goes(4, "c2").goes(9, "c1", "jump").goes(12, "c3")
    evening.at(20, ShowEnded(show_id="r"))
    first, second, third = evening.report().cues
    assert [(one.went_at, one.ended_at, one.via) for one in first.passes] == [
        (START, START + 4 * MINUTE, "go"),
        (START + 9 * MINUTE, START + 12 * MINUTE, "jump"),
    ]
    assert (first.planned_ms, first.actual_ms, first.diff_ms) == (10 * MINUTE, 7 * MINUTE, -3 * MINUTE)
    assert (second.actual_ms, second.diff_ms) == (5 * MINUTE, -5 * MINUTE)
    assert third.passes[-1].ended_at == START + 20 * MINUTE  # the show's end is the end of what was on air
    assert (first.events.from_at, first.events.to_at) == (START, START + 12 * MINUTE)
    for cue in (first, second, third):
        for one in cue.passes:
            assert evening.events[one.seq - 1].fact == CueWent(
                cue_id=cue.cue_id, pass_id=one.pass_id, via=one.via, from_cue_id=None  # type: ignore[arg-type]
            )  # fmt: skip


def test_a_cue_that_never_went_has_no_difference() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).goes(0, "c1").at(8, ShowEnded(show_id="r"))
    never = evening.report().cues[2]
    assert (never.passes, never.actual_ms, never.diff_ms) == ((), 0, None)


def test_a_promo_stands_between_the_same_stretch_before_and_after() -> None:
    evening = planned().at(0, ShowAired(show_id="r"))
    evening.buys(3.9, "early").buys(4.1, "b1").clicks(8, 5).buys(8.9, "b2").buys(8.95, "other", "B")
    promo(evening, 7, 8.5, 9)  # the shop confirms at 9:00, and that is the middle
    evening.buys(9, "a1", price=9000).buys(13.8, "a2", price=9000).clicks(10, 7).clicks(10, 3, "B").buys(14, "late", price=9000)
    (effect,) = evening.report().promos
    assert effect.before.window_ms == effect.after.window_ms == WINDOW_MS
    assert (effect.before.orders_paid, effect.before.gmv_paid_minor, effect.before.clicks) == (2, 40_000, 5)
    assert (effect.after.orders_paid, effect.after.gmv_paid_minor, effect.after.clicks) == (2, 36_000, 7)
    assert (effect.approved_at, effect.applied_at) == (START + int(8.5 * MINUTE), START + 9 * MINUTE)
    assert (effect.proposed_by, effect.stage) == ("zhe", "applied")
    inside = [e for e in evening.events if (effect.events.from_at or 0) <= e.at < (effect.events.to_at or 0)]
    assert {type(e.fact) for e in inside} >= {PromoProposed, PromoApproved, PromoApplied}


def test_a_promo_that_ended_soon_is_compared_over_the_time_it_was_on() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).buys(6, "early").buys(7.5, "b1")
    promo(evening, 7, 8, 9).buys(9.5, "a1", price=9000).buys(10.9, "a2", price=9000)
    told: dict[str, Any] = {"promo_id": "p", "product_id": "A", "kind": "price"}
    evening.at(10.5, PromoEnding(**told, why="over", price_minor=9000, currency="TWD"), by="zhe")
    evening.at(11, PromoEnded(**told, why="over", was_on=True)).buys(12, "late")
    (row,) = evening.report().promos
    assert (row.before.window_ms, row.after.window_ms) == (2 * MINUTE, 2 * MINUTE)
    assert (row.before.orders_paid, row.after.orders_paid) == (1, 2)
    assert (row.stage, row.stands, row.ended_at, row.end_why, row.end_by) == ("ended", False, START + 11 * MINUTE, "over", "zhe")
    made = evening.report()
    marks = {(mark.kind, mark.id, mark.title) for minute in made.minutes for mark in minute.marks}
    assert {("promo", "p", made.promos[0].name), ("promo_end", "p", made.promos[0].name)} <= marks
    head, first = read(made)["promos"][:2]
    assert dict(zip(head, first, strict=True))["end_why"] == "end_over"
    inside = [e for e in evening.events if (row.events.from_at or 0) <= e.at < (row.events.to_at or 0)]
    assert any(isinstance(e.fact, PromoEnded) for e in inside)


def test_what_the_shop_never_confirmed_is_measured_from_the_approval() -> None:
    evening = promo(planned().at(0, ShowAired(show_id="r")).buys(1, "b"), 2, 3, None).buys(4, "a")
    evening.at(5, PromoFailed(promo_id="p", product_id="A", code="shop.sold_out"))
    (effect,) = evening.report().promos
    assert (effect.applied_at, effect.stage, effect.failure) == (None, "failed", "shop.sold_out")
    assert (effect.before.orders_paid, effect.after.orders_paid) == (1, 1)


def test_one_variant_that_was_oversold_is_told_though_another_has_enough() -> None:
    coat = ProductSheet(product_id="C", name="大衣", variants=("S", "M"), live_price_minor=10_000, stock=6)
    evening = planned().at(0, ShowAired(show_id="r"), ProductAdded(product=coat, currency="TWD"))
    evening.at(0.5, *(ClaimStockSet(product_id="C", variant=size, stock=3) for size in ("S", "M")))
    line = OrderLine(product_id="C", quantity=5, price_minor=10_000, variant="M")
    order = OrderCreated(
        order_id="o", platform="shop", buyer="b", lines=(line,), amount_minor=50_000, currency="TWD", platform_at=START + MINUTE
    )
    (product,) = (each for each in evening.at(1, order).report().products if each.product_id == "C")
    assert (product.stock_left, product.oversold) == (3, 2)


def test_the_minutes_carry_what_began_in_them_and_add_up() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).goes(0.5, "c1")
    evening.buys(1.2, "1", cue_id="c1").buys(1.9, "2", cue_id="c1")
    promo(evening, 2, 2.1, 2.2).buys(5.5, "3", "B", cue_id="c1").at(8, ShowEnded(show_id="r"))
    made = evening.report()
    marks = {(mark.kind, mark.id): minute.minute for minute in made.minutes for mark in minute.marks}
    first = START // MINUTE
    assert marks == {("cue", "c1"): first, ("promo", "p"): first + 2}
    assert {m.minute: m.gmv_paid_minor for m in made.minutes if m.gmv_paid_minor} == {first + 1: 40_000, first + 5: 20_000}
    assert made.summary["gmv_paid"].value == sum(m.gmv_paid_minor for m in made.minutes) == 60_000
    assert sum(p.gmv_paid_minor for p in made.products) == 60_000
    assert [(p.product_id, p.units_paid, p.stock_left, p.oversold) for p in made.products] == [("A", 4, 46, 0), ("B", 2, 48, 0)]
    assert made.cues[0].gmv_paid_minor == 60_000
    for minute in made.minutes:  # each number leads to the events behind it
        behind = [e.fact for e in evening.events if (minute.events.from_at or 0) <= e.at < (minute.events.to_at or 0)]
        assert sum(fact.amount_minor for fact in behind if isinstance(fact, OrderPaid)) == minute.gmv_paid_minor


def test_an_evening_on_which_nothing_happened_has_a_report() -> None:
    made = Evening().at(-60, PLANNED).report()
    assert (made.minutes, made.products, made.cues, made.promos, made.questions) == ((), (), (), (), ())
    assert (made.summary["gmv_paid"].value, made.summary["gmv_paid"].untold) == (None, ("order",))
    assert made.summary["conversion"].value is None  # nothing of nobody is not nought percent
    assert msgspec.json.decode(msgspec.json.encode(made))["show"]["title"] == "秋冬專場"
    book = read(made)
    assert list(book) == [
        "summary", "peaks", "funnel", "sources", "retention", "minutes", "products", "cues", "promos", "moves", "questions",
    ]  # fmt: skip
    assert {name: len(rows) for name, rows in book.items() if name not in ("summary", "funnel")} == dict.fromkeys(
        ("peaks", "sources", "retention", "minutes", "products", "cues", "promos", "moves", "questions"), 1
    )  # the heads alone
    assert [row[2:] for row in book["funnel"][2:]] == [(None, None)] * 5  # no source tells of viewers or orders


def test_orders_around_a_promo_are_unknown_where_no_source_told_of_any() -> None:
    evening = promo(planned().at(0, ShowAired(show_id="r")), 2, 2.1, 2.2).at(30, ShowEnded(show_id="r"))
    made = evening.report()
    (one,) = made.promos
    assert one.before is not None
    assert one.after is not None
    assert {one.before.orders_created, one.before.gmv_paid_minor, one.after.orders_created, one.after.gmv_paid_minor} == {None}
    assert one.effect is not None
    assert (one.effect.orders_before, one.effect.orders_after) == (None, None)


def test_a_show_on_air_has_one_too() -> None:
    made = planned().at(0, ShowAired(show_id="r")).goes(0, "c1").buys(2.5, "1").report()
    assert made.cues[0].passes[0].ended_at is None
    assert made.cues[0].actual_ms == 2.5 * MINUTE  # up to the newest event, and into no minute that is not over


def read(made: Report) -> dict[str, list[tuple[Any, ...]]]:
    """The workbook's sheets as rows, with codes instead of words and without the currency that money is in."""
    book = load_workbook(io.BytesIO(write_workbook(made, lambda code, **_: code.removeprefix("report."), "en")))
    for sheet in book:
        for cell in sheet[1]:
            cell.value = str(cell.value).removesuffix(f" ({made.show.currency})")
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


def test_the_workbook_says_the_same_numbers() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).goes(0, "c1").goes(4, "c2").goes(9, "c1", "jump")
    promo(evening.buys(3, "1", cue_id="c1").buys(4.5, "2", "B", cue_id="c2"), 5, 5.5, 6)
    evening.clicks(7, 4).buys(7, "3", price=9000, cue_id="c2").at(12, ShowEnded(show_id="r"))
    made, book = evening.report(), read(evening.report())
    by_head = {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in book.items()}
    summary = {row["metric"]: row["value"] for row in by_head["summary"]}
    for name, figure in made.summary.items():
        expected = figure.value / 100 if figure.unit == "minor" and figure.value is not None else figure.value
        assert summary[called(name, figure, "en")] == (None if expected is None else pytest.approx(expected, abs=0.01)), name
    assert [(row["gmv_paid"], row["orders_paid"], row["clicks"]) for row in by_head["minutes"]] == [
        (minute.gmv_paid_minor / 100, minute.orders_paid, minute.clicks) for minute in made.minutes
    ]
    assert by_head["minutes"][0]["time"] == "2025-11-28 20:00:00"  # the show's own clock
    assert [(row["product"], row["gmv_paid"], row["units_paid"], row["stock_left"]) for row in by_head["products"]] == [
        (product.name, product.gmv_paid_minor / 100, product.units_paid, product.stock_left) for product in made.products
    ]
    assert [(row["cue"], row["planned_min"], row["actual_min"], row["diff_min"], row["gmv_paid"]) for row in by_head["cues"]] == [
        (c.title, span(c.planned_ms), span(c.actual_ms), None if c.diff_ms is None else apart(c.diff_ms), c.gmv_paid_minor / 100)
        for c in made.cues
    ]  # fmt: skip
    (row,) = by_head["promos"]
    (told,) = made.promos
    assert (row["before_orders"], row["before_gmv"]) == (told.before.orders_paid, told.before.gmv_paid_minor / 100)
    assert (row["after_orders"], row["after_gmv"]) == (told.after.orders_paid, told.after.gmv_paid_minor / 100)
    assert (row["price_was"], row["price"], row["proposed_by"]) == (100, 90, "運營阿哲")


def test_moves_after_alarms_say_what_they_brought_and_how_sure_that_is() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).goes(0, "c1")
    evening.at(1, AlarmChosen(rule=AlarmRule(alarm_id="a", metric="idle_s", window="now", side="above", against="value", threshold=180.0,
                                             hold_s=0, cool_s=0, move="reorder")))  # fmt: skip
    evening.at(2, AlarmRaised(raise_id="r1", alarm_id="a", metric="idle_s", value=200.0, limit=180.0, compared=None, move="reorder",
                              evidence=(), product_id="A", since=START))  # fmt: skip
    for move_id in ("m1", "m2"):
        evening.at(3, AlarmMoveProposed(move_id=move_id, raise_id="r1", move="reorder", evidence=()), by="zhe")
    evening.at(4, AlarmMoveRejected(move_id="m2", reason="不"))
    for order in range(4):
        evening.buys(5 + order, f"before{order}")
    evening.at(10, AlarmMoveApproved(move_id="m1", raise_id="r1", move="reorder"))
    for order in range(5):
        evening.buys(10.1 + order * 0.9, f"after{order}")
    made = evening.at(16, ShowEnded(show_id="r")).report()
    done, refused = made.moves
    assert (done.move, done.metric, done.stage, done.proposed_by, done.settled_at) == (
        "reorder", "idle_s", "approved", "zhe", START + 10 * MINUTE,
    )  # fmt: skip
    assert done.effect is not None
    assert (done.effect.orders_before, done.effect.orders_after, done.effect.verdict) == (4, 5, "no_clear_effect")
    assert (done.effect.low or 9) < 1 < (done.effect.high or 0)
    assert (refused.stage, refused.effect) == ("rejected", None)
    head, first, second = read(made)["moves"][:3]
    told = dict(zip(head, first, strict=True))
    assert (told["did"], told["proposed_by"], told["before_placed"], told["after_placed"]) == ("move_reorder", "運營阿哲", 4, 5)
    assert told["verdict"] == f"no_clear_effect ×{done.effect.low:.2f} – ×{done.effect.high:.2f}needed"
    assert dict(zip(head, second, strict=True))["verdict"] in ("", None)


def test_an_effect_that_is_still_being_measured_says_so() -> None:
    evening = planned().at(0, ShowAired(show_id="r")).goes(0, "c1")
    for order in range(9):
        evening.buys(1 + order / 3, f"o{order}")
    promo(evening, 5, 5.5, 6)
    made, (row,) = evening.buys(7, "late").report(), read(evening.report())["promos"][1:]
    assert made.promos[0].effect is not None
    assert not made.promos[0].effect.measured
    assert "（not_measured）" in row[-2]


def test_a_viewers_words_stay_words() -> None:
    """A question that begins like a formula must not be run by a spreadsheet."""
    evening = planned().at(0, ShowAired(show_id="r"))
    asks = [AudienceItem(kind="comment", at=START + n, viewer=f"v{n}", text="=HYPERLINK(1) 有貨嗎？") for n in range(3)]
    made = evening.crowd(1, *asks).report()
    assert made.questions
    assert made.questions[0].count == 3
    rows = read(made)["questions"]
    assert not str(rows[1][0]).startswith("=")
    assert "HYPERLINK" in str(rows[1][0])


def test_who_is_not_of_the_crew_has_a_name_too() -> None:
    """A proposal that came through a token shows the token's label and not its id; who did nothing is not listed."""
    evening = promo(planned().at(0, ShowAired(show_id="r")), 1, 2, 3)
    names = {
        "zhe": NameRow(name="阿哲", kind="person"),
        "lin": NameRow(name="機器人", kind="token"),
        "x": NameRow(name="別人", kind="person"),
    }
    made = report(rows_of(evening.fold, names))
    assert made.people == {"zhe": "阿哲", "lin": "機器人"}


def test_a_draw_is_marked_where_it_opened() -> None:
    evening = planned()
    rules = DrawPrepared(
        draw_id="d", title="晨光禮盒", keyword="抽", minutes=5, prizes=(Prize(name="禮", count=1),), conditions=Conditions(),
        commitment="0" * 64,
    )  # fmt: skip
    opens = START + 7 * MINUTE
    evening.at(6, rules).at(7, DrawOpened(draw_id="d", opens_at=opens, closes_at=opens + MINUTE)).buys(7, "o1")
    marks = [mark for minute in evening.report().minutes for mark in minute.marks if mark.kind == "draw"]
    assert [(mark.title, mark.at) for mark in marks] == [("晨光禮盒", opens)]


def test_lengths_read_the_same_on_every_floor() -> None:
    """1:59.9 of 2:00 is a second less, on screen, paper and workbook."""
    made = planned().at(0, ShowAired(show_id="r")).goes(0, "c1").goes(1.999, "c2").report()
    cue = made.cues[0]
    assert (span(cue.actual_ms), apart(cue.diff_ms or 0)) == ("1:59", apart(119_000 - cue.planned_ms))
    assert [apart(ms) for ms in (0, 61_000, -61_000, 3_725_000)] == ["+0:00", "+1:01", "−1:01", "+1:02:05"]


def test_who_said_ready_stands_in_the_report_with_what_was_missing() -> None:
    said = ReadinessDeclared(missing=(Missing(code="no_cues", count=1),), reason="現場排")
    made = planned().at(0, said, by="zhe").report()
    assert made.ready is not None
    assert (made.ready.by, made.ready.missing, made.ready.reason) == ("zhe", said.missing, "現場排")
    rows = read(made)

    assert any("現場排" in row for sheet in rows.values() for row in sheet)
    assert planned().report().ready is None


def test_what_runs_is_not_yet_shorter_than_planned_and_may_be_longer_already() -> None:
    def of(minutes: float) -> tuple[int, int | None]:
        made = planned().at(0, ShowAired(show_id="r")).goes(0, "c1").buys(minutes, "o1").report()
        return made.cues[0].actual_ms // MINUTE, made.cues[0].diff_ms

    assert of(3) == (3, None)
    assert of(12) == (12, 2 * MINUTE)
