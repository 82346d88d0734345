"""The routes of passkeys: make one, sign in by one, let one go."""

from typing import Annotated

import msgspec
from litestar import delete, post
from msgspec import Meta

from kaibo.core.errors import NotFound
from kaibo.kit.budget import STRANGER_REQUESTS, Budgets
from kaibo.kit.doors import SignedIn, origin_of, signed_in
from kaibo.kit.http import AnyRequest, Json, address_of, body_of, door_of, visit_of
from kaibo.kit.openapi import Operation
from kaibo.kit.own_account import person_of
from kaibo.kit.passkeys import Asked, Place, place_of
from kaibo.kit.tries import network_of

Ask = Annotated[str, Meta(max_length=100)]
Credential = Annotated[str, Meta(max_length=20_000)]


class NewPasskey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the browser made when it was asked (JSON of WebAuthn), and what to call it."""

    ask: Ask
    credential: Credential
    name: Annotated[str, Meta(max_length=80)] = ""


class ByPasskey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the browser answered when it was asked (JSON of WebAuthn)."""

    ask: Ask
    credential: Credential


OPERATIONS = (
    Operation("post", "/api/me/passkeys/ask", "Ask the browser to make a passkey.", answer=Asked),
    Operation("post", "/api/me/passkeys", "Keep the passkey it made.", NewPasskey),
    Operation("delete", "/api/me/passkeys/{passkey_id}", "Forget one of one's passkeys."),
    Operation("post", "/api/session/passkey/ask", "Ask the browser for a passkey.", answer=Asked, open=True),
    Operation("post", "/api/session/passkey", "Sign in by a passkey.", ByPasskey, SignedIn, open=True),
)


def _place(request: AnyRequest) -> Place:
    return place_of(origin_of(request))


@post("/api/me/passkeys/ask", status_code=200)
async def ask_new(request: AnyRequest) -> Json:
    """Ask the browser to make a passkey."""
    return Json(await door_of(request).ask_passkey(await person_of(request), _place(request)))


@post("/api/me/passkeys", status_code=200)
async def add(request: AnyRequest) -> Json:
    """Keep the passkey it made."""
    person = await person_of(request)
    asked: NewPasskey = await body_of(request, NewPasskey)
    await door_of(request).add_passkey(person, asked.ask, asked.credential, asked.name.strip(), visit_of(request))
    return Json({})


@delete("/api/me/passkeys/{passkey_id:str}", status_code=200)
async def remove(request: AnyRequest, passkey_id: str) -> Json:
    """Forget one of one's passkeys."""
    person = await person_of(request)
    if not door_of(request).remove_passkey(person, passkey_id, visit_of(request)):
        raise NotFound(kind="passkey", id=passkey_id)
    return Json({})


@post("/api/session/passkey/ask", status_code=200)
async def ask_known(request: AnyRequest) -> Json:
    """Ask the browser for a passkey."""
    budgets: Budgets = request.app.state.budgets
    budgets.strangers.take(network_of(address_of(request)), STRANGER_REQUESTS)
    return Json(await door_of(request).ask_passkey(None, _place(request)))


@post("/api/session/passkey", status_code=200)
async def by_passkey(request: AnyRequest) -> Json:
    """Sign in by a passkey."""
    asked: ByPasskey = await body_of(request, ByPasskey)
    return signed_in(request, await door_of(request).by_passkey(asked.ask, asked.credential, visit_of(request)))


ROUTES = [ask_new, add, remove, ask_known, by_passkey]
