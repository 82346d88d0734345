"""One's own account: where one is signed in, and the second step."""

from typing import Annotated

import msgspec
from litestar import delete, get, post, put
from msgspec import Meta

from kaibo.core.errors import Refusal
from kaibo.kit.auth import COOKIE
from kaibo.kit.engine import Caller
from kaibo.kit.entry import Person
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, door_of, visit_of
from kaibo.kit.openapi import Operation
from kaibo.kit.passkeys import Holder, Passkey
from kaibo.kit.profiles import Profile
from kaibo.kit.vault import Held
from kaibo.kit.whereabouts import drawn


class PeopleOnly(Refusal):
    """A program has no account of its own."""

    code = "auth.people_only"
    status = 403


class StepSetAlready(Refusal):
    """There is a second step; it is taken away with a code of its own before another is set."""

    code = "auth.step_set_already"


class SessionLine(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody is signed in; `device` "" where it was not said, `here`: the one that asks. Instants in ms UTC, 0 not known."""

    session_id: str
    device: str
    address: str
    made_at: int
    seen_at: int
    expires_at: int
    here: bool


class OwnAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One's sessions, newest used first; whether a second step is set, how many codes to recover are left, one's passkeys, and what one said of oneself.

    `password`: when one's own was set (ms UTC, 0 not known), None for none; `password_asked`: it is asked for before another takes its place.
    """

    sessions: list[SessionLine]
    step: bool
    codes_left: int
    passkeys: list[Passkey]
    profile: Profile
    password: int | None
    password_asked: bool


class StepBegun(msgspec.Struct, frozen=True, kw_only=True):
    """What the app is given: a secret to type, or `qr`, a drawing (SVG) of `address` to photograph. Nothing is asked before a code confirmed it."""

    secret: str
    address: str
    qr: str


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the app, or one to recover with."""

    code: Annotated[str, Meta(max_length=40)]


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """Codes to recover with, shown this once; each is good once."""

    codes: tuple[str, ...]


OPERATIONS = (
    Operation("get", "/api/me/account", "Where am I signed in, and by what?", answer=OwnAccount),
    Operation("delete", "/api/me/sessions/{session_id}", "End one of one's sessions."),
    Operation("delete", "/api/me/sessions", "End all of one's sessions but this one."),
    Operation("put", "/api/me/profile", "Say how one is reached, and in which languages.", Profile),
    Operation("post", "/api/me/step", "Begin a second step.", answer=StepBegun),
    Operation("post", "/api/me/step/confirm", "Confirm the second step by a code.", Code, Codes),
    Operation("post", "/api/me/step/codes", "New codes to recover with.", Code, Codes),
    Operation("post", "/api/me/step/remove", "Take the second step away, by a code.", Code),
)


async def person_of(request: AnyRequest) -> Person:
    """The person who asks. Raises NotSignedIn, and PeopleOnly for a program."""
    caller: Caller = await caller_of(request)
    if caller.program or request.cookies.get(COOKIE) is None:
        raise PeopleOnly
    return await door_of(request).known(caller.id)


def _line(held: Held, here: str) -> SessionLine:
    return SessionLine(
        session_id=held.id,
        device=held.device,
        address=held.address,
        made_at=held.made_at,
        seen_at=held.seen_at,
        expires_at=held.expires_at,
        here=held.id == here,
    )


@get("/api/me/account")
async def account(request: AnyRequest) -> Json:
    """Where am I signed in, and by what?"""
    person, door = await person_of(request), door_of(request)
    here = door.session_id(request.cookies.get(COOKIE))
    sessions = [_line(held, here) for held in await door.sessions_of(person.id)]
    return Json(
        OwnAccount(
            sessions=sessions,
            step=door.steps.has(person.id, person.since),
            codes_left=door.steps.left(person.id),
            passkeys=door.passkeys.of(Holder(person.id, person.since)),
            profile=door.profiles.of(Holder(person.id, person.since)),
            password=door.passwords.set_at(person),
            password_asked=door.passwords.asked(person, request.cookies.get(COOKIE)),
        )
    )


@delete("/api/me/sessions/{session_id:str}", status_code=200)
async def end_session(request: AnyRequest, session_id: str) -> Json:
    """End one of one's sessions."""
    door_of(request).end_session(await person_of(request), session_id, visit_of(request))
    return Json({})


@delete("/api/me/sessions", status_code=200)
async def end_others(request: AnyRequest) -> Json:
    """End all of one's sessions but this one."""
    person = await person_of(request)
    door_of(request).end_sessions(person, visit_of(request), by=person.id, keep=request.cookies.get(COOKIE))
    return Json({})


@put("/api/me/profile", status_code=200)
async def keep_profile(request: AnyRequest) -> Json:
    """Say how one is reached, and in which languages."""
    person = await person_of(request)
    door_of(request).profiles.keep(Holder(person.id, person.since), await body_of(request, Profile))
    return Json({})


@post("/api/me/step", status_code=200)
async def begin_step(request: AnyRequest) -> Json:
    """Begin a second step."""
    person, door = await person_of(request), door_of(request)
    if door.steps.has(person.id, person.since):
        raise StepSetAlready
    house = f"Kaibo {request.url.hostname or ''}".strip()
    secret, address = door.steps.begin(person.id, person.since, person.name, house)
    return Json(StepBegun(secret=secret, address=address, qr=drawn(address)))


@post("/api/me/step/confirm", status_code=200)
async def confirm_step(request: AnyRequest) -> Json:
    """Confirm the second step by a code."""
    person = await person_of(request)
    asked: Code = await body_of(request, Code)
    return Json(Codes(codes=await door_of(request).set_step(person.id, asked.code, visit_of(request))))


@post("/api/me/step/codes", status_code=200)
async def renew_codes(request: AnyRequest) -> Json:
    """New codes to recover with."""
    person, door = await person_of(request), door_of(request)
    asked: Code = await body_of(request, Code)
    await door.prove(person.id, asked.code, visit_of(request))
    return Json(Codes(codes=door.steps.renew(person.id, person.since)))


@post("/api/me/step/remove", status_code=200)
async def remove_step(request: AnyRequest) -> Json:
    """Take the second step away, by a code."""
    person, door = await person_of(request), door_of(request)
    asked: Code = await body_of(request, Code)
    await door.prove(person.id, asked.code, visit_of(request))
    door.remove_step(person, visit_of(request))
    return Json({})


ROUTES = [account, keep_profile, end_session, end_others, begin_step, confirm_step, renew_codes, remove_step]
