"""Which ways there may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, assert_never

from kaibo.core.errors import NotFound, Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.bridge.commands import RemoveBridge, SetBridge
from kaibo.features.bridge.facts import BridgeRemoved, BridgeSet
from kaibo.features.bridge.slices import Bridges

NAME_MAX: Final = 30
BRIDGES_MAX: Final = 20


class BridgeNameMissing(Refusal):
    """People must be able to say where it went."""

    code = "bridge.name_missing"
    status = 422


class BridgeNameTooLong(Refusal):
    """Longer than what stands behind a message."""

    code = "bridge.name_too_long"
    status = 422
    length: int
    most: Literal[30]


class BridgeNameTaken(Refusal):
    """Another way is called so."""

    code = "bridge.name_taken"
    name: str


class BridgeOtherKind(Refusal):
    """A way to another messenger is another way."""

    code = "bridge.other_kind"


class BridgesTooMany(Refusal):
    """Each message would go a score of ways."""

    code = "bridge.too_many"
    most: Literal[20]


@dataclass(slots=True)
class BridgeState:
    """The ways there are."""

    bridges: Bridges


def fold(state: BridgeState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slice."""
    del state, event, touched


def decide(state: BridgeState, command: SetBridge | RemoveBridge, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    del ctx
    match command:
        case SetBridge():
            return _set(state.bridges, command)
        case RemoveBridge(bridge_id=bridge_id):
            if bridge_id not in state.bridges:
                raise NotFound(kind="bridge", id=bridge_id)
            return [BridgeRemoved(bridge_id=bridge_id)]
        case _:
            assert_never(command)


def _set(bridges: Bridges, command: SetBridge) -> Sequence[Fact]:
    name, known = _name(bridges, command), bridges.get(command.bridge_id)
    if known is not None and known.kind != command.kind:
        raise BridgeOtherKind
    if known is None and len(bridges) >= BRIDGES_MAX:
        raise BridgesTooMany(most=BRIDGES_MAX)
    said = BridgeSet(
        bridge_id=command.bridge_id,
        kind=command.kind,
        name=name,
        wants=command.wants,
        reserve=command.reserve,
        language=command.language,
        paused=command.paused,
    )
    return [] if known == said else [said]


def _name(bridges: Bridges, command: SetBridge) -> str:
    name = in_one_line(command.name)
    if not name:
        raise BridgeNameMissing
    if len(name) > NAME_MAX:
        raise BridgeNameTooLong(length=len(name), most=NAME_MAX)
    if any(each.name == name for each in bridges.values() if each.bridge_id != command.bridge_id):
        raise BridgeNameTaken(name=name)
    return name
