"""Shows of the past, put into a data folder through the house's own commands on a clock of their own."""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from kaibo.app import App, build
from kaibo.config import Settings
from kaibo.core.event import Command
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.claim.commands import PolicyAsked, SetPolicy
from kaibo.features.moderation.commands import AddUsualWords
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.commands import AddProduct
from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.commands import AddCue, GoCue
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, EndShow, PlanShow
from kaibo.features.workspace.routes import WORKSPACE
from kaibo.kit.engine import Caller
from kaibo.sim.talk import small_talk

WHO = Caller(id="bench", name="bench", roles=frozenset({"owner", "source", "system"}))
SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS = 1000, 60_000, 3_600_000, 86_400_000
ITEMS_PER_S, COMMENTS_PER_S = 70, 15  # in four hours 1,008,000 items, 216,000 comments of them
PRODUCTS, CUES = 10, 50
OTHERS = ("enter", "enter", "leave", "like", "like", "like", "click", "view")
SAID = ("這個多少錢？", "A01 還有嗎", "敏感肌可以用嗎", "+1", "A03 +2", "已下單", "什麼時候發貨")


@dataclass
class Past:
    """Writes into a house as if it were another time; `at` is that time (ms UTC)."""

    app: App
    at: int

    def __post_init__(self) -> None:
        self.app.engine.clock = lambda: self.at

    async def do(self, stream: str, command: Command) -> None:
        """One command at that time."""
        await self.app.engine.submit(stream, command, WHO)

    async def plan(self, show_id: str, cues: int = CUES, products: int = PRODUCTS) -> None:
        """A show with products and a rundown, never aired."""
        stream = f"show/{show_id}"
        await self.do(stream, PlanShow(show_id=show_id, title="量測", starts_at=self.at, ends_at=self.at + 4 * HOUR_MS))
        for place in range(products):
            sheet = ProductSheet(product_id=f"A{place:02}", name=f"商品 {place}", live_price_minor=10_000, stock=50_000)
            await self.do(stream, AddProduct(product=sheet))
        for place in range(cues):
            cue = Cue(cue_id=f"c{place}", title=f"環節 {place}", duration_ms=6 * MINUTE_MS, product_id=f"A{place % products:02}")
            await self.do(stream, AddCue(cue=cue, after_cue_id=f"c{place - 1}" if place else None))

    async def air(self, show_id: str, seconds: int) -> None:
        """So many seconds on air."""
        stream = f"show/{show_id}"
        await self.do(stream, SetPolicy(policy=PolicyAsked(capture="always", hold_minutes=5)))
        await self.do(stream, AirShow())
        await self.go_on(show_id, 0, seconds)

    async def go_on(self, show_id: str, start: int, end: int) -> None:
        """From one second of the show to another: a batch each second, an order every four, the next cue every six minutes."""
        stream, chance = f"show/{show_id}", random.Random(f"{show_id} {start}")
        for second in range(start, end):
            if second % 360 == 0:
                await self.do(stream, GoCue(expect_cue_id=f"c{second // 360}"))
            await self.do(stream, SealBatch(source="bench", items=tuple(_items(chance, self.at, second))))
            if second % 4 == 0:
                await self.do(stream, RecordOrders(platform="bench", items=(_order(self.at, second),)))
            if second % 20 == 0:
                await self.ring(stream)
            self.at += SECOND_MS

    async def ring(self, stream: str) -> None:
        """What fell due is done at its own time."""
        await self.app.following.settled()
        fold = await self.app.engine.fold(stream)
        for feature in fold.due():
            while (wanted := fold.due()[feature]) is not None and wanted[0] <= self.at:
                await self.do(stream, wanted[1])
        await self.app.following.settled()

    async def end(self, show_id: str) -> None:
        """And off the air."""
        await self.do(f"show/{show_id}", EndShow())
        await self.app.following.settled()


def _items(chance: random.Random, at: int, second: int) -> list[AudienceItem]:
    return [_item(chance, at + place * SECOND_MS // ITEMS_PER_S, second * ITEMS_PER_S + place) for place in range(ITEMS_PER_S)]


def _item(chance: random.Random, at: int, number: int) -> AudienceItem:
    viewer = f"v{chance.randrange(2_000 + number // 20)}"
    if number % ITEMS_PER_S < COMMENTS_PER_S:
        text = chance.choice(SAID) if chance.random() < 0.3 else f"{small_talk(chance)} {number % 997}"
        return AudienceItem(kind="comment", at=at, viewer=viewer, name=viewer, text=text, message_id=f"m{number}")
    kind = chance.choice(OTHERS)
    product = f"A{chance.randrange(PRODUCTS):02}" if kind == "click" else ""
    return AudienceItem(kind=kind, at=at, viewer=viewer, product_id=product, message_id=f"m{number}")


def _order(at: int, second: int) -> OrderItem:
    line = OrderLine(product_id=f"A{second % PRODUCTS:02}", quantity=1, price_minor=10_000)
    return OrderItem(kind="paid", order_id=f"o{second}", at=at, buyer=f"v{second % 2_000}", lines=(line,))


async def evening(folder: Path, show_id: str, seconds: int, *, tail: int = 0) -> None:
    """A show of so many seconds, written into a data folder by a house that then stops.

    It ended days ago. With a `tail` it is on air: another house goes on for that long, and ends as a power cut ends it.
    """
    began = time.time_ns() // 1_000_000 - (seconds + tail) * SECOND_MS - (0 if tail else 9 * DAY_MS)
    app = build(Settings(data_dir=folder))
    past = Past(app, began)
    await app.start()
    await past.do(WORKSPACE, AddUsualWords(action_id=f"usual {show_id}"))
    await past.plan(show_id)
    await past.air(show_id, seconds)
    if not tail:
        await past.end(show_id)
        past.at += 8 * DAY_MS
        await past.ring(f"show/{show_id}")
    await app.following.settled()
    await app.stop()
    if tail:
        app = build(Settings(data_dir=folder))
        await app.start()
        await Past(app, past.at).go_on(show_id, seconds, seconds + tail)
        os._exit(0)


def written(folder: Path, show_id: str, seconds: int, *, tail: int = 0) -> None:
    """The same, by a process of its own."""
    subprocess.run([sys.executable, "-m", "bench.shows", str(folder), show_id, str(seconds), str(tail)], check=True)


if __name__ == "__main__":
    uvloop.run(evening(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), tail=int(sys.argv[4])))
