"""Simulated viewers: they come, stay, chat, like, click, buy, pay or change their mind. Same seed and steps, same show."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from kaibo.features.audience.commands import AudienceItem, Flow, Kind
from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import OrderLine
from kaibo.sim.talk import NAMES, comment_about, nuisance, order_words, small_talk

STAY_S_MEAN = 240.0  # a viewer stays four minutes on average
PAY_SHARE = 0.84  # of created orders are paid; the rest is cancelled
PAY_DELAY_S_MEAN = 25.0
CANCEL_DELAY_S = 180.0
SHOUT_ON_AIR = 0.75
CHECK_OUT_S_MEAN = 45.0  # from a claim to its order
KEEP_SHARE = 0.85  # of claims are checked out; the rest is forgotten until the hold is over
PRICE_ELASTICITY = 3.0  # a tenth off the usual price brings about a third more buyers
IMPRESSIONS_MS = 5000  # platforms tell impressions in sums, not one by one
REGULARS = 250  # people who come to show after show
REGULAR_SHARE = 0.15  # of those who come in
# Where viewers come from: share of those who come, and how many of those who see the room come in.
FLOW_MIX: tuple[tuple[Flow, float, float], ...] = (
    ("feed", 0.42, 0.07),
    ("video", 0.16, 0.16),
    ("follow", 0.13, 0.34),
    ("ads", 0.13, 0.09),
    ("search", 0.07, 0.28),
    ("mall", 0.05, 0.14),
    ("private", 0.04, 0.45),
)


@dataclass(frozen=True)
class Offer:
    """What viewers see on air: price in minor units, the usual price, and how many are left (None: unknown)."""

    product_id: str
    name: str
    price_minor: int
    usual_minor: int
    left: int | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """A claim a viewer holds: who may check out, and what at which price (minor units)."""

    claim_id: str
    viewer: str
    line: OrderLine


@dataclass(frozen=True)
class Rates:
    """How lively the room is: arrivals a second, and per viewer and second how often they comment, like, click."""

    arrivals: float = 2.0
    comments: float = 0.006
    likes: float = 0.012
    clicks: float = 0.008
    follows: float = 0.0006
    shares: float = 0.0003
    buys_per_click: float = 0.09
    sees: float = 0.05
    joins: float = 0.0002
    shouts: float = 0.0  # orders by comment; a show that takes none hears none
    nuisance: float = 0.0  # advertising and abuse


@dataclass
class Step:
    """What happened in one step."""

    items: list[AudienceItem] = field(default_factory=list[AudienceItem])
    orders: list[OrderItem] = field(default_factory=list[OrderItem])


class Audience:
    """A crowd from a seed. `step(now, seconds, offer)` gives what it did in the time before `now` (ms UTC)."""

    def __init__(self, seed: int, *, rates: Rates | None = None, currency: str = "TWD", prefix: str = "") -> None:
        self._random = Random(seed)
        self._rates = rates or Rates()
        self._currency = currency
        self._prefix = prefix or f"s{seed}"
        self._count = 0
        self._orders = 0
        self._messages = 0
        self._present: list[str] = []
        self._here: set[str] = set()  # regulars in the room
        self._leaving: list[tuple[int, str]] = []
        self._chance = Random(seed + 1)  # beside the first, so that a seed's orders stay what they were
        self._mischief = Random(seed + 2)  # beside both, for the same reason
        self._shown: dict[Flow, int] = {}
        self._shown_at = 0
        self._unpaid: list[tuple[int, str, str, tuple[OrderLine, ...], bool]] = []

    @property
    def online(self) -> int:
        """How many are in the room."""
        return len(self._present)

    def step(
        self, now: int, seconds: float, offer: Offer | None, others: Sequence[Offer] = (), held: Sequence[Held] = ()
    ) -> Step:
        """Let `seconds` pass, ending at `now`; those who hold a claim may check out."""
        step = Step()
        span_ms = int(seconds * 1000)
        self._leave(step, now)
        self._come(step, now, span_ms, seconds)
        self._settle(step, now)
        if self._present:
            self._do(step, now, span_ms, seconds, offer, others)
            self._look(step, now, span_ms, seconds, offer, others)
        self._tell_impressions(step, now)
        if self._rates.shouts:
            self._shout(step, now, span_ms, len(self._present) * seconds, offer, others)
            self._check_out(step, now, seconds, held)
        if self._rates.nuisance and self._present:
            self._pester(step, now, span_ms, len(self._present) * seconds)
        step.items.sort(key=lambda item: item.at)
        return step

    def _come(self, step: Step, now: int, span_ms: int, seconds: float) -> None:
        for _ in range(self._poisson(self._rates.arrivals * seconds)):
            self._count += 1
            viewer = self._newcomer()
            at = self._moment(now, span_ms)
            self._present.append(viewer)
            heapq.heappush(self._leaving, (at + int(self._random.expovariate(1 / STAY_S_MEAN) * 1000), viewer))
            step.items.append(self._item("enter", at, viewer, flow=self._flow()))

    def _pester(self, step: Step, now: int, span_ms: int, viewer_seconds: float) -> None:
        """A few of those who are here write what nobody needs; one of them does it again and again."""
        mischief = self._mischief
        if mischief.random() < self._rates.nuisance * viewer_seconds:
            viewer = self._present[0] if mischief.random() < 0.5 else mischief.choice(self._present)
            at = now - mischief.randrange(max(1, span_ms))
            step.items.append(self._item("comment", at, viewer, text=nuisance(mischief)))

    def _newcomer(self) -> str:
        """A regular who is not here yet, or somebody new."""
        regular = f"regular-{self._chance.randrange(REGULARS)}"
        if self._chance.random() < REGULAR_SHARE and regular not in self._here:
            self._here.add(regular)
            return regular
        return f"{self._prefix}-{self._count}"

    def _flow(self) -> Flow:
        """Where one came from; the impressions it took are told later."""
        place = self._chance.random()
        for flow, share, enter_rate in FLOW_MIX:
            place -= share
            if place < 0:
                took = 1 + int(self._chance.expovariate(1 / (1 / enter_rate - 1)))
                self._shown[flow] = self._shown.get(flow, 0) + took
                return flow
        return ""

    def _tell_impressions(self, step: Step, now: int) -> None:
        if now - self._shown_at < IMPRESSIONS_MS:
            return
        for flow, count in self._shown.items():
            step.items.append(self._item("impression", now, "", count=count, flow=flow))
        self._shown, self._shown_at = {}, now

    def _look(self, step: Step, now: int, span_ms: int, seconds: float, offer: Offer | None, others: Sequence[Offer]) -> None:
        """Product cards pass before people's eyes: the one on air most of all. Some join the fan club."""
        crowd = len(self._present) * seconds
        for _ in range(self._poisson(self._rates.sees * crowd, self._chance) if offer or others else 0):
            seen = offer if offer and (not others or self._chance.random() < 0.8) else self._chance.choice(others)
            at, viewer = now - self._chance.randrange(max(1, span_ms)), self._chance.choice(self._present)
            step.items.append(self._item("view", at, viewer, product_id=seen.product_id))
        for _ in range(self._poisson(self._rates.joins * crowd, self._chance)):
            at, viewer = now - self._chance.randrange(max(1, span_ms)), self._chance.choice(self._present)
            step.items.append(self._item("join", at, viewer))

    def _leave(self, step: Step, now: int) -> None:
        gone: set[str] = set()
        while self._leaving and self._leaving[0][0] <= now:
            at, viewer = heapq.heappop(self._leaving)
            gone.add(viewer)
            step.items.append(self._item("leave", at, viewer))
        if gone:
            self._present = [viewer for viewer in self._present if viewer not in gone]
            self._here -= gone

    def _words(self, offer: Offer | None, others: Sequence[Offer]) -> str:
        about = offer if offer and self._random.random() < 0.6 else (self._random.choice(others) if others else None)
        chatty = about is None or self._random.random() < 0.35
        return small_talk(self._random) if chatty or about is None else comment_about(self._random, about.name)

    def _do(self, step: Step, now: int, span_ms: int, seconds: float, offer: Offer | None, others: Sequence[Offer]) -> None:
        crowd, rates = len(self._present) * seconds, self._rates
        for _ in range(self._poisson(rates.comments * crowd)):
            viewer = self._random.choice(self._present)
            text = self._words(offer, others)
            step.items.append(self._item("comment", self._moment(now, span_ms), viewer, text=text))
        plain: tuple[tuple[Kind, float], ...] = (("like", rates.likes), ("follow", rates.follows), ("share", rates.shares))
        for kind, rate in plain:
            for _ in range(self._poisson(rate * crowd)):
                count = self._random.randint(1, 12) if kind == "like" else 1
                step.items.append(self._item(kind, self._moment(now, span_ms), self._random.choice(self._present), count=count))
        if offer is not None:
            self._shop(step, now, span_ms, crowd, offer)

    def _shop(self, step: Step, now: int, span_ms: int, crowd: float, offer: Offer) -> None:
        cheaper = 1 - offer.price_minor / offer.usual_minor if offer.usual_minor else 0.0
        pull = max(0.1, 1 + PRICE_ELASTICITY * cheaper)
        left = offer.left
        for _ in range(self._poisson(self._rates.clicks * crowd * pull)):
            viewer, at = self._random.choice(self._present), self._moment(now, span_ms)
            step.items.append(self._item("click", at, viewer, product_id=offer.product_id))
            if self._random.random() < self._rates.buys_per_click * pull and (left is None or left > 0):
                quantity = 1 if left == 1 or self._random.random() < 0.8 else 2
                left = None if left is None else left - quantity
                self._buy(
                    step, at, viewer, OrderLine(product_id=offer.product_id, quantity=quantity, price_minor=offer.price_minor)
                )

    def _shout(self, step: Step, now: int, span_ms: int, crowd: float, offer: Offer | None, others: Sequence[Offer]) -> None:
        """Order by comment: mostly what is on air, now and then something else of the bag."""
        for _ in range(self._poisson(self._rates.shouts * crowd) if self._present else 0):
            on_air = offer is not None and (not others or self._random.random() < SHOUT_ON_AIR)
            wanted = offer if on_air else (self._random.choice(others) if others else None)
            if wanted is not None:
                text = order_words(self._random, wanted.product_id, wanted.variants, on_air=on_air)
                step.items.append(
                    self._item("comment", self._moment(now, span_ms), self._random.choice(self._present), text=text)
                )

    def _check_out(self, step: Step, now: int, seconds: float, held: Sequence[Held]) -> None:
        for claim in held:
            keeps = hash_of(claim.claim_id) % 100 < KEEP_SHARE * 100
            if keeps and self._random.random() < seconds / CHECK_OUT_S_MEAN:
                self._buy(step, now, claim.viewer, claim.line)

    def _buy(self, step: Step, at: int, viewer: str, line: OrderLine) -> None:
        self._orders += 1
        order_id = f"{self._prefix}-o{self._orders}"
        lines = (line,)
        step.orders.append(
            OrderItem(kind="created", order_id=order_id, at=at, buyer=viewer, lines=lines, currency=self._currency)
        )
        pays = self._random.random() < PAY_SHARE
        delay = self._random.expovariate(1 / PAY_DELAY_S_MEAN) if pays else CANCEL_DELAY_S
        heapq.heappush(self._unpaid, (at + int(delay * 1000), order_id, viewer, lines, pays))

    def _settle(self, step: Step, now: int) -> None:
        while self._unpaid and self._unpaid[0][0] <= now:
            at, order_id, viewer, lines, pays = heapq.heappop(self._unpaid)
            kind = "paid" if pays else "cancelled"
            step.orders.append(OrderItem(kind=kind, order_id=order_id, at=at, buyer=viewer, lines=lines, currency=self._currency))

    def _item(
        self, kind: Kind, at: int, viewer: str, *, text: str = "", product_id: str = "", count: int = 1, flow: Flow = ""
    ) -> AudienceItem:
        self._messages += 1
        name = NAMES[hash_of(viewer) % len(NAMES)] if kind == "comment" else ""
        message_id = f"{self._prefix}-m{self._messages}"
        return AudienceItem(
            kind=kind,
            at=at,
            viewer=viewer,
            text=text,
            name=name,
            product_id=product_id,
            count=count,
            message_id=message_id,
            flow=flow,
        )

    def _moment(self, now: int, span_ms: int) -> int:
        return now - self._random.randrange(max(1, span_ms))

    def _poisson(self, mean: float, chance: Random | None = None) -> int:
        chance = chance or self._random
        if mean > 30:
            return max(0, round(chance.gauss(mean, mean**0.5)))
        limit, product, count = 2.718281828459045**-mean, chance.random(), 0
        while product > limit:
            product *= chance.random()
            count += 1
        return count


def hash_of(text: str) -> int:
    """A small stable number for a text (Python's own hash differs from run to run)."""
    value = 0
    for char in text:
        value = (value * 131 + ord(char)) % 1_000_003
    return value
