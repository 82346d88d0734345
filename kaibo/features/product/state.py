"""What the rules of products must remember: the sheets, and who still names them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.order.facts import OrderCreated
from kaibo.features.product.facts import (
    ProductAdded,
    ProductEdited,
    ProductPinned,
    ProductRemoved,
    ProductSheet,
)
from kaibo.features.rundown.facts import CueAdded, CueEdited, CueRemoved
from kaibo.features.show.facts import ShowPlanned


@dataclass(slots=True)
class ProductState:
    """Sheets and currency by product_id; the product of each cue; how many orders name a product; the show's currency ("" before it is planned)."""

    sheets: dict[str, ProductSheet] = field(default_factory=dict[str, ProductSheet])
    currency: dict[str, str] = field(default_factory=dict[str, str])
    cues: dict[str, str | None] = field(default_factory=dict[str, str | None])
    in_cues: Counter[str] = field(default_factory=Counter[str])
    in_orders: Counter[str] = field(default_factory=Counter[str])
    pinned: str = ""
    show_currency: str = ""


def fold(state: ProductState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case ShowPlanned(currency=currency):
            state.show_currency = currency
        case ProductAdded(product=sheet, currency=currency):
            state.sheets[sheet.product_id] = sheet
            state.currency[sheet.product_id] = currency
        case ProductEdited(product=sheet):
            state.sheets[sheet.product_id] = sheet
        case ProductRemoved(product_id=product_id):
            del state.sheets[product_id]
            if state.pinned == product_id:
                state.pinned = ""
        case ProductPinned(product_id=product_id):
            state.pinned = product_id
        case CueAdded(cue=cue):
            _name(state, cue.cue_id, cue.product_id)
        case CueEdited(cue_id=cue_id, values=values):
            if "product_id" in values:
                _name(state, cue_id, values["product_id"])
        case CueRemoved(cue_id=cue_id):
            _name(state, cue_id, None)
        case OrderCreated(lines=lines):
            state.in_orders.update(line.product_id for line in lines)
        case _:
            pass


def _name(state: ProductState, cue_id: str, product_id: str | None) -> None:
    before = state.cues.pop(cue_id, None)
    if before is not None:
        state.in_cues[before] -= 1
    if product_id is not None:
        state.cues[cue_id] = product_id
        state.in_cues[product_id] += 1
