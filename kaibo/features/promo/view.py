"""Proposals and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.core.proposal import ASKED
from kaibo.core.slice import Touched
from kaibo.core.stream import SYSTEM
from kaibo.features.product.slices import AIR, OFFER, Offer, Offers
from kaibo.features.promo.facts import (
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
from kaibo.features.promo.reads import lingers, reads
from kaibo.features.promo.row import PromoRow
from kaibo.features.show.slices import STAGE, ShowNow

FACTS = (
    PromoProposed, PromoApproved, PromoRejected, PromoWithdrawn, PromoApplied, PromoFailed,
    PromoEnding, PromoUnsaid, PromoSaidAgain, PromoEnded, PromoEndFailed, PromoTossed, PromoTossOff,
)  # fmt: skip


@dataclass(slots=True)
class Board:
    """Rows by promo_id, promos by product, and what buyers have now, which says which of them stand."""

    show: ShowNow
    offers: Offers
    rows: dict[str, PromoRow] = field(default_factory=dict[str, PromoRow])
    by_product: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def fold_board(board: Board, event: Event[Any], touched: Touched) -> Iterable[str]:
    """One promo changes with each of its facts, and those of a product with what buyers have of it."""
    changed = {promo_id for product_id in touched.of(OFFER) - {AIR} for promo_id in board.by_product.get(product_id, ())}
    if isinstance(event.fact, FACTS):
        changed.add(_take(board, event))
    if board.show.ended:  # nothing is approved by itself any more
        changed |= {promo_id for promo_id, row in board.rows.items() if row.toss_until is not None}
    for promo_id in sorted(changed):
        board.rows[promo_id] = _replaced(board, board.rows[promo_id], event)
        if board.show.ended:
            board.rows[promo_id] = replace(board.rows[promo_id], toss_until=None)
    return changed


def _take(board: Board, event: Event[Any]) -> str:
    if isinstance(event.fact, PromoProposed):
        board.by_product.setdefault(event.fact.product_id, []).append(event.fact.promo_id)
    promo_id: str = event.fact.promo_id
    row = _with_show(board.show, _next(board.rows.get(promo_id), event))
    board.rows[promo_id] = replace(row, changed_at=event.at)
    return promo_id


def _with_show(show: ShowNow, row: PromoRow) -> PromoRow:
    """The log says that its time was up; whether that was its own or the show's follows from both."""
    if row.stage != "lapsed" or row.end_why == "wrong" or show.ended_at is None:
        return row
    own = row.coupon and row.coupon.until
    return row if own is not None and own <= show.ended_at else replace(row, end_why="show_ended")


def _replaced(board: Board, row: PromoRow, event: Event[Any]) -> PromoRow:
    """One that was on, and that nobody ended, does not stand any more: something came after it."""
    offer = board.offers.offers.get(row.product_id)
    stood = row.applied_at is not None and row.ended_at is None and row.replaced_at is None
    if not stood or offer is None or offer.holds(row.promo_id):
        return row
    over = isinstance(event.fact, PromoApplied) and row.promo_id in offer.spent  # its time was up when the other came
    return row if lingers(row) and not over and not _given_again(row, offer) else replace(row, replaced_at=event.at)


def _given_again(row: PromoRow, offer: Offer) -> bool:
    """Whether buyers have by another what they had by this one."""
    gift, coupon = (offer.gift, None) if row.kind == "gift" else ("", offer.coupon)
    return gives(row.kind, None, row.gift, row.coupon) == gives(row.kind, None, gift, coupon)


def _next(row: PromoRow | None, event: Event[Any]) -> PromoRow:
    fact = event.fact
    if row is None:
        return _proposed(fact, event)
    match fact:
        case PromoApproved():
            return _approved(row, fact, event)
        case PromoRejected():
            return _settled(row, event, stage="rejected", note=fact.reason)
        case PromoWithdrawn():
            return _settled(row, event, stage="withdrawn")
        case PromoTossed() | PromoTossOff():
            return _tossed(row, fact, event)
        case PromoApplied():
            return _applied(row, fact, event)
        case PromoSaidAgain():
            return replace(row, end_why="", end_reason="", end_by="", end_at=None, end_failure="", end_note="")
        case PromoFailed():
            return replace(row, stage="failed", failure=fact.code, note=fact.detail)
        case _:
            return _leaving(row, fact, event)


def _tossed(row: PromoRow, fact: PromoTossed | PromoTossOff, event: Event[Any]) -> PromoRow:
    if isinstance(fact, PromoTossOff):
        return replace(row, toss_until=None, toss_off=fact.code)
    later = None if fact.now else fact.until
    return replace(row, toss="now" if fact.now else "later", toss_until=later, tossed_by=event.actor.id)


