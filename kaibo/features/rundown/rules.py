"""What may be done to a rundown, and when."""

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec
from fractional_indexing import generate_key_between, generate_n_keys_between

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.rundown.commands import (
    AddCue,
    AddTime,
    AdLibCue,
    CueChange,
    EditCue,
    GoCue,
    HoldCue,
    ImportRundown,
    JumpToCue,
    LinkCues,
    MoveCue,
    RemoveCue,
    ResumeCue,
    ShiftStarts,
    SkipCue,
    UndoGo,
)
from kaibo.features.rundown.facts import (
    LAST_INSTANT,
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
    RundownImported,
    TimeAdded,
    Via,
)
from kaibo.features.rundown.following import linked, shifted
from kaibo.features.rundown.slices import FIELD_TYPES, Rundown
from kaibo.features.rundown.state import RundownState
from kaibo.features.rundown.timing import UNDO_MS, OnAir, due_at

DAY_MS = 86_400_000
HOST_LINES_MAX = 3  # what a host takes in at a glance
TITLE_MAX = 200
ON_THE_WAY_MS = 1_000  # who pressed in time is not refused for the line

PlanCommand = AddCue | EditCue | MoveCue | RemoveCue | ImportRundown | LinkCues | ShiftStarts
RunCommand = GoCue | UndoGo | JumpToCue | SkipCue | HoldCue | ResumeCue | AddTime | AdLibCue


class CueUnknown(Refusal):
    """No such cue in this rundown."""

    code = "rundown.cue_unknown"
    status = 404
    cue_id: str


class CueIdTaken(Refusal):
    """A cue has this id already."""

    code = "rundown.cue_id_taken"
    cue_id: str


class CueIsLive(Refusal):
    """The cue on air cannot be moved, removed, skipped or gone to again."""

    code = "rundown.cue_live"
    cue_id: str


class EditConflict(Refusal):
    """Somebody changed the field since the editor saw it."""

    code = "rundown.edit_conflict"
    cue_id: str
    field: str
    yours: object
    theirs: object


class BadValue(Refusal):
    """The field cannot have this value."""

    code = "rundown.bad_value"
    status = 422
    cue_id: str
    field: str
    why: str


class UnknownField(Refusal):
    """A cue has no such field to edit."""

    code = "rundown.unknown_field"
    status = 422
    cue_id: str
    field: str


class UnknownProduct(Refusal):
    """The show's list does not have this product."""

    code = "rundown.unknown_product"
    status = 422
    cue_id: str
    product_id: str


class NotOnAir(Refusal):
    """The show is not on air."""

    code = "rundown.not_on_air"
    state: str


class GoStale(Refusal):
    """The button showed another cue than the next one."""

    code = "rundown.go_stale"
    expect_cue_id: str | None
    next_cue_id: str | None


class NothingToUndo(Refusal):
    """No cue was on air before this one, or it has left the rundown."""

    code = "rundown.nothing_to_undo"


class UndoLate(Refusal):
    """A GO is taken back at once or not at all: what was shown since has been seen."""

    code = "rundown.undo_late"
    seconds: int


class NoNext(Refusal):
    """The last cue is on air; GO never starts over."""

    code = "rundown.no_next"


class NothingLive(Refusal):
    """No cue is on air yet."""

    code = "rundown.nothing_live"


class AlreadyHeld(Refusal):
    """The countdown stands still already."""

    code = "rundown.already_held"
    cue_id: str


class NotHeld(Refusal):
    """The countdown runs."""

    code = "rundown.not_held"
    cue_id: str


