"""How a promo ends: somebody says so or its time is up, and it is over when the shop says so."""

from collections.abc import Sequence
from typing import Any, TypeVar

from kaibo.core.errors import Refusal
from kaibo.features.promo.facts import (
    EndWhy,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoSaidAgain,
    PromoStage,
    PromoUnsaid,
)
from kaibo.features.promo.state import Promo, PromoState, timed
from kaibo.features.promo.way import check_free, other_on_the_way

Leaving = TypeVar("Leaving", PromoEnding, PromoUnsaid)


class PromoNotOn(Refusal):
    """Only what is on can be ended, and only what is on or on its way can be taken back."""

    code = "promo.not_on"
    promo_id: str
    stage: PromoStage


class PromoReplaced(Refusal):
    """Buyers have another promo in its place: there is nothing left to end."""

    code = "promo.replaced"
    promo_id: str


class PromoEndPending(Refusal):
    """The shop was asked to end it and has not answered yet."""

    code = "promo.end_pending"
    promo_id: str


class PromoNotWrong(Refusal):
    """Nobody called it wrong, or that is over: there is nothing to say again."""

    code = "promo.not_wrong"
    promo_id: str
    stage: PromoStage


class PromoNotEnding(Refusal):
    """The shop says how an end went only where it was asked for one."""

    code = "promo.not_ending"
    promo_id: str
    stage: PromoStage


def end(state: PromoState, promo: Promo, why: EndWhy, reason: str = "") -> PromoEnding | PromoUnsaid:
    """Ask the shop to end it. What is wrong is stopped on its way too, also while it is ending; what is over must have been on.

    While the shop still has to answer another it cannot be asked; people are told of what is wrong all the same.
    """
    proposed = promo.proposed
    if promo.stage == "ending":
        if why != "wrong" or promo.why == "wrong":
            raise PromoEndPending(promo_id=proposed.promo_id)
        return _ending(promo, why, reason)  # nobody waits with unsaying it until the shop has answered
    _check_there(state, promo, why)
    if why != "wrong" or other_on_the_way(state.promos.values(), proposed) is None:
        check_free(state.promos.values(), proposed)
        return _ending(promo, why, reason)
    if promo.unsaid == "wrong":
        raise PromoEndPending(promo_id=proposed.promo_id)
    return _unsaid(promo, why, reason)


def _check_there(state: PromoState, promo: Promo, why: EndWhy) -> None:
    proposed = promo.proposed
    if promo.stage != "applied" and (promo.stage, why) != ("approved", "wrong"):
        raise PromoNotOn(promo_id=proposed.promo_id, stage=promo.stage)
    if promo.replaced or (why == "over" and not promo.spent and _gave_way(state, promo)):
        raise PromoReplaced(promo_id=proposed.promo_id)


def say_again(state: PromoState, promo: Promo) -> PromoSaidAgain:
    """What was called wrong was right: nobody is asked for its end. While the shop is, its answer is waited for.

    One that another came after is no offer any more, wherever the shop still has it.
    """
    proposed = promo.proposed
    if promo.stage == "ending" and promo.why == "wrong":
        raise PromoEndPending(promo_id=proposed.promo_id)
    if promo.replaced or _gave_way(state, promo):
        raise PromoReplaced(promo_id=proposed.promo_id)
    if promo.stage not in ("applied", "approved") or promo.spent or not promo.wrong:
        raise PromoNotWrong(promo_id=proposed.promo_id, stage=promo.stage)
    return PromoSaidAgain(**_gives(promo))


def _gave_way(state: PromoState, promo: Promo) -> bool:
    """Whether another came after a gift or a coupon that the shop has still."""
    offer = state.offers.offers.get(promo.proposed.product_id)
    return promo.on and promo.proposed.kind != "price" and offer is not None and not offer.holds(promo.proposed.promo_id)


def expire(state: PromoState, at: int) -> Sequence[PromoEnding | PromoEnded | PromoUnsaid]:
    """Those whose time is up at an instant (ms UTC): the shop is asked to end what is on, as soon as it can be; what never was is over."""
    return [_over(state, promo) for until, promo in timed(state) if until <= at]


def _over(state: PromoState, promo: Promo) -> PromoEnding | PromoEnded | PromoUnsaid:
    if promo.lapses(state.show) is not None:
        return _lapsed(promo)
    if promo.stage != "applied" or other_on_the_way(state.promos.values(), promo.proposed) is not None:
        return _unsaid(promo, "expired", "")
    return _ending(promo, promo.unsaid or "expired", "")


def ended(promo: Promo, *, by_hand: bool = False) -> PromoEnded:
    """The shop ended it, or somebody did in its back office."""
    proposed = _asked(promo).proposed
    return PromoEnded(
        promo_id=proposed.promo_id,
        product_id=proposed.product_id,
        kind=proposed.kind,
        why=promo.why,
        was_on=promo.on,
        by_hand=by_hand,
    )


def _lapsed(promo: Promo) -> PromoEnded:
    proposed = promo.proposed
    return PromoEnded(promo_id=proposed.promo_id, product_id=proposed.product_id, kind=proposed.kind, why="expired", was_on=False)


def end_failed(promo: Promo, code: str, detail: str) -> PromoEndFailed:
    """The shop did not end it."""
    proposed = _asked(promo).proposed
    return PromoEndFailed(promo_id=proposed.promo_id, product_id=proposed.product_id, code=code, detail=detail)


def _asked(promo: Promo) -> Promo:
    if promo.stage != "ending":
        raise PromoNotEnding(promo_id=promo.proposed.promo_id, stage=promo.stage)
    return promo


def _ending(promo: Promo, why: EndWhy, reason: str) -> PromoEnding:
    return _as_it_is(PromoEnding, promo, why, reason)


def _unsaid(promo: Promo, why: EndWhy, reason: str) -> PromoUnsaid:
    return _as_it_is(PromoUnsaid, promo, why, reason)


def _as_it_is(kind: type[Leaving], promo: Promo, why: EndWhy, reason: str) -> Leaving:
    return kind(why=why, reason=reason, **_gives(promo))


def _gives(promo: Promo) -> dict[str, Any]:
    """All that people must know of it to say it, or not to."""
    names = ("promo_id", "product_id", "kind", "price_minor", "currency", "gift", "coupon")
    return {name: getattr(promo.proposed, name) for name in names}
