"""What the house's own parts ask the workspace, and write down in it: who people are, what is warned of, who pressed what is not theirs."""

import logging
import secrets
from collections.abc import Callable, Coroutine, Mapping

from kaibo.core.errors import NotFound, Refusal
from kaibo.core.event import Command
from kaibo.core.feature import WORKSPACE, tag_of
from kaibo.core.stream import StreamFold
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.review.commands import NoteRefusal
from kaibo.features.workspace.commands import AddPerson, OpenWorkspace, WarnHouse
from kaibo.features.workspace.facts import MONITOR
from kaibo.features.workspace.shown import GUARDED, TOKENS
from kaibo.features.workspace.slices import ENTRY, NAMES
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.entry import Directory, Person, ProviderSettings
from kaibo.kit.react import SYSTEM

log = logging.getLogger("kaibo")

OWNER = "owner"
# The system does not manage people (a token of that role could make owners): the first owner is added as an owner.
FOUNDER = Caller(id=SYSTEM.id, name=SYSTEM.name, roles=frozenset({"owner"}))


async def open_workspace(engine: Engine, name: str) -> None:
    """Make the workspace and its owner when there is none yet."""
    try:
        await engine.fold(WORKSPACE)
    except NotFound:
        await engine.submit(WORKSPACE, OpenWorkspace(name=name), SYSTEM, key="open")
        owner = AddPerson(person_id=OWNER, name="負責人", roles=("owner", "planner", "director", "operations"))
        await engine.submit(WORKSPACE, owner, FOUNDER, key="owner")


def warner(engine: Engine) -> Callable[[str, dict[str, str]], Coroutine[None, None, None]]:
    """How what the house notices about itself reaches people; a workspace that cannot be written has other worries."""

    async def warn(warning: str, data: dict[str, str]) -> None:
        try:
            await engine.submit(WORKSPACE, WarnHouse(warning=warning, data=data), SYSTEM)
        except Refusal:
            log.exception("nobody could be warned of %s %s", warning, data)

    return warn


def _is_guarded(house: StreamFold, roles: tuple[str, ...]) -> bool:
    """Whether these roles may pay or manage people, by the charter the house goes by."""
    table, held = house.slice(HOUSE_CHARTER).table, frozenset(roles)
    return any(table.role(held, duty) is not None for duty in GUARDED)


def refusal_noter(engine: Engine) -> Callable[[str, Command, Caller, Refusal], Coroutine[None, None, None]]:
    """How it is written down that a person pressed what is not theirs: the monthly review counts it; where it cannot be, the refusal stands all the same."""

    async def note(stream: str, command: Command, caller: Caller, refusal: Refusal) -> None:
        kind, _, show_id = stream.partition("/")
        noted = NoteRefusal(
            person_id=caller.id,
            roles=tuple(sorted(caller.roles)),
            command=tag_of(type(command)),
            about=command.duty,
            code=refusal.code,
            show_id=show_id if kind == "show" else "",
        )
        try:
            await engine.submit(WORKSPACE, noted, SYSTEM)
        except Refusal:
            log.exception("a refusal could not be written down: %s", noted)

    return note


def directory_of(engine: Engine) -> Directory:
    """How the door asks the workspace who people are."""

    async def person(person_id: str) -> Person | None:
        house = await engine.fold(WORKSPACE)
        member = house.slice(NAMES).members.get(person_id)
        if member is None:
            return None
        step_by = house.slice(ENTRY).step_from if _is_guarded(house, member.roles) else None
        return Person(id=person_id, name=member.name, roles=member.roles, since=member.since, step_by=step_by)

    async def token(token_id: str) -> Person | None:
        row = (await engine.fold(WORKSPACE)).row(TOKENS, token_id)
        if row is None:
            return None
        return Person(id=token_id, name=row.label, roles=row.roles, show_id=row.show_id, expires_at=row.expires_at)

    async def named(name: str) -> Person | None:
        members = (await engine.fold(WORKSPACE)).slice(NAMES).members
        person_id = next((key for key, member in members.items() if member.name == name), None)
        return None if person_id is None else await person(person_id)

    async def consoles() -> Mapping[str, tuple[str, ...]]:
        roles = (await engine.fold(WORKSPACE)).slice(HOUSE_CHARTER).stands.roles
        return {MONITOR: ("host",), **{each.role_id: each.consoles for each in roles}}

    async def provider() -> ProviderSettings | None:
        fact = (await engine.fold(WORKSPACE)).slice(ENTRY).provider
        if fact is None:
            return None
        values = {name: getattr(fact, name) for name in ProviderSettings.__struct_fields__}
        return ProviderSettings(**values)

    async def join(name: str, address: str, roles: tuple[str, ...]) -> Person:
        taken = await named(name) if name else None
        called = (address if taken or not name else name)[:80]
        person_id = f"p-{secrets.token_hex(5)}"
        # As the first owner was added: an owner has let everybody of this domain in.
        await engine.submit(WORKSPACE, AddPerson(person_id=person_id, name=called, roles=roles), FOUNDER)
        found = await person(person_id)
        assert found is not None
        return found

    return Directory(person=person, named=named, token=token, consoles=consoles, provider=provider, join=join)
