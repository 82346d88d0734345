"""Shows of other evenings, played quickly and only for what they leave behind: what they came to, and who bought."""

from collections.abc import Sequence
from dataclasses import replace

from kaibo.core.event import Actor, Command, Fact
from kaibo.core.feature import Context
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.audience.commands import SealBatch
from kaibo.features.metric.commands import SummariseShow
from kaibo.features.metric.facts import MetricSummarised
from kaibo.features.order.commands import RecordOrders
from kaibo.features.show.commands import AirShow, EndShow, PlanShow
from kaibo.sim.audience import Audience, Offer, Rates

DAY_MS = 86_400_000
STEP_S = 15
SIM = Actor(id="system", role="system")


def earlier_shows(
    seed: int, before: int, offers: Sequence[Offer], *, rates: Rates, minutes: int = 10, count: int = 7, source: str = "simulated"
) -> list[MetricSummarised]:
    """`count` shows of `minutes`, one a day, the last a day before the instant `before` (ms UTC), newest last."""
    return [
        _show(seed * 100 + day, f"demo-past-{day}", before - day * DAY_MS, minutes, offers, rates, source)
        for day in range(count, 0, -1)
    ]


def _show(
    seed: int, show_id: str, ends_at: int, minutes: int, offers: Sequence[Offer], rates: Rates, source: str
) -> MetricSummarised:
    fold = StreamFold(f"show/{show_id}", FEATURES)
    audience = Audience(seed, rates=replace(rates, arrivals=rates.arrivals * (0.75 + seed % 5 / 8)), prefix=show_id)
    at = ends_at - minutes * 60_000
    plan = PlanShow(show_id=show_id, title=f"模擬場次 {show_id[-1]}", starts_at=at, ends_at=ends_at)
    for command in (plan, AirShow()):
        _ask(fold, command, at)
    for step in range(minutes * 60 // STEP_S):
        at += STEP_S * 1000
        did = audience.step(at, STEP_S, offers[step * STEP_S // 300 % len(offers)], offers)
        if did.items:
            _ask(fold, SealBatch(source=source, room="demo", items=tuple(did.items), tells_leaves=True), at)
        if did.orders:
            _ask(fold, RecordOrders(platform=source, items=tuple(did.orders)), at)
    _ask(fold, EndShow(), at)
    told = _ask(fold, SummariseShow(), at)
    return next(fact for fact in told if isinstance(fact, MetricSummarised))


def _ask(fold: StreamFold, command: Command, at: int) -> list[Fact]:
    ctx = Context(stream=fold.stream, seq=fold.seq, at=at, actor=SIM)
    return [event.fact for event in fold.decide(command, ctx)]
