"""Who leaves the workspace is absent from every show to come: their stand-ins are on duty, or the role shows as uncovered."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE
from kaibo.features.roster.commands import MarkAbsent
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.show.shown import LIST
from kaibo.features.workspace.facts import PersonRemoved
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def leaving(house: House) -> Follower:
    """Looks at shows that are planned or on air; whoever came back meanwhile is not absent."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        if not isinstance(event.fact, PersonRemoved):
            return ()
        person = event.fact.person_id
        workspace = await house.engine.fold(WORKSPACE)
        if person in workspace.slice(NAMES).members:
            return ()
        streams = [f"show/{show_id}" for show_id, show in workspace.rows(LIST).items() if show.state != "ended"]
        duties = [(stream, (await house.engine.fold(stream)).slice(ON_DUTY).of(person)) for stream in streams]
        return [(stream, MarkAbsent(person_id=person)) for stream, posts in duties if posts]

    return Follower("roster.leaving", (PersonRemoved,), act)


def followers(house: House) -> list[Follower]:
    """Who sees to it that nobody waits for somebody who left."""
    return [leaving(house)]
