"""Who plans, what is on the shelf, and how a sheet is edited: what the stories of products share."""

from kaibo.core.event import Actor
from kaibo.features.product.commands import EditProduct, ProductChange
from kaibo.features.product.facts import ProductSheet

PLAN = Actor(id="pei", role="planner")
POT = ProductSheet(product_id="K1", name="手沖咖啡壺", list_price_minor=129000, live_price_minor=99000, stock=20)
CUP = ProductSheet(product_id="K2", name="馬克杯", list_price_minor=39000)


def edit(field: str, was: object, to: object) -> EditProduct:
    """One field of the first product, as somebody saw it and as it should be."""
    return EditProduct(product_id="K1", changes=(ProductChange(field=field, was=was, to=to),))
