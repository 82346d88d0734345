"""Offset, end and countdown of a show agree at every instant, and nothing jumps because somebody pressed a key."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.rundown.facts import Cue, CueHeld, CueResumed, TimeAdded
from tests.conformance.screen import Screen

MIN = 60_000
EIGHT = CURTAIN_AT
LENGTHS = st.integers(0, 20)
PLANS = st.lists(
    st.tuples(st.sampled_from(["soft", "soft", "soft", "gap", "hard", "count_to_end"]), LENGTHS, st.integers(0, 41)),
    min_size=1,
    max_size=6,
)


def cues(plan: list[tuple[str, int, int]]) -> list[Cue]:
    """Starts of their own lie behind the cues above by the third number, in minutes."""
    found: list[Cue] = []
    at = EIGHT
    for place, (mode, length, wait) in enumerate(plan):
        own: Any = {} if mode == "soft" else {"start_mode": mode, "start_at": at + (0 if mode == "count_to_end" else wait * MIN)}
        at = own.get("start_at", at) + length * MIN
        found.append(Cue(cue_id=f"c{place}", title="環節", duration_ms=length * MIN, **own))
    return found


@settings(max_examples=80, deadline=None)
@given(PLANS, st.integers(-30, 60))
def test_the_first_go_changes_nothing_that_was_said_of_it(plan, late) -> None:
    """A show on air whose first GO is late says so before: the same offset, end and length as in the moment after."""
    told = cues(plan)
    aired = EIGHT + min(late, 0) * MIN
    screen = Screen(*told, starts_at=EIGHT, at=aired)
    first = screen.lines()[0].planned_at
    now = max(aired, first) + max(0, late) * MIN
    before = (screen.offset(now), screen.end(now), screen.expected_length(0, now))
    screen.go("c0", now)
    assert before == (screen.offset(now), screen.end(now), screen.left(now))


@settings(max_examples=80, deadline=None)
@given(st.lists(LENGTHS, min_size=1, max_size=6), st.integers(-20, 480), st.integers(-30, 30), st.integers(0, 90))
def test_without_starts_of_their_own_the_end_is_off_by_the_offset(lengths, late, added, now) -> None:
    """Eight hours behind, or more time taken away than a cue has: offset and end say the same."""
    screen = Screen(*cues([("soft", length, 0) for length in lengths]), starts_at=EIGHT, at=EIGHT - 20 * MIN)
    went_at = EIGHT + late * MIN
    screen.go("c0", went_at).given(TimeAdded(cue_id="c0", delta_ms=added * MIN), at=went_at)
    at = went_at + now * MIN
    assert screen.end(at) - screen.air.planned_end_at == screen.offset(at)
    left = screen.left(at)
    assert left is not None
    assert screen.end(at) - at == max(0, left) + sum(lengths[1:]) * MIN
    assert screen.overrun(at) == max(0, -left)
    assert screen.air.due_at >= went_at


@settings(max_examples=80, deadline=None)
@given(PLANS, st.integers(0, 60), st.integers(0, 30))
def test_holding_and_going_on_move_nothing_at_once(plan, ran, held) -> None:
    screen = Screen(*cues(plan), starts_at=EIGHT, at=EIGHT).go("c0", EIGHT)
    at = EIGHT + ran * MIN
    before = (screen.offset(at), screen.end(at), screen.left(at))
    screen.given(CueHeld(cue_id="c0"), at=at)
    assert (screen.offset(at), screen.end(at), screen.left(at)) == before
    then = at + held * MIN
    during = (screen.offset(then), screen.end(then))
    screen.given(CueResumed(cue_id="c0", held_ms=held * MIN), at=then)
    assert (screen.offset(then), screen.end(then)) == during


@settings(max_examples=80, deadline=None)
@given(st.lists(LENGTHS, min_size=2, max_size=5), st.integers(1, 41), st.integers(0, 90))
def test_a_gap_ahead_takes_lateness_and_gives_no_time_away(lengths, gap, now) -> None:
    """Until the gap is used up, the end stands although the show is behind; GO to the cue behind it at its time changes no end."""
    plan = [("soft", lengths[0], 0), ("gap", lengths[1], gap), *(("soft", length, 0) for length in lengths[2:])]
    screen = Screen(*cues(plan), starts_at=EIGHT, at=EIGHT).go("c0", EIGHT)
    at = EIGHT + now * MIN
    over = max(0, now - lengths[0])
    assert screen.offset(at) == over * MIN
    assert screen.end(at) - screen.air.planned_end_at == max(0, over - gap) * MIN
    due = max(at, screen.expected(1, at))
    end = screen.end(due)
    screen.go("c1", due)
    assert screen.end(due) == end
    assert screen.offset(due) == max(0, due - screen.lines()[1].planned_at)
