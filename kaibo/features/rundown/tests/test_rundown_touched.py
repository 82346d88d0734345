"""What COURSE says it touched: the cues whose rows differ, and the run where the clock does."""

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Layer
from kaibo.features.rundown.commands import GoCue, SkipCue
from kaibo.features.rundown.facts import CueHeld
from kaibo.features.rundown.slices import COURSE, RUN
from kaibo.features.rundown.tests.test_rundown_running import EIGHT, on_air
from kaibo.features.show.facts import ShowEdited, ShowEnded


def touched_by(*facts: Fact) -> list[set[str]]:
    """After GO to `a` of three cues: what each of these touched."""
    stage = on_air(5, 5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT).given(*facts)
    layer = Layer([COURSE])
    return [layer.fold(event).of(COURSE) for event in stage.events][-len(facts) :]


def test_go_touches_the_cue_that_leaves_and_the_one_that_comes() -> None:
    stage = on_air(5, 5, 5)
    for cue_id in ("a", "b"):
        stage.when(GoCue(expect_cue_id=cue_id), at=EIGHT)
    stage.when(SkipCue(cue_id="c"))
    layer = Layer([COURSE])
    events: list[Event[Fact]] = stage.events
    assert [layer.fold(event).of(COURSE) for event in events][-3:] == [{RUN, "a"}, {RUN, "a", "b"}, {RUN, "b", "c"}]


def test_a_hold_and_an_edit_of_the_show_touch_the_run_alone() -> None:
    assert touched_by(CueHeld(cue_id="a"), ShowEdited(title="改名")) == [{RUN}, {RUN}]


def test_the_end_touches_the_cue_that_was_on_air_once() -> None:
    assert touched_by(ShowEnded(show_id="s1"), ShowEdited(title="改名")) == [{RUN, "a"}, {RUN}]
