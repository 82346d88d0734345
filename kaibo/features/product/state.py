"""What the rules of products stand on: the list, who still names a product, and the show's currency."""

from dataclasses import dataclass

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.order.slices import Taken
from kaibo.features.product.slices import Offers
from kaibo.features.rundown.slices import Rundown
from kaibo.features.show.slices import ShowNow


@dataclass(frozen=True, slots=True)
class ProductState:
    """Nothing of its own: all four are slices."""

    show: ShowNow
    course: Rundown
    offers: Offers
    taken: Taken

    def in_cues(self, product_id: str) -> int:
        """How many cues name a product."""
        return sum(cue.product_id == product_id for cue in self.course.cues.values())


def fold(state: ProductState, event: Event[Fact], touched: Touched) -> None:
    """The slices have taken the event in already."""
