"""When a product's sheet may be written, changed and taken away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, assert_never, get_type_hints

import msgspec

from kaibo.core.codec import canonical
from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.money import amount
from kaibo.core.script import likeness
from kaibo.features.product.commands import (
    AddProduct,
    EditProduct,
    ImportProducts,
    PinProduct,
    ProductChange,
    RemoveProduct,
)
from kaibo.features.product.facts import (
    ProductAdded,
    ProductEdited,
    ProductPinned,
    ProductRemoved,
    ProductSheet,
    SheetImported,
)
from kaibo.features.product.slices import Offer, asked
from kaibo.features.product.state import ProductState

ProductCommand = AddProduct | EditProduct | RemoveProduct | ImportProducts | PinProduct

ITEM_TYPES = ("", "traffic", "welfare", "hero", "profit", "image")
AMOUNT_MAX = 10**12
TEXT_LENGTH_MAX = 1000
HINTS: Mapping[str, Any] = get_type_hints(ProductSheet)
FIXED = "product_id"


UNPLANNED = "TWD"  # the workspace's own catalogue names no currency


class ProductUnknown(Refusal):
    """No such product on this list."""

    code = "product.unknown"
    status = 404
    product_id: str


class ProductIdTaken(Refusal):
    """Another product has this id."""

    code = "product.id_taken"
    product_id: str


class ProductIdAlike(Refusal):
    """It differs from another product's id only in case, width, script or spaces: no comment could tell them apart."""

    code = "product.id_alike"
    product_id: str
    like: str


class ProductInUse(Refusal):
    """Cues or orders still name it."""

    code = "product.in_use"
    product_id: str
    cues: int
    orders: int


class ProductClaimed(Refusal):
    """Buyers ordered it by comment and hold it, or wait for it."""

    code = "product.claimed"
    product_id: str
    held: int
    waiting: int


class ProductVariantTaken(Refusal):
    """Buyers hold a variant, wait for it or ordered it: without it what they have is nowhere."""

    code = "product.variant_taken"
    product_id: str
    variants: str
    held: int
    waiting: int
    ordered: int


class ProductOnAir(Refusal):
    """It is on air, or pinned: the host is speaking of it."""

    code = "product.on_air"
    product_id: str


class ProductPromoted(Refusal):
    """A promo of it stands or is on its way to the shop, which would go on with it."""

    code = "product.promoted"
    product_id: str


class ProductPricePromoted(Refusal):
    """Buyers pay a promo's price, or are about to; the shop would go on with it. `price` is in words, for the message."""

    code = "product.price_promoted"
    product_id: str
    price_minor: int
    currency: str
    price: str


class ProductBadValue(Refusal):
    """A value cannot be."""

    code = "product.bad_value"
    status = 422
    product_id: str
    field: str
    why: str


class ProductEditConflict(Refusal):
    """Somebody changed the same field meanwhile."""

    code = "product.edit_conflict"
    product_id: str
    field: str
    yours: object
    theirs: object


class ProductShowEnded(Refusal):
    """After the end of a show nothing is on air, so nothing is shown as being."""

    code = "product.show_ended"


class ProductWrongCurrency(Refusal):
    """Amounts of one show are in one currency."""

    code = "product.wrong_currency"
    status = 422
    currency: str
    show_currency: str


