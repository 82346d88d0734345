"""The promos of a product as the host sees them: what stands, what is on its way there or away, and what has just changed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.features.product.slices import Offer, Offers
from kaibo.features.promo.facts import (
    Coupon,
    EndWhy,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoKind,
    PromoSaidAgain,
    PromoUnsaid,
    gives,
)
from kaibo.features.rundown.facts import CueWent

PromoState = Literal[
    "approved",
    "applied",
    "failed",
    "ending",
    "expired",
    "taking_back",
    "ended",
    "taken_back",
    "stays",
    "not_taken_back",
    "lapsed",
]
PROMO_FACTS = (PromoApproved, PromoApplied, PromoFailed, PromoEnding, PromoUnsaid, PromoSaidAgain, PromoEnded, PromoEndFailed)
UNSAY = ("taking_back", "not_taken_back", "taken_back")  # heard of whatever is on air: buyers were told of it
LEAVING: dict[EndWhy, PromoState] = {"wrong": "taking_back", "over": "ending", "expired": "expired"}
NEWS = ("failed", "ended", "taken_back", "stays", "lapsed")  # said until the next cue; where that went by mistake, still
ON = ("stays", "not_taken_back", "ending", "expired", "taking_back")  # of what the shop has on
OLD = ("failed", "ended", "stays", "lapsed")  # nobody asks what became of it once the next of its kind is on its way


@dataclass(frozen=True, slots=True)
class PromoShown:
    """A promo as the host sees it; the price is None for a gift or a coupon. `kind` is "" for all that stands together.

    `waits`: the shop cannot be asked for its end yet.
    """

    promo_id: str
    state: PromoState
    kind: PromoKind | Literal[""]
    price_minor: int | None
    gift: str
    coupon: Coupon | None
    at: int
    waits: bool = False
    seq: int = 0


@dataclass(slots=True)
class Moving:
    """By product_id and promo_id, the newest last: promos on their way to the shop or out of it, and what came of it lately."""

    offers: Offers
    promos: dict[str, dict[str, PromoShown]] = field(default_factory=dict[str, dict[str, PromoShown]])
    seq: int = 0  # of what was taken in last
    since: int = 0  # from which the cue on air went: what came of promos before is no news
    before: int = 0  # the same of the cue that it came after

    def lines(self, product_id: str) -> list[PromoShown]:
        """What the host must know of a product, first things first: what moves, the newest first; what stands, where all that moved is older news."""
        moving = [each for each in reversed(self.promos.get(product_id, {}).values()) if self._is_said(each)]
        offer = self.offers.offers.get(product_id)
        stands = standing(offer) if offer else None
        if stands is None or any(each.state not in NEWS or each.at >= stands.at for each in moving):
            return moving
        return [stands, *moving]

    def others(self, product_id: str) -> list[tuple[str, PromoShown]]:
        """What is said besides the first of the product on air; of other products what the host is not to say any more."""
        elsewhere = [
            (other, shown)
            for other, promos in self.promos.items()
            for shown in promos.values()
            if other != product_id and shown.state in UNSAY and self._is_said(shown)
        ]
        besides = [(product_id, shown) for shown in self.lines(product_id)[1:]]
        return [*besides, *sorted(elsewhere, key=lambda each: -each[1].at)]

    def _is_said(self, shown: PromoShown) -> bool:
        return shown.state not in NEWS or shown.seq > self.since

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in."""
        self.seq = event.seq
        match event.fact:
            case PromoApproved() as approved:
                self._drop(approved.product_id, lambda each: each.kind == approved.kind and each.state in OLD)
                self._show(approved, "approved", event.at)
            case PromoApplied() as applied:
                self._on(applied, event.at)
            case PromoFailed() | PromoEnded() | PromoEndFailed() as answer:
                self._answered(answer, event.at)
            case PromoEnding() | PromoUnsaid() as leaving if self._told(leaving):
                self._show(leaving, self._leaves(leaving), event.at)
            case PromoSaidAgain() as right:
                self._again(right, event.at)
            case CueWent(resumes=resumes):
                self.since, self.before = (self.before, self.before) if resumes else (event.seq, self.since)
            case _:
                pass

    def _drop(self, product_id: str, old: Callable[[PromoShown], bool]) -> None:
        promos = self.promos.get(product_id, {})
        self.promos[product_id] = {promo_id: each for promo_id, each in promos.items() if not old(each)}

    def _on(self, applied: PromoApplied, at: int) -> None:
        """The shop has it on; what is told after its time was up is over."""
        self._take_place(applied, at)
        shown = self._same(applied.product_id, applied.promo_id)
        if shown is not None and shown.state in ("taking_back", "not_taken_back"):
            return
        if self._offered(applied) == "expired":
            self._show(applied, "expired", at)
        elif shown is not None and shown.state in ("approved", "lapsed"):
            del self.promos[applied.product_id][applied.promo_id]

    def _again(self, right: PromoSaidAgain, at: int) -> None:
        """It was right: what buyers have stands, and what is on its way is waited for."""
        if self._same(right.product_id, right.promo_id) is None:
            return
        if (state := self._offered(right)) == "stays":
            del self.promos[right.product_id][right.promo_id]
        else:
            self._show(right, state, at)

    def _take_place(self, applied: PromoApplied, at: int) -> None:
        """Of others of its kind that were on: with them is gone what was wrong, the rest in silence.

        A shop can have two gifts or coupons at once: what is wrong is there still, as long as nobody said that it is off. That the same
        thing was taken off, or was wrong, is no news any more.
        """
        self._drop(applied.product_id, lambda each: each.state in ("ended", "taken_back") and _same_thing(each, applied))
        others = [
            each for each in self.promos.get(applied.product_id, {}).values() if each.kind == applied.kind and each.state in ON
        ]
        for each in others:
            if not self._is_there(applied.product_id, each.promo_id):
                self._gives_way(each, applied, at)

    def _gives_way(self, each: PromoShown, applied: PromoApplied, at: int) -> None:
        offer = self.offers.offers.get(applied.product_id)
        spent = offer is not None and each.promo_id in offer.spent
        wrong = each.state in ("taking_back", "not_taken_back") and not spent and not _same_thing(each, applied)
        if not wrong:
            del self.promos[applied.product_id][each.promo_id]
        elif each.kind == "price" and (each.waits or each.state == "not_taken_back"):
            self._put(applied.product_id, replace(each, state="taken_back", at=at))

    def _is_there(self, product_id: str, promo_id: str) -> bool:
        """Whether the shop has it on, or was asked for it."""
        offer = self.offers.offers.get(product_id)
        return offer is not None and (offer.holds(promo_id) or promo_id in offer.coming)

    def _leaves(self, leaving: PromoEnding | PromoUnsaid) -> PromoState:
        """What is wrong is not to be said whatever its time is."""
        shown = self._same(leaving.product_id, leaving.promo_id)
        offer = self.offers.offers.get(leaving.product_id)
        if leaving.why == "expired" and shown is not None and offer is not None and leaving.promo_id in offer.wrong:
            asked = isinstance(leaving, PromoEnding) or shown.state == "taking_back"
            return "taking_back" if asked else "expired"
        spent = leaving.why == "over" and self._offered(leaving) == "expired"
        return "expired" if spent else LEAVING[leaving.why]

    def _show(
        self, fact: PromoApproved | PromoApplied | PromoEnding | PromoUnsaid | PromoSaidAgain, state: PromoState, at: int
    ) -> None:
        price_minor = fact.price_minor if fact.kind == "price" else None
        self._put(
            fact.product_id,
            PromoShown(
                fact.promo_id, state, fact.kind, price_minor, fact.gift, fact.coupon, at, waits=isinstance(fact, PromoUnsaid)
            ),
        )

    def _answered(self, answer: PromoFailed | PromoEnded | PromoEndFailed, at: int) -> None:
        shown = self._same(answer.product_id, answer.promo_id)
        if shown is None:
            return
        if (
            isinstance(answer, PromoEndFailed)
            and (shown.kind == "price" or shown.state != "taking_back")
            and not self._is_there(answer.product_id, answer.promo_id)
        ):
            del self.promos[answer.product_id][answer.promo_id]  # another took its place meanwhile
            return
        state = self._becomes(answer, shown)
        self._put(
            answer.product_id,
            PromoShown(shown.promo_id, state, shown.kind, shown.price_minor, shown.gift, shown.coupon, at),
        )

    def _becomes(self, answer: PromoFailed | PromoEnded | PromoEndFailed, shown: PromoShown) -> PromoState:
        match answer:
            case PromoFailed():
                return "failed"
            case PromoEnded(lapsed=True):
                return "lapsed"
            case PromoEnded(why=why):
                return "taken_back" if why == "wrong" else "ended"
            case PromoEndFailed():
                return self._not_ended(answer, shown)

    def _not_ended(self, failed: PromoEndFailed, shown: PromoShown) -> PromoState:
        """What somebody called wrong, no shop says that it may be said again."""
        state = self._offered(failed)
        return "not_taken_back" if state != "expired" and shown.state == "taking_back" else state

    def _offered(self, of: PromoApplied | PromoEnding | PromoUnsaid | PromoSaidAgain | PromoEndFailed) -> PromoState:
        """What is true for buyers of one that the shop has not ended: they have it, its time is up, or it never was on."""
        offer = self.offers.offers.get(of.product_id)
        if offer is not None and of.promo_id in offer.spent:
            return "expired"
        if offer is None or not offer.holds(of.promo_id):
            return "approved"
        return "stays"

    def _put(self, product_id: str, shown: PromoShown) -> None:
        of_product = self.promos.setdefault(product_id, {})
        of_product.pop(shown.promo_id, None)
        of_product[shown.promo_id] = replace(shown, seq=self.seq)

    def _same(self, product_id: str, promo_id: str) -> PromoShown | None:
        return self.promos.get(product_id, {}).get(promo_id)

    def _told(self, ending: PromoEnding | PromoUnsaid) -> bool:
        """Whether the host knows of it: buyers have it, or it was on its way. One that another took the place of ends in silence."""
        offer = self.offers.offers.get(ending.product_id)
        return self._same(ending.product_id, ending.promo_id) is not None or (offer is not None and offer.holds(ending.promo_id))


def _same_thing(shown: PromoShown, applied: PromoApplied) -> bool:
    """Whether it gives what this one gives, until whenever."""
    if shown.kind != applied.kind:
        return False
    given = gives(applied.kind, applied.price_minor, applied.gift, applied.coupon)
    return gives(applied.kind, shown.price_minor, shown.gift, shown.coupon) == given


def standing(offer: Offer) -> PromoShown | None:
    """What the shop confirmed and is true for buyers now."""
    promos = offer.standing
    if not promos:
        return None
    price_minor = offer.price_minor if "price" in promos else None
    return PromoShown("", "applied", "", price_minor, offer.gift, offer.coupon, max(one.at for one in promos.values()))
