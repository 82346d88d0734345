"""COURSE: the rundown, folded once: the plan in rank order, what is on air, and what ran."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import Any

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.rundown.columns import COLUMNS, NAMING
from kaibo.features.rundown.facts import (
    Cue,
    CueAdded,
    CueEdited,
    CueHeld,
    CueMoved,
    CueRemoved,
    CueResumed,
    CueSkipped,
    CueWent,
    Resumed,
    TimeAdded,
)
from kaibo.features.rundown.timing import Course, OnAir, TimedCue, walk
from kaibo.features.show.slices import STAGE, ShowNow

FIELD_TYPES: dict[str, Any] = {field.name: field.type for field in msgspec.structs.fields(Cue)}
AT_THE_END = ""
RUN = ""  # what is touched beside cues by their id: the run of the show, its clock and its plan as a whole


class Ran(msgspec.Struct):
    """The passes of one cue: how many, and the last one (`ended_at` None while on air)."""

    passes: int
    went_at: int
    ended_at: int | None = None


class Rundown:
    """One show's rundown. `order` holds (rank, cue_id), sorted; `frozen` is the plan as it stood when the first cue went."""

    def __init__(self, show: ShowNow) -> None:
        """Nothing planned yet."""
        self.show = show
        self.cues: dict[str, Cue] = {}
        self.ranks: dict[str, str] = {}
        self.order: list[tuple[str, str]] = []
        self.skipped: set[str] = set()
        self.ran: dict[str, Ran] = {}
        self.on_air: OnAir | None = None
        self.before: OnAir | None = None  # what the cue on air came after, as it then stood
        self.pass_id = ""
        self.last_cue_id: str | None = None
        self.started_at: int | None = None
        self.ended_at: int | None = None
        self.frozen: dict[str, TimedCue] | None = None
        self.lead_ms: dict[str, int] = {}
        self.aired: list[
            tuple[int, str]
        ] = []  # what came on air and when, without what was taken back: for whatever is told late
        self.undone: list[tuple[int, int, str]] = []  # what was taken back: from when, to when, and which

    @property
    def starts_at(self) -> int:
        """When the show is planned to begin, ms UTC."""
        return self.show.starts_at

    def cue(self) -> Cue | None:
        """The cue on air."""
        return None if self.on_air is None else self.cues.get(self.on_air.cue_id)

    def cue_id_at(self, at: int) -> str:
        """The cue that was on air at an instant (ms UTC), "" where there was none."""
        place = bisect_right(self.aired, at, key=_since)
        return self.aired[place - 1][1] if place else ""

    def cue_id_of(self, cue_id: str, at: int) -> str:
        """The cue that something of an instant belongs to, which was said to be `cue_id` then: what was taken back was never on air."""
        mistaken = any(first <= at < last and cue_id == undone for first, last, undone in self.undone)
        return self.cue_id_at(at) if mistaken else cue_id

    def place(self, cue_id: str) -> int:
        """Index in rank order, O(log n). Raises KeyError for an unknown cue."""
        return bisect_left(self.order, (self.ranks[cue_id], cue_id))

    def next_cue_id(self) -> str | None:
        """The cue that GO goes to: the next one not skipped; None at the end and after it, never around the corner."""
        if self.show.ended:
            return None
        first = 0 if self.on_air is None else self.place(self.on_air.cue_id) + 1
        return next((cue_id for _, cue_id in self.order[first:] if cue_id not in self.skipped), None)

    def timed(self, cue_id: str) -> TimedCue:
        """The cue as it stands now."""
        cue = self.cues[cue_id]
        return TimedCue(cue_id, cue.duration_ms, cue.start_mode, cue.start_at, cue_id in self.skipped)

    def timed_cues(self) -> list[TimedCue]:
        """The cues as they stand now, in rank order."""
        cues, skipped = self.cues, self.skipped
        return [TimedCue(i, (cue := cues[i]).duration_ms, cue.start_mode, cue.start_at, i in skipped) for _, i in self.order]

    def planned(self) -> Course:
        """The course of the plan: every cue's start and length."""
        return walk(self.baseline(), self.starts_at)

    def baseline(self) -> list[TimedCue]:
        """The plan that offsets are measured against: frozen by the first GO, in today's order. What was added since has no planned length."""
        frozen = self.frozen
        if frozen is None:
            return self.timed_cues()
        if not self.lead_ms:
            return [frozen.get(i) or TimedCue(i, 0) for _, i in self.order]
        plan: list[TimedCue] = []
        for _, i in self.order:
            kept = frozen.get(i) or TimedCue(i, 0)
            plan.append(TimedCue(i, kept.duration_ms, kept.mode, kept.start_at, kept.skipped, self.lead_ms.get(i, 0)))
        return plan


def unmatched_code(cue: Cue) -> str:
    """What the row of a cue named as its product while no product is called so; "" where none was named, or it is known."""
    if cue.product_id is not None:
        return ""
    return next((text for header, text in cue.extra.items() if text.strip() and COLUMNS.field(header) in NAMING), "")


def _since(came: tuple[int, str]) -> int:
    return came[0]


