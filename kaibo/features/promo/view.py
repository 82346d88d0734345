"""Proposals and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.core.stream import SYSTEM
from kaibo.features.product.slices import AIR, OFFER, Offer, OfferLeft, Offers
from kaibo.features.promo.facts import (
    Arm,
    Coupon,
    EndWhy,
    Evidence,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoKind,
    PromoProposed,
    PromoRejected,
    PromoStage,
    PromoTossed,
    PromoTossOff,
    PromoUnsaid,
    PromoWithdrawn,
    Reads,
)
from kaibo.features.show.slices import STAGE, ShowNow

FACTS = (
    PromoProposed, PromoApproved, PromoRejected, PromoWithdrawn, PromoApplied, PromoFailed,
    PromoEnding, PromoUnsaid, PromoEnded, PromoEndFailed, PromoTossed, PromoTossOff,
)  # fmt: skip


EndOf = EndWhy | Literal["show_ended"]
"""Why it is over; show_ended: it had no time of its own, and still waited for the shop when the show was over."""


WRONG: dict[Literal["ending", "approved", "ended"], Reads] = {
    "ending": "taking_back",
    "approved": "not_taken_back",
    "ended": "taken_back",
}


class PromoRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `promo.board`, key promo_id; `*_by` are person ids.

    `stage` is proposed, approved, rejected, withdrawn, applied, failed, ending (the shop was asked to end it), ended, or lapsed (its
    time was up before the shop had it on).
    `reads`: the same in one word for people: besides the stages taking_back and taken_back (it was wrong), not_taken_back (it
    is wrong, and the shop did not take it back, or did not stop it on its way), stays (the shop did not end it, buyers have it), expired (its time is up, and the shop has not said that it is off), replaced and lapsed_show.
    `stands`: buyers have it now; one whose time is up does not, nor one that another promo or the sheet replaced, since
    `replaced_at`. `end_why`, `end_reason`, `end_by` and
    `end_at` are of the last time somebody ended it, `end_failure` and `end_note` say why the shop did not. `applied_by` and
    `ended_by` are who changed it by hand in the shop's back office, "" where a connector did. `toss`: a coin said now or later, tossed by
    `tossed_by`; `toss_until` is when one that was put off is approved by itself, None once it was, somebody answered or the show
    ended; `toss_off` is the code of why it could not be. `left`: what buyers have of the product once this one is off, None where the
    product is not on the list any more.
    """

    promo_id: str
    product_id: str
    kind: PromoKind
    price_was_minor: int
    price_minor: int
    currency: str
    gift: str
    reason: str
    expected: str
    evidence: tuple[Evidence, ...]
    stage: PromoStage
    proposed_by: str
    proposed_at: int
    settled_by: str
    settled_at: int | None
    applied_at: int | None
    failure: str
    note: str
    coupon: Coupon | None = None
    stands: bool = False
    end_why: EndOf | Literal[""] = ""
    end_reason: str = ""
    end_by: str = ""
    end_at: int | None = None
    ended_at: int | None = None
    end_failure: str = ""
    end_note: str = ""
    applied_by: str = ""
    ended_by: str = ""
    replaced_at: int | None = None
    toss: Arm = ""
    tossed_by: str = ""
    toss_until: int | None = None
    toss_off: str = ""
    reads: Reads = "proposed"
    left: OfferLeft | None = None


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
    if isinstance(event.fact, PromoProposed):
        board.by_product.setdefault(event.fact.product_id, []).append(event.fact.promo_id)
    if isinstance(event.fact, FACTS):
        promo_id = event.fact.promo_id
        board.rows[promo_id] = _with_show(board.show, _next(board.rows.get(promo_id), event))
        changed.add(promo_id)
    if board.show.ended:  # nothing is approved by itself any more
        changed |= {promo_id for promo_id, row in board.rows.items() if row.toss_until is not None}
    for promo_id in sorted(changed):
        board.rows[promo_id] = _replaced(board, board.rows[promo_id], event)
        if board.show.ended:
            board.rows[promo_id] = replace(board.rows[promo_id], toss_until=None)
    return changed


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
    return replace(row, replaced_at=event.at) if stood and offer is not None and not offer.holds(row.promo_id) else row


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
    if offer is None:
        return replace(row, reads=_reads(row, offer))
    return replace(row, stands=offer.stands(promo_id), reads=_reads(row, offer), left=offer.without(promo_id))


def _reads_on(row: PromoRow, offer: Offer) -> Reads:
    if row.stage == "applied" and row.promo_id in offer.wrong and not row.end_failure:
        return "taking_back"
    if not offer.stands(row.promo_id):
        return "expired"
    return "ending" if row.stage == "ending" else _not_ended(row) if row.end_failure else "applied"


def _not_ended(row: PromoRow) -> Reads:
    return "not_taken_back" if row.end_why == "wrong" else "stays"


def _reads(row: PromoRow, offer: Offer | None) -> Reads:
    match row.stage:
        case "ending" | "approved" | "ended" as stage if row.end_why == "wrong":
            return WRONG[stage]
        case "applied" | "ending" if offer is not None and offer.holds(row.promo_id):
            return _reads_on(row, offer)
        case "applied" if offer is not None:  # another took its place; one that was wrong is gone with that
            return "taken_back" if row.end_why == "wrong" and not row.end_failure else "replaced"
        case "applied" if row.end_failure:
            return _not_ended(row)
        case "lapsed" if row.end_why == "show_ended":
            return "lapsed_show"
        case stage:
            return stage


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