def decide(state: ProductState, command: ProductCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to, or a refusal."""
    del ctx
    match command:
        case AddProduct():
            return _add(state, command)
        case EditProduct():
            return _edit(state, command)
        case RemoveProduct():
            return _remove(state, command)
        case ImportProducts():
            return _import(state, command)
        case PinProduct():
            return _pin(state, command)
        case _:
            assert_never(command)


def _add(state: ProductState, command: AddProduct) -> Sequence[Fact]:
    if command.product.product_id in state.offers.offers:
        raise ProductIdTaken(product_id=command.product.product_id)
    check_alike(command.product.product_id, by_likeness(state.offers.offers))
    _check_currency(state, command.currency)
    check(command.product)
    return (ProductAdded(product=command.product, currency=_currency(state, command.currency)),)


def _edit(state: ProductState, command: EditProduct) -> Sequence[Fact]:
    before = _sheet(state, command.product_id)
    values = {change.field: _value(before, change) for change in command.changes}
    after = msgspec.structs.replace(before, **values)
    check(after)
    _check_price_free(state.offers.offers[command.product_id], after)
    _check_variants_kept(state, before, after)
    return _changed(before, after)


def _value(before: ProductSheet, change: ProductChange) -> object:
    """What the field shall be. Raises ProductEditConflict when the editor saw something that is no longer so."""
    name = change.field
    if name not in HINTS or name == FIXED:
        raise ProductBadValue(product_id=before.product_id, field=name, why="no such field")
    theirs = getattr(before, name)
    if canonical(theirs) != canonical(change.was):
        raise ProductEditConflict(product_id=before.product_id, field=name, yours=change.to, theirs=msgspec.to_builtins(theirs))
    try:
        return msgspec.convert(change.to, HINTS[name])
    except msgspec.ValidationError as error:
        raise ProductBadValue(product_id=before.product_id, field=name, why=str(error)) from error


def _changed(before: ProductSheet, after: ProductSheet) -> Sequence[Fact]:
    fields = tuple(name for name in HINTS if getattr(before, name) != getattr(after, name))
    return (ProductEdited(product=after, fields=fields),) if fields else ()


def _remove(state: ProductState, command: RemoveProduct) -> Sequence[Fact]:
    product_id = _sheet(state, command.product_id).product_id
    cues, orders = state.in_cues(product_id), state.taken.lines[product_id]
    if cues or orders:
        raise ProductInUse(product_id=product_id, cues=cues, orders=orders)
    held, waiting = state.claimed(product_id)
    if held or waiting:
        raise ProductClaimed(product_id=product_id, held=held, waiting=waiting)
    if state.offers.on_air == product_id:
        raise ProductOnAir(product_id=product_id)
    if state.offers.offers[product_id].promo_kinds:
        raise ProductPromoted(product_id=product_id)
    return (ProductRemoved(product_id=product_id),)


def _check_price_free(offer: Offer, after: ProductSheet) -> None:
    price_minor = offer.promo_price_minor
    if price_minor is not None and asked(after) != asked(offer.sheet):
        raise ProductPricePromoted(
            product_id=after.product_id,
            price_minor=price_minor,
            currency=offer.currency,
            price=amount(price_minor, offer.currency),
        )


def _check_variants_kept(state: ProductState, before: ProductSheet, after: ProductSheet) -> None:
    taken = {variant: state.taken_of(before.product_id, variant) for variant in before.variants if variant not in after.variants}
    lost = {variant: units for variant, units in taken.items() if any(units)}
    if lost:
        held, waiting, ordered = map(sum, zip(*lost.values(), strict=True))
        raise ProductVariantTaken(
            product_id=before.product_id, variants="、".join(lost), held=held, waiting=waiting, ordered=ordered
        )


def _import(state: ProductState, command: ImportProducts) -> Sequence[Fact]:
    _check_currency(state, command.currency)
    facts: list[Fact] = []
    latest = {product_id: offer.sheet for product_id, offer in state.offers.offers.items()}
    alike = by_likeness(latest)
    for sheet in command.products:
        check(sheet)
        if sheet.product_id not in latest:
            check_alike(sheet.product_id, alike)
            alike[likeness(sheet.product_id)] = sheet.product_id
        before = latest.get(sheet.product_id)
        latest[sheet.product_id] = sheet
        if before is None:
            facts.append(ProductAdded(product=sheet, currency=_currency(state, command.currency)))
        else:
            if sheet.product_id in state.offers.offers:
                _check_price_free(state.offers.offers[sheet.product_id], sheet)
                _check_variants_kept(state, before, sheet)
            facts.extend(_changed(before, sheet))
    facts.append(SheetImported(filename=command.filename, rows=len(command.products), notes=command.notes))
    return facts


def _pin(state: ProductState, command: PinProduct) -> Sequence[Fact]:
    if command.product_id:
        _sheet(state, command.product_id)
        if state.show.ended:
            raise ProductShowEnded
    return () if state.offers.pinned == command.product_id else (ProductPinned(product_id=command.product_id),)


def _currency(state: ProductState, said: str) -> str:
    return said or state.show.currency or UNPLANNED


def _check_currency(state: ProductState, currency: str) -> None:
    if state.show.currency and currency and currency != state.show.currency:
        raise ProductWrongCurrency(currency=currency, show_currency=state.show.currency)


def _sheet(state: ProductState, product_id: str) -> ProductSheet:
    offer = state.offers.offers.get(product_id)
    if offer is None:
        raise ProductUnknown(product_id=product_id)
    return offer.sheet


def by_likeness(product_ids: Iterable[str]) -> dict[str, str]:
    """The ids by what a comment can tell of them; the first of some that are alike."""
    return {likeness(product_id): product_id for product_id in reversed(list(product_ids))}


def check_alike(product_id: str, alike: Mapping[str, str]) -> None:
    """Raise ProductIdAlike for an id that no comment can tell from one of these."""
    like = alike.get(likeness(product_id))
    if like is not None and like != product_id:
        raise ProductIdAlike(product_id=product_id, like=like)


def check(sheet: ProductSheet) -> None:
    """Raise ProductBadValue for a sheet no shop could use."""
    for name in ("cost_minor", "list_price_minor", "live_price_minor", "stock", "per_buyer_limit"):
        amount = getattr(sheet, name)
        if amount is not None and not 0 <= amount <= AMOUNT_MAX:
            raise ProductBadValue(product_id=sheet.product_id, field=name, why=f"0 … {AMOUNT_MAX}")
    if not 1 <= len(sheet.product_id) <= 64 or not likeness(sheet.product_id):
        raise ProductBadValue(product_id=sheet.product_id[:64], field="product_id", why="1 … 64")
    if not 1 <= len(sheet.name.strip()) <= 200:
        raise ProductBadValue(product_id=sheet.product_id, field="name", why="1 … 200")
    if not all(variant.strip() for variant in sheet.variants):
        raise ProductBadValue(product_id=sheet.product_id, field="variants", why="1 …")
    if sheet.item_type not in ITEM_TYPES:
        raise ProductBadValue(product_id=sheet.product_id, field="item_type", why=" / ".join(ITEM_TYPES[1:]))
    texts = (*sheet.variants, *sheet.selling_points, *sheet.certificates, *sheet.must_not_say)
    doubts = (text for doubt in sheet.doubts for text in (doubt.question, doubt.answer))
    if any(len(text) > TEXT_LENGTH_MAX for text in (*texts, *doubts)):
        raise ProductBadValue(product_id=sheet.product_id, field="text", why=f"> {TEXT_LENGTH_MAX}")
