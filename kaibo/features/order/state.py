"""What recording stands on: how the show stands, which cue was on air when, and where each order stands."""

from dataclasses import dataclass

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.audience.slices import Clocks
from kaibo.features.order.slices import Ledger
from kaibo.features.rundown.slices import Rundown
from kaibo.features.show.slices import ShowNow


@dataclass(slots=True)
class OrderState:
    """Nothing of its own."""

    show: ShowNow
    course: Rundown
    ledger: Ledger
    clocks: Clocks


def fold(state: OrderState, event: Event[Fact], touched: Touched) -> None:
    """The slices below take it in."""
    del state, event, touched
