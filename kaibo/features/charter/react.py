"""A show keeps the charter by which it went on air: the house hands it over, then and when a director takes the newer one up."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE
from kaibo.features.charter.commands import AdoptCharter
from kaibo.features.charter.facts import CharterTaken
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE
from kaibo.features.show.facts import ShowAired
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def keeping(house: House) -> Follower:
    """What the house went by at that moment is told to the show."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        standing = (await house.engine.fold(WORKSPACE)).slice(HOUSE_CHARTER)
        charter, table = standing.at(event.at)
        if charter is None or (await house.engine.fold(event.stream)).slice(IN_FORCE).show.ended:
            return ()  # it goes by the table the house came with, or went
        return [(event.stream, AdoptCharter(version=table.version, charter=charter))]

    return Follower("charter.keeping", (ShowAired, CharterTaken), act)


def followers(house: House) -> list[Follower]:
    """Who hands charters over."""
    return [keeping(house)]
