"""BRIDGES: the ways to messengers there are. On the workspace's stream only."""

from collections.abc import Iterable

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.bridge.facts import FACTS, BridgeRemoved, BridgeSet


class Bridges(dict[str, BridgeSet]):
    """By bridge_id, as each was set last; in the order they were added."""

    __slots__ = ()


def fold_bridges(bridges: Bridges, event: Event[Fact]) -> Iterable[str]:
    """One is added, changed or taken away."""
    match event.fact:
        case BridgeSet(bridge_id=bridge_id):
            bridges[bridge_id] = event.fact
            return (bridge_id,)
        case BridgeRemoved(bridge_id=bridge_id):
            bridges.pop(bridge_id, None)
            return (bridge_id,)
        case _:
            return ()


BRIDGES: Slice[Bridges] = Slice(name="bridge.ways", reads=FACTS, state=Bridges, fold=fold_bridges)
