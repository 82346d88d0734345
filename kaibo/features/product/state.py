"""What the rules of products stand on: the list, who still names a product, and the show's currency."""

from dataclasses import dataclass

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.claim.slices import Shelf
from kaibo.features.order.slices import Taken
from kaibo.features.product.slices import Offers
from kaibo.features.rundown.slices import Rundown
from kaibo.features.show.slices import ShowNow


@dataclass(frozen=True, slots=True)
class ProductState:
    """Nothing of its own: all are slices."""

    show: ShowNow
    course: Rundown
    offers: Offers
    taken: Taken
    shelf: Shelf

    def claimed(self, product_id: str) -> tuple[int, int]:
        """Units of a product that buyers hold by comment, and wait for."""
        goods = self.shelf.goods.get(product_id)
        slots = () if goods is None else tuple(goods.slots.values())
        return sum(slot.held for slot in slots), sum(slot.waiting for slot in slots)

    def taken_of(self, product_id: str, variant: str) -> tuple[int, int, int]:
        """Units of a variant that buyers hold by comment, wait for, and have in orders."""
        goods = self.shelf.goods.get(product_id)
        slot = None if goods is None else goods.slots.get(variant)
        ordered = 0 if goods is None else goods.ordered(variant)
        return (0, 0, ordered) if slot is None else (slot.held, slot.waiting, ordered)

    def in_cues(self, product_id: str) -> int:
        """How many cues name a product."""
        return sum(cue.product_id == product_id for cue in self.course.cues.values())


def fold(state: ProductState, event: Event[Fact], touched: Touched) -> None:
    """The slices have taken the event in already."""
