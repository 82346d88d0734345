"""Views rundown.clock, rundown.on_air and rundown.conflicts: the rows that change when time does."""

from collections.abc import Iterable, Sequence

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Slice, Touched
from kaibo.features.rundown.backtime import fixes
from kaibo.features.rundown.facts import (
    CueAdded,
    CueEdited,
)
from kaibo.features.rundown.slices import AT_THE_END, COURSE, RUN, Rundown
from kaibo.features.rundown.timing import (
    UNDO_MS,
    Course,
    OnAir,
    TimedCue,
    due_at,
    extend,
    left_ms,
    project,
    relative_ms,
    wait,
)
from kaibo.features.rundown.view import ClockRow, ConflictRow, OnAirRow

BLOCK = 32
PROJECTED = "projected"
PLANNED = "planned"
NOW = "now"
TIMED_FIELDS = frozenset(("duration_ms", "start_mode", "start_at"))


class Timed:
    """A rundown and its two courses, walked again only when an event can have moved something.

    `waiting`: the place of the cue that a show on air waits for with its first GO.
    """

    def __init__(self, rundown: Rundown) -> None:
        """Nothing planned yet."""
        self.rundown = rundown
        self.planned = Course()
        self.projected = self.planned
        self.waiting: int | None = None

    def take(self, event: Event[Fact]) -> bool:
        """What an event did to the rundown; True when the courses may have changed."""
        fact = event.fact
        if isinstance(fact, CueEdited) and TIMED_FIELDS.isdisjoint(fact.values):
            return False
        rundown = self.rundown
        unmoved = self.projected is self.planned and not rundown.show.live
        if isinstance(fact, CueAdded) and unmoved and rundown.order[-1][1] == fact.cue.cue_id:
            # An import adds hundreds at the end, one by one.
            extend(self.planned, rundown.timed(fact.cue.cue_id))
        else:
            self._walk()
        return True

    def _walk(self) -> None:
        rundown = self.rundown
        self.planned = self.projected = rundown.planned()
        self.waiting = None
        if rundown.frozen is None:
            if rundown.show.live:
                self.projected, self.waiting = wait(rundown.timed_cues(), self.planned)
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


