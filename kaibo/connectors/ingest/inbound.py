"""POST /api/ingest/{show_id}: what a browser companion, a script or another system hands in."""

import logging
import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from litestar import post

from kaibo.connectors.gather import Gatherer
from kaibo.connectors.ingest.reading import Flaws, IngestBody, IngestHead, Told, read
from kaibo.core.errors import KeyReused, Refusal
from kaibo.core.event import Mode
from kaibo.features.audience.commands import AudienceItem, BeatSource, CountRefused, FinishSource, HearOrders, SealBatch
from kaibo.features.audience.shown import AudienceShowEnded, judge
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.shown import OrderBroken, OrderLineUnread, Tiring, flaw, in_parts, line_flaws
from kaibo.features.order.slices import LEDGER
from kaibo.features.show.slices import STAGE, ShowNow
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, key_of
from kaibo.kit.keys import BETWEEN
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, say

__all__ = ["OPERATIONS", "ROUTES", "IngestBody"]

log = logging.getLogger("kaibo.ingest")

Part = Literal["items", "orders"]


class RefusedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One that could not be taken: where it stood in the request, the code of the reason and its data.

    `line`: only this line of an order, by its place in it; the order was taken without it.
    """

    part: Part
    index: int
    code: str
    data: dict[str, Any]
    line: int | None = None


class Ingested(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken; it is durable. Repeated messages and orders are left out by their ids and do no harm. `mode` says whether it was a rehearsal.

    `refused`: those that could not be taken, the others were; `words`: what each of their codes means, in the caller's language.
    """

    items: int
    orders: int
    mode: Mode
    refused: tuple[RefusedItem, ...] = ()
    words: dict[str, str] = {}


OPERATIONS = (Operation("post", "/api/ingest/{show_id}", "Take audience events and orders.", IngestBody, Ingested),)


@dataclass(slots=True)
class _Hand:
    """One request: who hands in what, and what of it is refused."""

    engine: Engine
    caller: Caller
    stream: str
    head: IngestHead
    show: ShowNow
    tiring: Tiring
    refused: dict[Part, Flaws] = field(default_factory=lambda: {"items": {}, "orders": {}})
    unread: list[tuple[int, OrderLineUnread]] = field(
        default_factory=list[tuple[int, OrderLineUnread]]
    )  # lines, by their order's place
    places: Sequence[int] = ()  # where the items that can be taken stood
    order_places: Sequence[int] = ()  # and the orders

    def orders_of(self, told: Told[OrderItem]) -> tuple[OrderItem, ...]:
        """The orders that can be taken."""
        found = list(map(self._flaw, told.items))
        self._refuse("orders", told, [(place, why) for place, why in enumerate(found) if why is not None])
        good = [(place, item) for place, item, why in zip(told.places, told.items, found, strict=True) if why is None]
        self.order_places = [place for place, _ in good]
        self.unread += [(place, why) for place, item in good for why in line_flaws(item, self.show)]
        return tuple(item for _, item in good)

    def _flaw(self, item: OrderItem) -> Refusal | None:
        return flaw(item, self.show, self.engine.clock()) or self.tiring.flaw(item)

    def items_of(self, told: Told[AudienceItem]) -> tuple[AudienceItem, ...]:
        """The items that can be taken."""
        kept, refused = judge(self.show, told.items, self.engine.clock())
        self._refuse("items", told, refused)
        self.places = [place for place in told.places if place not in self.refused["items"]]
        return tuple(kept)

    def _refuse(self, part: Part, told: Told[OrderItem] | Told[AudienceItem], refused: Sequence[tuple[int, Refusal]]) -> None:
        self.refused[part] |= told.flaws | {told.places[place]: why for place, why in refused}

    async def record(self, orders: tuple[OrderItem, ...], items: tuple[AudienceItem, ...], key: str | None) -> None:
        """Orders, durable; `items` come with them, and are told by the same clock."""
        if orders:
            await self._hear(orders, items, key)
            for number, part in enumerate(in_parts(orders)):
                await self._take(orders[part], self.order_places[part], key and f"{number}{BETWEEN}{key}" if number else key)

    async def _take(self, orders: tuple[OrderItem, ...], places: Sequence[int], key: str | None) -> None:
        """One that breaks the house is found by halves, so that its neighbours are taken."""
        command = RecordOrders(platform=self.head.source, room=self.head.room, items=orders)
        try:
            await self.engine.submit(self.stream, command, self.caller, key=key)
        except Refusal:
            raise
        except Exception as bug:  # noqa: BLE001  whatever it is, the others are none of it
            if len(orders) == 1:
                self.refused["orders"][places[0]] = _broken(orders[0], bug)
                return
            half = len(orders) // 2
            for name, part in (("a", slice(0, half)), ("b", slice(half, None))):
                await self._take(orders[part], places[part], key and f"{name}{BETWEEN}{key}")

    async def _hear(self, orders: tuple[OrderItem, ...], items: tuple[AudienceItem, ...], key: str | None) -> None:
        """The lamp of the source, and its clock, before the orders are put into their place in time."""
        command = HearOrders(
            source=self.head.source,
            room=self.head.room,
            count=len(orders),
            instants=tuple(item.at for item in (*orders, *items) if item.at),
            placed=tuple(item.at for item in orders if item.at and item.kind == "created"),
            tells_leaves=self.head.tells_leaves,
        )
        await self._note(command, key, "heard")

    async def _note(self, command: HearOrders | CountRefused, key: str | None, what: str) -> None:
        """For the lamp: a request that comes again with its key is counted once."""
        with suppress(KeyReused):  # of another request: what it asks is refused by the key itself
            await self.engine.submit(self.stream, command, self.caller, key=key and f"{what}{BETWEEN}{key}")

    async def seal(self, items: tuple[AudienceItem, ...], gatherer: Gatherer) -> int:
        """Items, durable; gives how many."""
        head = self.head
        try:
            await gatherer.add(
                self.stream.partition("/")[2],
                head.source,
                head.room,
                items,
                self.caller,
                missed=head.missed,
                replies=head.replies,
                moderates=head.moderates,
                tells_leaves=head.tells_leaves,
            )
        except AudienceShowEnded as ended:  # between the look and the seal
            self.refused["items"] |= dict.fromkeys(self.places, ended)
            return 0
        return len(items)

    async def count_refused(self, key: str | None) -> None:
        """What was refused stands on the lamp of its source."""
        codes = Counter(why.code for flaws in self.refused.values() for why in flaws.values())
        codes.update(why.code for _, why in self.unread)
        if codes:
            command = CountRefused(source=self.head.source, room=self.head.room, codes=dict(codes))
            await self._note(command, key, "refused")

    def list_refused(self) -> tuple[RefusedItem, ...]:
        """In the order of the request."""
        return tuple(
            RefusedItem(part=part, index=place, code=why.code, data=why.data)
            for part, flaws in self.refused.items()
            for place, why in sorted(flaws.items())
        ) + tuple(
            RefusedItem(part="orders", index=place, code=why.code, data=why.data, line=why.line) for place, why in self.unread
        )


