"""What viewers order by comment, and what a team does about it, in the world of the laws."""

from random import Random
from typing import Any

from kaibo.core.event import Actor, Command, Event
from kaibo.core.stream import StreamFold
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import (
    Apologise,
    BlockBuyer,
    CancelClaim,
    ClaimByHand,
    CloseWindow,
    DecideClaims,
    OpenProduct,
    OpenWindow,
    PolicyAsked,
    RelieveProduct,
    Restock,
    SetKeywords,
    SetLimit,
    SetPolicy,
    SetStock,
    TakeMissed,
)
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderPaid

SYSTEM = Actor(id="system", role="system")
TROUBLES = 8  # of an evening


class Claiming:
    """The part of a world that shouts."""

    chance: Random
    fold: StreamFold
    at: int
    events: list[Event[Any]]
    seed: int

    def ask(self, command: Command, by: Actor = SYSTEM) -> bool:
        raise NotImplementedError

    def hear(self, first: int) -> None:
        """What the reactions do with batches and orders."""
        for event in self.events[first:]:
            match event.fact:
                case AudienceBatch():
                    self.ask(DecideClaims(batch=event.seq), by=SYSTEM)
                case OrderCreated() as made:
                    self.settle(made.platform, made.order_id, "checked_out", made.buyer, made.lines)
                case OrderPaid() as made:
                    self.settle(made.platform, made.order_id, "paid")
                case OrderCancelled() as made:
                    self.settle(made.platform, made.order_id, "cancelled")
                case _:
                    pass

    def shout(self) -> None:
        """Viewers order by comment, and one of them checks out."""
        texts = ("P0+1", "P1+2", "p2 x3", "+1", "P0+9", "P1取消", "特+1", "P2 紅+1")
        items = [
            AudienceItem(
                kind="comment",
                at=self.at - place,
                viewer=f"s{self.chance.randrange(9)}",
                name="觀眾",
                text=self.chance.choice(texts),
            )
            for place in range(self.chance.randrange(1, 6))
        ]
        first = len(self.events)
        self.ask(SealBatch(source="sim", items=tuple(items)))
        line = OrderLine(product_id=f"P{self.chance.randrange(3)}", quantity=1, price_minor=9000)
        kind: Any = self.chance.choice(["created", "paid", "cancelled"])
        order_id = f"k{self.chance.randrange(8)}"
        lines = (line,) if kind == "created" else ()
        item = OrderItem(kind=kind, order_id=order_id, at=self.at, buyer=f"s{self.chance.randrange(9)}", lines=lines)
        self.ask(RecordOrders(platform="sim", items=(item,)))
        self.hear(first)

    def late_trouble(self) -> None:
        """Late in the evening, and by a chance of its own, so that what was before stays as it was."""
        dice = Random(f"trouble {self.seed}")
        for _ in range(TROUBLES):
            self.at += dice.randrange(200, 9000)
            dice.choice([self.oversell, self.forget])(dice)
        line = OrderLine(product_id="P9", quantity=2, price_minor=9000)  # of nothing on the list
        told = OrderItem(kind="created", order_id="stray", at=self.at, buyer="s1", lines=(line,))
        self.ask(RecordOrders(platform="sim", items=(told,)))

    def oversell(self, dice: Random) -> None:
        """The shop sells far more than there is; some of it is put right, and the buyer gives the rest back."""
        product_id, buyer = f"P{dice.randrange(3)}", f"s{dice.randrange(9)}"
        first = len(self.events)
        self.ask(ClaimByHand(buyer="sim/late", product_id=product_id, quantity=3))
        line = OrderLine(product_id=product_id, quantity=400, price_minor=9000)
        order = {"order_id": f"over{self.at}", "buyer": buyer}
        told = OrderItem(kind="created", at=self.at - dice.choice([0, 60_000]), lines=(line,), **order)
        self.ask(RecordOrders(platform="sim", items=(told,)))
        self.hear(first)
        self.ask(Apologise(product_id=product_id, buyer=f"sim/{buyer}"))
        self.ask(RelieveProduct(product_id=product_id, how=dice.choice(["waitlist", "cancel"])))
        if dice.random() < 0.3:
            self.ask(Restock(product_id=product_id))
        first = len(self.events)
        self.ask(RecordOrders(platform="sim", items=(OrderItem(kind="cancelled", at=self.at, **order),)))
        self.hear(first)

    def forget(self, dice: Random) -> None:
        """For a moment nobody takes claims, and viewers order all the same."""
        self.ask(SetPolicy(policy=PolicyAsked()))
        first = len(self.events)
        items = [AudienceItem(kind="comment", at=self.at, viewer=f"s{place}", name="觀眾", text="P1+1") for place in range(3)]
        self.ask(SealBatch(source="sim", items=tuple(items)))
        self.hear(first)
        self.ask(TakeMissed(take=dice.random() < 0.7))
        self.ask(SetPolicy(policy=PolicyAsked(capture="always", hold_minutes=2, cancel_by_comment=True)))

    def claim(self) -> None:
        product_id = f"P{self.chance.randrange(3)}"
        buyer = f"sim/s{self.chance.randrange(9)}"
        claims = list(self.fold.rows("claim.claims")) or ["none"]
        self.ask(ClaimByHand(buyer=buyer, product_id=product_id, quantity=self.chance.randrange(1, 300)))
        policy = PolicyAsked(capture="always", hold_minutes=self.chance.choice([0, 1]), waitlist=self.chance.random() < 0.8)
        self.ask(
            self.chance.choice(
                [
                    CancelClaim(claim_id=self.chance.choice(claims)),
                    SetStock(product_id=product_id, stock=self.chance.choice([None, 0, 20, 100])),
                    SetStock(product_id=product_id, stock=self.chance.choice([None, 400, 900])),
                    SetLimit(product_id=product_id, limit=self.chance.choice([None, 50])),
                    SetKeywords(product_id="P1", keywords=self.chance.choice([(), ("特", "P1")])),
                    OpenProduct(product_id=product_id, open=self.chance.random() < 0.7),
                    BlockBuyer(buyer=buyer, blocked=self.chance.random() < 0.5),
                    OpenWindow(),
                    CloseWindow(),
                    SetPolicy(policy=policy),
                ]
            )
        )