def fold_timetable(timed: Timed, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Walk the plan again where an event can have moved something."""
    del touched
    return (RUN,) if timed.take(event) else ()


TIMETABLE: Slice[Timed] = Slice(
    name="rundown.timetable",
    reads=(),
    state=Timed,
    fold=fold_timetable,
    over=(COURSE,),
)


class ClockTable:
    """State of rundown.clock: the rows as last told."""

    def __init__(self, timed: Timed) -> None:
        """No cues."""
        self.timed = timed
        self.rows: dict[str, ClockRow] = {}

    def fold(self, event: Event[Fact], touched: Touched) -> Iterable[str]:
        """Take an event; give the rows that differ now."""
        del event, touched
        before, self.rows = self.rows, clock_rows(self.timed.planned, self.timed.projected, self.rows)
        changed = [key for key, row in self.rows.items() if before.get(key) != row]
        return [*changed, *(key for key in before if key not in self.rows)]


def clock_rows(planned: Course, projected: Course, before: dict[str, ClockRow]) -> dict[str, ClockRow]:
    """All rows; rows of `before` that still hold are taken over."""
    rows = {PROJECTED: _marks(projected), PLANNED: _waits(_marks(planned))}
    for begin in range(0, len(planned.starts), BLOCK):
        key = str(begin // BLOCK)
        lengths = tuple(projected.lengths[begin : begin + BLOCK])
        kept = before.get(key)
        rows[key] = kept if kept is not None and kept.length_ms == lengths else ClockRow(length_ms=lengths)
        if planned is not projected:
            plan = tuple(planned.lengths[begin : begin + BLOCK])
            if plan != lengths:
                rows[f"{PLANNED} {key}"] = ClockRow(length_ms=plan)
    return rows


def _waits(row: ClockRow) -> ClockRow:
    """Of a plan only the waits matter: slack and overlap are told by the projection."""
    return ClockRow(begins_at=row.begins_at, marks=tuple((place, wait, 0, 0) for place, wait, _, _ in row.marks if wait))


def _marks(course: Course) -> ClockRow:
    """Where a cue does not simply start at the end of the one above with the same slack."""
    if not course.starts:
        return ClockRow()
    marks: list[tuple[int, int, int, int]] = []
    free, slack = course.starts[0], 0
    columns = zip(course.starts, course.lengths, course.slacks, course.overlaps, strict=True)
    for place, (start, length, own_slack, overlap) in enumerate(columns):
        if start != free or own_slack != slack or overlap:
            marks.append((place, start - free, own_slack, overlap))
            slack = own_slack
        free = start + length
    return ClockRow(begins_at=course.starts[0], marks=tuple(marks))


class OnAirTable:
    """State of rundown.on_air: its one row as last told."""

    def __init__(self, timed: Timed) -> None:
        """Nothing on air."""
        self.timed = timed
        self.row = on_air_row(self.timed)

    def fold(self, event: Event[Fact], touched: Touched) -> Iterable[str]:
        """Take an event; `now` when the row differs."""
        del event, touched
        row = on_air_row(self.timed)
        if row == self.row:
            return ()
        self.row = row
        return (NOW,)


def _on_air(rundown: Rundown, timed: Timed) -> OnAirTable:
    del rundown  # the timetable's
    return OnAirTable(timed)


def on_air_row(timed: Timed) -> OnAirRow:
    """The one row, from a rundown and its courses."""
    rundown, planned, projected = timed.rundown, timed.planned, timed.projected
    air = rundown.on_air
    over = rundown.show.ended or (air is None and rundown.ended_at is not None)
    shown = air.cue_id if air else None
    place = rundown.place(shown) if shown else -1
    next_id = None if over else rundown.next_cue_id()
    due, left, offset = None, None, 0
    if air is not None and shown is not None:
        cue = rundown.timed(shown)
        offset = due_at(cue, air) - planned.starts[place] - planned.lengths[place]
        stands = air.held_at is not None and cue.mode != "count_to_end"  # the end of that one is on the clock, held or not
        due = None if stands else due_at(cue, air)
        left = left_ms(cue, air, air.held_at) if stands and air.held_at is not None else None
    elif rundown.last_cue_id in rundown.ranks and rundown.ended_at is not None:
        last = rundown.place(rundown.last_cue_id or "")
        offset = rundown.ended_at - planned.starts[last] - planned.lengths[last]
    first = timed.waiting
    begun = rundown.started_at is not None and bool(planned.starts)
    return OnAirRow(
        state="finished" if over else "before" if air is None else "running" if air.held_at is None else "held",
        cue_id=shown,
        cue_no=place + 1,
        cue_count=len(rundown.order),
        next_cue_id=next_id,
        title=rundown.cues[shown].title if shown else "",
        next_title=rundown.cues[next_id].title if next_id else "",
        next_product_id=rundown.cues[next_id].product_id if next_id else None,
        went_at=air.went_at if air else None,
        due_at=due,
        left_ms=left,
        length_ms=projected.lengths[place] if shown else 0,
        added_ms=air.added_ms if air else 0,
        offset_ms=offset,
        relative_offset_ms=relative_ms(offset, planned.starts[0], rundown.started_at or 0) if begun else 0,
        started_at=rundown.started_at,
        planned_end_at=planned.end_at if planned.starts else rundown.show.ends_at,
        projected_end_at=projected.end_at if planned.starts else rundown.show.ends_at,
        pass_id=rundown.pass_id if air else "",
        held_at=air.held_at if air else None,
        end_slack_ms=projected.end_slack,
        undo_until=_undo_until(rundown),
        begins_at=None if first is None else projected.starts[first],
        begins_slack_ms=_shortens(timed, first),
    )


def _shortens(timed: Timed, first: int | None) -> int:
    """By how much the cue that waits for the first GO gets shorter instead of ending late."""
    if first is None or timed.rundown.timed(timed.rundown.order[first][1]).mode != "count_to_end":
        return 0
    return timed.projected.lengths[first]


def _undo_until(rundown: Rundown) -> int | None:
    air, before = rundown.on_air, rundown.before
    return air.went_at + UNDO_MS if air is not None and before is not None and before.cue_id in rundown.cues else None


class ConflictTable:
    """State of rundown.conflicts: hard starts that are run into, as last told."""

    def __init__(self, timed: Timed) -> None:
        """None."""
        self.timed = timed
        self.rows: dict[str, ConflictRow] = {}

    def fold(self, event: Event[Fact], touched: Touched) -> Iterable[str]:
        """Take an event; give the hard starts whose overlap or fixes differ now."""
        del event, touched
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
    reads=(),
    state=ClockTable,
    fold=ClockTable.fold,
    keys=lambda table: table.rows,
    get=lambda table, key: table.rows.get(key),
    duty="rundown.read",
    over=(TIMETABLE,),
)
ON_AIR = View(
    name="rundown.on_air",
    row=OnAirRow,
    reads=(),
    state=_on_air,
    fold=OnAirTable.fold,
    keys=lambda _: (NOW,),
    get=lambda table, key: table.row if key == NOW else None,
    duty="rundown.read",
    over=(COURSE, TIMETABLE),  # a title alone moves no time
)
CONFLICTS = View(
    name="rundown.conflicts",
    row=ConflictRow,
    reads=(),
    state=ConflictTable,
    fold=ConflictTable.fold,
    keys=lambda table: table.rows,
    get=lambda table, key: table.rows.get(key),
    duty="rundown.read",
    over=(TIMETABLE,),
)
