"""What a promo brought in a long show is kept for later ones when the show ends; of a rehearsal nothing is."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from kaibo.app import build
from kaibo.config import Settings
from kaibo.core.event import Command, Event, Fact, Mode
from kaibo.core.feature import WORKSPACE, fact_of, tag_of
from kaibo.core.stage import CURTAIN_AT, SOMEBODY
from kaibo.features.effect.commands import KeepEffects
from kaibo.features.effect.react import keeper
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoProposed
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned
from kaibo.kit.engine import Engine
from kaibo.stores.contract import Append, Record
from kaibo.stores.memory import MemoryStore

STREAM = "show/s1"
PRICE: dict[str, Any] = {
    "promo_id": "p", "product_id": "P1", "kind": "price", "price_was_minor": 100, "price_minor": 90, "currency": "TWD",
}  # fmt: skip
PROMO: tuple[Fact, ...] = (
    PromoProposed(**PRICE),
    PromoApproved(**PRICE),
    PromoApplied(promo_id="p", product_id="P1", kind="price", price_minor=90, currency="TWD"),
)
LINE = OrderLine(product_id="P1", quantity=1, price_minor=100)


def facts() -> list[tuple[int, Fact]]:
    """Ninety minutes of an order every five seconds, one every two in the five minutes after the promo."""
    promo_s = 3600
    at_s = [*range(0, promo_s, 5), *range(promo_s, promo_s + 300, 2), *range(promo_s + 300, 5400, 5)]
    orders: list[tuple[int, Fact]] = [
        (at, OrderCreated(
            order_id=f"o{at}", platform="x", buyer="", lines=(LINE,), amount_minor=100, currency="TWD", platform_at=CURTAIN_AT + at * 1000,
        ))
        for at in at_s
    ]  # fmt: skip
    told = [(0, ShowAired(show_id="s1")), *orders, *((promo_s, fact) for fact in PROMO), (5400, ShowEnded(show_id="s1"))]
    plan = ShowPlanned(
        show_id="s1", title="x", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 5_400_000, timezone="Asia/Taipei", currency="TWD"
    )
    return [(0, plan), *sorted(told, key=lambda one: one[0])]


@pytest.mark.parametrize(("mode", "kept"), [("live", 1), ("rehearsal", 0)])
def test_at_its_end_a_show_leaves_what_its_promo_brought(mode: Mode, kept: int) -> None:
    app = build(Settings(data_dir=None), store=MemoryStore())
    events = [
        Event(stream=STREAM, seq=place + 1, at=CURTAIN_AT + at * 1000, actor=SOMEBODY, fact=fact, mode=mode)
        for place, (at, fact) in enumerate(facts())
    ]
    records = tuple(Record(each.seq, each.at, tag_of(fact_of(each)), app.engine.codec.pack(each)) for each in events)
    app.engine.store.append([Append(STREAM, 0, records)])
    commands = asyncio.run(_act(app.engine, events[-1]))
    assert len(commands) == kept
    for stream, command in commands:
        assert stream == WORKSPACE
        assert isinstance(command, KeepEffects)
        (effect,) = command.effects
        assert (effect.ref, effect.kind) == ("promo:p", "price")
        assert effect.log > 0.8
        assert msgspec.json.encode(command)


async def _act(engine: Engine, event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    return await keeper(engine).act(event)
