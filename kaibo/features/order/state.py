"""What recording stands on: how the show stands, which cue was on air when, what is on the list, where each order stands, and which is to be cancelled."""

from dataclasses import dataclass

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.audience.slices import Clocks, Rooms
from kaibo.features.order.slices import Cancels, Ledger
from kaibo.features.product.slices import Offers
from kaibo.features.rundown.slices import Rundown
from kaibo.features.show.slices import ShowNow


@dataclass(slots=True)
class OrderState:
    """Nothing of its own."""

    show: ShowNow
    course: Rundown
    offers: Offers
    ledger: Ledger
    clocks: Clocks
    rooms: Rooms
    cancels: Cancels


def fold(state: OrderState, event: Event[Fact], touched: Touched) -> None:
    """The slices below take it in."""
    del state, event, touched
