"""What the desk sees of claims: the newest, each buyer's history with its reasons, and four numbers."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import Newest, View, Whole, keys_of, row_of
from kaibo.features.claim.facts import (
    ClaimBuyerBlocked,
    ClaimsDecided,
    ClaimsOffered,
    ClaimsReleased,
    ClaimsSettled,
    ClaimsWaitlisted,
    Decision,
    Move,
    OrderStage,
    Rule,
    Why,
)
from kaibo.features.claim.slices import MOVES

ClaimState = Literal["held", "waiting", "checked_out", "paid", "gone", "none"]
Moved: TypeAlias = ClaimsReleased | ClaimsWaitlisted | ClaimsOffered | ClaimsSettled
EntryRule = Rule | Why | OrderStage | Literal["by_hand_released", "offered", "order_cancelled", "order_reduced", "order_restored"]

CLAIMS_MAX = 300
BUYERS_MAX = 400  # shown; everybody's history is kept, and found by `GET …/claims/why`
HISTORY_MAX = 12
WHOLE_HISTORY_MAX = 200
NOBODY_GOES = 1 << 60
# nothing is held: somebody is to ask, or to enter it by hand
ASKED: Final = frozenset[Rule]({"ask_variant", "ask_quantity", "ask_order"})


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """View `claim.claims`, key claim_id, newest 300. Units: `held` now, `waits` in the queue, `out` in an order, `paid`, `released`.

    `state` is held, waiting, checked_out, paid, gone or none (nothing was ever held: see `rule`).
    """

    at: int
    ref: str
    buyer: str
    name: str
    text: str
    product_id: str
    variant: str
    asked: int
    rule: Rule
    price_minor: int | None
    currency: str
    held: int
    waits: int
    out: int
    paid: int
    released: int
    hold_until: int
    state: ClaimState


# An evening has a hundred thousand of these: made by place, and not by name alone, they come out of a snapshot in a tenth of the time.
class HistoryEntry(msgspec.Struct, frozen=True, gc=False):
    """One thing that happened to a buyer's claim.

    `rule` is a decision's, or expired, by_hand_released, by_buyer, replaced, offered, checked_out, paid, order_cancelled, order_reduced, order_restored; `units`
    moved, `waits` in the queue then.
    """

    at: int
    rule: EntryRule
    claim_id: str
    product_id: str
    variant: str
    asked: int
    units: int
    waits: int
    price_minor: int | None
    currency: str
    text: str = ""
    order_id: str = ""


class BuyerRow(msgspec.Struct, frozen=True, gc=False):
    """View `claim.buyers`, key `source/pseudonym`: the 400 who were heard last, newest entry first, 12 at most."""

    name: str
    blocked: bool
    last_at: int
    entries: tuple[HistoryEntry, ...]


Claims = Newest[ClaimRow]


def _state(row: ClaimRow) -> ClaimState:
    if row.held:
        return "held"
    if row.waits:
        return "waiting"
    if row.out:
        return "paid" if row.paid >= row.out else "checked_out"
    return "gone" if row.released else "none"


def _claim_row(decision: Decision) -> ClaimRow:
    return ClaimRow(
        at=decision.at,
        ref=decision.ref,
        buyer=decision.buyer,
        name=decision.name,
        text=decision.text,
        product_id=decision.product_id,
        variant=decision.variant,
        asked=decision.asked,
        rule=decision.rule,
        price_minor=decision.price_minor,
        currency=decision.currency,
        held=decision.got,
        waits=decision.waits,
        out=0,
        paid=0,
        released=0,
        hold_until=decision.hold_until,
        state="held" if decision.got else "waiting" if decision.waits else "none",
    )


def fold_claims(rows: Claims, event: Event[ClaimsDecided | Moved]) -> Iterable[str]:
    """Newest by arrival in the log; a claim that left the window stays out."""
    fact = event.fact
    if isinstance(fact, ClaimsDecided):
        fresh = fact.decisions if rows.most is None else fact.decisions[-rows.most :]
        answered = [] if fact.batch else _answered(rows, fact.decisions)
        for claim_id in answered:
            del rows[claim_id]
        rows.update({decision.claim_id: _claim_row(decision) for decision in fresh})
        return (*answered, *(decision.claim_id for decision in fresh), *rows.fallen())
    changed = [move for move in fact.items if move.claim_id in rows]
    for move in changed:
        row = _moved(rows[move.claim_id], fact, move)
        rows[move.claim_id] = replace(row, state=_state(row))
    return [move.claim_id for move in changed]


def _answered(rows: Claims, decisions: Iterable[Decision]) -> list[str]:
    """What was asked of a comment is answered once somebody enters a claim of it by hand; nothing of it was ever held or counted."""
    refs = {(each.ref, each.buyer) for each in decisions if each.ref and each.rule not in ASKED}
    return [claim_id for claim_id, row in rows.items() if row.rule in ASKED and (row.ref, row.buyer) in refs] if refs else []


def newest() -> Claims:
    """Nobody claimed anything yet."""
    return Newest(CLAIMS_MAX)


def _texts(key: str, row: ClaimRow) -> Iterable[str]:
    return (key, row.buyer, row.name, row.text, row.product_id, row.variant, row.state, row.rule)


def _moved(row: ClaimRow, fact: Moved, move: Move) -> ClaimRow:
    match fact:
        case ClaimsReleased():
            return replace(
                row, held=row.held - move.units, waits=row.waits - move.waits, released=row.released + move.units + move.waits
            )
        case ClaimsWaitlisted():
            return replace(row, held=row.held - move.units, waits=row.waits + move.units)
        case ClaimsOffered():
            return replace(row, held=row.held + move.units, waits=row.waits - move.units, hold_until=move.hold_until)
        case ClaimsSettled(stage="checked_out"):
            held, waits = row.held - move.units + move.waits, row.waits - move.waits
            return replace(row, held=held, waits=waits, out=row.out + move.units)
        case ClaimsSettled(stage="paid"):
            return replace(row, paid=row.paid + move.units)
        case ClaimsSettled(stage="restored", paid=paid):
            return replace(
                row,
                out=row.out + move.units,
                released=row.released - move.units,
                paid=row.paid + move.units if paid else row.paid,
            )
        case _:
            paid = row.paid - move.units if fact.paid else row.paid
            return replace(row, out=row.out - move.units, released=row.released + move.units, paid=paid)


@dataclass(slots=True)
class Buyers:
    """Everybody's history, who was heard last at the end, and who is left out."""

    rows: OrderedDict[str, BuyerRow] = field(default_factory=OrderedDict[str, BuyerRow])
    shown: OrderedDict[str, None] = field(default_factory=OrderedDict[str, None])
    blocked: set[str] = field(default_factory=set[str])
    entries_max: int = HISTORY_MAX
    shown_max: int = BUYERS_MAX


