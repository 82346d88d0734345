"""What is asked before cues as everybody sees it: of whom, since when, and what each role answered."""

from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.standby.facts import Word
from kaibo.features.standby.slices import OF_CUE, STANDBY, CallState, Reply, Standing


class StandbyRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `standby.board`, key cue_id: the last call of a cue, `word` by `by` at `asked_at` (ms UTC), until `ended_at` (0: open).

    `replies`: the roles in the order they were asked. `ready` of `asked`: roles that said so, of those somebody is in; `missing`: the others of those; `uncovered`: roles nobody is in.
    `says`: by role, what the cue has for it to do, where it has a column of its own.
    """

    cue_id: str
    word: Word
    by: str
    asked_at: int
    state: CallState
    ended_at: int
    replies: tuple[Reply, ...]
    ready: int
    asked: int
    missing: tuple[str, ...]
    uncovered: tuple[str, ...]
    says: dict[str, str]


def fold_board(standing: Standing, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The cues whose call changed."""
    del standing, event
    return touched.of(STANDBY)


def _row(standing: Standing, key: str) -> StandbyRow | None:
    call = standing.calls.get(key)
    if call is None:
        return None
    asked, missing = sum(bool(reply.people) for reply in call.replies.values()), call.missing
    return StandbyRow(
        cue_id=call.cue_id,
        word=call.word,
        by=call.by,
        asked_at=call.asked_at,
        state=call.state,
        ended_at=call.ended_at,
        replies=tuple(call.replies.values()),
        ready=asked - len(missing),
        asked=asked,
        missing=missing,
        uncovered=call.uncovered,
        says={role: text for role, text in call.words.items() if role in OF_CUE},
    )


BOARD = View(
    name="standby.board",
    row=StandbyRow,
    reads=(),
    state=itself,
    fold=fold_board,
    keys=lambda standing: standing.calls.keys(),
    get=_row,
    duty="rundown.read",
    over=(STANDBY,),
)
