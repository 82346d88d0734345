"""Ways out of the house: to which messengers what is said in the channels of a show is carried."""

from typing import Literal

from kaibo.core.event import Fact

Kind = Literal["slack", "dingtalk", "feishu", "wecom", "line", "webhook"]
Wants = Literal["urgent", "asked", "all"]
"""What goes over a bridge: what is urgent; that and what has a tag; whatever is said."""


Language = Literal["zh-Hant", "zh-Hans", "en"]


class BridgeSet(Fact, frozen=True, kw_only=True, tag="bridge.set"):
    """A way to a messenger, as it is from now on. Its address and its secret stand in the vault, never here.

    `reserve`: it is used only where another way failed. `language` of what is sent; `paused`: nothing goes over it.
    """

    bridge_id: str
    kind: Kind
    name: str
    wants: Wants
    reserve: bool = False
    language: Language = "zh-Hant"
    paused: bool = False


class BridgeRemoved(Fact, frozen=True, kw_only=True, tag="bridge.removed"):
    """There is no such way any more."""

    bridge_id: str


FACTS = (BridgeSet, BridgeRemoved)
