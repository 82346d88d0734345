"""What a promo brought in a long show is kept for later ones when the show ends; of a rehearsal nothing is."""

import asyncio
import math
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
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoProposed, PromoTossed
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


def toss(promo_id: str, at_s: int, *, now: bool) -> tuple[int, Fact]:
    until = CURTAIN_AT + (at_s + 600 * (not now)) * 1000
    return at_s, PromoTossed(promo_id=promo_id, product_id="P1", kind="price", now=now, until=until)


def facts(*more: tuple[int, Fact]) -> list[tuple[int, Fact]]:
    """Ninety minutes of an order every five seconds, one every two in the five minutes after the promo."""
    promo_s = 3600
    at_s = [*range(0, promo_s, 5), *range(promo_s, promo_s + 300, 2), *range(promo_s + 300, 5400, 5)]
    orders: list[tuple[int, Fact]] = [
        (at, OrderCreated(
            order_id=f"o{at}", platform="x", buyer="", lines=(LINE,), amount_minor=100, currency="TWD", platform_at=CURTAIN_AT + at * 1000,
        ))
        for at in at_s
    ]  # fmt: skip
    told = [(0, ShowAired(show_id="s1")), *more, *orders, *((promo_s, fact) for fact in PROMO), (5400, ShowEnded(show_id="s1"))]
    plan = ShowPlanned(
        show_id="s1", title="x", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 5_400_000, timezone="Asia/Taipei", currency="TWD"
    )
    return [(0, plan), *sorted(told, key=lambda one: one[0])]


@pytest.mark.parametrize(("mode", "kept"), [("live", 1), ("rehearsal", 0)])
def test_at_its_end_a_show_leaves_what_its_promo_brought(mode: Mode, kept: int) -> None:
    commands = commands_of(facts(), mode)
    assert len(commands) == kept
    for stream, command in commands:
        assert stream == WORKSPACE
        assert isinstance(command, KeepEffects)
        (effect,) = command.effects
        assert (effect.ref, effect.kind, effect.arm) == ("promo:p", "price", "")
        assert effect.log > 0.8
        assert msgspec.json.encode(command)


def test_a_coin_leaves_how_it_fell_and_what_changed_where_its_windows_were_whole() -> None:
    others = [(0, PromoProposed(**{**PRICE, "promo_id": other})) for other in ("early", "q", "q2", "late")]
    tosses = (toss("early", 120, now=True), toss("q2", 3600, now=True), toss("q", 2000, now=False), toss("late", 5200, now=False))
    ((_, command),) = commands_of(facts(*others, *tosses), "live")
    assert isinstance(command, KeepEffects)
    found = {effect.ref: (effect.arm, round(effect.log, 2), effect.standard) for effect in command.effects if effect.arm}
    assert found == {
        "toss:q2": ("now", round(math.log(150.5 / 60.5), 2), 0.0),
        "toss:q": ("later", 0.0, 0.0),
    }


def test_nothing_ordered_before_can_be_compared_too() -> None:
    """Half an order more on each side."""
    other = PromoTossed(promo_id="z", product_id="P9", kind="gift", now=False, until=CURTAIN_AT + 2_600_000)
    line = OrderLine(product_id="P9", quantity=1, price_minor=5)
    sold = OrderCreated(
        order_id="z", platform="x", buyer="", lines=(line,), amount_minor=5, currency="TWD", platform_at=CURTAIN_AT + 2_010_000
    )
    ((_, command),) = commands_of(
        facts((0, PromoProposed(**{**PRICE, "promo_id": "z", "product_id": "P9"})), (2000, other), (2010, sold)), "live"
    )
    assert isinstance(command, KeepEffects)
    assert [round(effect.log, 2) for effect in command.effects if effect.arm] == [round(math.log(3), 2)]


def commands_of(told: Sequence[tuple[int, Fact]], mode: Mode) -> Sequence[tuple[str, Command]]:
    app = build(Settings(data_dir=None), store=MemoryStore())
    events = [
        Event(stream=STREAM, seq=place + 1, at=CURTAIN_AT + at * 1000, actor=SOMEBODY, fact=fact, mode=mode)
        for place, (at, fact) in enumerate(told)
    ]
    records = tuple(Record(each.seq, each.at, tag_of(fact_of(each)), app.engine.codec.pack(each)) for each in events)
    app.engine.store.append([Append(STREAM, 0, records)])
    return asyncio.run(_act(app.engine, events[-1]))


async def _act(engine: Engine, event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    return await keeper(engine).act(event)
