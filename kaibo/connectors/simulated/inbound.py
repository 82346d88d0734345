"""Feeds a show with the simulated audience until it ends."""

import asyncio
import contextlib

from kaibo.connectors.gather import Gatherer
from kaibo.core.errors import Refusal
from kaibo.core.stream import StreamFold
from kaibo.features.audience.commands import SealBatch
from kaibo.features.claim.shown import CLAIMS
from kaibo.features.order.commands import RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.shown import CARDS
from kaibo.features.prompter.shown import HOST
from kaibo.features.show.shown import HEAD
from kaibo.kit.engine import Engine
from kaibo.kit.react import SYSTEM
from kaibo.sim.audience import Audience, Held, Offer, Step

SOURCE = "simulated"
STEP_S = 0.25


def offers_of(fold: StreamFold) -> tuple[Offer | None, list[Offer]]:
    """The product on air as viewers see it, and all others: price and stock as they are now."""
    now = fold.row(HOST, "now")
    offers = {
        key: Offer(key, card.name, card.price_minor, card.live_price_minor or card.price_minor, card.stock_left, card.variants)
        for key, card in fold.rows(CARDS).items()
        if card.price_minor is not None
    }
    on_air = offers.get(now.product_id) if now is not None and now.product_id else None
    return on_air, list(offers.values())


def held_of(fold: StreamFold) -> list[Held]:
    """Claims of simulated viewers that wait for them to check out."""
    return [
        Held(
            claim_id,
            row.buyer.partition("/")[2],
            OrderLine(product_id=row.product_id, variant=row.variant, quantity=row.held, price_minor=row.price_minor),
        )
        for claim_id, row in fold.rows(CLAIMS).items()
        if row.held and row.price_minor is not None and row.buyer.startswith(f"{SOURCE}/")
    ]


async def hand_in(engine: Engine, gatherer: Gatherer, show_id: str, step: Step) -> None:
    """Write one step of the audience through the same doors as any platform."""
    if step.orders:
        await engine.submit(f"show/{show_id}", RecordOrders(platform=SOURCE, items=tuple(step.orders)), SYSTEM)
    if step.items:
        await gatherer.add(show_id, SOURCE, "demo", tuple(step.items), SYSTEM, replies=True, moderates=True, tells_leaves=True)


async def hand_in_now(engine: Engine, show_id: str, step: Step) -> None:
    """Like hand_in, but each step is a batch of its own: for a past that is made quickly."""
    if step.orders:
        await engine.submit(f"show/{show_id}", RecordOrders(platform=SOURCE, items=tuple(step.orders)), SYSTEM)
    if step.items:
        await engine.submit(
            f"show/{show_id}",
            SealBatch(source=SOURCE, room="demo", items=tuple(step.items), replies=True, moderates=True, tells_leaves=True),
            SYSTEM,
        )


async def feed(engine: Engine, gatherer: Gatherer, show_id: str, audience: Audience) -> None:
    """Run at the pace of the clock until the show has ended."""
    stream = f"show/{show_id}"
    last = engine.clock()
    while True:
        await asyncio.sleep(STEP_S)
        fold = await engine.fold(stream)
        head = fold.row(HEAD, "show")
        if head is None or head.state == "ended":
            return
        now = engine.clock()
        on_air, others = offers_of(fold)
        step = audience.step(now, (now - last) / 1000, on_air, others, held_of(fold))
        last = now
        with contextlib.suppress(Refusal):  # the show may end between the look and the write
            await hand_in(engine, gatherer, show_id, step)