def decide(state: RundownState, command: PlanCommand | RunCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to, or a refusal."""
    match command:
        case AddCue():
            return _add(state, command)
        case EditCue():
            return _edit(state, command)
        case MoveCue():
            return _move(state.course, command)
        case RemoveCue():
            _not_live(state.course, _known(state.course, command.cue_id))
            return [CueRemoved(cue_id=command.cue_id)]
        case ImportRundown():
            return _import(state, command)
        case LinkCues():
            return linked(state, command)
        case ShiftStarts():
            return shifted(state.course, command)
        case _:
            if not state.course.show.live:
                raise NotOnAir(state=state.course.show.stage)
            return _run(state, command, ctx)


def _run(state: RundownState, command: RunCommand, ctx: Context) -> Sequence[Fact]:
    match command:
        case GoCue():
            return _go(state.course, command, ctx)
        case UndoGo():
            return _undo(state.course, command, ctx)
        case JumpToCue():
            cue_id = _not_live(state.course, _known(state.course, command.cue_id))
            unskip = [CueSkipped(cue_id=cue_id, skipped=False)] if cue_id in state.course.skipped else []
            return [*unskip, _went(state.course, cue_id, "jump", ctx.seq + len(unskip) + 1)]
        case SkipCue():
            cue_id = _not_live(state.course, _known(state.course, command.cue_id))
            return (
                []
                if (cue_id in state.course.skipped) == command.skipped
                else [CueSkipped(cue_id=cue_id, skipped=command.skipped)]
            )
        case HoldCue() | ResumeCue() | AddTime():
            return _countdown(state.course, command, ctx.at)
        case AdLibCue():
            return _ad_lib(state, command, ctx)
        case _:
            assert_never(command)


def _go(course: Rundown, command: GoCue, ctx: Context) -> Sequence[Fact]:
    next_cue_id = course.next_cue_id()
    if next_cue_id is None:
        raise NoNext
    if command.expect_cue_id != next_cue_id:
        raise GoStale(expect_cue_id=command.expect_cue_id, next_cue_id=next_cue_id)
    return [_went(course, next_cue_id, "go", ctx.seq + 1)]


def _undo(course: Rundown, command: UndoGo, ctx: Context) -> Sequence[Fact]:
    air, before = _live(course), course.before
    if air.cue_id != command.expect_cue_id:
        raise GoStale(expect_cue_id=command.expect_cue_id, next_cue_id=air.cue_id)
    if before is None or before.cue_id not in course.cues:
        raise NothingToUndo
    if ctx.at - air.went_at > UNDO_MS + ON_THE_WAY_MS:
        raise UndoLate(seconds=UNDO_MS // 1000)
    as_it_stood = Resumed(went_at=before.went_at, added_ms=before.added_ms, held_ms=before.held_ms, held_at=before.held_at)
    return [msgspec.structs.replace(_went(course, before.cue_id, "undo", ctx.seq + 1), resumes=as_it_stood)]


def _ad_lib(state: RundownState, command: AdLibCue, ctx: Context) -> Sequence[Fact]:
    cue = Cue(cue_id=command.cue_id, title=command.title, duration_ms=command.duration_ms, product_id=command.product_id)
    _check_new(state, cue)
    after = state.course.on_air.cue_id if state.course.on_air else state.course.last_cue_id
    after = after if after in state.course.cues else None
    added = CueAdded(cue=cue, after_cue_id=after, rank=_rank_after(state.course, after))
    return [added, _went(state.course, cue.cue_id, "adlib", ctx.seq + 2)]


def _went(course: Rundown, cue_id: str, via: Via, seq: int) -> CueWent:
    """`seq` is this fact's own place in the log: it tells the passes of one cue apart for ever."""
    return CueWent(cue_id=cue_id, pass_id=f"{cue_id}@{seq}", via=via, from_cue_id=course.on_air.cue_id if course.on_air else None)


def _add(state: RundownState, command: AddCue) -> Sequence[Fact]:
    _check_new(state, command.cue)
    after = None if command.after_cue_id is None else _known(state.course, command.after_cue_id)
    return [CueAdded(cue=command.cue, after_cue_id=after, rank=_rank_after(state.course, after))]


def _move(course: Rundown, command: MoveCue) -> Sequence[Fact]:
    cue_id = _not_live(course, _known(course, command.cue_id))
    after = None if command.after_cue_id is None else _known(course, command.after_cue_id)
    place = course.place(cue_id)
    if after in (cue_id, course.order[place - 1][1] if place else None):
        return []
    return [CueMoved(cue_id=cue_id, after_cue_id=after, rank=_rank_after(course, after))]


def _edit(state: RundownState, command: EditCue) -> Sequence[Fact]:
    cue = state.course.cues[_known(state.course, command.cue_id)]
    values: dict[str, object] = {}
    for change in command.changes:
        value = _new_value(cue, change)
        if value != getattr(cue, change.field):
            values[change.field] = value
    if not values:
        return []
    _check(state, msgspec.structs.replace(cue, **values), values)
    return [CueEdited(cue_id=cue.cue_id, values=msgspec.to_builtins(values))]


def _new_value(cue: Cue, change: CueChange) -> object:
    if change.field not in FIELD_TYPES or change.field == "cue_id":
        raise UnknownField(cue_id=cue.cue_id, field=change.field)
    theirs = getattr(cue, change.field)
    try:
        was = msgspec.convert(change.was, FIELD_TYPES[change.field])
    except msgspec.ValidationError:
        was = change.was
    if was != theirs:
        raise EditConflict(cue_id=cue.cue_id, field=change.field, yours=change.to, theirs=theirs)
    try:
        return msgspec.convert(change.to, FIELD_TYPES[change.field])
    except msgspec.ValidationError as error:
        raise BadValue(cue_id=cue.cue_id, field=change.field, why=str(error)) from error


def _countdown(course: Rundown, command: HoldCue | ResumeCue | AddTime, at: int) -> Sequence[Fact]:
    air = _live(course)
    match command:
        case HoldCue():
            if air.held_at is not None:
                raise AlreadyHeld(cue_id=air.cue_id)
            return [CueHeld(cue_id=air.cue_id)]
        case ResumeCue():
            if air.held_at is None:
                raise NotHeld(cue_id=air.cue_id)
            return [CueResumed(cue_id=air.cue_id, held_ms=at - air.held_at)]
        case AddTime(delta_ms=delta_ms):
            length_ms = due_at(course.timed(air.cue_id), OnAir(air.cue_id, air.went_at, air.added_ms)) - air.went_at
            delta_ms = max(delta_ms, -length_ms)  # no more than it has: what is given back later is seen at once
            return [TimeAdded(cue_id=air.cue_id, delta_ms=delta_ms)] if delta_ms else []


def _check_all(state: RundownState, cues: Sequence[Cue], taken: set[str]) -> None:
    for cue in cues:
        if cue.cue_id in taken:
            raise CueIdTaken(cue_id=cue.cue_id)
        taken.add(cue.cue_id)
        _check(state, cue, FIELD_TYPES)


def _import(state: RundownState, command: ImportRundown) -> Sequence[Fact]:
    leaving = [i for _, i in state.course.order if i not in state.course.ran] if command.replace else []
    staying = [pair for pair in state.course.order if pair[1] not in set(leaving)]
    _check_all(state, command.cues, {cue_id for _, cue_id in staying})
    last_rank, after = staying[-1] if staying else (None, None)
    facts: list[Fact] = [CueRemoved(cue_id=cue_id) for cue_id in leaving]
    for cue, rank in zip(command.cues, generate_n_keys_between(last_rank, None, len(command.cues)), strict=True):
        facts.append(CueAdded(cue=cue, after_cue_id=after, rank=rank))
        after = cue.cue_id
    return [*facts, RundownImported(filename=command.filename, rows=len(command.cues), notes=command.notes)]


def _check_new(state: RundownState, cue: Cue) -> None:
    if cue.cue_id in state.course.cues:
        raise CueIdTaken(cue_id=cue.cue_id)
    _check(state, cue, FIELD_TYPES)


def _check(state: RundownState, cue: Cue, fields: Iterable[str]) -> None:
    """The cue as it would be makes sense, as far as the named fields go."""
    named = set(fields)
    if "product_id" in named and cue.product_id is not None and cue.product_id not in state.offers.offers:
        raise UnknownProduct(cue_id=cue.cue_id, product_id=cue.product_id)
    wrong = {
        "cue_id": not 1 <= len(cue.cue_id) <= 64,
        "title": not 1 <= len(cue.title) <= TITLE_MAX,
        "duration_ms": not 0 <= cue.duration_ms <= DAY_MS,
        "host_lines": len(cue.host_lines) > HOST_LINES_MAX,
        "start_at": not 0 <= (cue.start_at or 0) <= LAST_INSTANT or (cue.start_mode != "soft" and cue.start_at is None),
    }
    if "start_mode" in named:
        named.add("start_at")
    for field, is_wrong in wrong.items():
        if is_wrong and field in named:
            raise BadValue(cue_id=cue.cue_id, field=field, why=_WHY[field])


_WHY = {
    "cue_id": "1..64",
    "title": f"1..{TITLE_MAX}",
    "duration_ms": f"0..{DAY_MS}",
    "host_lines": f"<= {HOST_LINES_MAX}",
    "start_at": f"start_mode, 0..{LAST_INSTANT}",
}


def _rank_after(course: Rundown, after: str | None) -> str:
    """A rank between the cue `after` (None: the top) and the one below it."""
    below = 0 if after is None else course.place(after) + 1
    lower = None if after is None else course.ranks[after]
    return generate_key_between(lower, course.order[below][0] if below < len(course.order) else None)


def _known(course: Rundown, cue_id: str) -> str:
    if cue_id not in course.cues:
        raise CueUnknown(cue_id=cue_id)
    return cue_id


def _not_live(course: Rundown, cue_id: str) -> str:
    if course.on_air is not None and course.on_air.cue_id == cue_id:
        raise CueIsLive(cue_id=cue_id)
    return cue_id


def _live(course: Rundown) -> OnAir:
    if course.on_air is None:
        raise NothingLive
    return course.on_air
