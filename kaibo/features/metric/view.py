"""Figures of the show that move within a second."""

import msgspec


class TileRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.tiles`, key = metric name (gmv_paid, gmv_created, orders_created, orders_paid, uv, pv, online, pcu, comments, likes, clicks, follows, buyers, conversion, value_per_buyer).

    `value` whole show, `last_10` / `prev_10` the two ten-minute windows that end at the newest minute seen (for online: its mean there).
    `unit` is minor, count or ratio. Ratios are None when the denominator is 0. `numerator` / `denominator` are given for ratios.
    """

    value: float | None
    last_10: float | None
    prev_10: float | None
    unit: str
    currency: str
    at: int
    numerator: float | None = None
    denominator: float | None = None


class ProductFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.products`, key product_id. `spark` is paid GMV per minute for the last 30 minutes."""

    product_id: str
    clicks: int
    orders_created: int
    orders_paid: int
    units_paid: int
    gmv_created_minor: int
    gmv_paid_minor: int
    buyers: int
    last_order_at: int | None
    spark: tuple[int, ...]


class CueFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.cues`, key cue_id: what was created and paid while the cue was on air (by the order's creation), over all its passes."""

    cue_id: str
    orders_created: int
    orders_paid: int
    gmv_created_minor: int
    gmv_paid_minor: int
    comments: int
    uv: int
    on_air_ms: int


class MinuteRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.minutes`, key = minute since 1970 as text. `marks` are cues and promos that began in it: `cue:<id>`, `promo:<id>`."""

    minute: int
    gmv_paid_minor: int
    gmv_created_minor: int
    orders_created: int
    orders_paid: int
    online: int
    enters: int
    comments: int
    likes: int
    clicks: int
    marks: tuple[str, ...]