def fold_course(course: Rundown, event: Event[Fact], _: Touched) -> Iterable[str]:
    """The plan, the run, and the end of the show."""
    before = course.on_air.cue_id if course.on_air else None
    match event.fact:
        case CueAdded() as fact:
            _fold_plan(course, fact)
            return (fact.cue.cue_id,)
        case CueEdited() | CueMoved() | CueRemoved() as fact:
            _fold_plan(course, fact)
            return (fact.cue_id,)
        case CueWent() | CueSkipped() as fact:
            _fold_run(course, event)
            return (RUN, fact.cue_id) if before is None else (RUN, before, fact.cue_id)
        case CueHeld() | CueResumed() | TimeAdded():
            _fold_run(course, event)
            return (RUN,)
        case _:
            return _turn(course, event, before)


def _turn(course: Rundown, event: Event[Fact], before: str | None) -> Iterable[str]:
    """What became of the show itself."""
    if course.show.ended and course.ended_at is None:
        _finish(course, event.at)
    return (RUN,) if before is None or course.on_air is not None else (RUN, before)


def _fold_plan(state: Rundown, fact: CueAdded | CueEdited | CueMoved | CueRemoved) -> None:
    match fact:
        case CueAdded():
            state.cues[fact.cue.cue_id] = fact.cue
            _stand(state, fact.cue.cue_id, fact.rank)
        case CueEdited():
            values = {name: msgspec.convert(value, FIELD_TYPES[name]) for name, value in fact.values.items()}
            state.cues[fact.cue_id] = msgspec.structs.replace(state.cues[fact.cue_id], **values)
        case CueMoved():
            del state.order[state.place(fact.cue_id)]
            _stand(state, fact.cue_id, fact.rank)
        case CueRemoved():
            _remove(state, fact.cue_id)


def _stand(state: Rundown, cue_id: str, rank: str) -> None:
    state.ranks[cue_id] = rank
    insort(state.order, (rank, cue_id))


def _remove(state: Rundown, cue_id: str) -> None:
    place = state.place(cue_id)
    del state.order[place]
    del state.cues[cue_id], state.ranks[cue_id]
    state.ran.pop(cue_id, None)
    if state.frozen is not None:
        # Its planned time stays in the plan, so that taking a cue out shows as time won.
        kept = state.frozen.pop(cue_id, None)
        planned_ms = 0 if kept is None or kept.skipped else kept.duration_ms
        left = planned_ms + state.lead_ms.pop(cue_id, 0)
        heir = state.order[place][1] if place < len(state.order) else AT_THE_END
        if left:
            state.lead_ms[heir] = state.lead_ms.get(heir, 0) + left
    state.skipped.discard(cue_id)


def _fold_run(state: Rundown, event: Event[Fact]) -> None:
    air = state.on_air
    match event.fact:
        case CueWent() as fact:
            _go(state, fact, event.at)
        case CueSkipped() as fact:
            (state.skipped.add if fact.skipped else state.skipped.discard)(fact.cue_id)
        case CueHeld() if air is not None:
            state.on_air = OnAir(air.cue_id, air.went_at, air.added_ms, air.held_ms, event.at)
        case CueResumed() as fact if air is not None:
            state.on_air = OnAir(air.cue_id, air.went_at, air.added_ms, air.held_ms + fact.held_ms)
        case TimeAdded() as fact if air is not None:
            state.on_air = OnAir(air.cue_id, air.went_at, air.added_ms + fact.delta_ms, air.held_ms, air.held_at)
        case _:
            pass


def _go(state: Rundown, fact: CueWent, at: int) -> None:
    if state.frozen is None:
        state.frozen = {cue.cue_id: cue for cue in state.timed_cues()}
        state.started_at = at
    if state.on_air is not None:
        state.ran[state.on_air.cue_id].ended_at = at
    if fact.resumes is not None:
        _resume(state, fact.cue_id, fact.resumes)
        state.undone.append((state.aired.pop()[0], at, fact.takes_back))
    else:
        before = state.ran.get(fact.cue_id)
        state.ran[fact.cue_id] = Ran(passes=before.passes + 1 if before else 1, went_at=at)
        state.before, state.on_air = state.on_air, OnAir(fact.cue_id, at)
        state.aired.append((at, fact.cue_id))
    state.pass_id, state.last_cue_id, state.ended_at = fact.pass_id, fact.cue_id, None


def _resume(state: Rundown, cue_id: str, as_it_stood: Resumed) -> None:
    """The cue on air went by mistake: it has not been, and the one before it never ended."""
    mistaken = state.on_air
    if mistaken is not None and (ran := state.ran.get(mistaken.cue_id)) is not None:
        ran.passes -= 1
        if not ran.passes:
            del state.ran[mistaken.cue_id]
    state.ran[cue_id].went_at, state.ran[cue_id].ended_at = as_it_stood.went_at, None
    state.on_air = OnAir(cue_id, as_it_stood.went_at, as_it_stood.added_ms, as_it_stood.held_ms, as_it_stood.held_at)
    state.before = None


def _finish(state: Rundown, at: int) -> None:
    if state.on_air is not None:
        state.ran[state.on_air.cue_id].ended_at = at
    state.on_air = state.before = None
    state.ended_at = at
    state.aired.append((at, ""))


COURSE: Slice[Rundown] = Slice(
    name="rundown.course",
    reads=(CueAdded, CueEdited, CueMoved, CueRemoved, CueSkipped, CueWent, CueHeld, CueResumed, TimeAdded),
    state=Rundown,
    fold=fold_course,
    over=(STAGE,),
)
