"""What an order names, as the show's list writes it: a platform may write p1 for P1, ｓ for S, or 尺寸：S."""

from msgspec.structs import replace

from kaibo.core.variants import variant_of
from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.slices import Offers


def named(item: OrderItem, offers: Offers) -> OrderItem:
    """The same with the product and the variant of each line in the list's spelling; what is not on the list stays as it came."""
    lines = tuple(_line(line, offers) for line in item.lines)
    return item if lines == item.lines else replace(item, lines=lines)


def _line(line: OrderLine, offers: Offers) -> OrderLine:
    product_id = offers.named(line.product_id)
    if product_id is None:
        return line
    variant = variant_of(line.variant, offers.offers[product_id].sheet.variants) or line.variant
    same = (product_id, variant) == (line.product_id, line.variant)
    return line if same else replace(line, product_id=product_id, variant=variant)
