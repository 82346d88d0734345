"""Stories of promos whose time a coin chose: now, or ten minutes later by themselves."""

from typing import Any

import pytest

from kaibo.analysis.windows import WINDOW_MS
from kaibo.core.event import Actor, Command
from kaibo.core.feature import Context
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductSheet
from kaibo.features.promo.coin import LATER_MS, PromoTossedAlready, PromoTossNotOnAir, heads
from kaibo.features.promo.commands import ApprovePromo, ApproveTossed, ExpirePromos, RejectPromo, WithdrawPromo
from kaibo.features.promo.coupon import PromoCouponOver
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoProposed,
    PromoRejected,
    PromoTossed,
    PromoTossOff,
)
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.rules import SelfApproval
from kaibo.features.promo.state import due
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

OPS = Actor(id="ou", role="operations")
LIN = Actor(id="lin", role="director")
MEI = Actor(id="mei", role="director")
HOUSE = Actor(id="system", role="system")
SERUM = ProductSheet(product_id="serum", name="保濕精華", live_price_minor=158000)
PRICE: dict[str, Any] = {
    "product_id": "serum", "kind": "price", "price_was_minor": 158000, "price_minor": 148000, "currency": "TWD",
}  # fmt: skip
GIFT = {**PRICE, "kind": "gift", "price_minor": 158000}
PLANNED = ShowPlanned(
    show_id="s1", title="夜場", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)