def _approved(row: PromoRow, fact: PromoApproved, event: Event[Any]) -> PromoRow:
    """One whose time came was settled by whoever tossed the coin."""
    row = _settled(replace(row, coupon=fact.coupon), event, stage="approved")
    return replace(row, settled_by=row.tossed_by) if fact.called else row


def _applied(row: PromoRow, fact: PromoApplied, event: Event[Any]) -> PromoRow:
    if row.stage == "lapsed":  # late, and true all the same
        row = replace(row, ended_at=None) if row.end_why == "wrong" else replace(row, ended_at=None, end_at=None, end_why="")
    stage = "ending" if row.stage == "ending" else "applied"
    return replace(row, stage=stage, applied_at=event.at, applied_by=event.actor.id if fact.by_hand else "")


def _leaving(row: PromoRow, fact: PromoEnding | PromoUnsaid | PromoEnded | PromoEndFailed, event: Event[Any]) -> PromoRow:
    match fact:
        case PromoUnsaid(why="wrong"):
            said = {"end_why": fact.why, "end_reason": fact.reason, "end_by": event.actor.id, "end_at": event.at}
            return replace(row, end_failure="", end_note="", **said)
        case PromoUnsaid():
            return row
        case PromoEnding() if (
            event.actor.id == SYSTEM.id and row.end_why == "wrong"
        ):  # asked now, or anew; who said so said it before
            return replace(row, stage="ending", end_failure="", end_note="")
        case PromoEnding():
            said = {"end_why": fact.why, "end_reason": fact.reason, "end_by": event.actor.id, "end_at": event.at}
            return replace(row, stage="ending", end_failure="", end_note="", **said)
        case PromoEnded(lapsed=True) if row.end_why == "wrong":  # that stays true of it, should it come on after all
            return replace(row, stage="lapsed", ended_at=event.at)
        case PromoEnded(lapsed=True):
            return replace(row, stage="lapsed", end_why=fact.why, end_at=event.at, ended_at=event.at)
        case PromoEnded():
            return replace(row, stage="ended", ended_at=event.at, ended_by=event.actor.id if fact.by_hand else "")
        case PromoEndFailed():
            stage = "approved" if row.applied_at is None else "applied"
            return replace(row, stage=stage, end_failure=fact.code, end_note=fact.detail)


def _proposed(fact: PromoProposed, event: Event[Any]) -> PromoRow:
    return PromoRow(
        promo_id=fact.promo_id,
        product_id=fact.product_id,
        kind=fact.kind,
        price_was_minor=fact.price_was_minor,
        price_minor=fact.price_minor,
        currency=fact.currency,
        gift=fact.gift,
        reason=fact.reason,
        expected=fact.expected,
        evidence=fact.evidence,
        stage="proposed",
        proposed_by=event.actor.id,
        proposed_at=event.at,
        settled_by="",
        settled_at=None,
        applied_at=None,
        failure="",
        note="",
        coupon=fact.coupon,
    )


def _settled(row: PromoRow, event: Event[Any], *, stage: PromoStage, note: str = "") -> PromoRow:
    return replace(row, stage=stage, note=note, toss_until=None, toss_off="", settled_by=event.actor.id, settled_at=event.at)


def _row(board: Board, promo_id: str) -> PromoRow | None:
    row = board.rows.get(promo_id)
    if row is None:
        return None
    offer = board.offers.offers.get(row.product_id)
    row = replace(row, reads=reads(row, offer), waits_for=_waits_for(board, row))
    if offer is None:
        return row
    return replace(
        row,
        stands=offer.stands(promo_id),
        left=offer.without(promo_id),
        spent=promo_id in offer.spent,
        takes_place_of=_takes_place_of(board, row, offer),
    )


def _takes_place_of(board: Board, row: PromoRow, offer: Offer) -> str:
    """Which gift or coupon is gone once this one is on."""
    granted = offer.standing.get(row.kind)
    if row.kind == "price" or row.stage not in ("proposed", "approved") or granted is None:
        return ""
    known = board.rows.get(granted.promo_id)
    return "" if known is None or (lingers(known) and not _given_again(row, offer)) else granted.promo_id


def _waits_for(board: Board, row: PromoRow) -> str:
    if row.stage not in ("proposed", "applied"):
        return ""
    others = (board.rows[promo_id] for promo_id in board.by_product.get(row.product_id, ()) if promo_id != row.promo_id)
    return next((each.promo_id for each in others if each.kind == row.kind and each.stage in ASKED), "")


BOARD = View(
    name="promo.board",
    row=PromoRow,
    reads=FACTS,
    state=Board,
    fold=fold_board,
    keys=lambda board: board.rows.keys(),
    get=_row,
    duty="promo.read",
    over=(STAGE, OFFER),
)
