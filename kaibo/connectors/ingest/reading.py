"""Reads what a source hands in: quickly when all of it has the right shape, one by one when something has not."""

import contextlib
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar, cast

import msgspec
from msgspec import Meta

from kaibo.core.errors import Invalid, Refusal
from kaibo.features.audience.commands import NAME_LENGTH_MAX, TEXT_LENGTH_MAX, VIEWER_LENGTH_MAX, AudienceItem, Missed
from kaibo.features.audience.facts import FLOW_CODE, KINDS
from kaibo.features.audience.shown import cut
from kaibo.features.order.commands import ORDER_KINDS, OrderItem
from kaibo.features.order.facts import OrderLine
from kaibo.kit.http import AnyRequest, BadJson, body_of

ITEMS_MAX = 20_000
ORDERS_MAX = 5_000
DIGITS_MAX = 15  # of a number that a float holds to the last
WHY_LENGTH_MAX = 200
LENGTHS = {"text": TEXT_LENGTH_MAX, "name": NAME_LENGTH_MAX}

KINDS_KNOWN = (*KINDS, "impression")

T = TypeVar("T", AudienceItem, OrderItem)
Flaws = dict[int, Refusal]  # by place in what was handed in


class ItemUnread(Refusal):
    """It is not of the documented shape."""

    code = "ingest.unread"
    status = 422
    why: str


class ItemKindUnknown(Refusal):
    """Nothing here has this kind."""

    code = "ingest.kind_unknown"
    status = 422
    kind: str


class ItemOfNobody(Refusal):
    """Somebody did it, and nobody says who."""

    code = "ingest.of_nobody"
    status = 422


class IngestHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whatever was told: of which source, and what the source can do."""

    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    finished: bool = False
    missed: Missed | None = None
    replies: bool = False
    moderates: bool = False
    tells_leaves: bool = False


class IngestBody(IngestHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events of one source. `source` names it (a platform), `room` the room there. Items and orders may come together.

    What two sources tell of one `room` is counted once, by message id and order id; without a room these are the source's own.
    `missed`: how many items the source knows it lost since it last said so (a full queue, a platform's own count).
    `finished`: after these items the source is at its end; silence is then no outage. With nothing in it at all it is a sign of life:
    a source that sends one every few seconds is known to be quiet, not broken.
    `replies`, `moderates`: whoever hands this in also follows the log, brings replies to the platform, mutes and hides there,
    and says what became of it (duties `comment.settle`, `moderation.settle`).
    `tells_leaves`: it tells of everybody who goes. Of a source that tells who comes in and never who goes nobody knows who is there:
    what is online and how long people stay are then not measured. The first `leave` says the same.
    """

    items: Annotated[tuple[AudienceItem, ...], Meta(max_length=ITEMS_MAX)] = ()
    orders: Annotated[tuple[OrderItem, ...], Meta(max_length=ORDERS_MAX)] = ()


