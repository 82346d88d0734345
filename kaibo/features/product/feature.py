"""The products of a show: their sheets, the price and stock that are true now, and which one is shown."""

from kaibo.core.feature import Feature, Named
from kaibo.features.claim.slices import STOCK
from kaibo.features.order.slices import TAKEN
from kaibo.features.product.carry import carried
from kaibo.features.product.commands import (
    AddProduct,
    EditProduct,
    ImportProducts,
    PinProduct,
    RemoveProduct,
)
from kaibo.features.product.facts import (
    ProductAdded,
    ProductEdited,
    ProductPinned,
    ProductRemoved,
    SheetImported,
)
from kaibo.features.product.routes import OPERATIONS, ROUTES
from kaibo.features.product.rules import decide
from kaibo.features.product.slices import OFFER
from kaibo.features.product.state import ProductState, fold
from kaibo.features.product.view import CARDS, SIGNS
from kaibo.features.rundown.slices import COURSE
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="product",
    streams=("show",),
    facts=(ProductAdded, ProductEdited, ProductRemoved, ProductPinned, SheetImported),
    commands=(AddProduct, EditProduct, RemoveProduct, ImportProducts, PinProduct),
    state=ProductState,
    fold=fold,
    decide=decide,
    over=(STAGE, COURSE, OFFER, TAKEN, STOCK),
    views=(CARDS, SIGNS),
    routes=ROUTES,
    operations=OPERATIONS,
    carries=carried,
    names={"product_id": Named(CARDS, lambda row: row.name)},
)
