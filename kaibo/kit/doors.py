"""The sign-in routes: links, passwords and the step after them, who one is, invitations."""

from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.datastructures import Cookie
from msgspec import Meta

from kaibo.core.errors import NotFound
from kaibo.kit.auth import COOKIE, SCREEN_COOKIE, SESSION_MS
from kaibo.kit.entry import Pending, Session
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, door_of, engine_of, visit_of
from kaibo.kit.openapi import Operation
from kaibo.kit.whereabouts import LinkPlace, places_of


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name and password."""

    name: Annotated[str, Meta(max_length=80)]
    password: Annotated[str, Meta(max_length=400)]


class SecondStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code after the password, with the `step` that answered it."""

    step: Annotated[str, Meta(max_length=200)]
    code: Annotated[str, Meta(max_length=40)]


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, with the CSRF value for changes; or nobody yet, and the `step` that goes with the code which is asked for next."""

    person_id: str = ""
    csrf: str = ""
    step: str = ""


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
    """A new password for oneself; `current` is the one that is set, where it is asked for."""

    password: Annotated[str, Meta(max_length=400)]
    current: Annotated[str, Meta(max_length=400)] = ""


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, what the charter lets them do, which consoles each of their roles opens, and the CSRF value for changes.

    `step_by` (ms UTC): a second step is asked of them from then on, and they have none; None: none is missing.
    `reset_by` (person_id) took their second step away at `reset_at`, and they have set none since.
    """

    person_id: str
    name: str
    roles: tuple[str, ...]
    duties: tuple[str, ...]
    consoles: dict[str, tuple[str, ...]]
    csrf: str
    step_by: int | None = None
    reset_by: str = ""
    reset_at: int | None = None


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link, as a path of this site; valid for three days. `places`: whole, at every address that leads here, the likeliest first."""

    link: str
    places: tuple[LinkPlace, ...] = ()


def origin_of(request: AnyRequest) -> str:
    """The site as the browser names it: the gate has seen that a page that says so is ours."""
    return request.headers.get("origin") or f"{request.url.scheme}://{request.url.netloc}"


def signed_in(request: AnyRequest, session: Session) -> Json:
    """The answer that signs somebody in: the secret goes into a cookie that no script reads."""
    return with_cookie(request, Json(SignedIn(person_id=session.person_id, csrf=session.csrf)), session.secret)


def _so_far(request: AnyRequest, found: Session | Pending) -> Json:
    return Json(SignedIn(step=found.step)) if isinstance(found, Pending) else signed_in(request, found)


def with_cookie(request: AnyRequest, answer: Json, secret: str, name: str = COOKIE) -> Json:
    """The same answer with a secret of ours in a cookie."""
    secure = request.url.scheme == "https"
    answer.set_cookie(
        Cookie(name, value=secret, max_age=SESSION_MS // 1000, httponly=True, samesite="lax", secure=secure, path="/")
    )
    return answer


@post("/api/session", status_code=200)
async def sign_in(request: AnyRequest) -> Json:
    """Sign in by name and password; a code may be asked for next."""
    asked: SignIn = await body_of(request, SignIn)
    return _so_far(request, await door_of(request).sign_in(asked.name, asked.password, visit_of(request)))


@post("/api/session/step", status_code=200)
async def second_step(request: AnyRequest) -> Json:
    """The code after the password."""
    asked: SecondStep = await body_of(request, SecondStep)
    return signed_in(request, await door_of(request).second_step(asked.step, asked.code, visit_of(request)))


@post("/api/session/link", status_code=200)
async def claim_link(request: AnyRequest) -> Json:
    """Sign in by a one-time link; a code may be asked for next."""
    asked: ClaimLink = await body_of(request, ClaimLink)
    return _so_far(request, await door_of(request).claim(asked.link, visit_of(request)))


@post("/api/session/screen", status_code=200)
async def open_screen(request: AnyRequest) -> Json:
    """Open a page that only shows, by a monitor's link; nobody signs in."""
    asked: OpenScreen = await body_of(request, OpenScreen)
    screen = await door_of(request).open_screen(asked.token, request.cookies.get(SCREEN_COOKIE, ""))
    return with_cookie(request, Json(ScreenAnswer(show_id=screen.show_id)), screen.secret, SCREEN_COOKIE)


@delete("/api/session", status_code=200)
async def sign_out(request: AnyRequest) -> Json:
    """Sign out."""
    await caller_of(request)
    door_of(request).sign_out(request.cookies.get(COOKIE, ""), visit_of(request))
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
    person = None if caller.program else await request.app.state.directory.person(caller.id)
    step_by = person.step_by if person and not door_of(request).has_step(person) else None
    reset = None if person is None else door_of(request).trail.reset(person.id)
    return Json(
        Me(
            person_id=caller.id,
            name=caller.name,
            roles=roles,
            duties=duties,
            consoles=consoles,
            csrf=csrf,
            step_by=step_by,
            reset_by=reset.by if reset else "",
            reset_at=reset.at if reset else None,
        )
    )


@post("/api/me/password", status_code=200)
async def set_password(request: AnyRequest) -> Json:
    """Give oneself a password."""
    caller, door = await caller_of(request), door_of(request)
    asked: SetPassword = await body_of(request, SetPassword)
    keep = request.cookies.get(COOKIE, "")
    await door.set_password(await door.known(caller.id), asked.password, visit_of(request), keep=keep, current=asked.current)
    return Json({})


@post("/api/people/{person_id:str}/invitation", status_code=200)
async def invite(request: AnyRequest, person_id: str) -> Json:
    """Make a one-time link for a person of the workspace."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, "people.manage")
    person = await request.app.state.directory.person(person_id)
    if person is None:
        raise NotFound(kind="person", id=person_id)
    door = door_of(request)
    door.trail.note("invited", person_id, visit_of(request), since=person.since, by=caller.id)
    link, settings = f"/#/link/{door.link_for(person_id, person.since)}", request.app.state.settings
    return Json(
        Invitation(
            link=link,
            places=places_of(link, origin=origin_of(request), public=settings.public_url, host=settings.host),
        )
    )


OPERATIONS = (
    Operation("post", "/api/session", "Sign in by name and password.", SignIn, SignedIn, open=True),
    Operation("post", "/api/session/step", "The code after the password.", SecondStep, SignedIn, open=True),
    Operation("post", "/api/session/link", "Sign in by a one-time link.", ClaimLink, SignedIn, open=True),
    Operation("post", "/api/session/screen", "Open a page that only shows.", OpenScreen, ScreenAnswer, open=True),
    Operation("delete", "/api/session", "Sign out."),
    Operation("get", "/api/me", "Who am I?", answer=Me),
    Operation("post", "/api/me/password", "Give oneself a password.", SetPassword),
    Operation("post", "/api/people/{person_id}/invitation", "Make a one-time link for a person.", answer=Invitation),
)
ROUTES = [sign_in, second_step, claim_link, open_screen, sign_out, me, set_password, invite]
