"""The accounts of a house, for those who answer for it: who is signed in how often, by what, and how to end it."""

import msgspec
from litestar import delete, get

from kaibo.core.errors import NotFound
from kaibo.kit.entry import Person
from kaibo.kit.http import AnyRequest, Json, caller_of, door_of, engine_of, visit_of
from kaibo.kit.openapi import Operation

DUTY = "people.manage"


class AccountLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person: sessions open, the last use of any (ms UTC, 0 none), whether a code or a passkey stands beside the password.

    `address`: the mail address at the company by which they are expected; `languages` and `contact` as they said themselves.
    """

    person_id: str
    sessions: int
    seen_at: int
    step: bool
    address: str = ""
    languages: str = ""
    contact: str = ""


class Accounts(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody who is signed in or has a second step."""

    people: list[AccountLine]


OPERATIONS = (
    Operation("get", "/api/accounts", "Who is signed in how often, and by what?", answer=Accounts),
    Operation("delete", "/api/people/{person_id}/sessions", "End all sessions of a person."),
)


async def managed(request: AnyRequest, person_id: str) -> tuple[str, Person]:
    """Who asks (their id) and whom it is about. Raises NotAllowed or NotFound."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, DUTY)
    person: Person | None = await request.app.state.directory.person(person_id)
    if person is None:
        raise NotFound(kind="person", id=person_id)
    return caller.id, person


@get("/api/accounts")
async def accounts(request: AnyRequest) -> Json:
    """Who is signed in how often, and by what?"""
    engine_of(request).role_for(await caller_of(request), DUTY)
    door = door_of(request)
    held = await door.sessions_of(None)
    stepped = door.steps.everybody() | door.passkeys.everybody()
    addresses, profiles = door.identities.addresses(), door.profiles.everybody()
    lines = [
        AccountLine(
            person_id=subject,
            sessions=sum(each.subject == subject for each in held),
            seen_at=max((each.seen_at for each in held if each.subject == subject), default=0),
            step=subject in stepped,
            address=addresses.get(subject, ""),
            languages=profiles[subject].languages if subject in profiles else "",
            contact=profiles[subject].contact if subject in profiles else "",
        )
        for subject in sorted(stepped | addresses.keys() | profiles.keys() | {each.subject for each in held})
    ]
    return Json(Accounts(people=lines))


@delete("/api/people/{person_id:str}/sessions", status_code=200)
async def end_sessions(request: AnyRequest, person_id: str) -> Json:
    """End all sessions of a person, and the links that were made for them."""
    by, person = await managed(request, person_id)
    door_of(request).end_sessions(person, visit_of(request), by=by)
    return Json({})


ROUTES = [accounts, end_sessions]
