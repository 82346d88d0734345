"""Laws of rundown timing, and of its views over any history."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.rundown.commands import (
    AddCue,
    AddTime,
    AdLibCue,
    CueChange,
    EditCue,
    GoCue,
    HoldCue,
    JumpToCue,
    MoveCue,
    RemoveCue,
    ResumeCue,
    SkipCue,
)
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.feature import FEATURE
from kaibo.features.rundown.timing import NEVER_MOVES, OnAir, TimedCue, project, walk
from kaibo.features.show.facts import ShowAired, ShowPlanned

LENGTHS = st.integers(0, 1000)
PLANS = st.lists(
    st.builds(
        lambda mode, length, at, skipped: (mode, length, at, skipped),
        st.sampled_from(["soft", "soft", "hard", "gap", "count_to_end"]),
        LENGTHS,
        st.integers(0, 5000),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def timed(plan) -> list[TimedCue]:
    return [
        TimedCue(str(i), length, mode, None if mode == "soft" else at, skipped)
        for i, (mode, length, at, skipped) in enumerate(plan)
    ]


@given(PLANS, st.integers(0, 3000))
def test_starts_never_go_back_but_at_a_hard_start_that_is_run_into(plan, begins_at):
    cues, course = timed(plan), walk(timed(plan), begins_at)
    for i in range(1, len(cues)):
        free = course.starts[i - 1] + course.lengths[i - 1]
        assert course.overlaps[i] == max(0, free - course.starts[i])
        assert course.overlaps[i] == 0 or cues[i].mode == "hard"
    assert all(length >= 0 for length in course.lengths)


@given(PLANS, st.integers(0, 3000), LENGTHS)
def test_hard_starts_never_move(plan, begins_at, late):
    cues = timed(plan)
    course = project(cues, begins_at, OnAir("0", begins_at + late), {})
    for cue, start in list(zip(cues, course.starts, strict=True))[1:]:
        assert cue.mode != "hard" or cue.skipped or start == cue.start_at


@given(PLANS, st.integers(0, 3000), LENGTHS)
def test_an_overrun_moves_a_cue_by_what_slack_leaves(plan, begins_at, overrun):
    """What a screen adds up from slack is what a fresh walk at that instant says."""
    cues, air = timed(plan), OnAir("0", begins_at)
    due = project(cues, begins_at, air, {})
    later = project(cues, begins_at, OnAir("0", begins_at, added_ms=overrun), {})
    for i in range(1, len(cues)):
        moved = 0 if due.slacks[i] == NEVER_MOVES else max(0, overrun - due.slacks[i])
        assert later.starts[i] == due.starts[i] + moved


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["go", "go", "jump", "skip", "hold", "resume", "time", "adlib", "add", "edit", "move", "remove"]),
        st.integers(0, 7),
        st.integers(0, 7),
    ),
    max_size=25,
)


def command(stage: Stage, kind: str, n: int, m: int):
    ids = [cue_id for _, cue_id in stage.state.course.order] or ["none"]
    one, two = ids[n % len(ids)], ids[m % len(ids)]
    cue = stage.state.course.cues.get(one)
    match kind:
        case "go":
            return GoCue(expect_cue_id=stage.state.course.next_cue_id() or "none")
        case "jump":
            return JumpToCue(cue_id=one)
        case "skip":
            return SkipCue(cue_id=one, skipped=m % 2 == 0)
        case "hold":
            return HoldCue()
        case "resume":
            return ResumeCue()
        case "time":
            return AddTime(delta_ms=(n - 3) * 1000)
        case "adlib":
            return AdLibCue(cue_id=f"x{stage.seq}", title="加碼", duration_ms=n * 1000)
        case "add":
            mode = ("soft", "hard", "gap", "count_to_end")[m % 4]
            start_at = None if mode == "soft" else CURTAIN_AT + n * 3000
            new = Cue(cue_id=f"c{stage.seq}", title="t", duration_ms=n * 1000, start_mode=mode, start_at=start_at)
            return AddCue(cue=new, after_cue_id=None if one == "none" else one)
        case "edit":
            was = cue.duration_ms if cue else 0
            return EditCue(cue_id=one, changes=(CueChange(field="duration_ms", was=was, to=m * 1000),))
        case "move":
            return MoveCue(cue_id=one, after_cue_id=two)
        case _:
            return RemoveCue(cue_id=one)


def play(steps) -> Stage:
    """A show in which these things were asked, one second apart; refusals are part of life."""
    stage = Stage(FEATURE).given(
        ShowPlanned(show_id="s1", title="t", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT, timezone="Asia/Taipei", currency="TWD")
    )
    for n in range(3):
        stage.when(command(stage, "add", n + 1, 0))
    stage.given(ShowAired(show_id="s1"))
    for place, (kind, n, m) in enumerate(steps):
        stage.when(command(stage, kind, n, m), at=CURTAIN_AT + place * 1000)
        if stage._refusal is not None:
            stage.refused(type(stage._refusal))
    return stage


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_patches_and_snapshots_agree_after_any_history(steps):
    stage = play(steps)
    for view in FEATURE.views:
        stage.rows(view.name)  # compares a screen fed with patches against a snapshot


@settings(max_examples=60, deadline=None)
@given(STEPS, st.integers(0, 30))
def test_a_log_folded_in_two_parts_is_the_log_folded(steps, cut):
    """fold(fold(s0, a), b) == fold(s0, a + b), read from JSON: a console opened mid-show is never wrong."""
    stage = play(steps)
    again = Stage(FEATURE)
    for place, event in enumerate(stage.events):
        if place == min(cut, len(stage.events)):
            for view in FEATURE.views:
                again.rows(view.name)
        fact = msgspec.json.decode(msgspec.json.encode(event.fact), type=type(event.fact))
        again.given(fact, at=event.at)
    for view in FEATURE.views:
        assert again.rows(view.name) == stage.rows(view.name)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_now_and_next_agree_with_the_cues(steps):
    stage = play(steps)
    row, cues = stage.row("rundown.on_air", "now"), stage.rows("rundown.cues")
    live = [cue_id for cue_id, cue in cues.items() if cue.status == "live"]
    assert live == ([row.cue_id] if row.cue_id else [])
    ranked = [cue_id for _, cue_id in sorted((cue.rank, cue_id) for cue_id, cue in cues.items())]
    below = ranked[row.cue_no :]
    assert row.next_cue_id == next((cue_id for cue_id in below if not cues[cue_id].skipped), None)
    assert row.cue_no == (ranked.index(row.cue_id) + 1 if row.cue_id else 0)
