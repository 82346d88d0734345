"""What every figure means, as data: the view counts by it, the screens show it on hover."""

from typing import Literal

import msgspec

Unit = Literal["minor", "count", "ratio"]


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """One figure.

    `numerator` and `denominator` name raw counters (no denominator: the counter itself); `basis` says who or what is
    counted; `source` the facts it comes from; a ratio over nothing is None, never 0 (`when_zero`).
    """

    name: str
    numerator: str
    denominator: str = ""
    basis: str
    unit: Unit
    source: tuple[str, ...]
    window: str = "whole show; the newest ten minutes; the ten before"
    when_zero: Literal["zero", "none"] = "zero"


BATCH = ("audience.batch",)
DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        name="gmv_paid",
        numerator="gmv_paid",
        basis="paid orders by payment, refunds not taken off",
        unit="minor",
        source=("order.paid",),
    ),
    Definition(
        name="gmv_created", numerator="gmv_created", basis="orders placed, paid or not", unit="minor", source=("order.created",)
    ),
    Definition(name="orders_created", numerator="orders_created", basis="orders", unit="count", source=("order.created",)),
    Definition(name="orders_paid", numerator="orders_paid", basis="orders", unit="count", source=("order.paid",)),
    Definition(name="uv", numerator="uv", basis="distinct viewers who did anything", unit="count", source=BATCH),
    Definition(name="pv", numerator="pv", basis="times somebody entered", unit="count", source=BATCH),
    Definition(
        name="online",
        numerator="online",
        basis="distinct viewers whose last move was to enter; in a window the mean over its seconds",
        unit="count",
        source=BATCH,
    ),
    Definition(name="pcu", numerator="pcu", basis="the most online at the end of any second", unit="count", source=BATCH),
    Definition(name="comments", numerator="comments", basis="comments", unit="count", source=BATCH),
    Definition(name="likes", numerator="likes", basis="likes, as many as each push says", unit="count", source=BATCH),
    Definition(name="clicks", numerator="clicks", basis="clicks on products", unit="count", source=BATCH),
    Definition(name="follows", numerator="follows", basis="new followers", unit="count", source=BATCH),
    Definition(name="buyers", numerator="buyers", basis="distinct buyers of paid orders", unit="count", source=("order.paid",)),
    Definition(
        name="conversion",
        numerator="buyers",
        denominator="uv",
        basis="buyers who paid per viewer (UV)",
        unit="ratio",
        source=("order.paid", *BATCH),
        when_zero="none",
    ),
    Definition(
        name="value_per_buyer",
        numerator="gmv_paid",
        denominator="buyers",
        basis="paid GMV per buyer (客單價)",
        unit="minor",
        source=("order.paid",),
        when_zero="none",
    ),
)
