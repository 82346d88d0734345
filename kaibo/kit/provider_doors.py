"""The routes of the company's accounts: go to the provider, come back, and whom the house expects by which mail address."""

import secrets
from typing import Annotated

import msgspec
from litestar import get, put
from litestar.datastructures import Cookie
from litestar.response import Redirect
from msgspec import Meta

from kaibo.core.errors import Refusal
from kaibo.kit.accounts import managed
from kaibo.kit.auth import COOKIE, SESSION_MS
from kaibo.kit.entry import Person, ProviderSettings
from kaibo.kit.http import AnyRequest, Json, body_of, door_of, visit_of
from kaibo.kit.openapi import Operation
from kaibo.kit.passkeys import Holder
from kaibo.kit.provider import Claims, Provider, ProviderOff, ProviderSaidNo, ProviderStale
from kaibo.kit.tries import TooManyTries

STATE_COOKIE = "kaibo_ask"
BACK = "/api/session/provider/return"
STATE_S = 300


class ProviderUnknown(Refusal):
    """The provider knows them; the house has not invited them."""

    code = "auth.provider_unknown"
    status = 403


class ProviderUnverified(Refusal):
    """The provider does not vouch for their mail address, or says none."""

    code = "auth.provider_unverified"
    status = 403


class ProviderGroup(Refusal):
    """They are in none of the groups that the house lets in."""

    code = "auth.provider_group"
    status = 403


class ProviderOffer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one may sign in with an account of the company, and what that is called."""

    on: bool
    label: str = ""


class ExpectedAddress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mail address at the company by which somebody is expected; "" for none."""

    address: Annotated[str, Meta(max_length=254, pattern=r"^$|^[^\s@]+@[^\s@]+(?!\n)$")]


OPERATIONS = (
    Operation("get", "/api/session/provider", "May one sign in with an account of the company?", answer=ProviderOffer, open=True),
    Operation("put", "/api/people/{person_id}/address", "Expect a person by a mail address of the company.", ExpectedAddress),
)


def _provider(request: AnyRequest) -> Provider:
    found: Provider = request.app.state.provider
    return found


async def _settings(request: AnyRequest) -> ProviderSettings:
    found: ProviderSettings | None = await request.app.state.directory.provider()
    if found is None:
        raise ProviderOff
    return found


@get("/api/session/provider")
async def offer(request: AnyRequest) -> Json:
    """May one sign in with an account of the company?"""
    found: ProviderSettings | None = await request.app.state.directory.provider()
    return Json(ProviderOffer(on=found is not None, label=found.label if found else ""))


@get("/api/session/provider/begin")
async def begin(request: AnyRequest) -> Redirect:
    """Go to the provider."""
    try:
        here = f"{request.url.scheme}://{request.url.netloc}"
        begun = await _provider(request).begin(await _settings(request), f"{here}{BACK}")
    except Refusal as refusal:
        return _home(refusal)
    answer = Redirect(begun.url)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        Cookie(STATE_COOKIE, value=begun.state, max_age=STATE_S, httponly=True, samesite="lax", secure=secure, path=BACK)
    )
    return answer


@get(BACK)
async def come_back(request: AnyRequest) -> Redirect:
    """Come back from the provider: signed in, or to the page that says why not."""
    door, visit = door_of(request), visit_of(request)
    try:
        person = await _person(request)
    except TooManyTries as refusal:
        return _home(refusal)
    except Refusal as refusal:
        door.trail.note("refused.provider", "", visit)
        return _home(refusal)
    door.knew(visit)
    session = door.let_in(person, visit, "signed_in.provider")
    answer = _home(None)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        Cookie(COOKIE, value=session.secret, max_age=SESSION_MS // 1000, httponly=True, samesite="lax", secure=secure, path="/")
    )
    return answer


def _home(refusal: Refusal | None) -> Redirect:
    """To the web; what went wrong is said there, in words."""
    answer = Redirect("/#/" if refusal is None else f"/#/sign-in?problem={refusal.code}")
    answer.delete_cookie(STATE_COOKIE, path=BACK)
    return answer


async def _person(request: AnyRequest) -> Person:
    query = request.query_params
    state = query.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), request.cookies.get(STATE_COOKIE, "").encode()):
        raise ProviderStale
    if "code" not in query:
        raise ProviderSaidNo
    door_of(request).knock(
        visit_of(request)
    )  # here and not before: a link or picture on any page leads somebody back without a state
    settings, claims = await _provider(request).finish(state, query["code"])
    if settings != await _settings(request):
        raise ProviderStale  # the owner has set another meanwhile
    if settings.groups and not set(settings.groups) & set(claims.groups):
        raise ProviderGroup
    return await _known(request, settings, claims)


async def _known(request: AnyRequest, settings: ProviderSettings, claims: Claims) -> Person:
    """Who has signed in by this account before; else whom the house expects by its address; else, where its domain is let in, somebody new."""
    identities = door_of(request).identities
    holder = identities.linked(settings.issuer, claims.sub)
    if holder is None:
        if not claims.address:
            raise ProviderUnverified
        holder = identities.expected(claims.address)
    person = await _still(request, holder)
    if person is None:
        domain = claims.address.rpartition("@")[2]
        if not domain or domain not in settings.domains:
            raise ProviderUnknown
        person = await request.app.state.directory.join(claims.name.strip(), claims.address, settings.roles)
    identities.link(settings.issuer, claims.sub, Holder(person.id, person.since))
    return person


async def _still(request: AnyRequest, holder: Holder | None) -> Person | None:
    """The same person, if they have not left."""
    person: Person | None = await request.app.state.directory.person(holder.subject) if holder else None
    return person if person and holder and person.since == holder.since else None


@put("/api/people/{person_id:str}/address", status_code=200)
async def expect(request: AnyRequest, person_id: str) -> Json:
    """Expect a person by a mail address of the company."""
    _, person = await managed(request, person_id)
    asked: ExpectedAddress = await body_of(request, ExpectedAddress)
    door_of(request).identities.expect(asked.address.strip().casefold(), Holder(person.id, person.since))
    return Json({})


ROUTES = [offer, begin, come_back, expect]
