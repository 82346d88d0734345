"""What was agreed to is carried out as who asked, under their key, against how things stand by then; and what came of it is told."""

from collections.abc import Mapping, Sequence

import msgspec

from kaibo.core.erasing import ERASED
from kaibo.core.errors import Refusal, StoreUnavailable
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, tag_of
from kaibo.features.asking.commands import SettleAsked
from kaibo.features.asking.facts import AskingAgreed, AskingAsked
from kaibo.features.asking.rules import AskingErased, AskingOver
from kaibo.features.asking.slices import REQUESTS
from kaibo.features.workspace.slices import NAMES, Member
from kaibo.kit.admission import Caller
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def carrying_out(house: House) -> Follower:
    """Runs what was agreed to. A second look runs nothing twice: the key was spent."""
    engine = house.engine
    kinds: Mapping[str, type[Command]] = {tag_of(each): each for feature in engine.features for each in feature.commands}

    async def as_asker(stream: str, asked: AskingAsked, cause: int) -> SettleAsked:
        """Raises StoreUnavailable: then it is tried again."""
        try:
            command = _command(asked, kinds)
            caller = _asker(asked, (await engine.fold(WORKSPACE)).slice(NAMES).members)
            key = asked.key or f"asking:{asked.request_id}"
            receipt = await engine.submit(stream, command, caller, key=key, cause=cause, agreed=True)
        except StoreUnavailable:
            raise
        except Refusal as refusal:
            data = {name: msgspec.json.encode(value).decode() for name, value in refusal.data.items()}
            return SettleAsked(request_id=asked.request_id, code=refusal.code, data=data)
        return SettleAsked(request_id=asked.request_id, seqs=receipt.events)

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        fact = event.fact
        if not isinstance(fact, AskingAgreed) or not fact.runs:
            return ()
        request = (await engine.fold(event.stream)).slice(REQUESTS).requests.get(fact.request_id)
        if request is None or request.state != "agreed":
            return ()
        return [(event.stream, await as_asker(event.stream, request.asked, event.seq))]

    return Follower("asking.carrying_out", (AskingAgreed,), act)


def _command(asked: AskingAsked, kinds: Mapping[str, type[Command]]) -> Command:
    """As it was asked. Raises AskingErased, AskingOver where this house no longer knows such a command."""
    if ERASED in asked.body:
        raise AskingErased
    try:
        return msgspec.json.decode(asked.body, type=kinds[asked.command])
    except (KeyError, msgspec.ValidationError) as error:  # asked of an older house
        raise AskingOver(request_id=asked.request_id) from error


def _asker(asked: AskingAsked, members: Mapping[str, Member]) -> Caller:
    """Who asked, with the roles they hold by now."""
    member = members.get(asked.person_id)
    name, roles = ("", ()) if member is None else (member.name, member.roles)
    return Caller(id=asked.person_id, name=name, roles=frozenset(roles), role=asked.role_id)


def followers(house: House) -> list[Follower]:
    """Who carries it out."""
    return [carrying_out(house)]
