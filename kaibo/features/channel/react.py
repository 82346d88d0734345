"""Who is asked is told on their phones, too: as often as somebody new is asked, until it is taken."""

import asyncio
from collections.abc import Callable, Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE
from kaibo.features.channel.facts import MessageReached
from kaibo.features.channel.slices import TALK, Message
from kaibo.features.show.slices import STAGE
from kaibo.features.workspace.slices import NAMES, Names
from kaibo.kit.house import House
from kaibo.kit.passkeys import Holder
from kaibo.kit.push import Note
from kaibo.kit.react import Follower
from kaibo.kit.words import choose, say, words

LATE_MS = 600_000  # a house that was down for longer wakes nobody for what was asked then


def telling(house: House) -> Follower:
    """Sends what is asked to the phones of those it is asked of. Nothing of a rehearsal or a simulation ever leaves the house."""
    engine = house.engine

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        fact = event.fact
        if not isinstance(fact, MessageReached) or event.mode != "live" or engine.clock() - event.at > LATE_MS:
            return ()
        if not fact.reach.people:  # a step that reached nobody: the next one is asked at once, and tells everybody
            return ()
        fold, names = await engine.fold(event.stream), (await engine.fold(WORKSPACE)).slice(NAMES)
        talk, plan = fold.slice(TALK), fold.slice(STAGE).plan
        message = talk.messages.get(fact.message_id)
        if message is None or message.stage != "open" or plan is None:
            return ()
        note = _note(message, event.stream, plan.title, names)
        # Whoever no screen may ask is not among them.
        asked = sorted({person for reach in message.reached for person in reach.people})
        holders = [Holder(person, names.members[person].since) for person in asked if person in names.members]

        def wanted() -> bool:
            return talk.messages[fact.message_id].stage == "open"

        await asyncio.gather(*(house.phones.tell(holder, note, event.mode, wanted) for holder in holders))
        return ()

    return Follower("channel.telling", (MessageReached,), act)


def _note(message: Message, stream: str, show: str, names: Names) -> Callable[[str], Note]:
    """In the language of a phone: what it is about and in which show; who said what."""
    posted, author = message.posted, names.ever.get(message.by)

    def made(language: str) -> Note:
        spoken = choose(language)
        about = f" #{words(spoken)[f'channel.tag.{posted.tag}']}" if posted.tag else ""
        title = say("channel.push_urgent" if posted.urgent else "channel.push", {"about": about, "show": show}, spoken)
        who = message.by if author is None else author.name
        return Note(
            title=title,
            body=say("channel.push_text", {"who": who, "text": message.text}, spoken),
            url=f"#/{stream}?message={posted.message_id}",
            tag=posted.message_id,
            urgent=posted.urgent,
            meet=stream,
            over=say("channel.push_over", {}, spoken),
        )

    return made


def followers(house: House) -> list[Follower]:
    """Who tells them."""
    return [telling(house)]
