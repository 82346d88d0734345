"""Orders as the platform tells them: created and paid are two series, and nothing told is silently dropped; one is cancelled when that was done."""

from kaibo.core.feature import Feature
from kaibo.features.audience.slices import CLOCKS, ROOMS
from kaibo.features.order.cancels_view import CANCELLATIONS
from kaibo.features.order.commands import CancelOrder, ConfirmCancel, RecordOrders, RefuseCancel
from kaibo.features.order.facts import CANCELLING, TRADED, OrderOddity
from kaibo.features.order.latest import LATEST
from kaibo.features.order.rules import decide
from kaibo.features.order.slices import CANCELS, LEDGER
from kaibo.features.order.state import OrderState, fold
from kaibo.features.order.view import COUNTS, ODD
from kaibo.features.product.slices import OFFER
from kaibo.features.rundown.slices import COURSE
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="order",
    streams=("show",),
    facts=(*TRADED, OrderOddity, *CANCELLING),
    commands=(RecordOrders, CancelOrder, ConfirmCancel, RefuseCancel),
    state=OrderState,
    fold=fold,
    decide=decide,
    over=(STAGE, COURSE, OFFER, LEDGER, CLOCKS, ROOMS, CANCELS),
    views=(LATEST, COUNTS, ODD, CANCELLATIONS),
)
