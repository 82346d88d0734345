"""What the team sees: each alarm as it stands, every time one was raised and the moves it led to, and what moves brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, keys_of, row_of
from kaibo.core.slice import Touched
from kaibo.features.alarm.effects import EFFECTS, MoveEffectRow
from kaibo.features.alarm.facts import (
    AlarmAnswered,
    AlarmChosen,
    AlarmCleared,
    AlarmDropped,
    AlarmMoveApproved,
    AlarmMoveProposed,
    AlarmMoveRejected,
    AlarmRaised,
    AlarmRule,
    Move,
)
from kaibo.features.alarm.state import READS, Alarm, AlarmState, begin, fold
from kaibo.features.metric.facts import MetricSpendEntered, MetricSpendRemoved, SpendRow
from kaibo.features.metric.slices import TARGETS, Targets
from kaibo.features.promo.facts import Evidence
from kaibo.features.rundown.slices import COURSE, Rundown
from kaibo.features.show.slices import STAGE, ShowNow

OWN = (AlarmChosen, AlarmDropped, AlarmRaised, AlarmCleared)


class AlarmRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `alarm.board`, key alarm_id. `state`: armed, holding (beyond its limit, not yet for long enough), raised, cooling.

    `value` is the figure in the newest sample (seq `sample_seq`), `limit` where the alarm begins, `compared` what that is a
    share of; None while nobody can say. `since`: beyond the limit since then.
    """

    rule: AlarmRule
    state: Literal["armed", "holding", "raised", "cooling"]
    value: float | None
    limit: float | None
    compared: float | None
    since: int | None
    raised_at: int | None
    raise_id: str
    sample_seq: int


class RaiseRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `alarm.raises`, key raise_id: one time an alarm was raised. `promo_ids` were proposed because of it."""

    raise_id: str
    alarm_id: str
    metric: str
    value: float
    limit: float
    compared: float | None
    move: Move
    evidence: tuple[Evidence, ...]
    product_id: str
    since: int
    raised_at: int
    seq: int
    cleared_at: int | None = None
    promo_ids: tuple[str, ...] = ()


class MoveRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `alarm.moves`, key move_id: a move that is no promo, and how it stands; `spent` is the row of ad spend that was entered for it."""

    move_id: str
    raise_id: str
    move: Move
    evidence: tuple[Evidence, ...]
    expected: str
    product_id: str
    cue_id: str
    text: str
    answer: str
    cost_minor: int | None
    channel: str
    stage: Literal["proposed", "approved", "rejected"]
    proposed_by: str
    proposed_at: int
    settled_by: str = ""
    settled_at: int | None = None
    reason: str = ""
    spent: SpendRow | None = None


@dataclass(slots=True)
class Board:
    """The deciding state folded again, and the time of the newest sample."""

    state: AlarmState
    at: int = 0


def _begin(show: ShowNow, course: Rundown, targets: Targets) -> Board:
    return Board(begin(show, course, targets))


def fold_board(board: Board, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A sample touches all alarms."""
    before = list(board.state.alarms)
    fold(board.state, event, touched)
    board.at = max(board.at, event.at)
    return {*before, *board.state.alarms}


def _stands(board: Board, alarm: Alarm) -> Literal["armed", "holding", "raised", "cooling"]:
    if alarm.raise_id:
        return "raised"
    if alarm.quiet_until > board.at:
        return "cooling"
    return "armed" if alarm.since is None else "holding"


def _alarm(board: Board, key: str) -> AlarmRow | None:
    alarm = board.state.alarms.get(key)
    if alarm is None:
        return None
    known = board.state.known
    return AlarmRow(
        rule=alarm.rule,
        state=_stands(board, alarm),
        value=known.value(alarm.rule),
        limit=known.limit(alarm.rule),
        compared=known.compared(alarm.rule),
        since=alarm.since,
        raised_at=alarm.raised_at,
        raise_id=alarm.raise_id,
        sample_seq=known.seq,
    )


Raises = dict[str, RaiseRow]
Moves = dict[str, MoveRow]


def fold_raises(rows: Raises, event: Event[Fact]) -> Iterable[str]:
    """Raised, cleared, answered by a promo."""
    match event.fact:
        case AlarmRaised() as raised:
            values = {name: getattr(raised, name) for name in raised.__struct_fields__}
            rows[raised.raise_id] = RaiseRow(**values, raised_at=event.at, seq=event.seq)
            return (raised.raise_id,)
        case AlarmCleared(raise_id=raise_id):
            rows[raise_id] = replace(rows[raise_id], cleared_at=event.at)
            return (raise_id,)
        case AlarmAnswered(raise_id=raise_id, promo_id=promo_id):
            rows[raise_id] = replace(rows[raise_id], promo_ids=(*rows[raise_id].promo_ids, promo_id))
            return (raise_id,)
        case _:
            return ()


def fold_moves(rows: Moves, event: Event[Fact]) -> Iterable[str]:
    """Proposed, approved or rejected; and what was spent for it."""
    match event.fact:
        case AlarmMoveProposed() as proposed:
            values = {name: getattr(proposed, name) for name in proposed.__struct_fields__}
            rows[proposed.move_id] = MoveRow(**values, stage="proposed", proposed_by=event.actor.id, proposed_at=event.at)
            return (proposed.move_id,)
        case AlarmMoveApproved(move_id=move_id):
            settled = replace(rows[move_id], stage="approved", settled_by=event.actor.id, settled_at=event.at)
            rows[move_id] = settled
            return (move_id,)
        case AlarmMoveRejected(move_id=move_id, reason=reason):
            rows[move_id] = replace(
                rows[move_id], stage="rejected", settled_by=event.actor.id, settled_at=event.at, reason=reason
            )
            return (move_id,)
        case MetricSpendEntered(rows=entered):
            return _spent(rows, {row.spend_id: row for row in entered})
        case MetricSpendRemoved(spend_id=spend_id):
            return _spent(rows, {spend_id: None})
        case _:
            return ()


def _spent(moves: Moves, entered: dict[str, SpendRow | None]) -> Iterable[str]:
    """What was entered replaces the row of its id, whatever that was spent for."""
    touched: list[str] = []
    for move_id, move in moves.items():
        row = move.spent
        if row is not None and row.spend_id in entered:
            row = None
        row = next((each for each in entered.values() if each is not None and each.move_id == move_id), row)
        if row != move.spent:
            moves[move_id] = replace(move, spent=row)
            touched.append(move_id)
    return touched


BOARD = View(
    name="alarm.board",
    row=AlarmRow,
    reads=(*READS, *OWN),
    state=_begin,
    fold=fold_board,
    keys=lambda board: board.state.alarms.keys(),
    get=_alarm,
    duty="metric.read",
    pace_ms=250,
    over=(STAGE, COURSE, TARGETS),
)
RAISES = View(
    name="alarm.raises",
    row=RaiseRow,
    reads=(AlarmRaised, AlarmCleared, AlarmAnswered),
    state=dict,
    fold=fold_raises,
    keys=keys_of,
    get=row_of,
    duty="metric.read",
)
MOVES = View(
    name="alarm.moves",
    row=MoveRow,
    reads=(AlarmMoveProposed, AlarmMoveApproved, AlarmMoveRejected, MetricSpendEntered, MetricSpendRemoved),
    state=dict,
    fold=fold_moves,
    keys=keys_of,
    get=row_of,
    duty="metric.read",
)
__all__ = ["BOARD", "EFFECTS", "MOVES", "RAISES", "AlarmRow", "MoveEffectRow", "MoveRow", "RaiseRow"]
