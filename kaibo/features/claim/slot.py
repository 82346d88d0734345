"""What is counted of one variant, and of one buyer's claims of it."""

from dataclasses import dataclass

import msgspec

from kaibo.features.claim.facts import ClaimsOffered, ClaimsReleased, ClaimsWaitlisted, Move


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


def moved(fact: ClaimsReleased | ClaimsWaitlisted | ClaimsOffered, move: Move) -> tuple[int, int, int]:
    """Units that are held more, waited for more, and more ever claimed."""
    match fact:
        case ClaimsReleased():
            return (-move.units, -move.waits, 0)
        case ClaimsWaitlisted():
            return (-move.units, move.units, -move.units)
        case ClaimsOffered():
            return (move.units, -move.units, move.units)


def owner_of(move: Move) -> tuple[str, str, str]:
    """Whose units of what."""
    return (move.buyer, move.product_id, move.variant)
