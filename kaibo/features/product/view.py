"""Product cards with price and stock that are true now."""

import msgspec

from kaibo.features.product.facts import Doubt


class ProductCard(msgspec.Struct, frozen=True, kw_only=True):
    """View `product.cards`, key product_id. `price_minor` is what a buyer pays now (a promo the shop confirmed included); `stock_left` = stock - created + cancelled + refunded, None when unknown."""

    product_id: str
    name: str
    currency: str
    variants: tuple[str, ...]
    item_type: str
    cost_minor: int | None
    list_price_minor: int | None
    live_price_minor: int | None
    price_minor: int | None
    gift: str
    stock: int | None
    stock_left: int | None
    per_buyer_limit: int | None
    selling_points: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    certificates: tuple[str, ...]
    must_not_say: tuple[str, ...]
    pinned: bool