def fold_buyers(buyers: Buyers, event: Event[ClaimBuyerBlocked | ClaimsDecided | Moved]) -> Iterable[str]:
    """Every decision and move is an entry in its buyer's history."""
    fact = event.fact
    changed: dict[str, None] = {}
    if isinstance(fact, ClaimBuyerBlocked):
        (buyers.blocked.add if fact.blocked else buyers.blocked.discard)(fact.buyer)
        _tell(buyers, fact.buyer, "", None, event.at)
        changed[fact.buyer] = None
    elif isinstance(fact, ClaimsDecided):
        for decision in fact.decisions:
            _tell(buyers, decision.buyer, decision.name, _decided(decision), event.at)
            changed[decision.buyer] = None
    else:
        for move in fact.items:
            _tell(buyers, move.buyer, "", _happened(fact, move, event.at), event.at)
            changed[move.buyer] = None
    while len(buyers.shown) > buyers.shown_max:
        changed[buyers.shown.popitem(last=False)[0]] = None
    return changed


def everybody() -> Buyers:
    """For who looks somebody up in the log: all who were ever heard, with a long memory."""
    return Buyers(entries_max=WHOLE_HISTORY_MAX, shown_max=NOBODY_GOES)


def _tell(buyers: Buyers, buyer: str, name: str, entry: HistoryEntry | None, at: int) -> None:
    before = buyers.rows.get(buyer)
    entries = before.entries if before else ()
    if entry is not None:
        entries = (entry, *entries[: buyers.entries_max - 1])
    known = before.name if before else ""
    buyers.rows[buyer] = BuyerRow(name=name or known, blocked=buyer in buyers.blocked, last_at=at, entries=entries)
    buyers.shown[buyer] = None
    buyers.shown.move_to_end(buyer)


def _decided(decision: Decision) -> HistoryEntry:
    return HistoryEntry(
        at=decision.at,
        rule=decision.rule,
        claim_id=decision.claim_id,
        product_id=decision.product_id,
        variant=decision.variant,
        asked=decision.asked,
        units=decision.got,
        waits=decision.waits,
        price_minor=decision.price_minor,
        currency=decision.currency,
        text=decision.text,
    )


def _happened(fact: Moved, move: Move, at: int) -> HistoryEntry:
    match fact:
        case ClaimsReleased(why=why):
            rule = "by_hand_released" if why == "by_hand" else why
        case ClaimsWaitlisted():
            rule = "waitlisted"
        case ClaimsOffered():
            rule = "offered"
        case ClaimsSettled(stage="cancelled"):
            rule = "order_cancelled"
        case ClaimsSettled(stage="reduced"):
            rule = "order_reduced"
        case ClaimsSettled(stage="restored"):
            rule = "order_restored"
        case _:
            rule = fact.stage
    return HistoryEntry(
        at=at,
        rule=rule,
        claim_id=move.claim_id,
        product_id=move.product_id,
        variant=move.variant,
        asked=0,
        units=move.units,
        waits=0 if isinstance(fact, ClaimsSettled) else move.waits,
        price_minor=move.price_minor,
        currency=move.currency,
        order_id=fact.order_id if isinstance(fact, ClaimsSettled) else "",
    )


CLAIMS = View(
    name="claim.claims",
    row=ClaimRow,
    reads=MOVES,
    state=newest,
    fold=fold_claims,
    keys=keys_of,
    get=row_of,
    duty="claim.read",
    pace_ms=100,
    whole=Whole(CLAIMS_MAX, Newest, _texts),
)
BUYERS = View(
    name="claim.buyers",
    row=BuyerRow,
    reads=(*MOVES, ClaimBuyerBlocked),
    state=Buyers,
    fold=fold_buyers,
    keys=lambda buyers: buyers.shown.keys(),
    get=lambda buyers, key: buyers.rows.get(key) if key in buyers.shown else None,
    duty="claim.read",
    pace_ms=250,
    whole=Whole(BUYERS_MAX, everybody, lambda key, row: (key, row.name)),
)
