"""What would be erased of a viewer, before it is asked for."""

from typing import Protocol

import msgspec


class AlikeViewer(msgspec.Struct, frozen=True, kw_only=True):
    """A viewer whose pseudonym or name is like what was typed."""

    viewer: str
    name: str


class WouldErase(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the platform, and a viewer of this pseudonym on it, are known, and what would be erased.

    `platforms` are those known; `alike` a few viewers where this one is not, `alike_more` how many are left off. `names` they wrote
    under; `comments` not erased yet, `copies`: facts elsewhere with a copy or the name, in `shows` shows. `on_air`: those of them that come after their end.
    """

    platform_known: bool
    viewer_known: bool
    platforms: tuple[str, ...]
    alike: tuple[AlikeViewer, ...] = ()
    alike_more: int = 0
    names: tuple[str, ...] = ()
    comments: int = 0
    copies: int = 0
    shows: int = 0
    on_air: tuple[str, ...] = ()


class Survey(Protocol):
    """Who looks through the logs for a viewer, before they are erased."""

    async def look(self, platform: str, viewer: str) -> WouldErase:
        """What there is of a viewer."""
        ...

    async def platforms(self) -> tuple[str, ...]:
        """The platforms that are known."""
        ...
