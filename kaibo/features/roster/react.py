"""Who leaves the workspace, or loses a role, is absent from it in every show to come: a stand-in is on duty, or the role shows as uncovered."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import StreamFold
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE, stand_ins
from kaibo.features.roster.commands import MarkAbsent
from kaibo.features.roster.conflicts import is_lost
from kaibo.features.roster.slices import ON_DUTY, Post
from kaibo.features.show.shown import LIST
from kaibo.features.workspace.facts import PersonRemoved, RolesChanged
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def leaving(house: House) -> Follower:
    """Looks at shows that are planned or on air; whoever came back meanwhile is not absent."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        if not isinstance(event.fact, PersonRemoved | RolesChanged):
            return ()
        person = event.fact.person_id
        workspace = await house.engine.fold(WORKSPACE)
        streams = [f"show/{show_id}" for show_id, show in workspace.rows(LIST).items() if show.state != "ended"]
        folds = [(stream, await house.engine.fold(stream)) for stream in streams]
        return [
            (stream, MarkAbsent(person_id=person, role_id=post.role_id))
            for stream, fold in folds
            for post in fold.slice(ON_DUTY).of(person)
            if _lost(post, fold, workspace)
        ]

    return Follower("roster.leaving", (PersonRemoved, RolesChanged), act)


def _lost(post: Post, fold: StreamFold, workspace: StreamFold) -> bool:
    """By the charter the show goes by, or the house's before air."""
    charter = fold.slice(IN_FORCE).charter or workspace.slice(HOUSE_CHARTER).stands
    return is_lost(post.person_id, {post.role_id} | stand_ins(charter).get(post.role_id, frozenset()), workspace.slice(NAMES))


def followers(house: House) -> list[Follower]:
    """Who sees to it that nobody waits for somebody who left."""
    return [leaving(house)]
