"""Somebody says that the show is ready; what was missing when they did stands beside it."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A required thing that was not there, and how often."""

    code: str
    count: int


class ReadinessDeclared(Fact, frozen=True, kw_only=True, tag="readiness.declared"):
    """A person says that the show is ready. `missing`: what was required and not there; then it was overridden, for a `reason`."""

    missing: tuple[Missing, ...] = ()
    reason: str = ""


class ReadinessWithdrawn(Fact, frozen=True, kw_only=True, tag="readiness.withdrawn"):
    """It is not ready after all."""


def _unsaid(fact: ReadinessDeclared, seq: int, viewer: Viewer) -> ReadinessDeclared:
    """A reason may quote a viewer whose words are to be erased."""
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


ERASES: Mapping[type[Fact], Eraser] = {ReadinessDeclared: _unsaid}
