"""Closing a gap or overlap at a hard start."""

import pytest

from kaibo.features.rundown.backtime import CannotClose, Fix, close, fixes, segment
from kaibo.features.rundown.timing import TimedCue

CUES = [
    TimedCue("open", 10, "hard", 0),
    TimedCue("talk", 20),
    TimedCue("pause", 5, "gap", 40),
    TimedCue("offer", 30),
    TimedCue("draw", 5, "hard", 100),
]


def refusal(*args) -> str:
    with pytest.raises(CannotClose) as caught:
        close(*args)
    return caught.value.why


def test_the_gap_is_measured_from_the_hard_start_above():
    assert segment(CUES, 0, "draw").difference_ms == 25
    assert segment(CUES[1:], 30, "draw").governing is None


def test_each_offered_edit_closes_it():
    assert fixes(CUES, 0, "draw") == (
        Fix(strategy="move_hard_start", cue_id="draw", value=75),
        Fix(strategy="change_duration", cue_id="offer", value=55),
        Fix(strategy="change_duration", cue_id="talk", value=55),  # 10 of it are swallowed by the gap above `pause`
        Fix(strategy="change_duration", cue_id="open", value=45),
        Fix(strategy="change_duration", cue_id="pause", value=30),
    )


def test_what_would_not_close_it_is_refused():
    assert refusal(CUES, 0, "offer", "move_hard_start") == "not_a_hard_start"
    assert refusal(CUES, 0, "draw", "change_duration", "draw") == "not_in_segment"
    assert refusal(CUES[1:], 0, "draw", "move_governing_start") == "no_governing_start"
    assert refusal(CUES, 0, "draw", "move_governing_start") == "no_effect"  # the gap above `pause` swallows 10
    tight = [TimedCue("a", 10), TimedCue("b", 50), TimedCue("h", 0, "hard", 40)]
    assert refusal(tight, 0, "h", "change_duration", "a") == "too_short"
    assert refusal([TimedCue("a", 40), tight[2]], 0, "h", "move_hard_start") == "nothing_to_close"


def test_a_cue_above_a_gap_start_cannot_make_up_for_what_is_late_below_it():
    late = [TimedCue("a", 40), TimedCue("g", 0, "gap", 40), TimedCue("b", 30), TimedCue("h", 0, "hard", 60)]
    assert refusal(late, 0, "h", "change_duration", "a") == "no_effect"
    assert close(late, 0, "h", "change_duration", "b").value == 20
