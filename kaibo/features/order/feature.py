"""Orders as the platform tells them: created and paid are two series, and nothing told is silently dropped."""

from kaibo.core.feature import Feature
from kaibo.features.audience.slices import CLOCKS, ROOMS
from kaibo.features.order.commands import RecordOrders
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderEdited,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
    OrderRestated,
)
from kaibo.features.order.rules import decide
from kaibo.features.order.slices import LEDGER
from kaibo.features.order.state import OrderState, fold
from kaibo.features.order.view import COUNTS, LATEST, ODD
from kaibo.features.product.slices import OFFER
from kaibo.features.rundown.slices import COURSE
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="order",
    streams=("show",),
    facts=(OrderCreated, OrderEdited, OrderPaid, OrderCancelled, OrderRefunded, OrderRestated, OrderOddity),
    commands=(RecordOrders,),
    state=OrderState,
    fold=fold,
    decide=decide,
    over=(STAGE, COURSE, OFFER, LEDGER, CLOCKS, ROOMS),
    views=(LATEST, COUNTS, ODD),
)
