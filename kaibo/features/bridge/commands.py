"""How the ways out of the house are set up."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.bridge.facts import Kind, Language, Wants

BridgeId = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[0-9A-Za-z._-]+(?!\n)$")]


class SetBridge(Command, frozen=True, kw_only=True, tag="bridge.set"):
    """Add a way to a messenger, or change what goes over it. Its kind stays."""

    duty: ClassVar = "bridge.manage"
    bridge_id: BridgeId
    kind: Kind
    name: Annotated[str, Meta(max_length=80)]
    wants: Wants = "asked"
    reserve: bool = False
    language: Language = "zh-Hant"
    paused: bool = False


class RemoveBridge(Command, frozen=True, kw_only=True, tag="bridge.remove"):
    """Take a way away."""

    duty: ClassVar = "bridge.manage"
    bridge_id: BridgeId


COMMANDS = (SetBridge, RemoveBridge)
