"""What may be asked about draws."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.draw.facts import Conditions, Prize

DrawId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+(?!\n)$")]
Hex256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
Reason = Annotated[str, Meta(max_length=200)]


class PrepareDraw(Command, frozen=True, kw_only=True, tag="draw.prepare"):
    """Fix the rules and commit to a seed of one's own: `commitment` = SHA-256 of its 32 bytes.

    Who knows the seed may know the winner, unless a public value of `beacon_source` is mixed in after the list is frozen.
    """

    duty: ClassVar = "draw.prepare"
    draw_id: DrawId
    title: Annotated[str, Meta(min_length=1, max_length=80)]
    keyword: Annotated[str, Meta(min_length=1, max_length=40)]
    minutes: Annotated[int, Meta(ge=1, le=180)]
    prizes: Annotated[tuple[Prize, ...], Meta(min_length=1, max_length=20)]
    commitment: Hex256
    conditions: Conditions = Conditions()
    beacon_source: Annotated[str, Meta(max_length=200)] = ""


class KeepSeed(Command, frozen=True, kw_only=True, tag="draw.keep_seed"):
    """The house made the seed of a draw that was just prepared, and keeps it."""

    duty: ClassVar = "draw.keep_seed"
    draw_id: DrawId


class OpenDraw(Command, frozen=True, kw_only=True, tag="draw.open"):
    """Comments take part from now on."""

    duty: ClassVar = "draw.prepare"
    draw_id: DrawId


class CloseDraw(Command, frozen=True, kw_only=True, tag="draw.close"):
    """Freeze who takes part; done by itself when the time is over."""

    duty: ClassVar = "draw.close"
    draw_id: DrawId


class RunDraw(Command, frozen=True, kw_only=True, tag="draw.run"):
    """Reveal the seed and draw."""

    duty: ClassVar = "draw.run"
    draw_id: DrawId
    seed: Hex256
    beacon: Annotated[str, Meta(max_length=200)] = ""


class RedrawWinner(Command, frozen=True, kw_only=True, tag="draw.redraw"):
    """The winner of this rank does not take the prize: the next in order does."""

    duty: ClassVar = "draw.run"
    draw_id: DrawId
    rank: Annotated[int, Meta(ge=0)]
    reason: Reason = ""


class CancelDraw(Command, frozen=True, kw_only=True, tag="draw.cancel"):
    """Call a draw off before it was run."""

    duty: ClassVar = "draw.run"
    draw_id: DrawId
    reason: Reason = ""
