"""What a source may say of orders."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.order.facts import OrderLine


class OrderItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to an order on its platform; `lines` are required for `created`. `currency` "": the show's."""

    kind: Literal["created", "paid", "cancelled", "refunded"]
    order_id: Annotated[str, Meta(min_length=1, max_length=64)]
    at: Annotated[int, Meta(ge=0, le=32503680000000)]
    buyer: Annotated[str, Meta(max_length=64)] = ""
    lines: Annotated[tuple[OrderLine, ...], Meta(max_length=100)] = ()
    currency: Annotated[str, Meta(pattern=r"^([A-Z]{3})?$")] = ""


class RecordOrders(Command, frozen=True, kw_only=True, tag="order.record"):
    """Write down what a platform said of orders. Idempotent by (platform, order_id, kind): what was told before is left out."""

    duty: ClassVar = "order.ingest"
    platform: Annotated[str, Meta(min_length=1, max_length=64)]
    items: Annotated[tuple[OrderItem, ...], Meta(min_length=1, max_length=5000)]
