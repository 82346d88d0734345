"""When a promo may be proposed, approved, settled and ended."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.proposal import ASKED, open_for_others, still_open
from kaibo.core.script import written
from kaibo.features.product.slices import Offer
from kaibo.features.promo.coin import check_newest, toss, toss_off
from kaibo.features.promo.commands import (
    ApprovePromo,
    ApproveTossed,
    ConfirmPromo,
    ConfirmPromoEnd,
    EndPromo,
    ExpirePromos,
    FailPromo,
    FailPromoEnd,
    ProposePromo,
    RejectPromo,
    SayAgainPromo,
    SettlePromoByHand,
    TakeBackPromo,
    WithdrawPromo,
)
from kaibo.features.promo.coupon import begun, check_time, checked, same
from kaibo.features.promo.ending import end, end_failed, ended, expire, say_again
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoKind,
    PromoProposed,
    PromoRejected,
    PromoStage,
    PromoWithdrawn,
)
from kaibo.features.promo.price import PromoNoChange, check_price_stands, new_price
from kaibo.features.promo.state import Promo, PromoState, put_off
from kaibo.features.promo.way import PromoReasonMissing, check_free

Proposing = ProposePromo | ApprovePromo | ApproveTossed | RejectPromo | WithdrawPromo
Ending = EndPromo | TakeBackPromo | SayAgainPromo | ExpirePromos | ConfirmPromoEnd | FailPromoEnd
PromoCommand = Proposing | ConfirmPromo | FailPromo | SettlePromoByHand | Ending

BY_HAND = "shop.by_hand"  # the code of what a person could not change in the back office


class PromoUnknown(Refusal):
    """No such promo in this show."""

    code = "promo.unknown"
    status = 404
    promo_id: str


class PromoProductUnknown(Refusal):
    """The product is not on the show's list."""

    code = "promo.product_unknown"
    status = 404
    product_id: str


class PromoIdTaken(Refusal):
    """Another proposal has this id."""

    code = "promo.id_taken"
    promo_id: str


class PromoShowEnded(Refusal):
    """Nothing is proposed or approved after the end of the show."""

    code = "promo.show_ended"


class PromoGiftMissing(Refusal):
    """A gift promo that names no gift."""

    code = "promo.gift_missing"
    status = 422


class PromoMixed(Refusal):
    """Two of price, gift and coupon in one proposal; the shop could do one and refuse the other."""

    code = "promo.mixed"
    status = 422


class PromoPriceUnknown(Refusal):
    """The product has no price yet, so there is nothing to compare with."""

    code = "promo.price_unknown"
    product_id: str


class PromoAlreadySettled(Refusal):
    """The proposal is no longer open."""

    code = "promo.already_settled"
    promo_id: str
    stage: PromoStage


class SelfApproval(Refusal):
    """Nobody settles their own proposal."""

    code = "promo.self_approval"
    promo_id: str


class PromoNotYours(Refusal):
    """Only the proposer takes a proposal back."""

    code = "promo.not_yours"
    promo_id: str


class PromoNotApproved(Refusal):
    """The shop settles only what was approved."""

    code = "promo.not_approved"
    promo_id: str
    stage: PromoStage


