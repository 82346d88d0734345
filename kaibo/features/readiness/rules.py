"""Nobody says that a show is ready while something required is missing, but who answers for it, and then with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.readiness.commands import DeclareReady, OverrideReadiness, WithdrawReady
from kaibo.features.readiness.facts import Missing, ReadinessDeclared, ReadinessWithdrawn
from kaibo.features.readiness.items import required
from kaibo.features.readiness.slices import Grounds


class ReadinessMissing(Refusal):
    """Something required is missing: who answers for the show may say ready all the same, with a reason."""

    code = "readiness.missing"
    count: int


class ReadinessReasonBlank(Refusal):
    """Saying ready all the same needs a reason."""

    code = "readiness.reason_blank"
    status = 422


class ReadinessTooLate(Refusal):
    """The show is on air, or was: nobody asks whether it is ready."""

    code = "readiness.too_late"


class ReadinessNotSaid(Refusal):
    """Nobody said that it is ready."""

    code = "readiness.not_said"


@dataclass(slots=True)
class ReadinessState:
    """`said`: somebody says that it is ready."""

    grounds: Grounds
    said: bool = False


def fold(state: ReadinessState, event: Event[Any], touched: Touched) -> None:
    """Said, or taken back."""
    del touched
    if isinstance(event.fact, ReadinessDeclared | ReadinessWithdrawn):
        state.said = isinstance(event.fact, ReadinessDeclared)


def decide(state: ReadinessState, command: DeclareReady | OverrideReadiness | WithdrawReady, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    del ctx
    if state.grounds.show.stage != "planned":
        raise ReadinessTooLate
    missing = tuple(Missing(code=row.code, count=row.count) for row in required(state.grounds))
    match command:
        case DeclareReady():
            return _declare(state, missing)
        case OverrideReadiness(reason=reason):
            return _override(state, missing, in_one_line(reason))
        case WithdrawReady():
            if not state.said:
                raise ReadinessNotSaid
            return [ReadinessWithdrawn()]
        case _:
            assert_never(command)


def _declare(state: ReadinessState, missing: tuple[Missing, ...]) -> Sequence[Fact]:
    if missing:
        raise ReadinessMissing(count=sum(each.count for each in missing))
    return [] if state.said else [ReadinessDeclared()]


def _override(state: ReadinessState, missing: tuple[Missing, ...], reason: str) -> Sequence[Fact]:
    """What lacks nothing is not overridden; it is simply said."""
    if not missing:
        return _declare(state, missing)
    if not reason:
        raise ReadinessReasonBlank
    return [ReadinessDeclared(missing=missing, reason=reason)]
