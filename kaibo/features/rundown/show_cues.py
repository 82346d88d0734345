"""View rundown.cues: one row for each cue, with what became of it."""

from collections.abc import Iterable

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.rundown.facts import CueStatus
from kaibo.features.rundown.slices import COURSE, RUN, Rundown
from kaibo.features.rundown.view import CueRow


def fold_cues(rundown: Rundown, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Only the cues something happened to change (a cue that goes ends the one before)."""
    del rundown, event
    return touched.of(COURSE) - {RUN}


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
    reads=(),
    state=itself,
    fold=fold_cues,
    keys=lambda rundown: rundown.cues,
    get=cue_row,
    duty="rundown.read",
    over=(COURSE,),
)