def decide(state: PromoState, command: PromoCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case ProposePromo():
            return [_propose(state, command, ctx)]
        case ApprovePromo():
            return _approve(state, command, ctx)
        case ApproveTossed():
            return _approve_tossed(state, ctx)
        case RejectPromo():
            _open_for_others(state, command.promo_id, ctx)
            return [PromoRejected(promo_id=command.promo_id, reason=command.reason)]
        case WithdrawPromo():
            return [_withdraw(state, command, ctx)]
        case ConfirmPromo():
            return [_confirm(state, command.promo_id)]
        case FailPromo(promo_id=promo_id, code=code, detail=detail):
            return [_fail(state, promo_id, code, detail)]
        case SettlePromoByHand():
            return [_by_hand(state, command)]
        case ExpirePromos():
            return expire(state, ctx.at)
        case _:
            return [_end(state, _promo(state, command.promo_id), command)]


def _end(
    state: PromoState, promo: Promo, command: EndPromo | TakeBackPromo | SayAgainPromo | ConfirmPromoEnd | FailPromoEnd
) -> Fact:
    match command:
        case EndPromo(reason=reason):
            return end(state, promo, "over", reason)
        case TakeBackPromo(reason=reason):
            return end(state, promo, "wrong", reason)
        case SayAgainPromo():
            return say_again(state, promo)
        case ConfirmPromoEnd():
            return ended(promo)
        case FailPromoEnd(code=code, detail=detail):
            return end_failed(promo, code, detail)
        case _:
            assert_never(command)


def _propose(state: PromoState, command: ProposePromo, ctx: Context) -> PromoProposed:
    if state.show.ended:
        raise PromoShowEnded
    if command.promo_id in state.promos:
        raise PromoIdTaken(promo_id=command.promo_id)
    gift = written(command.gift)
    offer = _offer(state, command.product_id)
    price_was_minor = offer.price_minor
    if price_was_minor is None:
        raise PromoPriceUnknown(product_id=command.product_id)
    _check_one_thing(command, gift)
    price_minor = new_price(command, price_was_minor) if command.kind == "price" else price_was_minor
    if command.kind == "gift":
        _check_gift(command, gift, offer)
    coupon = _coupon(command, offer, price_was_minor, ctx) if command.kind == "coupon" else None
    return PromoProposed(
        promo_id=command.promo_id,
        product_id=command.product_id,
        kind=command.kind,
        price_was_minor=price_was_minor,
        price_minor=price_minor,
        currency=offer.currency,
        gift=gift,
        reason=command.reason,
        evidence=command.evidence,
        expected=command.expected,
        coupon=coupon,
    )


def _check_one_thing(command: ProposePromo, gift: str) -> None:
    changes: dict[PromoKind, bool] = {
        "price": command.price_minor is not None,
        "gift": bool(gift),
        "coupon": command.coupon is not None,
    }
    if any(there for kind, there in changes.items() if kind != command.kind):
        raise PromoMixed


def _check_gift(command: ProposePromo, gift: str, offer: Offer) -> None:
    if not gift:
        raise PromoGiftMissing
    if gift == offer.gift:
        raise PromoNoChange(product_id=command.product_id)


def _coupon(command: ProposePromo, offer: Offer, price_minor: int, ctx: Context) -> Coupon:
    coupon = checked(command.coupon, price_minor, ctx)
    if same(coupon, offer):
        raise PromoNoChange(product_id=command.product_id)
    return coupon


def _approve(state: PromoState, command: ApprovePromo, ctx: Context) -> Sequence[Fact]:
    promo = _open_for_others(state, command.promo_id, ctx)
    approved = _approved(state, promo, ctx)
    return toss(state, promo, approved, ctx) if command.toss else [approved]


def _approve_tossed(state: PromoState, ctx: Context) -> Sequence[Fact]:
    """The first whose time has come: the next is held to what came of it. As if somebody approved it now."""
    called = min(put_off(state), key=lambda one: one[0], default=None)
    if called is None or called[0] > ctx.at:
        return ()
    try:
        check_newest(called[1])
        return (replace(_approved(state, called[1], ctx), called=True),)
    except Refusal as why:
        return (toss_off(called[1], why),)


def _approved(state: PromoState, promo: Promo, ctx: Context) -> PromoApproved:
    if state.show.ended:
        raise PromoShowEnded
    proposed = promo.proposed
    check_time(proposed.coupon, ctx)
    check_price_stands(proposed, _offer(state, proposed.product_id))
    check_free(state.promos.values(), proposed)
    return PromoApproved(
        promo_id=proposed.promo_id,
        product_id=proposed.product_id,
        kind=proposed.kind,
        price_was_minor=proposed.price_was_minor,
        price_minor=proposed.price_minor,
        currency=proposed.currency,
        gift=proposed.gift,
        coupon=begun(proposed.coupon, ctx.at),
    )


def _withdraw(state: PromoState, command: WithdrawPromo, ctx: Context) -> PromoWithdrawn:
    promo = _open(state, command.promo_id)
    if promo.proposed_by != ctx.actor.id:
        raise PromoNotYours(promo_id=command.promo_id)
    return PromoWithdrawn(promo_id=command.promo_id)


def _by_hand(state: PromoState, command: SettlePromoByHand) -> Fact:
    """A person's word is as good as the shop's, and waits for the same things; it says whose it is."""
    promo_id = command.promo_id
    if not command.done:
        return _undone(state, command, written(command.reason))
    return _confirm(state, promo_id, by_hand=True) if command.now == "on" else ended(_promo(state, promo_id), by_hand=True)


def _undone(state: PromoState, command: SettlePromoByHand, reason: str) -> Fact:
    """The back office did not let them: whoever proposed it is told why."""
    promo_id, on = command.promo_id, command.now == "on"
    found = _fail(state, promo_id, BY_HAND, reason) if on else end_failed(_promo(state, promo_id), BY_HAND, reason)
    if not reason:
        raise PromoReasonMissing(promo_id=promo_id)
    return found


def _confirm(state: PromoState, promo_id: str, *, by_hand: bool = False) -> PromoApplied:
    proposed = _waiting(state, promo_id).proposed
    return PromoApplied(
        promo_id=proposed.promo_id,
        product_id=proposed.product_id,
        kind=proposed.kind,
        price_minor=proposed.price_minor,
        currency=proposed.currency,
        gift=proposed.gift,
        coupon=proposed.coupon,
        by_hand=by_hand,
    )


def _fail(state: PromoState, promo_id: str, code: str, detail: str) -> PromoFailed:
    proposed = _waiting(state, promo_id).proposed
    return PromoFailed(promo_id=proposed.promo_id, product_id=proposed.product_id, code=code, detail=detail)


def _promo(state: PromoState, promo_id: str) -> Promo:
    promo = state.promos.get(promo_id)
    if promo is None:
        raise PromoUnknown(promo_id=promo_id)
    return promo


def _open(state: PromoState, promo_id: str) -> Promo:
    promo = _promo(state, promo_id)
    return still_open(promo, lambda: PromoAlreadySettled(promo_id=promo_id, stage=promo.stage))


def _open_for_others(state: PromoState, promo_id: str, ctx: Context) -> Promo:
    promo = _promo(state, promo_id)
    return open_for_others(
        promo,
        ctx,
        settled=lambda: PromoAlreadySettled(promo_id=promo_id, stage=promo.stage),
        own=lambda: SelfApproval(promo_id=promo_id),
    )


def _waiting(state: PromoState, promo_id: str) -> Promo:
    """One the shop has not answered: its answer is true, also where somebody took it back or its time was up meanwhile."""
    promo = _promo(state, promo_id)
    if promo.stage not in (*ASKED, "lapsed") or promo.on:
        raise PromoNotApproved(promo_id=promo_id, stage=promo.stage)
    return promo


def _offer(state: PromoState, product_id: str) -> Offer:
    offer = state.offers.offers.get(product_id)
    if offer is None:
        raise PromoProductUnknown(product_id=product_id)
    return offer
