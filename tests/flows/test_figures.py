"""One evening leaves its figures to the next; an alarm is raised by the timers, and its approved move reaches the host."""

import asyncio
from collections.abc import Callable
from typing import Any

from kaibo.app import App, build
from kaibo.config import Settings
from kaibo.core.event import Command
from kaibo.features.alarm.commands import ApproveMove, ChooseAlarm, ProposeMove
from kaibo.features.alarm.facts import AlarmRule
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.metric.state import SAMPLE_MS
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.show.commands import AirShow, EndShow, PlanShow
from kaibo.kit.engine import Caller
from kaibo.kit.react import SYSTEM

START = 1_764_331_200_000
LIN = Caller(id="lin", name="小林", roles=frozenset({"director", "planner"}))
MEI = Caller(id="mei", name="小美", roles=frozenset({"operations"}))


class House:
    """An app in memory on a clock that a story sets."""

    def __init__(self) -> None:
        self.now = START
        self.app: App = build(Settings(data_dir=None), clock=lambda: self.now)

    async def do(self, stream: str, command: Command, by: Caller = LIN) -> None:
        await self.app.engine.submit(stream, command, by)

    async def rows(self, stream: str, view: str) -> dict[str, Any]:
        return dict((await self.app.engine.fold(stream)).rows(view))

    async def until(self, stream: str, view: str, done: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for what timers and followers do at their own pace."""
        async with asyncio.timeout(15):
            while not done(rows := await self.rows(stream, view)):  # noqa: ASYNC110  a follower has no event for it
                await asyncio.sleep(0.01)
            return rows

    async def evening(self, show_id: str, buyer: str) -> str:
        """A show on air, in which somebody came and bought."""
        stream = f"show/{show_id}"
        await self.do(stream, PlanShow(show_id=show_id, title=show_id, starts_at=self.now, ends_at=self.now + 3_600_000))
        await self.do(stream, AirShow())
        come = AudienceItem(kind="enter", at=self.now, viewer=buyer, message_id=f"{show_id}-1")
        await self.do(stream, SealBatch(source="shop", items=(come,)), SYSTEM)
        line = OrderLine(product_id="P1", quantity=1, price_minor=5000)
        told = [OrderItem(kind=kind, order_id=show_id, at=self.now, buyer=buyer, lines=(line,)) for kind in ("created", "paid")]
        await self.do(stream, RecordOrders(platform="shop", items=tuple(told)), SYSTEM)
        return stream


def play(story: Callable[[House], Any]) -> None:
    async def run() -> None:
        house = House()
        await house.app.start()
        try:
            await story(house)
        finally:
            await house.app.stop()

    asyncio.run(run())


def test_a_show_leaves_its_figures_and_its_buyers_to_the_next() -> None:
    async def story(house: House) -> None:
        first = await house.evening("one", "amy")
        await house.do(first, EndShow())
        house.now += 86_400_000
        # the summary is a timer's, the note and the history are reactions': wait until the workspace knows
        async with asyncio.timeout(15):
            while not (await house.app.engine.fold("workspace/main")).state("metric").noted:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        plan = PlanShow(show_id="two", title="two", starts_at=house.now, ends_at=house.now + 3_600_000)
        await house.do("show/two", plan)
        tiles = await house.until("show/two", "metric.tiles", lambda rows: rows["gmv_paid"].median_shows == 1)
        assert (tiles["gmv_paid"].median_7, tiles["conversion"].median_7) == (5000, 1)
        await house.do("show/two", AirShow())
        line = OrderLine(product_id="P1", quantity=1, price_minor=100)
        for number, buyer in enumerate(("amy", "bob")):
            items = [
                OrderItem(kind=kind, order_id=f"o{number}", at=house.now, buyer=buyer, lines=(line,))
                for kind in ("created", "paid")
            ]
            await house.do("show/two", RecordOrders(platform="shop", items=tuple(items)), SYSTEM)
        tiles = await house.rows("show/two", "metric.tiles")
        assert (tiles["buyers_old"].value, tiles["buyers_new"].value) == (1, 1)

    play(story)


def test_an_alarm_rings_by_itself_and_its_move_reaches_the_host() -> None:
    async def story(house: House) -> None:
        stream = await house.evening("one", "amy")
        rule = AlarmRule(
            alarm_id="few", metric="uv", window="whole", side="below", against="value", threshold=10.0,
            hold_s=0, cool_s=0, move="answer",
        )  # fmt: skip
        await house.do(stream, ChooseAlarm(rule=rule), MEI)
        assert await house.rows(stream, "alarm.raises") == {}
        house.now += SAMPLE_MS
        await house.do(stream, SealBatch(source="shop", items=(AudienceItem(kind="like", at=house.now, viewer="amy"),)), SYSTEM)
        house.app.timers._look(await house.app.engine.fold(stream))  # the story's clock jumped: look at it now
        for place, handle in list(house.app.timers._handles.items()):
            handle.cancel()
            house.app.timers._ring(place)
        (raise_id,) = await house.until(stream, "alarm.raises", lambda rows: len(rows) == 1)
        await house.do(stream, ProposeMove(move_id="m1", raise_id=raise_id, move="answer", text="會黏嗎", answer="不會"), MEI)
        await house.do(stream, ApproveMove(move_id="m1"), LIN)
        questions = await house.until(stream, "prompter.questions", lambda rows: "m1" in rows)
        assert questions["m1"].answer == "不會"

    play(story)
