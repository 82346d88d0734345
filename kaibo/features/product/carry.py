"""What of the products another show like this one begins with."""

from collections.abc import Iterable

from kaibo.core.feature import Copying
from kaibo.core.script import likeness
from kaibo.features.product.commands import ImportProducts
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.state import ProductState


def carried(state: ProductState, copying: Copying) -> Iterable[ImportProducts]:
    """The sheets as they stand: promos, pins and what was sold stay behind."""
    by_currency: dict[str, list[ProductSheet]] = {}
    for offer in state.offers.offers.values():
        by_currency.setdefault(offer.currency, []).append(offer.sheet)
    for currency, sheets in by_currency.items():
        told = {likeness(sheet.product_id): sheet for sheet in reversed(sheets)}
        # Old shows may have products that no comment can tell apart: the first comes along, and the others are named.
        left = tuple(sheet.product_id for sheet in sheets if told[likeness(sheet.product_id)] is not sheet)
        yield ImportProducts(filename=copying.title, currency=currency, products=tuple(reversed(told.values())), notes=left)
