"""View rundown.cues: one row for each cue, with what became of it."""

from collections.abc import Iterable
from typing import Any

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.rundown.facts import (
    CueAdded,
    CueEdited,
    CueMoved,
    CueRemoved,
    CueSkipped,
    CueStatus,
    CueWent,
)
from kaibo.features.rundown.state import Rundown, fold
from kaibo.features.rundown.view import CueRow
from kaibo.features.show.facts import ShowEnded


def fold_cues(rundown: Rundown, event: Event[Any]) -> Iterable[str]:
    """Take an event; only the cues it speaks of change (a cue that goes ends the one before)."""
    before = rundown.on_air.cue_id if rundown.on_air else None
    fold(rundown, event)
    match event.fact:
        case CueAdded() as fact:
            return (fact.cue.cue_id,)
        case CueWent() as fact:
            return (fact.cue_id,) if before is None else (before, fact.cue_id)
        case CueEdited() | CueMoved() | CueRemoved() | CueSkipped() as fact:
            return (fact.cue_id,)
        case _:
            return () if before is None else (before,)


def cue_row(rundown: Rundown, cue_id: str) -> CueRow | None:
    """The row of a cue, None when it is not in the plan."""
    cue = rundown.cues.get(cue_id)
    if cue is None:
        return None
    ran = rundown.ran.get(cue_id)
    return CueRow(
        cue=cue,
        rank=rundown.ranks[cue_id],
        status=_status(rundown, cue_id),
        skipped=cue_id in rundown.skipped,
        went_at=ran.went_at if ran else None,
        ended_at=ran.ended_at if ran else None,
        passes=ran.passes if ran else 0,
    )


def _status(rundown: Rundown, cue_id: str) -> CueStatus:
    if rundown.on_air is not None and rundown.on_air.cue_id == cue_id:
        return "live"
    if cue_id in rundown.ran:
        return "done"
    return "skipped" if cue_id in rundown.skipped else "planned"


CUES = View(
    name="rundown.cues",
    row=CueRow,
    reads=(CueAdded, CueEdited, CueMoved, CueRemoved, CueSkipped, CueWent, ShowEnded),
    state=Rundown,
    fold=fold_cues,
    keys=lambda rundown: rundown.cues,
    get=cue_row,
    duty="rundown.read",
)
