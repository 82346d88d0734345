"""What became of all that was claimed, in four numbers."""

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import View, keys_of, row_of
from kaibo.features.claim.facts import (
    ClaimsDecided,
    ClaimsOffered,
    ClaimsReleased,
    ClaimsSettled,
    ClaimsWaitlisted,
    Decision,
    Move,
    Rule,
)
from kaibo.features.claim.slices import MOVES
from kaibo.features.claim.view import Moved

TAKING_BACK: Final = frozenset[Rule]({"cancelled", "nothing_to_cancel", "cancel_off"})  # no order was refused
ALL = "all"


class ClaimNumbersRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `claim.numbers`: units, key `all` and `product/<id>`; with amounts, key `currency/<code>`. Four numbers, never one.

    `claimed` ever held, or bought while it waited; of these `checked_out` went into an order, `paid` were paid, `cancelled` came back (`expired` of them
    because the hold was over). `waits` now; `refused` orders that got nothing. Amounts only where there is one currency.
    """

    claimed: int = 0
    checked_out: int = 0
    paid: int = 0
    cancelled: int = 0
    expired: int = 0
    waits: int = 0
    refused: int = 0
    currency: str = ""
    claimed_minor: int = 0
    checked_out_minor: int = 0
    paid_minor: int = 0
    cancelled_minor: int = 0


Numbers = dict[str, ClaimNumbersRow]


def fold_numbers(rows: Numbers, event: Event[ClaimsDecided | Moved]) -> Iterable[str]:
    """Units of the show and of each product; amounts only beside their own currency."""
    fact = event.fact
    sums: dict[str, dict[str, int]] = {}
    if isinstance(fact, ClaimsDecided):
        for (product_id, currency, price_minor), counted in _grouped(fact.decisions).items():
            _add(sums, product_id, currency, price_minor, counted)
    else:
        for move in fact.items:
            _add(sums, move.product_id, move.currency, move.price_minor, _counted(fact, move))
    for key, counted in sums.items():
        row = rows.get(key) or ClaimNumbersRow(currency=key.removeprefix("currency/") if key.startswith("currency/") else "")
        rows[key] = replace(row, **{name: getattr(row, name) + value for name, value in counted.items()})
    return sums


def _grouped(decisions: Iterable[Decision]) -> dict[tuple[str, str, int | None], dict[str, int]]:
    """Units of one product at one price are added up before anything else: there are thousands a second."""
    groups: dict[tuple[str, str, int | None], dict[str, int]] = {}
    for decision in decisions:
        key = (decision.product_id, decision.currency, decision.price_minor)
        counted = groups.get(key)
        if counted is None:
            counted = groups[key] = {"claimed": 0, "waits": 0, "refused": 0}
        counted["claimed"] += decision.got
        counted["waits"] += decision.waits
        if not decision.got and not decision.waits and decision.rule not in TAKING_BACK:
            counted["refused"] += 1
    return groups


def _counted(fact: Moved, move: Move) -> dict[str, int]:
    match fact:
        case ClaimsReleased(why=why):
            return {"cancelled": move.units, "expired": move.units if why == "expired" else 0, "waits": -move.waits}
        case ClaimsWaitlisted():
            return {"claimed": -move.units, "waits": move.units}
        case ClaimsOffered():
            return {"claimed": move.units, "waits": -move.units}
        case ClaimsSettled(stage="reduced" | "restored" as stage, paid=paid):
            less = move.units if stage == "reduced" else -move.units
            return {"cancelled": less, "paid": -less * paid}
        case ClaimsSettled(stage="checked_out"):
            return {"checked_out": move.units, "claimed": move.waits, "waits": -move.waits}
        case ClaimsSettled(stage=stage):
            return {stage: move.units}


def _add(
    sums: dict[str, dict[str, int]], product_id: str, currency: str, price_minor: int | None, counted: dict[str, int]
) -> None:
    for key in (ALL, f"product/{product_id}") if product_id else (ALL,):
        _sum(sums.setdefault(key, {}), counted)
    if currency:
        row = sums.setdefault(f"currency/{currency}", {})
        _sum(row, counted)
        amounts = {
            f"{name}_minor": (price_minor or 0) * counted.get(name, 0) for name in ("claimed", "checked_out", "paid", "cancelled")
        }
        _sum(row, amounts)


def _sum(row: dict[str, int], counted: dict[str, int]) -> None:
    for name, value in counted.items():
        row[name] = row.get(name, 0) + value


def no_numbers() -> Numbers:
    """Nobody claimed anything yet."""
    return {ALL: ClaimNumbersRow()}


NUMBERS = View(
    name="claim.numbers",
    row=ClaimNumbersRow,
    reads=MOVES,
    state=no_numbers,
    fold=fold_numbers,
    keys=keys_of,
    get=row_of,
    duty="claim.read",
    pace_ms=100,
)
