"""Stories of effects at their edges: where windows end, what bursts are, and what else may be the cause. And how often nothing is called something."""

from typing import Any

import pytest
from msgspec.structs import replace

from bench.effects import SCENARIOS, play
from kaibo.core.stage import Stage
from kaibo.features.alarm.facts import AlarmMoveApproved, AlarmMoveProposed
from kaibo.features.alarm.feature import FEATURE
from kaibo.features.alarm.tests.seen import PLANNED, START, sample
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderLine
from kaibo.features.product.facts import ProductAdded, ProductPinned, ProductSheet
from kaibo.features.promo.facts import Coupon, PromoApplied, PromoEnded, PromoEnding, PromoTossed
from kaibo.features.show.facts import ShowAired, ShowEnded

PROMO = PromoApplied(promo_id="p", product_id="P1", kind="price", price_minor=90, currency="TWD")


def order(number: int, at_s: float, lines: int = 1) -> OrderCreated:
    line = OrderLine(product_id="P1", quantity=1, price_minor=100)
    return OrderCreated(
        order_id=f"o{number}", platform="x", buyer="", lines=(line,) * lines, amount_minor=100, currency="TWD",
        platform_at=START + round(at_s * 1000),
    )  # fmt: skip


def effect(*at_s: float, promo_s: float, ends_s: float, later: tuple[float, ...] = (), lines: int = 1) -> Any:
    """What the promo brought in a show with orders at these seconds, read after the end."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    told: list[tuple[float, Any]] = [(at, order(place, at, lines)) for place, at in enumerate(at_s)]
    for at, fact in sorted([*told, (promo_s, PROMO), (ends_s, ShowEnded(show_id="s1"))], key=lambda one: one[0]):
        stage.given(fact, at=START + round(at * 1000))
    for place, at in enumerate(later):
        stage.given(order(10_000 + place, at), at=START + round(at * 1000))
    return stage.row("alarm.effects", "promo:p")


def steady(start: float, every: float, count: int) -> list[float]:
    return [start + every * place for place in range(count)]


def test_a_promo_soon_after_going_on_air_is_held_against_the_time_on_air_alone() -> None:
    row = effect(*steady(0, 4, 180), promo_s=120, ends_s=720)
    assert (row.exposure_before, row.orders_before, row.orders_after, row.before_ms) == (120, 30, 75, 120_000)
    assert 0.9 < row.ratio < 1.1
    assert row.verdict == "no_clear_effect"


def test_a_promo_soon_before_the_end_is_held_against_as_much_as_there_was_and_later_orders_change_nothing() -> None:
    row = effect(*steady(0, 4, 180), promo_s=600, ends_s=720)
    assert (row.exposure_after, row.orders_before, row.orders_after, row.measured) == (120, 75, 30, True)
    assert 0.9 < row.ratio < 1.1
    assert row.verdict == "no_clear_effect"
    assert effect(*steady(0, 4, 180), promo_s=600, ends_s=720, later=(800, 4300)) == row


def test_an_order_counts_when_it_was_placed_though_its_payment_was_told_first() -> None:
    placed = [order(place, at) for place, at in enumerate(steady(300, 10, 30))]
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START).given(PROMO, at=START + 600_000)
    for each in placed:
        stage.given(replace(each, platform_at=each.platform_at + 300_000, assumed=True), at=START + 1_000_000)
    assert stage.row("alarm.effects", "promo:p").orders_after == 30
    for each in placed:
        stage.given(
            OrderEdited(
                order_id=each.order_id, platform="x", buyer="", lines=each.lines, amount_minor=100, currency="TWD",
                platform_at=each.platform_at, edited_at=each.platform_at, told=each.lines,
            )
        )  # fmt: skip
    row = stage.given(ShowEnded(show_id="s1"), at=START + 1_200_000).row("alarm.effects", "promo:p")
    assert replace(row, seq=0) == replace(effect(*steady(300, 10, 30), promo_s=600, ends_s=1200), seq=0)
    assert (row.orders_before, row.orders_after, row.verdict) == (30, 0, "down")


def test_over_nothing_there_is_no_factor_however_many_came_after() -> None:
    row = effect(*steady(610, 1, 260), promo_s=600, ends_s=1200)
    assert (row.orders_before, row.orders_after) == (0, 260)
    assert (row.ratio, row.low, row.high) == (None, None, None)
    assert row.verdict in ("up", "no_clear_effect")
    assert row.needed is None or row.needed <= 200


def test_three_times_as_many_are_an_effect() -> None:
    row = effect(*steady(300, 10, 30), *steady(600, 10 / 3, 90), promo_s=600, ends_s=1200)
    assert (row.verdict, row.orders_before, row.orders_after) == ("up", 30, 90)
    assert 2.9 < row.ratio < 3.1


@pytest.mark.parametrize(
    "rushes", [(310, 430, 610, 680, 750, 830), (305, 375, 445, 515, 640, 780), (320, 440, 615, 670, 720, 790)]
)
def test_rushes_are_not_single_orders(rushes: tuple[int, ...]) -> None:
    row = effect(*(at for rush in rushes for at in steady(rush, 3, 20)), promo_s=600, ends_s=1200)
    assert row.verdict == "no_clear_effect"
    assert row.orders_before + row.orders_after == 20 * len(rushes)


def test_orders_just_before_it_were_before_it() -> None:
    row = effect(*steady(599.5, 0.04, 10), promo_s=600, ends_s=1200)
    assert (row.orders_before, row.orders_after) == (10, 0)
    row = effect(600, 599.999, promo_s=600, ends_s=1200)
    assert (row.orders_before, row.orders_after) == (1, 1)


def test_an_order_of_two_lines_is_one_order() -> None:
    row = effect(*steady(610, 20, 10), promo_s=600, ends_s=1200, lines=2)
    assert (row.orders_before, row.orders_after) == (0, 10)


def test_what_was_begun_in_a_slump_is_not_praised_for_its_end() -> None:
    slump = [*steady(0, 4, 225), *steady(900, 20, 15), *steady(1200, 4, 75)]
    row = effect(*slump, promo_s=1200, ends_s=1500)
    assert (row.orders_before, row.orders_after, row.slump) == (15, 75, True)
    assert row.verdict == "no_clear_effect"
    assert row.needed > 1


def test_a_long_show_compares_with_its_own_moments() -> None:
    row = effect(*steady(0, 5, 720), *steady(3600, 2, 150), *steady(3900, 5, 300), promo_s=3600, ends_s=5400)
    assert (row.basis, row.verdict, row.placebos > 100) == ("placebo", "up", True)


@pytest.mark.parametrize(("product_id", "fewer"), [("P1", True), ("P2", False)])
def test_moments_at_which_the_same_product_was_moved_are_no_measure(product_id: str, fewer: bool) -> None:
    def placebos(*others: PromoApplied) -> int:
        stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
        told: list[tuple[float, Any]] = [(at, order(place, at)) for place, at in enumerate(steady(0, 10, 450))]
        for at, fact in sorted([*told, *((1800, each) for each in others), (4200, PROMO)], key=lambda one: one[0]):
            stage.given(fact, at=START + round(at * 1000))
        row = stage.row("alarm.effects", "promo:p")
        assert row.basis == "placebo"
        return row.placebos

    other = PromoApplied(promo_id="g", product_id=product_id, kind="gift", price_minor=None, currency="TWD", gift="小樣")
    assert (placebos(other) < placebos()) is fewer


def test_what_began_before_air_or_when_the_window_had_closed_is_not_alongside() -> None:
    """On air a minute before the promo, which is over two minutes after it began."""
    pins = {"before air": -1, "before it": 30, "with it": 60, "while it was on": 179, "as it ended": 180, "after": 240}
    over = PromoEnded(promo_id="p", product_id="P1", kind="price", why="over", was_on=True)
    told: list[tuple[int, Any]] = [(0, ShowAired(show_id="s1")), (60, PROMO), (180, over)]
    told += [(at, ProductPinned(product_id=name)) for name, at in pins.items()]
    stage = Stage(FEATURE).given(PLANNED, at=START - 10_000)
    for at, fact in sorted(told, key=lambda one: one[0]):
        stage.given(fact, at=START + at * 1000)
    row = stage.row("alarm.effects", "promo:p")
    assert (row.before_ms, row.after_ms, row.measured) == (60_000, 120_000, True)
    assert row.alongside == ("pin:before it", "pin:with it", "pin:while it was on")


def test_a_coupon_that_ran_out_is_looked_at_until_then_whenever_the_shop_says_so() -> None:
    coupon = Coupon(amount_minor=10, until=START + 690_000)
    about: dict[str, Any] = {"promo_id": "p", "product_id": "P1", "kind": "coupon", "price_minor": 100, "currency": "TWD"}
    over = PromoEnding(why="expired", coupon=coupon, **about)
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START).given(over, at=START + 500_000)
    stage.given(PromoApplied(coupon=coupon, **about), at=START + 600_000).given(over, at=START + 690_000)
    ended = PromoEnded(promo_id="p", product_id="P1", kind="coupon", why="expired", was_on=True)
    stage.given(ended, at=START + 880_000)
    assert stage.row("alarm.effects", "promo:p").after_ms == 90_000


def test_what_takes_the_place_of_a_promo_is_not_alongside_it() -> None:
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START).given(PROMO, at=START + 400_000)
    stage.given(ProductPinned(product_id="P2"), at=START + 410_000)
    assert stage.row("alarm.effects", "promo:p").alongside == ("pin:P2",)  # at once, while the window is open
    stage.given(replace(PROMO, promo_id="q", price_minor=80), at=START + 500_000)
    assert stage.row("alarm.effects", "promo:p").alongside == ("pin:P2",)
    assert stage.row("alarm.effects", "promo:q").alongside == ("promo:p", "pin:P2")


def test_running_out_and_pins_stand_beside_the_verdict() -> None:
    sheet = ProductSheet(product_id="P1", name="精華", live_price_minor=100, stock=2)
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START).given(ProductAdded(product=sheet, currency="TWD"))
    stage.given(PROMO, at=START + 600_000).given(ProductPinned(product_id="P1"), at=START + 610_000)
    for number in range(2):
        stage.given(order(number, 620 + number), at=START + 620_000 + number)
    row: Any = stage.row("alarm.effects", "promo:p")
    assert row.alongside == ("pin:P1", "sold_out:P1")


def watched(stage: Stage, at_s: float) -> Stage:
    """Ten people watch since going on air."""
    at = START + round(at_s * 1000)
    return stage.given(sample(at, 0.0, whole={"watch_s": 10.0 * at_s}), at=at)


def test_one_sample_says_how_it_went_on_for_a_little() -> None:
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START).given(PROMO, at=START + 300_000)
    watched(stage, 580).given(ProductPinned(product_id="P2"), at=START + 600_000)
    row: Any = stage.row("alarm.effects", "promo:p")
    assert (row.per, row.exposure_before, row.exposure_after) == ("watch_s", 3000, 3000)


def test_orders_of_a_time_of_which_nobody_knows_who_watched_are_no_measure() -> None:
    """The source of viewers falls silent after an hour and a half: what is ordered then is compared with nothing."""

    def placebos(*later: float, ends: float) -> int:
        stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
        for place, at in enumerate([*steady(0, 10, 540), *later]):
            stage.given(order(place, at), at=START + round(at * 1000))
            if at == 600:
                stage.given(PROMO)
            if at < 5400:
                watched(stage, at)
        stage.given(ShowEnded(show_id="s1"), at=START + round(ends * 1000))
        row: Any = stage.row("alarm.effects", "promo:p")
        assert (row.per, row.basis, row.measured) == ("watch_s", "placebo", True)
        return row.placebos

    stretch = 6  # moments in the minute in which it is taken to have gone on as it went
    assert placebos(*steady(5460, 2, 600), ends=6800) <= placebos(ends=5400) + stretch


def test_more_people_are_of_the_whole_show_also_where_an_old_log_names_a_product() -> None:
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    about: dict[str, Any] = {"move_id": "m", "raise_id": "r", "move": "ads", "product_id": "P1"}
    stage.given(AlarmMoveProposed(evidence=(), **about), AlarmMoveApproved(**about), at=START + 600_000)
    assert stage.row("alarm.effects", "move:m").product_id == ""


SHOWS = 60


@pytest.mark.parametrize("name", ["bursts", "both"])
def test_what_did_nothing_is_seldom_called_an_effect_however_often_one_looks(name: str) -> None:
    """The campaign of `python -m bench effects` in small: at 6 %, more than 9 of 60 come once in four hundred tries."""
    (scenario,) = [each for each in SCENARIOS if each.name == name]
    assert play(scenario, SHOWS, 3).ever <= 100 * 9 / SHOWS
    assert play(scenario, SHOWS, 3, slump=True).ever <= 100 * 9 / SHOWS


@pytest.mark.parametrize("now", [True, False])
def test_a_toss_counts_its_own_windows_and_is_no_move_beside_others(now: bool) -> None:
    toss = PromoTossed(promo_id="p", product_id="P1", kind="price", now=now, until=START + 1_200_000)
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    told: list[tuple[float, Any]] = [(at, order(place, at)) for place, at in enumerate(steady(0, 10, 120))]
    for at, fact in sorted([*told, (600, toss), (605, PROMO), (1300, ShowEnded(show_id="s1"))], key=lambda one: one[0]):
        stage.given(fact, at=START + round(at * 1000))
    row = stage.row("alarm.effects", "toss:p")
    assert (row.arm, row.at, row.orders_before, row.orders_after, row.measured) == (
        "now" if now else "later",
        START + 600_000,
        30,
        30,
        True,
    )
    promo = stage.row("alarm.effects", "promo:p")
    assert (promo.arm, promo.alongside) == ("", ())
    stage.given(order(999, 590), at=START + 1_400_000)
    assert stage.row("alarm.effects", "toss:p").orders_before == 31
