"""Products that come after the rundown are given to the cues that named them."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.features.product.facts import ProductAdded, SheetImported
from kaibo.features.rundown.commands import LinkCues
from kaibo.features.rundown.sheet_link import links
from kaibo.features.rundown.state import RundownState
from kaibo.kit.engine import Engine
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def linker(engine: Engine) -> Follower:
    """A product put on the list by hand is one of several to come; a file of them is the list."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        fold = await engine.fold(event.stream)
        state: RundownState = fold.state("rundown")
        products = {product_id: offer.sheet for product_id, offer in state.offers.offers.items()}
        guess = isinstance(event.fact, SheetImported)
        found = links(state.course.cues.values(), products, state.course.show.currency, guess=guess)
        return [(event.stream, LinkCues(links=found))] if found else ()

    return Follower("rundown.linker", (ProductAdded, SheetImported), act)


def followers(house: House) -> list[Follower]:
    """Who links cues to products."""
    return [linker(house.engine)]
