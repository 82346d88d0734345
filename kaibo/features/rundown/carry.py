"""What of the rundown another show like this one begins with."""

from collections.abc import Iterable

from msgspec.structs import replace

from kaibo.core.feature import Copying
from kaibo.features.rundown.commands import ImportRundown
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.state import RundownState


def carried(state: RundownState, copying: Copying) -> Iterable[ImportRundown]:
    """All cues in their order, fixed times as much later as the show begins; what was skipped or ran is a matter of that evening."""
    course = state.course
    cues = tuple(_later(course.cues[cue_id], copying.later_ms) for _, cue_id in course.order)
    if cues:
        yield ImportRundown(filename=copying.title, cues=cues)


def _later(cue: Cue, later_ms: int) -> Cue:
    return cue if cue.start_at is None else replace(cue, start_at=cue.start_at + later_ms)
