"""Who bought is one person, whoever tells of the order, before or after anybody tells of the room's viewers, and in the next show too."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.audience.commands import HearOrders
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.audience.feature import FEATURE as AUDIENCE
from kaibo.features.metric.commands import SummariseShow
from kaibo.features.metric.facts import MetricHistoryTaken
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_house import ENDED, SYSTEM, tile
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired

ROOM = "88"


def planned() -> Stage:
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    return stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), at=START)


def viewers(source: str) -> Any:
    batch = Room().batch(did("enter", "ann", flow="feed"), did("enter", "bob"))
    return replace(batch, source=source, room=ROOM)


def order(stage: Stage, order_id: str, platform: str, buyer: str = "ann") -> None:
    """As its source tells it: the fact says of the room what was known then."""
    stage.given(AudienceOrdersTold(source=platform, room=ROOM, count=2))
    stage.given(
        replace(created(order_id, buyer, START, "c1"), platform=platform, room=ROOM),
        replace(paid(order_id, buyer, START, "c1"), platform=platform),
    )


@pytest.mark.parametrize("first", ["order", "viewers"])
def test_an_order_told_before_anybody_told_of_the_viewers_is_its_viewers_own(first: str) -> None:
    stage = planned()
    if first == "order":
        order(stage, "o1", "shop")
        assert stage.row("metric.cues", "c1").buyers == 1  # a screen has seen it
    stage.given(viewers("live"))
    if first == "viewers":
        order(stage, "o1", "shop")
    order(stage, "o2", "live")
    assert (tile(stage, "orders_paid").value, tile(stage, "buyers").value, tile(stage, "created_u").value) == (2, 1, 1)
    assert (stage.row("metric.cues", "c1").buyers, stage.row("metric.products", "serum").buyers) == (1, 1)
    flow = stage.row("metric.flows", "feed")
    assert (flow.buyers, flow.orders_paid, flow.gmv_paid_minor) == (1, 2, 40_000)


@pytest.mark.parametrize("sources", [("a", "b"), ("b", "a")])
def test_one_buyer_told_by_two_sources_of_a_room_whose_viewers_nobody_told_is_one(sources: tuple[str, str]) -> None:
    stage = planned()
    for number, source in enumerate(sources):
        order(stage, f"o{number}", source)
    assert (tile(stage, "orders_paid").value, tile(stage, "buyers").value, tile(stage, "created_u").value) == (2, 1, 1)
    assert (stage.row("metric.cues", "c1").buyers, stage.row("metric.products", "serum").buyers) == (1, 1)


@pytest.mark.parametrize("ended_after", [0, 1, 2], ids=["all after the end", "one after the end", "both on air"])
def test_buyers_are_as_many_whether_their_orders_are_told_before_or_after_the_end(ended_after: int) -> None:
    """What the audience says of it comes before the orders, as at the door."""
    stage, door = planned(), Stage(AUDIENCE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    for number, source in enumerate(("zerp", "ashop", "zerp")):
        if number == ended_after:
            stage.given(ENDED, at=START + MINUTE)
            door.given(ENDED, at=START + MINUTE)
        heard = len(door.events)
        door.when(HearOrders(source=source, room=ROOM, count=1), at=START + MINUTE)
        stage.given(*(event.fact for event in door.events[heard:]), at=START + MINUTE)
        placed = replace(created(f"o{number}", "ann", START), platform=source, room=ROOM)
        stage.given(placed, replace(paid(f"o{number}", "ann", START), platform=source), at=START + MINUTE)
    assert (tile(stage, "orders_paid").value, tile(stage, "buyers").value, tile(stage, "created_u").value) == (3, 1, 1)


def test_the_buyer_of_another_room_is_somebody_else() -> None:
    stage = planned()
    order(stage, "o1", "shop")
    stage.given(replace(viewers("live"), room="89"))
    stage.given(replace(created("o2", "ann", START), platform="live"), replace(paid("o2", "ann", START), platform="live"))
    assert tile(stage, "buyers").value == 2


@pytest.mark.parametrize(("then", "now"), [("live", "shop"), ("shop", "live")])
def test_who_comes_back_is_known_whichever_source_told_of_the_room_first(then: str, now: str) -> None:
    earlier = planned().given(viewers(then))
    order(earlier, "o1", now)
    earlier.given(ENDED, at=START + MINUTE).when(SummariseShow(), by=SYSTEM, at=START + MINUTE)
    buyers = earlier.events[-1].fact.buyers
    stage = Stage(FEATURE).given(PLANNED, MetricHistoryTaken(shows=(), buyers=buyers, buyers_shows=1), at=START)
    stage.given(ShowAired(show_id="s1"), viewers(now), at=START)
    order(stage, "o2", now)
    order(stage, "o3", now, "bob")
    assert (tile(stage, "buyers_old").value, tile(stage, "buyers_new").value) == (1, 1)


def test_who_comes_back_is_known_once_it_is_told_that_the_room_is_theirs() -> None:
    """The earlier show knew them by the first source's names; here the second told of the order, and the first comes after it."""
    earlier = planned()
    order(earlier, "o1", "live")
    earlier.given(ENDED, at=START + MINUTE).when(SummariseShow(), by=SYSTEM, at=START + MINUTE)
    history = MetricHistoryTaken(shows=(), buyers=earlier.events[-1].fact.buyers, buyers_shows=1)
    stage = Stage(FEATURE).given(PLANNED, history, ShowAired(show_id="s1"), at=START)
    order(stage, "o2", "shop")
    assert (tile(stage, "buyers_old").value, tile(stage, "buyers_new").value) == (0, 1)
    stage.given(viewers("live"))
    assert (tile(stage, "buyers_old").value, tile(stage, "buyers_new").value) == (1, 0)


def test_who_was_known_by_one_source_comes_back_though_the_room_goes_by_another_now() -> None:
    earlier = planned()
    order(earlier, "o1", "shop")
    earlier.given(ENDED, at=START + MINUTE).when(SummariseShow(), by=SYSTEM, at=START + MINUTE)
    history = MetricHistoryTaken(shows=(), buyers=earlier.events[-1].fact.buyers, buyers_shows=1)
    stage = Stage(FEATURE).given(PLANNED, history, ShowAired(show_id="s1"), viewers("live"), at=START)
    order(stage, "o2", "shop")
    assert (tile(stage, "buyers_old").value, tile(stage, "buyers_new").value) == (1, 0)
