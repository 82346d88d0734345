"""What a rundown does after something else moved: products that came are linked, fixed times go with the start of the show."""

from collections.abc import Sequence

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.features.rundown.commands import LinkCues, ShiftStarts
from kaibo.features.rundown.facts import LAST_INSTANT, CueEdited
from kaibo.features.rundown.slices import Rundown
from kaibo.features.rundown.state import RundownState


class ShiftStale(Refusal):
    """A fixed time is another by now than whoever wants to move it saw."""

    code = "rundown.shift_stale"
    cue_id: str


def linked(state: RundownState, command: LinkCues) -> Sequence[Fact]:
    """A cue that was changed or given a product meanwhile is left alone."""
    facts: list[Fact] = []
    for link in command.links:
        cue = state.course.cues.get(link.cue_id)
        if cue is not None and cue.product_id is None and cue.extra == link.extra_was and link.product_id in state.offers.offers:
            told = {field: getattr(link, field) for field in ("product_id", "cue_type", "proof", "extra")}
            values = {field: value for field, value in told.items() if value != getattr(cue, field)}
            facts.append(CueEdited(cue_id=cue.cue_id, values=values))
    return facts


def shifted(course: Rundown, command: ShiftStarts) -> Sequence[Fact]:
    """Times that are fixed are instants: they stay behind when the show is moved, unless they are moved too."""
    cues = [course.cues[cue_id] for _, cue_id in course.order if cue_id not in course.ran]
    if command.was is not None:
        stale = next((cue.cue_id for cue in cues if command.was.get(cue.cue_id) != cue.start_at), None)
        if stale is not None:
            raise ShiftStale(cue_id=stale)
    return [
        CueEdited(cue_id=cue.cue_id, values={"start_at": max(0, min(LAST_INSTANT, cue.start_at + command.later_ms))})
        for cue in cues
        if cue.start_at is not None and command.later_ms
    ]
