"""What is counted of one variant, and of one buyer's claims of it."""

from dataclasses import dataclass

import msgspec


class Hold(msgspec.Struct, gc=False):
    """What one buyer's claims hold of one variant. `leaving`: of these, units that stand in an order already, until it is settled.

    An evening has tens of thousands: the garbage collector must not look at each.
    """

    held: int = 0
    leaving: int = 0


@dataclass(slots=True)
class Slot:
    """One variant: units that claims hold and no order has, ever claimed, waited for; `moved`: units of orders that are this by a claim."""

    held: int = 0
    moved: int = 0
    claimed: int = 0
    waiting: int = 0
