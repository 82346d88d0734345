"""Views rundown.clock, rundown.on_air and rundown.conflicts: the rows that change when time does."""

from collections.abc import Iterable, Sequence
from typing import Any

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.rundown.backtime import fixes
from kaibo.features.rundown.facts import (
    CueAdded,
    CueEdited,
    CueHeld,
    CueMoved,
    CueRemoved,
    CueResumed,
    CueSkipped,
    CueWent,
    RundownFinished,
    TimeAdded,
)
from kaibo.features.rundown.state import AT_THE_END, Rundown, fold
from kaibo.features.rundown.timing import (
    NEVER_MOVES,
    Course,
    OnAir,
    TimedCue,
    due_at,
    extend,
    left_ms,
    project,
    relative_ms,
    walk,
)
from kaibo.features.rundown.view import ClockRow, ConflictRow, OnAirRow
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowPlanned

BLOCK = 32
BASES = "bases"
NOW = "now"
PLAN_FACTS = (CueAdded, CueEdited, CueMoved, CueRemoved)
RUN_FACTS = (CueWent, CueSkipped, CueHeld, CueResumed, TimeAdded, RundownFinished)
SHOW_FACTS = (ShowPlanned, ShowEdited, ShowAired, ShowEnded)
TIMED_FIELDS = frozenset(("duration_ms", "start_mode", "start_at"))


class Timed:
    """A rundown and its two courses, walked again only when an event can have moved something."""

    def __init__(self) -> None:
        """Nothing planned yet."""
        self.rundown = Rundown()
        self.planned = Course()
        self.projected = self.planned

    def take(self, event: Event[Any]) -> bool:
        """Fold one event; True when the courses may have changed."""
        fold(self.rundown, event)
        fact = event.fact
        if isinstance(fact, CueEdited) and TIMED_FIELDS.isdisjoint(fact.values):
            return False
        rundown = self.rundown
        if isinstance(fact, CueAdded) and rundown.frozen is None and rundown.order[-1][1] == fact.cue.cue_id:
            # An import adds hundreds at the end, one by one.
            extend(self.planned, rundown.timed(fact.cue.cue_id))
        else:
            self._walk()
        return True

    def _walk(self) -> None:
        rundown = self.rundown
        self.planned = self.projected = walk(rundown.baseline(), rundown.starts_at)
        if rundown.frozen is None:
            return
        self.planned.end_at += rundown.lead_ms.get(AT_THE_END, 0)
        ran = {cue_id: (ran.went_at, ran.ended_at) for cue_id, ran in rundown.ran.items() if ran.ended_at is not None}
        cues, on_air = rundown.timed_cues(), rundown.on_air
        last = rundown.last_cue_id
        if on_air is None and last in ran:
            cues, on_air = _over(cues, last, ran[last])
        self.projected = project(cues, rundown.starts_at, on_air, ran)


def _over(cues: Sequence[TimedCue], last: str, ran: tuple[int, int]) -> tuple[list[TimedCue], OnAir]:
    """The show is over: the last cue ended when it did, and nothing below it will run."""
    place = next(i for i, cue in enumerate(cues) if cue.cue_id == last)
    below = [TimedCue(cue.cue_id, 0, skipped=True) for cue in cues[place + 1 :]]
    return [*cues[:place], TimedCue(last, ran[1] - ran[0]), *below], OnAir(last, ran[0])


