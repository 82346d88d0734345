"""What follows: every batch is looked through, and shows that are not over go by the workspace's lists."""

import asyncio
from collections.abc import Sequence

from kaibo.core.errors import NotFound
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, Reaction
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.moderation.commands import ScreenBatch, TakeRules
from kaibo.features.moderation.facts import PhrasesAllowed, PhrasesDisallowed, WordsAdded, WordsRemoved
from kaibo.features.moderation.spelling import learn_sounds
from kaibo.features.show.facts import ShowAired, ShowPlanned
from kaibo.features.show.shown import LIST
from kaibo.kit.engine import Engine
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def look_through(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    """One command for a whole batch: its rule has the comments, folded from the log."""
    match event.fact:
        case AudienceBatch(comments=comments) if comments:
            return [(event.stream, ScreenBatch(batch=event.seq))]
        case _:
            return []


SCREENING = Reaction(name="screen", reads=(AudienceBatch,), decide=look_through)


async def get_ready(engine: Engine) -> None:
    """Where the lists go by sound, load what that takes beside the event loop: a show must not stand still for it."""
    try:
        workspace = await engine.fold(WORKSPACE)
    except NotFound:
        return
    if any(rule.match == "sound" for rule in workspace.state("moderation").lists.rules.values()):
        await asyncio.to_thread(learn_sounds)


def lister(engine: Engine) -> Follower:
    """Copies the workspace's lists into the log of a show: when it is planned and aired, and whenever they change before its end."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        try:
            workspace = await engine.fold(WORKSPACE)
        except NotFound:
            return ()
        await get_ready(engine)
        lists = workspace.state("moderation").lists
        command = TakeRules(rules=tuple(lists.rules.values()), allowed=tuple(lists.allowed))
        if event.stream != WORKSPACE:
            return [(event.stream, command)]
        return [(f"show/{show_id}", command) for show_id, row in workspace.rows(LIST).items() if row.state != "ended"]

    reads = (WordsAdded, WordsRemoved, PhrasesAllowed, PhrasesDisallowed, ShowPlanned, ShowAired)
    return Follower("moderation.lister", reads, act)


def followers(house: House) -> list[Follower]:
    """Who brings the lists to the shows."""
    return [lister(house.engine)]


async def ready(house: House) -> None:
    """What the lists need, before the first batch is looked through."""
    await get_ready(house.engine)
