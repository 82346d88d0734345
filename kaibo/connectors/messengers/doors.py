"""Where a bridge leads, and whether it gets there; and the page behind the link in a letter, which works without signing in."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from litestar import get, post, put
from msgspec import Meta

from kaibo.connectors.messengers import MESSENGERS
from kaibo.connectors.messengers.carry import Carrier
from kaibo.connectors.messengers.shape import Messenger, Way
from kaibo.connectors.messengers.ways import Ack
from kaibo.core.errors import NotFound, Refusal
from kaibo.core.feature import WORKSPACE
from kaibo.features.bridge.commands import SetBridge
from kaibo.features.bridge.facts import BridgeSet
from kaibo.features.bridge.slices import BRIDGES
from kaibo.features.channel.commands import TakeMessage
from kaibo.features.channel.slices import TALK, Message, Stage
from kaibo.features.outbox.commands import AcknowledgeLetter
from kaibo.features.outbox.facts import Outcome
from kaibo.features.show.slices import STAGE
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.engine import Caller
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.outward import PLAIN
from kaibo.kit.react import SYSTEM
from kaibo.kit.words import choose, say


class BridgeAddressMissing(Refusal):
    """Where does it lead?"""

    code = "bridge.address_missing"
    status = 422


class BridgeSecretMissing(Refusal):
    """Such a messenger lets nobody in without its secret or token."""

    code = "bridge.secret_missing"
    status = 422


class BridgeTargetMissing(Refusal):
    """Such a messenger has many rooms: which one?"""

    code = "bridge.target_missing"
    status = 422


class BridgeNotPlain(Refusal):
    """A secret, a token or an id has signs in it that none has: a full-width sign, a blank, a line break came along."""

    code = "bridge.not_plain"
    status = 422
    field: Literal["secret", "target"]


class BridgeNotConnected(Refusal):
    """Nobody said where it leads."""

    code = "bridge.not_connected"


class AckUnknown(Refusal):
    """The link is unknown, too old, or of somebody who no longer belongs here."""

    code = "ack.unknown"
    status = 404


class WayAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a bridge leads. `secret` None keeps the one there is, while it leads to the same host; `url` "" is the messenger's own address, where it has one."""

    url: Annotated[str, Meta(max_length=1_000)] = ""
    secret: Annotated[str, Meta(max_length=500)] | None = None
    target: Annotated[str, Meta(max_length=200)] = ""


class WayLine(msgspec.Struct, frozen=True, kw_only=True):
    """A bridge that leads somewhere since `set_at` (ms UTC): to which `host` and room (`target`), whether with a secret. The address and the secret stay in the house."""

    bridge_id: str
    host: str
    target: str
    secret: bool
    set_at: int


class WayLines(msgspec.Struct, frozen=True, kw_only=True):
    """The bridges that lead somewhere."""

    ways: list[WayLine]


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What the messenger said to a first message: `code` in its own words."""

    outcome: Outcome
    code: str


class AckPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of whom (`name`): the message of `who` in a show, its `stage`, and whose it is now (`by`, "" nobody's; `mine`: of whom it asks)."""

    name: str
    show: str
    who: str
    text: str
    tag: str
    urgent: bool
    stage: Stage
    by: str
    mine: bool


OPERATIONS = (
    Operation("get", "/api/bridges", "Where do the bridges lead?", answer=WayLines),
    Operation("put", "/api/bridges/{bridge_id}/way", "Say where a bridge leads.", WayAsked, WayLine),
    Operation("post", "/api/bridges/{bridge_id}/try", "Send a message that says it works.", answer=Tried),
    Operation("get", "/api/acks/{token}", "What does this link ask?", answer=AckPage, open=True),
    Operation("post", "/api/acks/{token}", "I do it.", answer=AckPage, open=True),
)


def _carrier(request: AnyRequest) -> Carrier:
    found: Carrier = request.app.state.carrier
    return found


async def _managed(request: AnyRequest, bridge_id: str) -> BridgeSet:
    """The bridge, for who may set it up. Raises NotAllowed or NotFound."""
    engine = engine_of(request)
    engine.role_for(await caller_of(request), SetBridge.duty)
    bridge = (await engine.fold(WORKSPACE)).slice(BRIDGES).get(bridge_id)
    if bridge is None:
        raise NotFound(kind="bridge", id=bridge_id)
    return bridge


def _line(request: AnyRequest, bridge_id: str, set_at: int) -> WayLine:
    way = _carrier(request).ways.of(bridge_id) or Way(url="")
    return WayLine(bridge_id=bridge_id, host=_host(way.url), target=way.target, secret=bool(way.secret), set_at=set_at)


