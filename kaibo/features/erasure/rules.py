"""When something is erased."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.erasure.commands import AskErasure, FailErasure, NoteErased, SweepNow, WaitErasure
from kaibo.features.erasure.facts import ErasureAsked, ErasureFailed, ErasureWaits, ShowErased, SweepAsked
from kaibo.features.erasure.state import Erasure, Erasures

ErasureCommand = AskErasure | NoteErased | WaitErasure | FailErasure | SweepNow


class ErasureIdTaken(Refusal):
    """Another erasure has this id."""

    code = "erasure.id_taken"
    erasure_id: str


class ErasureUnderWay(Refusal):
    """The same viewer's words are being erased just now."""

    code = "erasure.under_way"


class ErasureNothingToSweep(Refusal):
    """No erasure waits for the file."""

    code = "erasure.nothing_to_sweep"


class ErasurePlatformUnknown(Refusal):
    """No source of this name ever told of a viewer; `platforms` are those that did."""

    code = "erasure.platform_unknown"
    status = 422
    platform: str
    platforms: str


class ErasureUnknown(Refusal):
    """Nobody asked for that."""

    code = "erasure.unknown"
    status = 404
    erasure_id: str


def _wait(state: Erasures, command: WaitErasure) -> Sequence[Fact]:
    asked = _asked(state, command.erasure_id)
    if asked.failed or (asked.waits, asked.why) == (command.show_ids, command.why):
        return []
    return [ErasureWaits(erasure_id=command.erasure_id, show_ids=command.show_ids, why=command.why)]


def decide(state: Erasures, command: ErasureCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    del ctx
    match command:
        case AskErasure():
            return [_ask(state, command)]
        case NoteErased(erasure_id=erasure_id, show_id=show_id, comments=comments, copies=copies):
            if show_id in _asked(state, erasure_id).shows:
                return []
            return [ShowErased(erasure_id=erasure_id, show_id=show_id, comments=comments, copies=copies)]
        case WaitErasure():
            return _wait(state, command)
        case FailErasure(erasure_id=erasure_id, code=code):
            return [ErasureFailed(erasure_id=erasure_id, code=code)] if _asked(state, erasure_id).under_way else []
        case SweepNow():
            if not any(one.unswept for one in state.asked.values()):
                raise ErasureNothingToSweep
            return [SweepAsked()]
        case _:
            assert_never(command)


def _ask(state: Erasures, command: AskErasure) -> ErasureAsked:
    if command.erasure_id in state.asked:
        raise ErasureIdTaken(erasure_id=command.erasure_id)
    if any(one.who == command.who and one.under_way for one in state.asked.values()):
        raise ErasureUnderWay
    return ErasureAsked(
        erasure_id=command.erasure_id,
        platform=command.platform,
        who=command.who,
        reason=command.reason.strip(),
        key=command.key,
    )


def _asked(state: Erasures, erasure_id: str) -> Erasure:
    found = state.asked.get(erasure_id)
    if found is None:
        raise ErasureUnknown(erasure_id=erasure_id)
    return found
