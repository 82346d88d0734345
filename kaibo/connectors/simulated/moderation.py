"""The simulated platform's moderation: it hides, mutes and slows down as a real one would, and refuses what platforms refuse."""

from collections.abc import Sequence

from kaibo.connectors.simulated.inbound import SOURCE
from kaibo.core.event import Command, Event, Fact
from kaibo.features.moderation.commands import SettleModeration
from kaibo.features.moderation.facts import (
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
)
from kaibo.kit.react import Follower

SLOW_S_MAX = 120  # platforms have a longest pause
TAKEN = (CommentsCaught, CommentsHidden, CommentsReleased, ViewerMuted, ViewerUnmuted, SlowSet)


def moderation_follower() -> Follower:
    """Does what the platform was asked for. Other sources are none of its business, nor is what was done for our screens alone."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        fact = event.fact
        if not isinstance(fact, TAKEN) or not fact.ask or fact.source not in (SOURCE, ""):
            return []
        return [(event.stream, SettleModeration(action_id=fact.action_id, code=refusal(fact)))]

    return Follower("moderation.simulated", TAKEN, act)


def refusal(fact: object) -> str:
    """The code this platform refuses with, "" when it does it."""
    match fact:
        case SlowSet(seconds=seconds) if seconds > SLOW_S_MAX:
            return "moderation.pause_too_long"
        case _:
            return ""
