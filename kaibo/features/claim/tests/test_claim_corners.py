"""Stories of claims at the edges: told out of order, taken off the list, and before the show."""

from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.claim.commands import CancelClaim, PolicyAsked, SetPolicy, SetStock
from kaibo.features.claim.facts import ClaimSoldOut, ClaimStockSet
from kaibo.features.claim.feature import FEATURE
from kaibo.features.claim.rules import ClaimVariantUnknown
from kaibo.features.claim.tests.room import AI, CREAM, SCARF, Room, order
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved
from kaibo.features.show.facts import ShowAired


def test_the_same_words_written_long_before_are_no_repeat_however_late_they_are_told(room: Room) -> None:
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 20_000) == [("claimed", 1, 0)]
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 1_000) == [("claimed", 1, 0)]
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 3_000) == [("repeated", 0, 0)]


def test_what_was_said_to_be_sold_out_is_not_said_again_when_it_comes_back_so(room: Room) -> None:
    room.say(("ann", "A01+5"))
    room.tend()
    room.stage.given(ProductRemoved(product_id="A01"), CREAM)
    assert room.stock("A01/").sold_out
    room.tend()
    assert [event.fact for event in room.stage.events].count(ClaimSoldOut(product_id="A01")) == 1


def test_who_ordered_before_a_product_was_on_the_list_orders_at_its_first_price(room: Room) -> None:
    sheet = replace(CREAM.product, product_id="C3", live_price_minor=100)
    room.stage.given(ProductAdded(product=sheet, currency="TWD"), at=CURTAIN_AT + 5_000)
    dearer = replace(sheet, live_price_minor=200)
    room.stage.given(ProductEdited(product=dearer, fields=("live_price_minor",)), at=CURTAIN_AT + 9_000)
    assert [each.price_minor for each in room.say(("ann", "C3+1"), at=CURTAIN_AT + 1_000)] == [100]
    assert [each.price_minor for each in room.say(("bob", "C3+1"), at=CURTAIN_AT + 9_000)] == [200]


def test_a_hold_given_back_while_its_order_is_on_its_way_is_free_once(room: Room) -> None:
    (claim,) = room.say(("ann", "A01+4"))
    room.stage.given(order("o1", "ann", "A01", 4))
    assert room.stock("A01/").left == 1
    room.stage.when(CancelClaim(claim_id=claim.claim_id), by=AI)
    row = room.stock("A01/")
    assert (row.held, row.ordered, row.left) == (0, 4, 1)


def test_stock_of_a_variant_that_is_gone_is_given_up_and_not_set_anew(room: Room) -> None:
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=3), by=AI)
    room.stage.given(ProductEdited(product=replace(SCARF.product, variants=("白",)), fields=("variants",)))
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=4), by=AI)
    room.stage.refused(ClaimVariantUnknown, product_id="B2", variant="粉")
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=None), by=AI)
    room.stage.then(ClaimStockSet(product_id="B2", variant="粉", stock=None))
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=None), by=AI)
    room.stage.refused(ClaimVariantUnknown, product_id="B2", variant="粉")


def test_claims_that_are_always_taken_are_taken_from_the_first_minute_on_air() -> None:
    stage = Stage(FEATURE).given(CREAM)
    stage.when(SetPolicy(policy=PolicyAsked(capture="always")))
    assert not stage.row("claim.desk", "all").taking
    stage.given(ShowAired(show_id="s1"), at=CURTAIN_AT + 1_000)
    row = stage.row("claim.desk", "all")
    assert (row.taking, row.since) == (True, CURTAIN_AT + 1_000)
