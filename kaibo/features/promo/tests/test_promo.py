"""Stories of promos: proposed with figures, approved by another, settled by the shop."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    FailPromo,
    ProposePromo,
    RejectPromo,
    WithdrawPromo,
)
from kaibo.features.promo.facts import (
    Evidence,
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoProposed,
    PromoRejected,
    PromoWithdrawn,
)
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.price import PromoNoChange, PromoPriceMissing, PromoPriceMoved, PromoPriceZero
from kaibo.features.promo.rules import (
    PromoAlreadySettled,
    PromoGiftMissing,
    PromoIdTaken,
    PromoMixed,
    PromoNotApproved,
    PromoNotYours,
    PromoPriceUnknown,
    PromoProductUnknown,
    PromoShowEnded,
    PromoUnknown,
    SelfApproval,
)
from kaibo.features.promo.way import PromoInFlight
from kaibo.features.show.facts import ShowEnded

OPS = Actor(id="ou", role="operations")
LIN = Actor(id="lin", role="director")
SHOP = Actor(id="shop", role="system")

SERUM = ProductSheet(product_id="serum", name="保濕精華", list_price_minor=198000, live_price_minor=158000)
SLOW = Evidence(metric="conversion", value=0.021, unit="ratio", seq=880)
PRICE = PromoProposed(
    promo_id="p1",
    product_id="serum",
    kind="price",
    price_was_minor=158000,
    price_minor=148000,
    currency="TWD",
    reason="轉化偏低",
    evidence=(SLOW,),
    expected="+20 單",
)
GIFT = PromoProposed(
    promo_id="g1",
    product_id="serum",
    kind="gift",
    price_was_minor=158000,
    price_minor=158000,
    currency="TWD",
    gift="旅行組",
)
APPROVED = PromoApproved(
    promo_id="p1", product_id="serum", kind="price", price_was_minor=158000, price_minor=148000, currency="TWD"
)
APPLIED = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=148000, currency="TWD")
FAILED = PromoFailed(promo_id="p1", product_id="serum", code="shop.price_below_floor")
PROPOSE = ProposePromo(
    promo_id="p1",
    product_id="serum",
    kind="price",
    price_minor=148000,
    reason="轉化偏低",
    evidence=(SLOW,),
    expected="+20 單",
)
PROPOSE_GIFT = ProposePromo(promo_id="g1", product_id="serum", kind="gift", gift="旅行組")


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


# proposing


def test_operations_propose_a_price_with_the_figures_that_speak_for_it(promo: Stage) -> None:
    promo.when(PROPOSE, by=OPS)
    promo.then(PRICE)


def test_operations_propose_a_gift_at_the_price_as_it_is(promo: Stage) -> None:
    promo.when(PROPOSE_GIFT, by=OPS)
    promo.then(GIFT)


def test_a_product_without_a_live_price_is_compared_with_its_list_price(promo: Stage) -> None:
    promo.given(
        ProductEdited(product=replace(SERUM, live_price_minor=None), fields=("live_price_minor",)),
    )
    promo.when(PROPOSE, by=OPS)
    promo.then(replace(PRICE, price_was_minor=198000))


def test_a_second_open_proposal_for_the_same_product_is_welcome(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    promo.when(replace(PROPOSE, promo_id="p2", price_minor=138000), by=LIN)
    promo.then(replace(PRICE, promo_id="p2", price_minor=138000))


def test_a_promo_id_is_used_once(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    promo.when(replace(PROPOSE, price_minor=138000), by=LIN)
    promo.refused(PromoIdTaken, promo_id="p1")


def test_a_product_that_is_not_in_the_show_has_no_promo(promo: Stage) -> None:
    promo.when(replace(PROPOSE, product_id="soap"), by=OPS)
    promo.refused(PromoProductUnknown, product_id="soap")
    promo.given(ProductRemoved(product_id="serum"))
    promo.when(PROPOSE, by=OPS)
    promo.refused(PromoProductUnknown, product_id="serum")


def test_a_product_nobody_priced_has_no_promo(promo: Stage) -> None:
    promo.given(ProductAdded(product=ProductSheet(product_id="soap", name="皂"), currency="TWD"))
    promo.when(replace(PROPOSE, product_id="soap"), by=OPS)
    promo.refused(PromoPriceUnknown, product_id="soap")


def test_a_price_promo_needs_a_price(promo: Stage) -> None:
    promo.when(replace(PROPOSE, price_minor=None), by=OPS)
    promo.refused(PromoPriceMissing)


def test_a_price_of_nought_is_refused(promo: Stage) -> None:
    promo.when(replace(PROPOSE, price_minor=0), by=OPS)
    promo.refused(PromoPriceZero)


def test_a_gift_promo_needs_a_gift(promo: Stage) -> None:
    promo.when(replace(PROPOSE_GIFT, gift="  "), by=OPS)
    promo.refused(PromoGiftMissing)


@pytest.mark.parametrize("mixed", [replace(PROPOSE, gift="旅行組"), replace(PROPOSE_GIFT, price_minor=148000)])
def test_a_proposal_changes_one_thing(promo: Stage, mixed: ProposePromo) -> None:
    promo.when(mixed, by=OPS)
    promo.refused(PromoMixed)


def test_the_price_buyers_pay_already_is_no_promo(promo: Stage) -> None:
    promo.when(replace(PROPOSE, price_minor=158000), by=OPS)
    promo.refused(PromoNoChange, product_id="serum")
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN).given(APPLIED, by=SHOP)
    promo.when(replace(PROPOSE, promo_id="p2"), by=OPS)
    promo.refused(PromoNoChange, product_id="serum")


def test_the_gift_buyers_get_already_is_no_promo(promo: Stage) -> None:
    given = PromoApplied(promo_id="g1", product_id="serum", kind="gift", price_minor=158000, currency="TWD", gift="旅行組")
    promo.given(GIFT, by=OPS).given(given, by=SHOP)
    promo.when(replace(PROPOSE_GIFT, promo_id="g2"), by=OPS)
    promo.refused(PromoNoChange, product_id="serum")


def test_nothing_is_proposed_after_the_end(promo: Stage) -> None:
    promo.given(ShowEnded(show_id="s1"))
    promo.when(PROPOSE, by=OPS)
    promo.refused(PromoShowEnded)


# settling


def test_the_director_approves_and_the_fact_says_all_the_shop_needs(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    promo.when(ApprovePromo(promo_id="p1"), by=LIN)
    promo.then(APPROVED)


def test_the_director_rejects_with_a_reason(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    promo.when(RejectPromo(promo_id="p1", reason="毛利不夠"), by=LIN)
    promo.then(PromoRejected(promo_id="p1", reason="毛利不夠"))


@pytest.mark.parametrize("settle", [ApprovePromo(promo_id="p1"), RejectPromo(promo_id="p1")])
def test_nobody_approves_or_rejects_their_own_proposal(promo: Stage, settle: ApprovePromo | RejectPromo) -> None:
    promo.given(PRICE, by=LIN)
    promo.when(settle, by=LIN)
    promo.refused(SelfApproval, promo_id="p1")


def test_the_proposer_takes_it_back_and_nobody_else_does(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    promo.when(WithdrawPromo(promo_id="p1"), by=LIN)
    promo.refused(PromoNotYours, promo_id="p1")
    promo.when(WithdrawPromo(promo_id="p1"), by=OPS)
    promo.then(PromoWithdrawn(promo_id="p1"))


@pytest.mark.parametrize(
    ("end", "stage"),
    [
        (APPROVED, "approved"),
        (PromoRejected(promo_id="p1"), "rejected"),
        (PromoWithdrawn(promo_id="p1"), "withdrawn"),
        (APPLIED, "applied"),
        (FAILED, "failed"),
    ],
)
def test_what_is_settled_stays_settled(
    promo: Stage,
    end: PromoApproved | PromoRejected | PromoWithdrawn | PromoApplied | PromoFailed,
    stage: str,
) -> None:
    promo.given(PRICE, by=OPS).given(end, by=LIN)
    for command in (ApprovePromo(promo_id="p1"), RejectPromo(promo_id="p1")):
        promo.when(command, by=LIN)
        promo.refused(PromoAlreadySettled, promo_id="p1", stage=stage)
    promo.when(WithdrawPromo(promo_id="p1"), by=OPS)
    promo.refused(PromoAlreadySettled, promo_id="p1", stage=stage)


def test_a_price_that_moved_since_is_shown_to_the_one_who_approves(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    promo.given(ProductEdited(product=replace(SERUM, live_price_minor=152000), fields=("live_price_minor",)))
    promo.when(ApprovePromo(promo_id="p1"), by=LIN)
    promo.refused(
        PromoPriceMoved,
        promo_id="p1",
        price_was_minor=158000,
        price_now_minor=152000,
        currency="TWD",
        price_was="NT$1,580",
        price_now="NT$1,520",
    )


def test_an_edit_of_the_name_moves_no_price(promo: Stage) -> None:
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN).given(APPLIED, by=SHOP)
    promo.given(ProductEdited(product=replace(SERUM, name="新名字"), fields=("name",)))
    promo.when(replace(PROPOSE, promo_id="p2", price_minor=138000), by=OPS)
    promo.then(replace(PRICE, promo_id="p2", price_was_minor=148000, price_minor=138000))


def test_a_product_taken_off_the_list_is_not_approved(promo: Stage) -> None:
    promo.given(PRICE, by=OPS).given(ProductRemoved(product_id="serum"))
    promo.when(ApprovePromo(promo_id="p1"), by=LIN)
    promo.refused(PromoProductUnknown, product_id="serum")


def test_two_of_a_kind_are_not_on_their_way_to_the_shop_at_once(promo: Stage) -> None:
    promo.given(PRICE, replace(PRICE, promo_id="p2", price_minor=138000), GIFT, by=OPS).given(APPROVED, by=LIN)
    promo.when(ApprovePromo(promo_id="p2"), by=LIN)
    promo.refused(PromoInFlight, promo_id="p2", other_promo_id="p1")
    promo.when(ApprovePromo(promo_id="g1"), by=LIN)
    promo.then(
        PromoApproved(
            promo_id="g1",
            product_id="serum",
            kind="gift",
            price_was_minor=158000,
            price_minor=158000,
            currency="TWD",
            gift="旅行組",
        )
    )


def test_after_a_failure_the_way_to_the_shop_is_free(promo: Stage) -> None:
    promo.given(PRICE, replace(PRICE, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(APPROVED, by=LIN).given(FAILED, by=SHOP)
    promo.when(ApprovePromo(promo_id="p2"), by=LIN)
    promo.then(replace(APPROVED, promo_id="p2", price_minor=138000))


def test_nothing_is_approved_after_the_end_but_an_open_proposal_can_be_put_away(promo: Stage) -> None:
    promo.given(PRICE, by=OPS).given(ShowEnded(show_id="s1"))
    promo.when(ApprovePromo(promo_id="p1"), by=LIN)
    promo.refused(PromoShowEnded)
    promo.when(RejectPromo(promo_id="p1"), by=LIN)
    promo.then(PromoRejected(promo_id="p1"))


# the shop's word


def test_the_shop_confirms_what_was_approved(promo: Stage) -> None:
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN)
    promo.when(ConfirmPromo(promo_id="p1"), by=SHOP)
    promo.then(APPLIED)


def test_the_shop_refuses_and_says_why(promo: Stage) -> None:
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN)
    promo.when(FailPromo(promo_id="p1", code="shop.price_below_floor"), by=SHOP)
    promo.then(FAILED)


@pytest.mark.parametrize("word", [ConfirmPromo(promo_id="p1"), FailPromo(promo_id="p1", code="shop.away")])
def test_the_shop_settles_only_what_was_approved_and_only_once(promo: Stage, word: ConfirmPromo | FailPromo) -> None:
    promo.given(PRICE, by=OPS)
    promo.when(word, by=SHOP)
    promo.refused(PromoNotApproved, promo_id="p1", stage="proposed")
    promo.given(APPROVED, by=LIN).given(APPLIED, by=SHOP)
    promo.when(word, by=SHOP)
    promo.refused(PromoNotApproved, promo_id="p1", stage="applied")


@pytest.mark.parametrize(
    "command",
    [
        ApprovePromo(promo_id="p9"),
        RejectPromo(promo_id="p9"),
        WithdrawPromo(promo_id="p9"),
        ConfirmPromo(promo_id="p9"),
        FailPromo(promo_id="p9", code="shop.away"),
    ],
)
def test_an_unknown_promo_is_not_found(
    promo: Stage, command: ApprovePromo | RejectPromo | WithdrawPromo | ConfirmPromo | FailPromo
) -> None:
    promo.when(command, by=LIN)
    assert promo.refused(PromoUnknown, promo_id="p9").status == 404
