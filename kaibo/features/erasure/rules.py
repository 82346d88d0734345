"""When something is erased."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.erasure.commands import AskErasure, NoteErased, WaitErasure
from kaibo.features.erasure.facts import ErasureAsked, ErasureWaits, ShowErased
from kaibo.features.erasure.state import Erasure, Erasures

ErasureCommand = AskErasure | NoteErased | WaitErasure


class ErasureIdTaken(Refusal):
    """Another erasure has this id."""

    code = "erasure.id_taken"
    erasure_id: str


class ErasureUnderWay(Refusal):
    """The same viewer's words are being erased just now."""

    code = "erasure.under_way"


class ErasureUnknown(Refusal):
    """Nobody asked for that."""

    code = "erasure.unknown"
    status = 404
    erasure_id: str


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
        case WaitErasure(erasure_id=erasure_id, show_ids=show_ids):
            waits = _asked(state, erasure_id).waits
            return [] if waits == show_ids else [ErasureWaits(erasure_id=erasure_id, show_ids=show_ids)]
        case _:
            assert_never(command)


def _ask(state: Erasures, command: AskErasure) -> ErasureAsked:
    if command.erasure_id in state.asked:
        raise ErasureIdTaken(erasure_id=command.erasure_id)
    if any(one.who == command.who and one.waits != () for one in state.asked.values()):
        raise ErasureUnderWay
    return ErasureAsked(erasure_id=command.erasure_id, platform=command.platform, who=command.who, reason=command.reason.strip())


def _asked(state: Erasures, erasure_id: str) -> Erasure:
    found = state.asked.get(erasure_id)
    if found is None:
        raise ErasureUnknown(erasure_id=erasure_id)
    return found