@get("/api/bridges")
async def ways(request: AnyRequest) -> Json:
    """Where do the bridges lead?"""
    engine_of(request).role_for(await caller_of(request), SetBridge.duty)
    found = [_line(request, bridge_id, at) for bridge_id, at in _carrier(request).ways.set_at().items()]
    return Json(WayLines(ways=found))


@put("/api/bridges/{bridge_id:str}/way", status_code=200)
async def set_way(request: AnyRequest, bridge_id: str) -> Json:
    """Say where a bridge leads."""
    bridge, carrier = await _managed(request, bridge_id), _carrier(request)
    asked: WayAsked = await body_of(request, WayAsked)
    messenger = MESSENGERS[bridge.kind]
    way = _way(asked, messenger, carrier.ways.of(bridge_id) or Way(url=messenger.url))
    carrier.outward.check(way.url, messenger.hosts)
    carrier.ways.put(bridge_id, way)
    return Json(_line(request, bridge_id, carrier.ways.set_at()[bridge_id]))


def _host(url: str) -> str:
    """Of an address, "" where it has none that can be read."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _way(asked: WayAsked, messenger: Messenger, before: Way) -> Way:
    """Where it leads from now on. A secret is for the host it was given for. Raises what it lacks."""
    url, target = asked.url.strip() or before.url or messenger.url, asked.target.strip()
    kept = before.secret if _host(before.url) == _host(url) else ""
    secret = kept if asked.secret is None else asked.secret.strip()
    if not url:
        raise BridgeAddressMissing
    if "secret" in messenger.needs and not secret:
        raise BridgeSecretMissing
    if "target" in messenger.needs and not target:
        raise BridgeTargetMissing
    if secret and not PLAIN.fullmatch(secret):
        raise BridgeNotPlain(field="secret")
    if target and not PLAIN.fullmatch(target):
        raise BridgeNotPlain(field="target")
    return Way(url=url, secret=secret, target=target)


@post("/api/bridges/{bridge_id:str}/try", status_code=200)
async def try_bridge(request: AnyRequest, bridge_id: str) -> Json:
    """Send a message that says it works."""
    bridge = await _managed(request, bridge_id)
    text = say("bridge.try_text", {"bridge": bridge.name}, choose(bridge.language))
    said = await _carrier(request).try_out(bridge, text)
    if said is None:
        raise BridgeNotConnected
    return Json(Tried(outcome=said.outcome, code=said.code))


# the link in a letter
async def _found(request: AnyRequest, token: str) -> tuple[Ack, str, Message]:
    """What a link stands for, whose it is by name, and the message. Raises AckUnknown."""
    ack, engine = _carrier(request).ways.ack(token), engine_of(request)
    member = None if ack is None else (await engine.fold(WORKSPACE)).slice(NAMES).members.get(ack.subject)
    if ack is None or member is None or member.since != ack.since:
        raise AckUnknown
    message = (await engine.fold(ack.stream)).slice(TALK).messages.get(ack.message_id)
    if message is None or message.stage == "withdrawn":
        raise AckUnknown
    return ack, member.name, message


async def _page(request: AnyRequest, token: str) -> Json:
    ack, name, message = await _found(request, token)
    engine = engine_of(request)
    ever, plan = (await engine.fold(WORKSPACE)).slice(NAMES).ever, (await engine.fold(ack.stream)).slice(STAGE).plan
    who, by = (ever[each].name if each in ever else each for each in (message.by, message.stage_by))
    page = AckPage(
        name=name,
        show="" if plan is None else plan.title,
        who=who,
        text=message.text,
        tag=message.posted.tag,
        urgent=message.posted.urgent,
        stage=message.stage,
        by=by if message.stage in ("taken", "done") else "",
        mine=message.stage_by == ack.subject,
    )
    return Json(page)


@get("/api/acks/{token:str}")
async def ack_page(request: AnyRequest, token: str) -> Json:
    """What does this link ask? Looking changes nothing: messengers look at links, too."""
    return await _page(request, token)


@post("/api/acks/{token:str}", status_code=200)
async def acknowledge(request: AnyRequest, token: str) -> Json:
    """I do it: as that person, by a link that was sent for them alone."""
    ack, name, _ = await _found(request, token)
    engine = engine_of(request)
    roles = (await engine.fold(WORKSPACE)).slice(NAMES).members[ack.subject].roles
    caller = Caller(id=ack.subject, name=name, roles=frozenset(roles), only=ack.stream)
    receipt = await engine.submit(ack.stream, TakeMessage(message_id=ack.message_id), caller)
    if receipt.events:
        await engine.submit(ack.stream, AcknowledgeLetter(letter_id=ack.letter_id, person_id=ack.subject), SYSTEM)
    return await _page(request, token)


ROUTES = [ways, set_way, try_bridge, ack_page, acknowledge]