class LooseBody(IngestHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with its items unread."""

    items: Annotated[tuple[msgspec.Raw, ...], Meta(max_length=ITEMS_MAX)] = ()
    orders: Annotated[tuple[msgspec.Raw, ...], Meta(max_length=ORDERS_MAX)] = ()


class Told(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """The items of one part that could be read, where each stood, and what was wrong with the others."""

    items: Sequence[T]
    places: Sequence[int]
    flaws: Flaws

    @property
    def said(self) -> bool:
        """Whether there was anything in it at all, well or ill said."""
        return bool(self.items or self.flaws)


async def read(request: AnyRequest) -> tuple[IngestHead, Told[AudienceItem], Told[OrderItem]]:
    """The body of a request. Raises BadJson, Invalid or TooLarge when it cannot be told what its items are."""
    try:
        body: IngestBody = await body_of(request, IngestBody)
    except (Invalid, BadJson):
        loose: LooseBody = await body_of(request, LooseBody)
        return loose, _each(loose.items, AudienceItem, KINDS_KNOWN), _each(loose.orders, OrderItem, ORDER_KINDS)
    return body, _all(body.items), _all(body.orders)


def _all(items: tuple[T, ...]) -> Told[T]:
    return Told(items=items, places=range(len(items)), flaws={})


def _each(raws: Sequence[msgspec.Raw], shape: type[T], kinds: Sequence[str]) -> Told[T]:
    decoder = msgspec.json.Decoder(shape)
    items: list[T] = []
    places: list[int] = []
    flaws: Flaws = {}
    for place, raw in enumerate(raws):
        try:
            items.append(_one(raw, decoder, shape, kinds))
            places.append(place)
        except Refusal as why:
            flaws[place] = why
    return Told(items=items, places=places, flaws=flaws)


def _one(raw: msgspec.Raw, decoder: msgspec.json.Decoder[T], shape: type[T], kinds: Sequence[str]) -> T:
    """An item, as it stands or mended. Raises ItemUnread, ItemKindUnknown or ItemOfNobody."""
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        told = _plain(raw)
    kind = told.get("kind")
    if kind not in kinds:
        raise ItemKindUnknown(kind=str(kind)[:WHY_LENGTH_MAX])
    if shape is AudienceItem and kind != "impression" and not told.get("viewer"):
        raise ItemOfNobody
    try:
        return msgspec.convert(_mended(told) if shape is AudienceItem else _mended_order(told), shape)
    except msgspec.ValidationError as error:
        raise ItemUnread(why=str(error)[:WHY_LENGTH_MAX]) from error


def _plain(raw: msgspec.Raw) -> dict[str, object]:
    try:
        told = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ItemUnread(why=str(error)[:WHY_LENGTH_MAX]) from error
    if not isinstance(told, dict):
        raise ItemUnread(why="an object is needed")
    return cast("dict[str, object]", told)


def _mended_order(told: dict[str, object]) -> dict[str, object]:
    """One line that cannot be read leaves the others; a buyer's name that is too long is still this buyer's."""
    told = {name: value for name, value in told.items() if value is not None}
    lines, buyer = told.get("lines"), told.get("buyer")
    if isinstance(lines, list):
        told["lines"] = [_mended_line(line) for line in cast("list[object]", lines)]
    if isinstance(buyer, str):
        told["buyer"] = buyer[:VIEWER_LENGTH_MAX]
    return told


def _mended_line(told: object) -> OrderLine:
    """As much of it as has the right shape; a number that is none is below nought, and so makes no sense to the rules."""
    fields = cast("dict[str, object]", told) if isinstance(told, dict) else {}
    numbers = {name: _whole(fields[name]) for name in ("quantity", "price_minor") if name in fields}
    with contextlib.suppress(msgspec.ValidationError):
        return msgspec.convert({**fields, **numbers}, OrderLine)
    product_id, variant, currency = (_text(fields.get(name)) for name in ("product_id", "variant", "currency"))
    return OrderLine(
        product_id=product_id or "",
        variant=variant or "",
        quantity=-1 if variant is None else numbers.get("quantity", -1),
        price_minor=-1 if currency is None else numbers.get("price_minor", -1),
        currency=currency or "",
    )


def _text(told: object) -> str | None:
    """Empty for what was not said; None for what is no text."""
    return told if isinstance(told, str) else None if told else ""


def _whole(told: object) -> int:
    """Programs write a whole number as 1.0 or "1", too; -1 for what is none."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < DIGITS_MAX:
        return int(told)
    if isinstance(told, float) and told.is_integer() and abs(told) < 10.0**DIGITS_MAX:
        return int(told)
    return told if type(told) is int else -1


def _mended(told: dict[str, object]) -> dict[str, object]:
    """What is null was not said; what is too long is cut, and says so; a flow nobody knows is another one."""
    told = {name: value for name, value in told.items() if value is not None}
    for name, length in LENGTHS.items():
        value = told.get(name)
        if isinstance(value, str):
            told[name] = cut(value, length)
    if isinstance(told.get("flow"), str) and told["flow"] not in FLOW_CODE:
        told["flow"] = "other"
    return told
