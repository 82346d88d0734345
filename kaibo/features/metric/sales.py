"""What one order adds to the figures, and to which minute: money belongs to the show in which the order was placed."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from kaibo.features.metric.people import fingerprint
from kaibo.features.metric.tally import MINUTE_MS, Tally
from kaibo.features.order.slices import Order, Place
from kaibo.features.show.slices import FINAL_MS, ShowNow

Whose = Literal["show", "after", "before", "late"]


class Bounds(NamedTuple):
    """From when to when an order must be placed to be the show's, and from when on it was on air (ms UTC); None: it is not known yet."""

    begins: int | None = None
    ends: int | None = None
    airs: int | None = None


OPEN = Bounds()  # before it is planned


def bounds_of(show: ShowNow) -> Bounds:
    """From when to when orders are its own: the same before air as on it, for what was placed by now is before any later going on air."""
    return Bounds(show.begins_at, show.ended_at, show.aired_at)


def whose(order: Order, bounds: Bounds) -> Whose:
    """Whether an order was placed in the show, after it or before; late: told when the money was final, and so nowhere.

    One of which only the payment is known, by that.
    """
    if order.late:
        return "late"
    at = order.paid_at if order.placed_at is None else order.placed_at
    if at is None:
        return "show"
    if bounds.ends is not None and at > bounds.ends:
        return "after"
    return "before" if bounds.begins is not None and at < bounds.begins else "show"


def _placed_at(order: Order) -> int:
    return order.placed_at or order.paid_at or 0


def outside(order: Order, bounds: Bounds) -> bool:
    """Whether any of it was before the show, before air or after the end."""
    at, ends = _placed_at(order), bounds.ends
    if (bounds.begins is not None and at < bounds.begins) or (bounds.airs is not None and at < bounds.airs):
        return True
    return ends is not None and max(at, order.paid_at or 0, *(refund.at for refund in order.refunds)) > ends


def moves(order: Order, before: Bounds, now: Bounds) -> bool:
    """Whether an order may count otherwise when the bounds are others."""
    return outside(order, before) or outside(order, now)


def _paid_at(order: Order, bounds: Bounds) -> int | None:
    """When it was paid, None when that was, or was told, too late to count."""
    if order.paid_at is None or order.late_payment or (bounds.ends is not None and order.paid_at > bounds.ends + FINAL_MS):
        return None
    return order.paid_at


def after_minor(order: Order, bounds: Bounds) -> int:
    """What an order placed after the end brought within seven days."""
    if whose(order, bounds) != "after" or _paid_at(order, bounds) is None:
        return 0
    return order.paid_minor


def before_parts(order: Order, bounds: Bounds) -> tuple[int, int]:
    """(1, what was paid for it) of an order placed before the show; nothing of any other."""
    if whose(order, bounds) != "before":
        return 0, 0
    return 1, 0 if _paid_at(order, bounds) is None else order.paid_minor


def parts(order: Order, bounds: Bounds) -> Sequence[tuple[int, Tally]]:
    """(minute since 1970, what it adds there): where it was placed, where it was paid, and where each part was given back."""
    if whose(order, bounds) != "show":
        return ()
    paid_at = _paid_at(order, bounds)
    found: list[tuple[int, Tally]] = []
    if order.placed_at is not None:
        placed = Tally(orders_created=1, gmv_created=order.created_minor, placed_paid=int(paid_at is not None))
        found.append((order.placed_at // MINUTE_MS, placed))
    if paid_at is not None:
        found.append((_minute(paid_at, bounds), _payment(order, paid_at, bounds)))
    if paid_at is not None or order.paid_at is None:
        found += [
            (
                _minute(refund.at, bounds),
                Tally(orders_refunded=int(place == 0), refunded=minor, kept=0 if refund.units else minor),
            )
            for place, refund in enumerate(order.refunds)
            for minor in (refund.amount_minor,)
        ]
    return found


def _minute(at: int, bounds: Bounds) -> int:
    """What happens after the end is of no minute of the show, be it the one in which it ended."""
    minute = at // MINUTE_MS
    return minute if bounds.ends is None or at <= bounds.ends else max(minute, bounds.ends // MINUTE_MS + 1)


def parts_on_air(order: Order, bounds: Bounds) -> Sequence[tuple[int, Tally]]:
    """The same without a payment after the end: it is paid GMV of the show, and of no minute of it."""
    found = parts(order, bounds)
    if bounds.ends is None or order.paid_at is None or order.paid_at <= bounds.ends:
        return found
    return [(minute, tally) for minute, tally in found if not tally.orders_paid]


def _payment(order: Order, paid_at: int, bounds: Bounds) -> Tally:
    return Tally(
        orders_paid=1,
        gmv_paid=order.paid_minor,
        gmv_placed_on_air=order.paid_minor if bounds.airs is None or _placed_at(order) >= bounds.airs else 0,
        gmv_paid_on_air=order.paid_minor if bounds.ends is None or paid_at <= bounds.ends else 0,
        units_paid=sum(line.quantity for line in order.paid_lines),
        paid_back=int(bool(order.refunds)),
        paid_back_minor=order.refunded_minor,
    )


def sightings(order: Order, bounds: Bounds) -> Sequence[tuple[Literal["created_u", "buyers"], int]]:
    """In which group its buyer is counted, and in which minute."""
    if whose(order, bounds) != "show":
        return ()
    paid_at = _paid_at(order, bounds)
    found: list[tuple[Literal["created_u", "buyers"], int]] = []
    if order.placed_at is not None:
        found.append(("created_u", order.placed_at // MINUTE_MS))
    if paid_at is not None:
        found.append(("buyers", _minute(paid_at, bounds)))
    return found


def counts_paid(order: Order, bounds: Bounds) -> bool:
    """Whether its payment is the show's."""
    return whose(order, bounds) == "show" and _paid_at(order, bounds) is not None


def counts_created(order: Order, bounds: Bounds) -> bool:
    """Whether it was placed in the show."""
    return order.placed_at is not None and whose(order, bounds) == "show"


def people_of(place: Place, order: Order) -> str:
    """Whose viewers its buyer is one of: those of its platform, or of the source whose names its room goes by."""
    return order.people or place[0]


def person_of(place: Place, order: Order) -> int:
    """One person of one platform, or of the source whose names its room goes by; an order that does not say who bought it stands for a buyer of its own."""
    platform, order_id = place
    return fingerprint(people_of(place, order), order.buyer) if order.buyer else fingerprint(f"{platform}/", order_id)
