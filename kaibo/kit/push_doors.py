"""One's phones: reach me here while the page is shut, show me that it works, and no more."""

import msgspec
from litestar import delete, get, post

from kaibo.core.errors import NotFound
from kaibo.kit.auth import COOKIE
from kaibo.kit.devices import device_of
from kaibo.kit.http import AnyRequest, Json, body_of, door_of
from kaibo.kit.openapi import Operation
from kaibo.kit.own_account import person_of
from kaibo.kit.passkeys import Holder
from kaibo.kit.push import Note, PhoneAsked, Phones, Sent
from kaibo.kit.words import choose, say


class PhoneLine(msgspec.Struct, frozen=True, kw_only=True):
    """A phone (any browser) that is told; `device` "" where it was not said, `made_at` ms UTC. `phone_id` is the beginning of SHA-256 of its endpoint, in hex."""

    phone_id: str
    device: str
    made_at: int


class OwnPhones(msgspec.Struct, frozen=True, kw_only=True):
    """One's phones, newest first, and the key (base64url) by which a browser subscribes."""

    key: str
    phones: list[PhoneLine]


class PhoneAdded(msgspec.Struct, frozen=True, kw_only=True):
    """Its id, and what its push service said to a first message: `accepted` is not yet shown."""

    phone_id: str
    sent: Sent


class PhoneTold(msgspec.Struct, frozen=True, kw_only=True):
    """What its push service said."""

    sent: Sent


OPERATIONS = (
    Operation("get", "/api/me/phones", "Which phones are told while their page is shut?", answer=OwnPhones),
    Operation("post", "/api/me/phones", "Reach me here while the page is shut.", PhoneAsked, PhoneAdded),
    Operation("post", "/api/me/phones/{phone_id}/try", "Send this phone a message that says it works.", answer=PhoneTold),
    Operation("delete", "/api/me/phones/{phone_id}", "Reach me there no more."),
)


def _phones(request: AnyRequest) -> Phones:
    phones: Phones = request.app.state.phones
    return phones


def _trying(language: str) -> Note:
    return Note(title=say("push.try_title", {}, language), body=say("push.try_body", {}, language), url="#/account", tag="try")


@get("/api/me/phones")
async def phones(request: AnyRequest) -> Json:
    """Which phones are told while their page is shut?"""
    person = await person_of(request)
    found = _phones(request).of(Holder(person.id, person.since))
    lines = [PhoneLine(phone_id=each.phone_id, device=each.device, made_at=each.made_at) for each in found]
    return Json(OwnPhones(key=_phones(request).public_key(), phones=lines))


@post("/api/me/phones", status_code=200)
async def add_phone(request: AnyRequest) -> Json:
    """Reach me here while the page is shut."""
    person = await person_of(request)
    asked: PhoneAsked = await body_of(request, PhoneAsked)
    holder, device = Holder(person.id, person.since), device_of(request.headers.get("user-agent", ""))
    session_id = door_of(request).session_id(request.cookies.get(COOKIE))
    phone_id = _phones(request).add(holder, asked, device, session_id)
    sent: Sent = "spared" if asked.again else await _try(request, holder, phone_id)
    return Json(PhoneAdded(phone_id=phone_id, sent=sent))


@post("/api/me/phones/{phone_id:str}/try", status_code=200)
async def try_phone(request: AnyRequest, phone_id: str) -> Json:
    """Send this phone a message that says it works."""
    person = await person_of(request)
    return Json(PhoneTold(sent=await _try(request, Holder(person.id, person.since), phone_id)))


@delete("/api/me/phones/{phone_id:str}", status_code=200)
async def remove_phone(request: AnyRequest, phone_id: str) -> Json:
    """Reach me there no more."""
    person = await person_of(request)
    _phones(request).remove(Holder(person.id, person.since), phone_id)
    return Json({})


async def _try(request: AnyRequest, holder: Holder, phone_id: str) -> Sent:
    phone = next((each for each in _phones(request).of(holder) if each.phone_id == phone_id), None)
    if phone is None:
        raise NotFound(kind="phone", id=phone_id)
    said = await _phones(request).send(phone, _trying(choose(phone.language)))
    if said == "gone":
        _phones(request).remove(holder, phone_id)
    return said


ROUTES = [phones, add_phone, try_phone, remove_phone]
