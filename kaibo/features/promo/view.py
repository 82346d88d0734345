"""Proposals and what became of them."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import View, row_of
from kaibo.features.promo.facts import (
    Evidence,
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoKind,
    PromoProposed,
    PromoRejected,
    PromoStage,
    PromoWithdrawn,
)


class PromoRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `promo.board`, key promo_id; `*_by` are person ids.

    `stage` is proposed, approved, rejected, withdrawn, applied or failed.
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


Board = dict[str, PromoRow]


def fold_board(board: Board, event: Event[Any]) -> Iterable[str]:
    """One promo changes with each of its facts."""
    fact = event.fact
    match fact:
        case PromoProposed():
            board[fact.promo_id] = _proposed(fact, event)
        case PromoApproved():
            board[fact.promo_id] = _settled(board, event, stage="approved")
        case PromoRejected():
            board[fact.promo_id] = _settled(board, event, stage="rejected", note=fact.reason)
        case PromoWithdrawn():
            board[fact.promo_id] = _settled(board, event, stage="withdrawn")
        case PromoApplied():
            board[fact.promo_id] = replace(board[fact.promo_id], stage="applied", applied_at=event.at)
        case PromoFailed():
            board[fact.promo_id] = replace(board[fact.promo_id], stage="failed", failure=fact.code, note=fact.detail)
        case _:
            return ()
    return (fact.promo_id,)


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
    )


def _settled(board: Board, event: Event[Any], *, stage: PromoStage, note: str = "") -> PromoRow:
    row = board[event.fact.promo_id]
    return replace(row, stage=stage, note=note, settled_by=event.actor.id, settled_at=event.at)


BOARD = View(
    name="promo.board",
    row=PromoRow,
    reads=(PromoProposed, PromoApproved, PromoRejected, PromoWithdrawn, PromoApplied, PromoFailed),
    state=dict,
    fold=fold_board,
    keys=list,
    get=row_of,
    duty="promo.read",
)
