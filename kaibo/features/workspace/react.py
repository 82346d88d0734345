"""Who left the workspace stays outside."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.features.workspace.facts import PersonRemoved, SecondStepReset, TokenRevoked
from kaibo.kit.auth import Door
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def departures(door: Door) -> Follower:
    """Who left has no session, link or token any more: one that comes back by the same id starts afresh."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        match event.fact:
            case PersonRemoved(person_id=person_id):
                door.forget_person(person_id, event.seq)
            case TokenRevoked(token_id=token_id):
                door.forget_token(token_id)
            case SecondStepReset(person_id=person_id):
                door.reset_step(person_id, event.at, by=event.actor.id)
            case _:
                pass
        return ()

    return Follower("door.departures", (PersonRemoved, SecondStepReset, TokenRevoked), act)


def followers(house: House) -> list[Follower]:
    """Who watches the door."""
    return [departures(house.door)]