class ClockTable:
    """State of rundown.clock: the rows as last told."""

    def __init__(self) -> None:
        """No cues, one row of no bases."""
        self.timed = Timed()
        self.rows: dict[str, ClockRow] = {BASES: ClockRow(planned_ms=(), projected_ms=())}

    def fold(self, event: Event[Any]) -> Iterable[str]:
        """Take an event; give the blocks that differ now."""
        if not self.timed.take(event):
            return ()
        added_last = isinstance(event.fact, CueAdded) and self.timed.rundown.frozen is None
        first = (self.timed.rundown.place(event.fact.cue.cue_id) // BLOCK) if added_last else 0
        rows = clock_rows(self.timed.planned, self.timed.projected, self.timed.rundown.starts_at, first)
        blocks = (len(self.timed.planned.starts) + BLOCK - 1) // BLOCK
        gone = [key for key in self.rows if key != BASES and int(key) >= blocks]
        for key in gone:
            del self.rows[key]
        changed = [key for key, row in rows.items() if self.rows.get(key) != row]
        self.rows.update(rows)
        return [*changed, *gone]


def clock_rows(planned: Course, projected: Course, origin: int, first: int = 0) -> dict[str, ClockRow]:
    """The row of bases, and the blocks from the `first` one on."""
    places = range(0, len(planned.starts), BLOCK)
    rows = {
        BASES: ClockRow(
            planned_base=origin,
            projected_base=origin,
            planned_ms=tuple(planned.starts[i] - origin for i in places),
            projected_ms=tuple(projected.starts[i] - origin for i in places),
            slack_ms=tuple(max(0, projected.slacks[i]) for i in places),
        )
    }
    for i in places[first:]:
        rows[str(i // BLOCK)] = _block(planned, projected, i, i + BLOCK)
    return rows


def _block(planned: Course, projected: Course, begin: int, end: int) -> ClockRow:
    plan = tuple([at - planned.starts[begin] for at in planned.starts[begin:end]])
    course = tuple([at - projected.starts[begin] for at in projected.starts[begin:end]])
    base = max(0, projected.slacks[begin])
    slacks = tuple([NEVER_MOVES if slack == NEVER_MOVES else slack - base for slack in projected.slacks[begin:end]])
    overlaps = tuple(projected.overlaps[begin:end])
    return ClockRow(
        planned_ms=plan,
        projected_ms=() if course == plan else course,
        length_ms=tuple(projected.lengths[begin:end]),
        slack_ms=slacks if any(slacks) else (),
        overlap_ms=overlaps if any(overlaps) else (),
    )


class OnAirTable:
    """State of rundown.on_air: its one row as last told."""

    def __init__(self) -> None:
        """Nothing on air."""
        self.timed = Timed()
        self.row = on_air_row(self.timed)

    def fold(self, event: Event[Any]) -> Iterable[str]:
        """Take an event; `now` when the row differs."""
        self.timed.take(event)
        row = on_air_row(self.timed)
        if row == self.row:
            return ()
        self.row = row
        return (NOW,)


def on_air_row(timed: Timed) -> OnAirRow:
    """The one row, from a rundown and its courses."""
    rundown, planned, projected = timed.rundown, timed.planned, timed.projected
    air = rundown.on_air
    over = rundown.show_state == "ended" or (air is None and rundown.ended_at is not None)
    shown = air.cue_id if air else None
    place = rundown.place(shown) if shown else -1
    next_id = None if over else rundown.next_cue_id()
    due, left, offset = None, None, 0
    if air is not None and shown is not None:
        cue = rundown.timed(shown)
        offset = due_at(cue, air) - planned.starts[place] - planned.lengths[place]
        due = due_at(cue, air) if air.held_at is None else None
        left = None if air.held_at is None else left_ms(cue, air, air.held_at)
    elif over and rundown.last_cue_id in rundown.ranks and rundown.ended_at is not None:
        last = rundown.place(rundown.last_cue_id or "")
        offset = rundown.ended_at - planned.starts[last] - planned.lengths[last]
    begun = rundown.started_at is not None and bool(planned.starts)
    return OnAirRow(
        state="finished" if over else "before" if air is None else "running" if air.held_at is None else "held",
        cue_id=shown,
        cue_no=place + 1,
        cue_count=len(rundown.order),
        next_cue_id=next_id,
        title=rundown.cues[shown].title if shown else "",
        next_title=rundown.cues[next_id].title if next_id else "",
        went_at=air.went_at if air else None,
        due_at=due,
        left_ms=left,
        length_ms=projected.lengths[place] if shown else 0,
        added_ms=air.added_ms if air else 0,
        offset_ms=offset,
        relative_offset_ms=relative_ms(offset, planned.starts[0], rundown.started_at or 0) if begun else 0,
        started_at=rundown.started_at,
        planned_end_at=planned.end_at if planned.starts else rundown.starts_at,
        projected_end_at=projected.end_at if planned.starts else rundown.starts_at,
        pass_id=rundown.pass_id if air else "",
        held_at=air.held_at if air else None,
        end_slack_ms=projected.end_slack,
    )


class ConflictTable:
    """State of rundown.conflicts: hard starts that are run into, as last told."""

    def __init__(self) -> None:
        """None."""
        self.timed = Timed()
        self.rows: dict[str, ConflictRow] = {}

    def fold(self, event: Event[Any]) -> Iterable[str]:
        """Take an event; give the hard starts whose overlap or fixes differ now."""
        if not self.timed.take(event):
            return ()
        before, self.rows = self.rows, conflict_rows(self.timed)
        return [key for key in {**before, **self.rows} if before.get(key) != self.rows.get(key)]


def conflict_rows(timed: Timed) -> dict[str, ConflictRow]:
    """One row for each hard start run into. Fixes change what is still to come; what already ran cannot be stretched."""
    rundown, course = timed.rundown, timed.projected
    if not any(course.overlaps):
        return {}
    cues = rundown.timed_cues()
    begin, begins_at = 0, rundown.starts_at
    if rundown.on_air is not None:
        begin = rundown.place(rundown.on_air.cue_id) + 1
        begins_at = course.starts[begin - 1] + course.lengths[begin - 1]
    rows: dict[str, ConflictRow] = {}
    for place, overlap in enumerate(course.overlaps):
        if overlap:
            cue_id = cues[place].cue_id
            rows[cue_id] = ConflictRow(cue_id=cue_id, overlap_ms=overlap, fixes=fixes(cues[begin:], begins_at, cue_id))
    return rows


CLOCK = View(
    name="rundown.clock",
    row=ClockRow,
    reads=(*PLAN_FACTS, *RUN_FACTS, *SHOW_FACTS),
    state=ClockTable,
    fold=ClockTable.fold,
    keys=lambda table: table.rows,
    get=lambda table, key: table.rows.get(key),
    duty="rundown.read",
)
ON_AIR = View(
    name="rundown.on_air",
    row=OnAirRow,
    reads=(*PLAN_FACTS, *RUN_FACTS, *SHOW_FACTS),
    state=OnAirTable,
    fold=OnAirTable.fold,
    keys=lambda _: (NOW,),
    get=lambda table, key: table.row if key == NOW else None,
    duty="rundown.read",
)
CONFLICTS = View(
    name="rundown.conflicts",
    row=ConflictRow,
    reads=(*PLAN_FACTS, *RUN_FACTS, *SHOW_FACTS),
    state=ConflictTable,
    fold=ConflictTable.fold,
    keys=lambda table: table.rows,
    get=lambda table, key: table.rows.get(key),
    duty="rundown.read",
)