@pytest.fixture
def promo() -> Stage:
    """A show on air and a proposal that waits."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), ProductAdded(product=SERUM, currency="TWD"))
    return stage.given(PromoProposed(promo_id="p1", **PRICE), by=OPS)


def falls(promo: Stage, *, now: bool) -> int:
    """The next instant at which the coin falls so."""
    at = promo.at
    while heads("p1", Context(stream=promo.stream, seq=promo.seq, at=at, actor=LIN)) != now:
        at += 1
    return at


def put_off(promo: Stage) -> int:
    """Tails; when its time comes."""
    at = falls(promo, now=False)
    tossed = PromoTossed(promo_id="p1", product_id="serum", kind="price", now=False, until=at + LATER_MS)
    promo.when(ApprovePromo(promo_id="p1", toss=True), by=LIN, at=at).then(tossed)
    return at + LATER_MS


def stage_of(promo: Stage) -> tuple[Any, ...]:
    row = promo.row("promo.board", "p1")
    return row.stage, row.toss, row.toss_until, row.toss_off, row.tossed_by, row.settled_by


def test_heads_is_an_approval_like_any_other(promo: Stage) -> None:
    at = falls(promo, now=True)
    tossed = PromoTossed(promo_id="p1", product_id="serum", kind="price", now=True, until=at)
    promo.when(ApprovePromo(promo_id="p1", toss=True), by=LIN, at=at).then(tossed, PromoApproved(promo_id="p1", **PRICE))
    assert stage_of(promo) == ("approved", "now", None, "", "lin", "lin")
    assert due(promo.state) is None


def test_tails_waits_ten_minutes_and_is_then_approved_in_the_name_of_who_tossed(promo: Stage) -> None:
    until = put_off(promo)
    assert stage_of(promo) == ("proposed", "later", until, "", "lin", "")
    assert due(promo.state) == (until, ApproveTossed())
    promo.when(ApproveTossed(), by=HOUSE, at=until - 1).then()
    promo.when(ApproveTossed(), by=HOUSE, at=until).then(PromoApproved(promo_id="p1", called=True, **PRICE))
    assert stage_of(promo) == ("approved", "later", None, "", "lin", "lin")
    assert due(promo.state) is None


def test_who_does_not_want_to_wait_approves_rejects_or_withdraws_it_as_before(promo: Stage) -> None:
    put_off(promo)
    promo.when(ApprovePromo(promo_id="p1"), by=MEI).then(PromoApproved(promo_id="p1", **PRICE))
    assert (stage_of(promo), due(promo.state)) == (("approved", "later", None, "", "lin", "mei"), None)


def test_what_was_rejected_or_withdrawn_meanwhile_is_not_approved_by_itself(promo: Stage) -> None:
    until = put_off(promo)
    promo.when(RejectPromo(promo_id="p1", reason="不做了"), by=LIN).then(PromoRejected(promo_id="p1", reason="不做了"))
    assert due(promo.state) is None
    promo.when(ApproveTossed(), by=HOUSE, at=until).then()
    other = promo.given(PromoProposed(promo_id="p2", **PRICE), by=OPS)
    other.when(WithdrawPromo(promo_id="p2"), by=OPS)
    assert due(promo.state) is None


def test_a_price_that_moved_meanwhile_is_not_overrun_and_people_are_told_why(promo: Stage) -> None:
    until = put_off(promo)
    promo.given(
        ProductEdited(
            product=ProductSheet(product_id="serum", name="保濕精華", live_price_minor=150000), fields=("live_price_minor",)
        )
    )
    promo.when(ApproveTossed(), by=HOUSE, at=until).then(PromoTossOff(promo_id="p1", code="promo.price_moved"))
    assert stage_of(promo) == ("proposed", "later", None, "promo.price_moved", "lin", "")
    promo.when(RejectPromo(promo_id="p1"), by=MEI)
    assert stage_of(promo) == ("rejected", "later", None, "", "lin", "mei")
    assert due(promo.state) is None


def test_after_the_show_nothing_is_approved_by_itself(promo: Stage) -> None:
    until = put_off(promo)
    promo.given(ShowEnded(show_id="s1"))
    assert (due(promo.state), stage_of(promo)) == (None, ("proposed", "later", None, "", "lin", ""))
    promo.when(ApproveTossed(), by=HOUSE, at=until).then()


def test_a_second_throw_would_be_a_choice(promo: Stage) -> None:
    put_off(promo)
    promo.when(ApprovePromo(promo_id="p1", toss=True), by=LIN).refused(PromoTossedAlready, promo_id="p1")


def test_nobody_tosses_over_their_own_proposal_or_before_the_show(promo: Stage) -> None:
    own = Actor(id="ou", role="director")
    promo.when(ApprovePromo(promo_id="p1", toss=True), by=own).refused(SelfApproval)
    early = Stage(FEATURE).given(PLANNED, ProductAdded(product=SERUM, currency="TWD"))
    early.given(PromoProposed(promo_id="p1", **PRICE), by=OPS)
    early.when(ApprovePromo(promo_id="p1", toss=True), by=LIN).refused(PromoTossNotOnAir)


def test_the_coin_is_even() -> None:
    fallen = [heads("p1", Context(stream="show/s1", seq=9, at=CURTAIN_AT + each, actor=LIN)) for each in range(4000)]
    assert 1880 < sum(fallen) < 2120


def test_what_is_put_off_begins_after_the_orders_of_the_toss_were_counted() -> None:
    assert LATER_MS >= 2 * WINDOW_MS


def test_of_two_that_are_due_the_second_is_held_to_what_came_of_the_first(promo: Stage) -> None:
    """A restart may come later than both."""
    until = put_off(promo)
    promo.given(PromoProposed(promo_id="p2", **{**PRICE, "price_minor": 138000}), by=OPS)
    promo.given(PromoTossed(promo_id="p2", product_id="serum", kind="price", now=False, until=until + 5), by=LIN)
    promo.when(ApproveTossed(), by=HOUSE, at=until + 60_000).then(PromoApproved(promo_id="p1", called=True, **PRICE))
    assert due(promo.state) == (until + 5, ApproveTossed())
    promo.when(ApproveTossed(), by=HOUSE).then(PromoTossOff(promo_id="p2", code="promo.overtaken"))
    assert due(promo.state) is None


def test_one_that_could_not_be_approved_keeps_no_other_from_its_time(promo: Stage) -> None:
    until = put_off(promo)
    gift = PromoProposed(promo_id="g1", **{**GIFT, "gift": "毛巾"})
    later = PromoTossed(promo_id="g1", product_id="serum", kind="gift", now=False, until=until + 5)
    promo.given(gift, by=OPS).given(later, by=LIN).given(PromoTossOff(promo_id="p1", code="promo.price_moved"))
    assert due(promo.state) == (until + 5, ApproveTossed())
    promo.when(ApproveTossed(), by=HOUSE, at=until + 5)
    assert promo.row("promo.board", "g1").stage == "approved"


def test_what_a_person_approved_since_is_not_replaced_by_itself(promo: Stage) -> None:
    promo.given(PromoProposed(promo_id="g1", **{**GIFT, "gift": "毛巾"}), by=OPS)
    promo.given(PromoTossed(promo_id="g1", product_id="serum", kind="gift", now=False, until=promo.at + LATER_MS), by=LIN)
    until = promo.at + LATER_MS
    promo.given(
        PromoProposed(promo_id="g2", **{**GIFT, "gift": "馬克杯"}), PromoApproved(promo_id="g2", **{**GIFT, "gift": "馬克杯"})
    )
    promo.given(PromoApplied(promo_id="g2", product_id="serum", kind="gift", price_minor=158000, currency="TWD", gift="馬克杯"))
    promo.when(ApproveTossed(), by=HOUSE, at=until).then(PromoTossOff(promo_id="g1", code="promo.overtaken"))


def test_a_coupon_that_will_be_over_by_then_needs_no_coin(promo: Stage) -> None:
    coupon = Coupon(name="券", amount_minor=100, until=promo.at + LATER_MS - 1)
    promo.given(PromoProposed(promo_id="c", coupon=coupon, **{**PRICE, "kind": "coupon", "price_minor": 158000}), by=OPS)
    promo.when(ApprovePromo(promo_id="c", toss=True), by=LIN).refused(PromoCouponOver)


def test_the_coin_comes_before_a_time_that_is_up_later(promo: Stage) -> None:
    until = put_off(promo)
    coupon = Coupon(name="券", amount_minor=100, until=until + 1)
    about = {"product_id": "serum", "kind": "coupon", "price_was_minor": 158000, "price_minor": 158000, "currency": "TWD"}
    promo.given(PromoProposed(promo_id="c", coupon=coupon, **about), PromoApproved(promo_id="c", coupon=coupon, **about), by=OPS)
    assert due(promo.state) == (until, ApproveTossed())


def test_the_coin_falls_anew_for_each_proposal_and_show() -> None:
    def falls_of(promo_id: str, stream: str, seq: int) -> list[bool]:
        return [heads(promo_id, Context(stream=stream, seq=seq, at=CURTAIN_AT + each, actor=LIN)) for each in range(64)]

    alike = falls_of("p1", "show/s1", 9)
    assert alike not in (falls_of("p2", "show/s1", 9), falls_of("p1", "show/s2", 9), falls_of("p1", "show/s1", 10))


@pytest.mark.parametrize(("after_ms", "first"), [(1, ApproveTossed()), (0, ExpirePromos()), (-1, ExpirePromos())])
def test_of_a_toss_and_a_coupons_end_the_sooner_is_due(promo: Stage, after_ms: int, first: Command) -> None:
    comes = put_off(promo)
    about: dict[str, Any] = {
        "promo_id": "p2", "product_id": "serum", "kind": "coupon", "price_minor": 158000, "currency": "TWD",
        "coupon": Coupon(amount_minor=10000, until=comes + after_ms),
    }  # fmt: skip
    promo.given(PromoProposed(price_was_minor=158000, **about), by=OPS)
    promo.given(PromoApproved(price_was_minor=158000, **about), PromoApplied(**about), by=LIN)
    assert due(promo.state) == (comes + min(0, after_ms), first)
