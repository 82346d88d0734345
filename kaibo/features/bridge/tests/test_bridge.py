"""Stories of the ways to messengers: what they are called, what goes over them, and who may set them up."""

import pytest

from kaibo.core.errors import NotFound
from kaibo.core.event import Actor
from kaibo.core.feature import WORKSPACE
from kaibo.core.stage import Stage
from kaibo.features.bridge.commands import RemoveBridge, SetBridge
from kaibo.features.bridge.facts import BridgeRemoved, BridgeSet
from kaibo.features.bridge.feature import FEATURE
from kaibo.features.bridge.rules import (
    BRIDGES_MAX,
    BridgeNameMissing,
    BridgeNameTaken,
    BridgeNameTooLong,
    BridgeOtherKind,
    BridgesTooMany,
)

OWNER = Actor(id="mei", role="owner")


@pytest.fixture
def house() -> Stage:
    stage = Stage(FEATURE, WORKSPACE)
    stage.given(BridgeSet(bridge_id="d", kind="dingtalk", name="倉庫群", wants="asked"))
    return stage


def test_a_bridge_is_added_changed_and_taken_away(house: Stage) -> None:
    house.when(SetBridge(bridge_id="s", kind="slack", name=" 客服 ", wants="urgent", language="en"), by=OWNER).then(
        BridgeSet(bridge_id="s", kind="slack", name="客服", wants="urgent", language="en")
    )
    house.when(SetBridge(bridge_id="s", kind="slack", name="客服", wants="urgent", language="en"), by=OWNER).then()
    house.when(SetBridge(bridge_id="s", kind="slack", name="客服", wants="all", paused=True), by=OWNER)
    row = house.rows("bridge.list")["s"]
    assert (row.wants, row.paused, row.language) == ("all", True, "zh-Hant")
    house.when(RemoveBridge(bridge_id="s"), by=OWNER).then(BridgeRemoved(bridge_id="s"))
    assert list(house.rows("bridge.list")) == ["d"]
    house.when(RemoveBridge(bridge_id="s"), by=OWNER)
    house.refused(NotFound, kind="bridge", id="s")


def test_people_can_say_where_it_went(house: Stage) -> None:
    house.when(SetBridge(bridge_id="s", kind="slack", name=" \u200b "), by=OWNER)
    house.refused(BridgeNameMissing)
    house.when(SetBridge(bridge_id="s", kind="slack", name="長" * 31), by=OWNER)
    house.refused(BridgeNameTooLong, length=31, most=30)
    house.when(SetBridge(bridge_id="s", kind="slack", name="倉庫群"), by=OWNER)
    house.refused(BridgeNameTaken, name="倉庫群")


def test_another_messenger_is_another_bridge_and_there_is_an_end_to_them(house: Stage) -> None:
    house.when(SetBridge(bridge_id="d", kind="slack", name="倉庫群"), by=OWNER)
    house.refused(BridgeOtherKind)
    for number in range(BRIDGES_MAX - 1):
        house.when(SetBridge(bridge_id=f"b{number}", kind="webhook", name=str(number)), by=OWNER)
    house.when(SetBridge(bridge_id="more", kind="webhook", name="more"), by=OWNER)
    house.refused(BridgesTooMany, most=20)
    house.when(SetBridge(bridge_id="d", kind="dingtalk", name="倉庫"), by=OWNER)
    assert house.rows("bridge.list")["d"].name == "倉庫"
