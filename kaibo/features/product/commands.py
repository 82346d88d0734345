"""What may be asked about products."""

from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.product.facts import ProductSheet

ProductId = Annotated[str, Meta(min_length=1, max_length=64)]


class ProductChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field: what the editor saw, and what it shall be. A stale `was` is refused with both values."""

    field: str
    was: Any
    to: Any


class AddProduct(Command, frozen=True, kw_only=True, tag="product.add"):
    """Put a product on the list. `currency` "": the show's, or TWD in the workspace's catalogue."""

    duty: ClassVar = "product.edit"
    product: ProductSheet
    currency: Annotated[str, Meta(pattern=r"^([A-Z]{3})?(?!\n)$")] = ""


class EditProduct(Command, frozen=True, kw_only=True, tag="product.edit"):
    """Change fields of a product's sheet."""

    duty: ClassVar = "product.edit"
    product_id: ProductId
    changes: Annotated[tuple[ProductChange, ...], Meta(min_length=1, max_length=20)]


class RemoveProduct(Command, frozen=True, kw_only=True, tag="product.remove"):
    """Take a product off the list; refused while cues or orders name it."""

    duty: ClassVar = "product.edit"
    product_id: ProductId


class ImportProducts(Command, frozen=True, kw_only=True, tag="product.import"):
    """Add or replace products read from a file (by product_id). `currency` as in AddProduct."""

    duty: ClassVar = "product.edit"
    filename: Annotated[str, Meta(max_length=400)]
    currency: Annotated[str, Meta(pattern=r"^([A-Z]{3})?(?!\n)$")]
    products: Annotated[tuple[ProductSheet, ...], Meta(max_length=2000)]
    notes: Annotated[tuple[Annotated[str, Meta(max_length=1000)], ...], Meta(max_length=2000)] = ()


class PinProduct(Command, frozen=True, kw_only=True, tag="product.pin"):
    """Show a product as the one on air (or none with "")."""

    duty: ClassVar = "product.pin"
    product_id: str
