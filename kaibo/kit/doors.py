"""The sign-in routes: links, passwords, sessions, invitations, tokens."""

from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.datastructures import Cookie
from msgspec import Meta

from kaibo.core.errors import NotFound
from kaibo.kit.auth import COOKIE, SCREEN_COOKIE, SESSION_MS, Session
from kaibo.kit.http import AnyRequest, Json, address_of, body_of, caller_of, door_of, engine_of


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name and password."""

    name: Annotated[str, Meta(max_length=80)]
    password: Annotated[str, Meta(max_length=400)]


class ClaimLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The secret part of a one-time link."""

    link: Annotated[str, Meta(max_length=200)]


class OpenScreen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token in a monitor's link."""

    token: Annotated[str, Meta(max_length=200)]


class ScreenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The show that this page may show."""

    show_id: str


class SetPassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new password for oneself."""

    password: Annotated[str, Meta(max_length=400)]


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, what the charter lets them do, which consoles each of their roles opens, and the CSRF value for changes."""

    person_id: str
    name: str
    roles: tuple[str, ...]
    duties: tuple[str, ...]
    consoles: dict[str, tuple[str, ...]]
    csrf: str


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link, as a path of this site; valid for three days."""

    link: str


def _signed_in(request: AnyRequest, session: Session) -> Json:
    return _with_cookie(request, Json({"person_id": session.person_id, "csrf": session.csrf}), session.secret)


def _with_cookie(request: AnyRequest, answer: Json, secret: str, name: str = COOKIE) -> Json:
    secure = request.url.scheme == "https"
    answer.set_cookie(
        Cookie(name, value=secret, max_age=SESSION_MS // 1000, httponly=True, samesite="lax", secure=secure, path="/")
    )
    return answer


@post("/api/session", status_code=200)
async def sign_in(request: AnyRequest) -> Json:
    """Sign in by name and password."""
    asked: SignIn = await body_of(request, SignIn)
    return _signed_in(request, await door_of(request).sign_in(asked.name, asked.password, address_of(request)))


@post("/api/session/link", status_code=200)
async def claim_link(request: AnyRequest) -> Json:
    """Sign in by a one-time link."""
    asked: ClaimLink = await body_of(request, ClaimLink)
    return _signed_in(request, await door_of(request).claim(asked.link))


@post("/api/session/screen", status_code=200)
async def open_screen(request: AnyRequest) -> Json:
    """Open a page that only shows, by a monitor's link; nobody signs in."""
    asked: OpenScreen = await body_of(request, OpenScreen)
    screen = await door_of(request).open_screen(asked.token, request.cookies.get(SCREEN_COOKIE, ""))
    return _with_cookie(request, Json(ScreenAnswer(show_id=screen.show_id)), screen.secret, SCREEN_COOKIE)


@delete("/api/session", status_code=200)
async def sign_out(request: AnyRequest) -> Json:
    """Sign out."""
    await caller_of(request)
    door_of(request).sign_out(request.cookies.get(COOKIE, ""))
    answer = Json({})
    answer.delete_cookie(COOKIE, path="/")
    return answer


@get("/api/me")
async def me(request: AnyRequest) -> Json:
    """Who am I?"""
    caller = await caller_of(request)
    csrf = door_of(request).csrf_of(request.cookies.get(COOKIE))
    duties = engine_of(request).duties_of(caller)
    known = await request.app.state.directory.consoles()
    roles = tuple(sorted(caller.roles))
    consoles = {role: known.get(role, ()) for role in roles}
    return Json(Me(person_id=caller.id, name=caller.name, roles=roles, duties=duties, consoles=consoles, csrf=csrf))


@post("/api/me/password", status_code=200)
async def set_password(request: AnyRequest) -> Json:
    """Give oneself a password."""
    caller = await caller_of(request)
    asked: SetPassword = await body_of(request, SetPassword)
    await door_of(request).set_password(caller.id, asked.password, keep=request.cookies.get(COOKIE))
    return Json({})


@post("/api/people/{person_id:str}/invitation", status_code=200)
async def invite(request: AnyRequest, person_id: str) -> Json:
    """Make a one-time link for a person of the workspace."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, "people.manage")
    person = await request.app.state.directory.person(person_id)
    if person is None:
        raise NotFound(kind="person", id=person_id)
    return Json(Invitation(link=f"/#/link/{door_of(request).link_for(person_id, person.since)}"))


ROUTES = [sign_in, claim_link, open_screen, sign_out, me, set_password, invite]
