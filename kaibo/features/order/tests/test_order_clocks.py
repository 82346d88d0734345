"""Stories of orders whose sources have clocks that are behind, and are set right while the show goes on."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.slices import LEDGER, Order
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired, ShowPlanned

AT = CURTAIN_AT
BEHIND = 600_000
PLANNED = ShowPlanned(show_id="s1", title="週年慶", starts_at=AT, ends_at=AT + 7_200_000, timezone="Asia/Taipei", currency="TWD")
ONE = (OrderLine(product_id="serum", quantity=1, price_minor=29900),)
TWO = (OrderLine(product_id="serum", quantity=2, price_minor=29900),)
PLACED = OrderItem(kind="created", order_id="o1", at=AT + 32_000, buyer="b1", lines=ONE)
EDIT = replace(PLACED, at=AT + 33_000, lines=TWO)
PAYMENT = OrderItem(kind="paid", order_id="o1", at=AT + 34_000, buyer="b1")
TOO_LATE = replace(EDIT, at=AT + 35_000)  # told after the payment, so it changes nothing
CANCEL = OrderItem(kind="cancelled", order_id="o1", at=AT + 36_000)


@pytest.fixture
def stage() -> Stage:
    """On air, with a cue."""
    went = CueWent(cue_id="c1", pass_id="x", via="go", from_cue_id=None)
    return Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), went, at=AT)


def goes(stage: Stage, after: int, behind: int, source: str = "mo", room: str = "") -> Stage:
    """Twice within half a minute the source speaks of the newest: its clock is known."""
    for at in (AT + after, AT + after + 30_000):
        stage.given(AudienceOrdersTold(source=source, room=room, count=1, newest_at=at - behind), at=at)
    return stage


def late(*items: OrderItem) -> RecordOrders:
    """As a clock says it that is behind."""
    return RecordOrders(platform="mo", items=tuple(replace(item, at=item.at - BEHIND) for item in items))


def order(stage: Stage) -> Order:
    return stage.fold.slice(LEDGER).orders["mo", "o1"]


@pytest.mark.parametrize("items", [(PLACED, EDIT, PAYMENT), (PLACED, EDIT, PAYMENT, CANCEL), (PAYMENT, PLACED), (CANCEL, PLACED)])
@pytest.mark.parametrize("mended_to", [0, 300_000])
def test_what_is_told_again_when_its_clock_was_mended_changes_nothing(
    stage: Stage, items: tuple[OrderItem, ...], mended_to: int
) -> None:
    goes(stage, 0, BEHIND)
    for item in items:
        stage.when(late(item), at=AT + 40_000)
    before = order(stage)
    assert (before.placed_at, before.cue_id) == (AT + 32_000, "c1")
    goes(stage, 100_000, mended_to)
    stage.when(late(*items), at=AT + 140_000).then()
    assert order(stage) == before


def test_what_came_after_the_payment_stays_behind_it_however_the_clock_is_set_right(stage: Stage) -> None:
    goes(stage, 0, BEHIND).when(late(PLACED, PAYMENT, TOO_LATE), at=AT + 40_000)
    goes(stage, 100_000, 0).when(late(PLACED, PAYMENT, TOO_LATE), at=AT + 140_000).then()
    assert order(stage).paid_lines == ONE


def test_a_clock_that_is_known_only_later_leaves_what_it_told(stage: Stage) -> None:
    stage.when(late(PLACED, PAYMENT), at=AT + 40_000)
    before = order(stage)
    goes(stage, 50_000, BEHIND).when(late(PLACED, PAYMENT), at=AT + 90_000).then()
    assert order(stage) == before


# two sources of one room


def by(source: str, *items: OrderItem, behind: int = 0) -> RecordOrders:
    return RecordOrders(platform=source, room="88", items=tuple(replace(item, at=item.at - behind) for item in items))


@pytest.mark.parametrize("items", [(PLACED,), (PLACED, EDIT, PAYMENT), (PLACED, EDIT, PAYMENT, CANCEL)])
def test_a_second_source_whose_clock_is_behind_moves_nothing(stage: Stage, items: tuple[OrderItem, ...]) -> None:
    stage.when(by("mo", *items), at=AT + 40_000)
    before = order(stage)
    stage.when(by("bridge", *items, behind=BEHIND), at=AT + 41_000).then()
    assert order(stage) == before


def test_the_source_whose_clock_is_right_brings_an_order_back_on_air(stage: Stage) -> None:
    stage.when(by("mo", PLACED, behind=BEHIND), at=AT + 40_000)
    assert (order(stage).placed_at, order(stage).cue_id) == (AT + 32_000 - BEHIND, "")
    stage.when(by("bridge", PLACED), at=AT + 41_000)
    assert (order(stage).placed_at, order(stage).cue_id) == (AT + 32_000, "c1")
    again = order(stage)
    stage.when(by("mo", PLACED, behind=BEHIND), at=AT + 42_000).then()
    stage.when(by("bridge", PLACED), at=AT + 43_000).then()
    assert order(stage) == again


def test_what_a_second_source_has_otherwise_is_heard(stage: Stage) -> None:
    stage.when(by("mo", PLACED, EDIT), at=AT + 40_000)
    stage.when(by("bridge", replace(PLACED, at=AT + 35_000)), at=AT + 41_000)  # changed back
    assert (order(stage).lines, order(stage).placed_at) == (ONE, AT + 32_000)


def test_what_a_clock_that_is_behind_has_of_a_moment_ago_is_of_now_and_moves_nothing(stage: Stage) -> None:
    goes(stage, 0, BEHIND)
    newer = replace(PLACED, order_id="o2", at=AT + 50_000)  # its clock is not quite as far behind
    stage.when(late(PLACED, newer), at=AT + 40_000)
    assert [event.fact.platform_at for event in stage.events[-2:]] == [AT + 32_000, AT + 40_000]
