"""What the house keeps of the effects of a show."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.effect.facts import KeptEffect


class KeepEffects(Command, frozen=True, kw_only=True, tag="effect.keep"):
    """A show has ended: keep what its promos and moves brought."""

    duty: ClassVar = "effect.keep"
    show_id: Annotated[str, Meta(min_length=1, max_length=64)]
    effects: Annotated[tuple[KeptEffect, ...], Meta(max_length=1000)]
