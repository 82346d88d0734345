"""What the rules of promos must remember: where each promo stands; prices that are true now are a slice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec.structs import replace

from kaibo.core.event import Command, Event
from kaibo.core.proposal import Proposal
from kaibo.core.slice import Touched
from kaibo.features.product.slices import Offers
from kaibo.features.promo.commands import ApproveTossed, ExpirePromos
from kaibo.features.promo.facts import (
    EndWhy,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoProposed,
    PromoRejected,
    PromoSaidAgain,
    PromoStage,
    PromoTossed,
    PromoTossOff,
    PromoUnsaid,
    PromoWithdrawn,
    gives,
)
from kaibo.features.promo.way import other_on_the_way
from kaibo.features.show.slices import ShowNow


@dataclass(slots=True)
class Call:
    """When the coin has it approved (ms UTC), None where that is over; `overtaken_by`: what people approved of its product and kind since."""

    at: int | None
    overtaken_by: str = ""


@dataclass(slots=True)
class Promo(Proposal[PromoProposed]):
    """A proposal and its end. `on`: the shop confirmed it, and has not ended it; `why` it is ending; `expired`: its time was up, and that was said.

    `replaced`: buyers were given another in its place, and whatever became of that, this one is not in the shop any more. The sheet's
    price in its place ends nothing there. `unsaid`: why nobody is to say it, while the shop cannot be asked for its end; since `unsaid_at`
    (ms UTC). `call`: what the coin said; None where nobody tossed one.
    """

    on: bool = False
    replaced: bool = False
    why: EndWhy = "over"
    expired: bool = False
    unsaid: EndWhy | Literal[""] = ""
    unsaid_at: int = 0
    call: Call | None = None

    @property
    def wrong(self) -> bool:
        """Whether somebody called it wrong, and that is its newest word."""
        return self.unsaid == "wrong" or self.why == "wrong"

    @property
    def spent(self) -> bool:
        """Whether its time was up, and that was said."""
        return self.expired or self.unsaid == "expired"

    @property
    def given(self) -> tuple[object, ...]:
        """What buyers get by it."""
        one = self.proposed
        return gives(one.kind, one.price_minor, one.gift, one.coupon)

    def lingers(self, then: "Promo") -> bool:
        """Whether it is in the shop beside one that came on: a shop can have two gifts or coupons, and nobody said that a wrong one is off."""
        return self.wrong and not self.spent and self.proposed.kind != "price" and self.given != then.given

    def until(self, *, free: bool) -> int | None:
        """When the shop, if it is `free` to be asked, is to be asked to end it, or else nobody is to say it any more; None for never, or not again."""
        coupon, waits = self.proposed.coupon, self.stage != "applied" or not free
        if not self.on or self.replaced or self.expired or (waits and self.unsaid == "expired"):
            return None
        return self.unsaid_at if self.unsaid == "wrong" and not waits else coupon and coupon.until

    def lapses(self, show: ShowNow) -> int | None:
        """When one that the shop has not confirmed is over all the same: with its coupon's time, or with the show; None for the others.

        What is wrong and was not stopped on its way may come on after the show as well.
        """
        asked = self.stage == "approved" or (self.stage, self.why) == ("ending", "expired")
        if self.on or not asked:
            return None
        coupon, over = self.proposed.coupon, None if self.why == "wrong" else show.ended_at
        return min((at for at in (coupon and coupon.until, over) if at is not None), default=None)


@dataclass(slots=True)
class PromoState:
    """Promos by promo_id."""

    show: ShowNow
    offers: Offers
    promos: dict[str, Promo] = field(default_factory=dict[str, Promo])


SETTLED: dict[type, PromoStage] = {PromoRejected: "rejected", PromoWithdrawn: "withdrawn"}


def fold(state: PromoState, event: Event[Any], touched: Touched) -> None:
    """Take one event in."""
    del touched
    match event.fact:
        case PromoProposed() as proposed:
            state.promos[proposed.promo_id] = Promo(proposed, event.actor.id)
        case PromoApproved(promo_id=promo_id, coupon=coupon):
            promo = state.promos[promo_id]
            promo.stage, promo.proposed = "approved", replace(promo.proposed, coupon=coupon)
            _overtake(state, promo.proposed)
        case PromoTossed(promo_id=promo_id, now=now, until=until):
            state.promos[promo_id].call = Call(None if now else until)
        case PromoTossOff(promo_id=promo_id):
            state.promos[promo_id].call = Call(None)
        case PromoRejected() | PromoWithdrawn():
            state.promos[event.fact.promo_id].stage = SETTLED[type(event.fact)]
        case PromoApplied() | PromoFailed():
            _answered(state, state.promos[event.fact.promo_id], event.fact)
        case PromoUnsaid() | PromoSaidAgain():
            _said(state.promos[event.fact.promo_id], event.fact, event.at)
        case PromoEnding() | PromoEnded() | PromoEndFailed():
            _ending(state.promos[event.fact.promo_id], event.fact)
        case _:
            pass


def _said(promo: Promo, fact: PromoUnsaid | PromoSaidAgain, at: int) -> None:
    match fact:
        case PromoUnsaid(why=why):
            promo.unsaid, promo.unsaid_at = why, at
        case PromoSaidAgain():
            promo.why, promo.unsaid = "over", ""


def _like(state: PromoState, one: PromoProposed) -> Iterator[Promo]:
    """The others of its product and kind."""
    wanted = one.product_id, one.kind
    found = state.promos.values()
    return (each for each in found if (each.proposed.product_id, each.proposed.kind) == wanted and each.proposed is not one)


def _overtake(state: PromoState, approved: PromoProposed) -> None:
    for promo in _like(state, approved):
        if promo.call is not None:
            promo.call.overtaken_by = approved.promo_id


def _answered(state: PromoState, promo: Promo, fact: PromoApplied | PromoFailed) -> None:
    promo.on = isinstance(fact, PromoApplied)
    for other in _like(state, promo.proposed):
        other.replaced = other.replaced or (other.on and promo.on and not other.lingers(promo))
    promo.expired = promo.expired and promo.stage != "lapsed"  # confirmed after all: now there is something to end
    if not promo.on:
        promo.stage = "failed"
    elif promo.stage != "ending":  # taken back before the shop answered: its answer to that is still to come
        promo.stage = "applied"


def _ending(promo: Promo, fact: PromoEnding | PromoEnded | PromoEndFailed) -> None:
    match fact:
        case PromoEnding(why=why):
            promo.stage, promo.why, promo.unsaid = "ending", why, ""
            promo.expired = promo.expired or why == "expired"
        case PromoEnded(lapsed=lapsed):
            promo.stage, promo.on = "lapsed" if lapsed else "ended", False
        case PromoEndFailed():
            promo.stage = "applied" if promo.on else "approved"
            promo.expired = promo.expired or promo.unsaid == "expired"  # asked again at once, it would say the same


def timed(state: PromoState) -> Iterator[tuple[int, Promo]]:
    """What is over by itself, and when (ms UTC). The shop is asked for nothing while another is on its way that may replace it."""
    promos = state.promos.values()
    for promo in promos:
        lapses = promo.lapses(state.show)
        if lapses is None:
            lapses = promo.until(free=other_on_the_way(promos, promo.proposed) is None)
        if lapses is not None:
            yield lapses, promo


def put_off(state: PromoState) -> Iterator[tuple[int, Promo]]:
    """Proposals that wait for the time the coin gave them, and when that is (ms UTC); after the show nothing is approved."""
    if state.show.ended:
        return
    for promo in state.promos.values():
        if promo.stage == "proposed" and promo.call is not None and promo.call.at is not None:
            yield promo.call.at, promo


def due(state: PromoState) -> tuple[int, Command] | None:
    """The first whose time is up, or has come."""
    over = min((until for until, _ in timed(state)), default=None)
    come = min((until for until, _ in put_off(state)), default=None)
    if come is not None and (over is None or come < over):
        return come, ApproveTossed()
    return None if over is None else (over, ExpirePromos())
