"""A room whose viewers order by comment, for the stories of claims."""

from typing import Any

from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.audience.columns import in_order, pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import (
    DecideClaims,
    PolicyAsked,
    SetPolicy,
    SettleClaims,
)
from kaibo.features.claim.facts import (
    Policy,
)
from kaibo.features.claim.feature import FEATURE
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.show.facts import ShowAired

SYSTEM = Actor(id="system", role="system")
AI = Actor(id="xiaoai", role="assistant")
MINUTE = 60_000
CREAM = ProductAdded(product=ProductSheet(product_id="A01", name="護手霜", live_price_minor=16900, stock=5), currency="TWD")
SCARF = ProductAdded(
    product=ProductSheet(product_id="B2", name="圍巾", variants=("粉", "白"), live_price_minor=59000, stock=4), currency="TWD"
)


class Room:
    """A show whose viewers write comments; `say` gives the decisions that came of them."""

    def __init__(self, policy: Policy | None = None, *, goods: tuple[ProductAdded, ...] = (CREAM, SCARF)) -> None:
        self.stage = Stage(FEATURE)
        self.stage.given(*goods, ShowAired(show_id="s1"))
        self.stage.when(SetPolicy(policy=PolicyAsked.of(policy or Policy(capture="always", hold_minutes=10))))
        self.viewers: dict[str, int] = {}

    def say(self, *comments: tuple[str, str], at: int | None = None, spread_ms: int = 10) -> list[Any]:
        """(who, what), in this order of platform time."""
        self.write(*comments, at=at, spread_ms=spread_ms)
        self.stage.when(DecideClaims(batch=self.stage.seq), by=SYSTEM)
        return self.decisions()

    def write(self, *comments: tuple[str, str], at: int | None = None, spread_ms: int = 10) -> None:
        """The same, and nothing is decided yet."""
        now = self.stage.at if at is None else at
        items = [
            AudienceItem(kind="comment", at=now + place * spread_ms, viewer=who, name=who.upper(), text=text)
            for place, (who, text) in enumerate(comments)
        ]
        self.stage.given(batch(items, self.viewers))

    def decisions(self) -> list[Any]:
        """Of the last command."""
        last = self.stage.events[-6:]
        return [each for event in last if event.seq > self.mark() for each in getattr(event.fact, "decisions", ())]

    def mark(self) -> int:
        batches = [event.seq for event in self.stage.events if isinstance(event.fact, AudienceBatch)]
        return batches[-1] if batches else 0

    def got(self, *comments: tuple[str, str], at: int | None = None) -> list[tuple[str, int, int]]:
        """(rule, held, waiting) of each decision."""
        return [(each.rule, each.got, each.waits) for each in self.say(*comments, at=at)]

    def tend(self, at: int | None = None) -> None:
        """What is due by then happens."""
        if at is not None:
            self.stage.at = at
        for _ in range(3):
            wanted = FEATURE.due(self.stage.state) if FEATURE.due else None
            if wanted is None or wanted[0] > self.stage.at:
                return
            self.stage.when(wanted[1], by=SYSTEM)
        raise AssertionError("what is due does not come to rest")

    def stock(self, key: str) -> Any:
        return self.stage.row("claim.stock", key)

    def numbers(self, key: str = "all") -> Any:
        return self.stage.row("claim.numbers", key)


def batch(items: list[AudienceItem], known: dict[str, int]) -> AudienceBatch:
    base = len(known)
    ordered = in_order(items)
    columns = pack(ordered, known, base)
    for item in ordered:
        known.setdefault(item.viewer, len(known))
    return AudienceBatch(
        source="live",
        room="r",
        count=len(items),
        comments=sum(item.kind == "comment" for item in items),
        first_at=ordered[0].at,
        last_at=ordered[-1].at,
        viewer_base=base,
        columns=columns,
    )


def order(order_id: str, buyer: str, product_id: str, quantity: int, variant: str = "") -> OrderCreated:
    line = OrderLine(product_id=product_id, quantity=quantity, price_minor=16900, variant=variant)
    return OrderCreated(
        order_id=order_id,
        platform="live",
        buyer=buyer,
        lines=(line,),
        amount_minor=16900 * quantity,
        currency="TWD",
        platform_at=0,
    )


def settle(room: Room, fact: OrderCreated) -> None:
    room.stage.given(fact)
    room.stage.when(
        SettleClaims(platform="live", order_id=fact.order_id, stage="checked_out", buyer=fact.buyer, lines=fact.lines), by=SYSTEM
    )
