"""POST /api/ingest/{show_id}: what a browser companion, a script or another system hands in."""

from typing import Annotated

import msgspec
from litestar import post
from msgspec import Meta

from kaibo.connectors.gather import Gatherer
from kaibo.core.event import Mode
from kaibo.features.audience.commands import AudienceItem, BeatSource, FinishSource, Missed, SealBatch
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, engine_of, key_of
from kaibo.kit.openapi import Operation

ITEMS_MAX = 20_000
ORDERS_MAX = 5_000


class IngestBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events of one source. `source` names it (a platform), `room` the room there. Items and orders may come together.

    `missed`: how many items the source knows it lost since it last said so (a full queue, a platform's own count).
    `finished`: after these items the source is at its end; silence is then no outage. With nothing in it at all it is a sign of life:
    a source that sends one every few seconds is known to be quiet, not broken.
    `replies`, `moderates`: whoever hands this in also follows the log, brings replies to the platform, mutes and hides there,
    and says what became of it (duties `comment.settle`, `moderation.settle`).
    """

    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    items: Annotated[tuple[AudienceItem, ...], Meta(max_length=ITEMS_MAX)] = ()
    orders: Annotated[tuple[OrderItem, ...], Meta(max_length=ORDERS_MAX)] = ()
    finished: bool = False
    missed: Missed | None = None
    replies: bool = False
    moderates: bool = False


class Ingested(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken; it is durable. Repeated messages and orders are left out by their ids and do no harm. `mode` says whether it was a rehearsal."""

    items: int
    orders: int
    mode: Mode


OPERATIONS = (Operation("post", "/api/ingest/{show_id}", "Take audience events and orders.", IngestBody, Ingested),)


@post("/api/ingest/{show_id:str}", status_code=200)
async def ingest(request: AnyRequest, show_id: str) -> Json:
    """Take audience events and orders; the answer comes when they are durable."""
    caller = await caller_of(request)
    engine = engine_of(request)
    body: IngestBody = await body_of(request, IngestBody)
    fold = await engine.fold(f"show/{show_id}")
    if body.items or body.finished:
        engine.role_for(caller, SealBatch.duty)
    if body.orders:
        command = RecordOrders(platform=body.source, items=body.orders)
        await engine.submit(f"show/{show_id}", command, caller, key=key_of(request))
    if body.items:
        gatherer: Gatherer = request.app.state.gatherer
        await gatherer.add(
            show_id,
            body.source,
            body.room,
            body.items,
            caller,
            missed=body.missed,
            replies=body.replies,
            moderates=body.moderates,
        )
    if body.finished:
        await engine.submit(f"show/{show_id}", FinishSource(source=body.source, room=body.room), caller)
    if not (body.items or body.orders or body.finished):
        await engine.submit(f"show/{show_id}", BeatSource(source=body.source, room=body.room), caller)
    return Json(Ingested(items=len(body.items), orders=len(body.orders), mode=fold.mode))


ROUTES = [ingest]
