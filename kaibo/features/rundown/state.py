"""What the rules of the rundown stand on: the rundown itself, and the products a cue may name."""

from dataclasses import dataclass

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.product.slices import Offers
from kaibo.features.rundown.slices import Rundown


@dataclass(frozen=True, slots=True)
class RundownState:
    """Nothing of its own: both are slices."""

    course: Rundown
    offers: Offers


def fold(state: RundownState, event: Event[Fact], touched: Touched) -> None:
    """The slices have taken the event in already."""
