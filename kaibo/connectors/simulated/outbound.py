"""What the simulated platform does about what it is asked: its shop, its comment box, its moderation.

It answers only where nothing is real. Of a show with viewers and a shop of its own it knows nothing, and a word of it there would
be told on air: there a connector answers, or a person who did it by hand.
"""

from collections.abc import Sequence
from dataclasses import replace

from kaibo.connectors.simulated.moderation import moderation_follower
from kaibo.connectors.simulated.replies import reply_follower
from kaibo.connectors.simulated.shop import shop_follower
from kaibo.core.event import Command, Event, Fact
from kaibo.kit.house import House
from kaibo.kit.react import Follower

MADE_UP = ("simulated", "rehearsal")  # modes of shows in which nothing reaches a platform


def followers(house: House) -> list[Follower]:
    """Who answers for the platform."""
    return [only_made_up(each) for each in (shop_follower(house.engine), reply_follower(), moderation_follower())]


def only_made_up(follower: Follower) -> Follower:
    """The same follower, deaf to every real show."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        return await follower.act(event) if event.mode in MADE_UP else ()

    return replace(follower, act=act)
