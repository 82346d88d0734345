"""The ways to messengers as the pages show them."""

from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself, keys_of
from kaibo.core.slice import Touched
from kaibo.features.bridge.facts import Kind, Language, Wants
from kaibo.features.bridge.slices import BRIDGES, Bridges


class BridgeRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `bridge.list`, key bridge_id: a way to a messenger, and what goes over it."""

    bridge_id: str
    kind: Kind
    name: str
    wants: Wants
    reserve: bool
    language: Language
    paused: bool


def fold_list(bridges: Bridges, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The ways that changed."""
    del bridges, event
    return touched.of(BRIDGES)


def _row(bridges: Bridges, key: str) -> BridgeRow | None:
    bridge = bridges.get(key)
    return None if bridge is None else BridgeRow(**{name: getattr(bridge, name) for name in BridgeRow.__struct_fields__})


LIST = View(
    name="bridge.list",
    row=BridgeRow,
    reads=(),
    state=itself,
    fold=fold_list,
    keys=keys_of,
    get=_row,
    duty="channel.read",
    over=(BRIDGES,),
)
