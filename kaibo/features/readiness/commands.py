"""What may be said of a show before it goes on air."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command


class DeclareReady(Command, frozen=True, kw_only=True, tag="readiness.declare"):
    """Say that the show is ready: nothing that is required is missing."""

    duty: ClassVar = "show.ready"


class OverrideReadiness(Command, frozen=True, kw_only=True, tag="readiness.override"):
    """Say that the show is ready though something required is missing, and why: it stands in the report."""

    duty: ClassVar = "show.override"
    reason: Annotated[str, Meta(max_length=400)]


class WithdrawReady(Command, frozen=True, kw_only=True, tag="readiness.withdraw"):
    """Say that it is not ready after all."""

    duty: ClassVar = "show.ready"
