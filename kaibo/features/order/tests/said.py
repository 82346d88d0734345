"""What stories of orders say, and what came of it."""

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderEdited,
    OrderLine,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
)
from kaibo.features.order.slices import LEDGER, Order
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowPlanned

AT = CURTAIN_AT
SHOP = Actor(id="shop", role="system")
PLANNED = ShowPlanned(show_id="s1", title="週年慶", starts_at=AT, ends_at=AT + 7_200_000, timezone="Asia/Taipei", currency="TWD")
WENT = CueWent(cue_id="c1", pass_id="x", via="go", from_cue_id=None)
LINES = (
    OrderLine(product_id="serum", quantity=2, price_minor=29900),
    OrderLine(product_id="soap", quantity=1, price_minor=9900),
)
PLACED = OrderItem(kind="created", order_id="o1", at=AT + 2000, buyer="b1", lines=LINES)
PAYMENT = OrderItem(kind="paid", order_id="o1", at=AT + 3000, buyer="b1")
CANCEL = OrderItem(kind="cancelled", order_id="o1", at=AT + 4000)
REFUND = OrderItem(kind="refunded", order_id="o1", at=AT + 5000)
CREATED = OrderCreated(
    order_id="o1", platform="mo", buyer="b1", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 2000, cue_id="c1"
)
PAID = OrderPaid(
    order_id="o1", buyer="b1", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 3000, cue_id="c1", platform="mo"
)
CANCELLED = OrderCancelled(order_id="o1", lines=LINES, platform_at=AT + 4000, platform="mo")
REFUNDED = OrderRefunded(order_id="o1", lines=LINES, amount_minor=69700, platform_at=AT + 5000, platform="mo", rest=True)
EDITED = OrderEdited(
    order_id="o1", platform="mo", buyer="b1", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 2000,
    edited_at=AT + 2000, cue_id="c1", told=LINES,
)  # fmt: skip
EARLY = OrderOddity(platform="mo", order_id="o1", kind="paid", why="unknown_order", platform_at=AT + 3000, buyer="b1")


ONE = (OrderLine(product_id="serum", quantity=1, price_minor=29900),)
TWO = (OrderLine(product_id="serum", quantity=2, price_minor=29900),)
THREE = (OrderLine(product_id="serum", quantity=3, price_minor=29900),)


def told(*items: OrderItem) -> RecordOrders:
    """What the platform says in one breath."""
    return RecordOrders(platform="mo", items=items)


def order_of(stage: Stage, place: tuple[str, str] = ("mo", "o1")) -> Order:
    return stage.fold.slice(LEDGER).orders[place]
