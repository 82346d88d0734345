"""What happened to the products of a show (or of the workspace's catalogue)."""

import msgspec

from kaibo.core.event import Fact


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A question buyers often ask, with the approved answer ("" while nobody wrote one)."""

    question: str
    answer: str = ""


class ProductSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the team knows of a product. `item_type` is traffic, welfare, hero, profit, image or "". Amounts in minor units."""

    product_id: str
    name: str
    variants: tuple[str, ...] = ()
    item_type: str = ""
    cost_minor: int | None = None
    list_price_minor: int | None = None
    live_price_minor: int | None = None
    stock: int | None = None
    per_buyer_limit: int | None = None
    selling_points: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    certificates: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()


class ProductAdded(Fact, frozen=True, kw_only=True, tag="product.added"):
    """A product is on the show's list."""

    product: ProductSheet
    currency: str


class ProductEdited(Fact, frozen=True, kw_only=True, tag="product.edited"):
    """The sheet now reads so (the whole sheet, so that readers need no history); `fields` names what changed."""

    product: ProductSheet
    fields: tuple[str, ...]


class ProductRemoved(Fact, frozen=True, kw_only=True, tag="product.removed"):
    """A product left the list."""

    product_id: str


class ProductPinned(Fact, frozen=True, kw_only=True, tag="product.pinned"):
    """Shown to viewers as the one on air (講解); "" when none is."""

    product_id: str


class SheetImported(Fact, frozen=True, kw_only=True, tag="product.sheet_imported"):
    """A file of products was read: how many rows, and every cell that was not understood."""

    filename: str
    rows: int
    notes: tuple[str, ...] = ()