def _broken(order: OrderItem, bug: Exception) -> OrderBroken:
    reference = secrets.token_hex(4)
    log.error("bug %s at order %r", reference, order.order_id, exc_info=bug)
    return OrderBroken(order_id=order.order_id, reference=reference)


@post("/api/ingest/{show_id:str}", status_code=200)
async def ingest(request: AnyRequest, show_id: str) -> Json:
    """Take audience events and orders, and say which could not be taken; the answer comes when they are durable."""
    caller = await caller_of(request)
    engine = engine_of(request)
    head, items, orders = await read(request)
    fold = await engine.fold(f"show/{show_id}")
    _may(engine, caller, head, items, orders)
    hand = _Hand(engine, caller, fold.stream, head, fold.slice(STAGE), Tiring(fold.slice(LEDGER), head.source, head.room))
    good_orders, good_items = hand.orders_of(orders), hand.items_of(items)
    key = key_of(request)
    await hand.record(good_orders, good_items, key)
    taken = await hand.seal(good_items, request.app.state.gatherer)
    await hand.count_refused(key)
    beats = not (head.finished or items.said or orders.said)
    if beats or (head.tells_leaves and not taken and not good_orders):  # what it says of itself holds, also with nothing to tell
        await engine.submit(fold.stream, BeatSource(source=head.source, room=head.room, tells_leaves=head.tells_leaves), caller)
    if head.finished:
        await engine.submit(fold.stream, FinishSource(source=head.source, room=head.room), caller)
    refused = hand.list_refused()
    words = _words(request, refused)
    broken = sum(isinstance(why, OrderBroken) for why in hand.refused["orders"].values())
    return Json(Ingested(items=taken, orders=len(good_orders) - broken, mode=fold.mode, refused=refused, words=words))


def _may(engine: Engine, caller: Caller, head: IngestHead, items: Told[AudienceItem], orders: Told[OrderItem]) -> None:
    """Raises NotAllowed before anything is taken."""
    if items.items or items.flaws or orders.flaws or head.finished:
        engine.role_for(caller, SealBatch.duty)
    if orders.items or orders.flaws:
        engine.role_for(caller, RecordOrders.duty)


def _words(request: AnyRequest, refused: Sequence[RefusedItem]) -> dict[str, str]:
    """What each code means, said of the first of its kind."""
    language = choose(request.headers.get("accept-language", ""))
    first = {item.code: item.data for item in reversed(refused)}
    return {code: say(code, data, language) for code, data in first.items()}


ROUTES = [ingest]
