"""Stories of a rundown on air."""

import pytest

from kaibo.core.event import Fact
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.rundown.commands import (
    AddTime,
    AdLibCue,
    GoCue,
    HoldCue,
    JumpToCue,
    RemoveCue,
    ResumeCue,
    SkipCue,
    UndoGo,
)
from kaibo.features.rundown.facts import (
    Cue,
    CueAdded,
    CueHeld,
    CueResumed,
    CueSkipped,
    CueWent,
    TimeAdded,
)
from kaibo.features.rundown.feature import FEATURE
from kaibo.features.rundown.rules import (
    AlreadyHeld,
    CueIdTaken,
    CueIsLive,
    CueUnknown,
    GoStale,
    NoNext,
    NotHeld,
    NothingLive,
    NothingToUndo,
    NotOnAir,
    UndoLate,
    UnknownProduct,
)
from kaibo.features.rundown.slices import COURSE
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

MIN = 60_000
EIGHT = CURTAIN_AT


def planned(*minutes: int) -> list[Fact]:
    """A show at EIGHT with cues a, b, c, ... of these lengths."""
    head = ShowPlanned(
        show_id="s1", title="秋冬保養專場", starts_at=EIGHT, ends_at=EIGHT + 240 * MIN, timezone="Asia/Taipei", currency="TWD"
    )
    cues = [
        CueAdded(cue=Cue(cue_id="abcdefgh"[i], title=f"環節 {i}", duration_ms=m * MIN), after_cue_id=None, rank=f"a{i}")
        for i, m in enumerate(minutes)
    ]
    return [head, *cues]


def on_air(*minutes: int) -> Stage:
    return Stage(FEATURE).given(*planned(*minutes), ShowAired(show_id="s1"), at=EIGHT)


def went(cue_id: str, via: str, seq: int, before: str | None) -> CueWent:
    return CueWent(cue_id=cue_id, pass_id=f"{cue_id}@{seq}", via=via, from_cue_id=before)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", [GoCue(expect_cue_id="a"), JumpToCue(cue_id="b"), HoldCue(), SkipCue(cue_id="b")])
def test_nothing_runs_before_the_show_is_on_air(command):
    stage = Stage(FEATURE).given(*planned(5, 5))
    stage.when(command).refused(NotOnAir, state="planned")


def test_nothing_runs_after_the_end():
    stage = on_air(5, 5).given(ShowEnded(show_id="s1"))
    stage.when(GoCue(expect_cue_id="a")).refused(NotOnAir, state="ended")


def test_two_people_pressing_go_at_once_fire_once():
    stage = on_air(5, 5, 5)
    stage.when(GoCue(expect_cue_id="a"), at=EIGHT).then(went("a", "go", 6, None))
    stage.when(GoCue(expect_cue_id="a")).refused(GoStale, expect_cue_id="a", next_cue_id="b")


def test_go_at_the_end_never_starts_over():
    stage = on_air(5)
    stage.when(GoCue(expect_cue_id="a")).when(GoCue(expect_cue_id="a")).refused(NoNext)


def test_go_passes_over_a_skipped_cue():
    stage = on_air(5, 5, 5).when(GoCue(expect_cue_id="a"))
    stage.when(SkipCue(cue_id="b")).then(CueSkipped(cue_id="b", skipped=True))
    stage.when(SkipCue(cue_id="b")).then()
    assert stage.row("rundown.on_air", "now").next_cue_id == "c"
    assert stage.row("rundown.cues", "b").status == "skipped"
    stage.when(GoCue(expect_cue_id="c"))
    assert stage.row("rundown.on_air", "now").cue_id == "c"


def test_the_cue_on_air_is_not_skipped_nor_jumped_to():
    stage = on_air(5, 5).when(GoCue(expect_cue_id="a"))
    stage.when(SkipCue(cue_id="a")).refused(CueIsLive, cue_id="a")
    stage.when(JumpToCue(cue_id="a")).refused(CueIsLive, cue_id="a")
    stage.when(JumpToCue(cue_id="nobody")).refused(CueUnknown, cue_id="nobody")


def test_a_jump_back_keeps_both_passes():
    stage = on_air(5, 5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT).when(GoCue(expect_cue_id="b"), at=EIGHT + 5 * MIN)
    stage.when(JumpToCue(cue_id="a"), at=EIGHT + 7 * MIN).then(went("a", "jump", 8, "b"))
    row = stage.row("rundown.cues", "a")
    assert (row.status, row.passes, row.went_at, row.ended_at) == ("live", 2, EIGHT + 7 * MIN, None)
    assert stage.row("rundown.on_air", "now").next_cue_id == "b"
    assert stage.row("rundown.on_air", "now").offset_ms == 7 * MIN
    passes = [event.fact.pass_id for event in stage.events if isinstance(event.fact, CueWent)]
    assert passes == ["a@6", "b@7", "a@8"]


def test_a_jump_to_a_skipped_cue_takes_it_back_in():
    stage = on_air(5, 5, 5).when(GoCue(expect_cue_id="a")).when(SkipCue(cue_id="b"))
    stage.when(JumpToCue(cue_id="b")).then(CueSkipped(cue_id="b", skipped=False), went("b", "jump", 9, "a"))


def test_a_hold_pushes_what_is_due():
    stage = on_air(5, 5)
    stage.when(HoldCue()).refused(NothingLive)
    stage.when(GoCue(expect_cue_id="a"), at=EIGHT)
    stage.when(ResumeCue()).refused(NotHeld, cue_id="a")
    stage.when(HoldCue(), at=EIGHT + MIN).then(CueHeld(cue_id="a"))
    stage.when(HoldCue()).refused(AlreadyHeld, cue_id="a")
    held = stage.row("rundown.on_air", "now")
    assert (held.state, held.due_at, held.left_ms, held.held_at) == ("held", None, 4 * MIN, EIGHT + MIN)
    stage.when(ResumeCue(), at=EIGHT + 3 * MIN).then(CueResumed(cue_id="a", held_ms=2 * MIN))
    row = stage.row("rundown.on_air", "now")
    assert (row.state, row.due_at, row.offset_ms) == ("running", EIGHT + 7 * MIN, 2 * MIN)


def test_added_time_shifts_what_is_due_and_everything_below():
    stage = on_air(5, 5)
    stage.when(AddTime(delta_ms=MIN)).refused(NothingLive)
    stage.when(GoCue(expect_cue_id="a"), at=EIGHT)
    stage.when(AddTime(delta_ms=0)).then()
    stage.when(AddTime(delta_ms=MIN)).then(TimeAdded(cue_id="a", delta_ms=MIN))
    row = stage.row("rundown.on_air", "now")
    assert (row.due_at, row.added_ms, row.offset_ms, row.projected_end_at) == (EIGHT + 6 * MIN, MIN, MIN, EIGHT + 11 * MIN)


@pytest.mark.parametrize("taken", [2 * MIN, 9 * MIN])
def test_what_is_taken_is_no_more_than_there_is_and_what_is_given_back_is_seen_at_once(taken: int):
    stage = on_air(5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT)
    stage.when(AddTime(delta_ms=-taken)).then(TimeAdded(cue_id="a", delta_ms=-min(taken, 5 * MIN)))
    if taken > 5 * MIN:
        stage.when(AddTime(delta_ms=-MIN)).then()
    stage.when(AddTime(delta_ms=MIN)).then(TimeAdded(cue_id="a", delta_ms=MIN))
    assert stage.row("rundown.on_air", "now").due_at == EIGHT + 6 * MIN - min(taken, 5 * MIN)


def test_an_ad_lib_cue_stands_after_the_one_on_air_and_goes_at_once():
    stage = on_air(5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT)
    stage.when(AdLibCue(cue_id="x", title="加碼", duration_ms=MIN), at=EIGHT + 5 * MIN)
    row = stage.row("rundown.on_air", "now")
    assert (row.cue_id, row.next_cue_id, row.offset_ms, row.pass_id) == ("x", "b", MIN, "x@7")
    stage.when(AdLibCue(cue_id="x", title="加碼", duration_ms=MIN)).refused(CueIdTaken, cue_id="x")
    stage.when(AdLibCue(cue_id="y", title="加碼", duration_ms=MIN, product_id="p9")).refused(UnknownProduct, product_id="p9")


def test_a_late_show_is_behind_the_plan_but_not_behind_itself():
    stage = on_air(5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT + 3 * MIN)
    row = stage.row("rundown.on_air", "now")
    assert (row.offset_ms, row.relative_offset_ms, row.started_at) == (3 * MIN, 0, EIGHT + 3 * MIN)
    stage.when(GoCue(expect_cue_id="b"), at=EIGHT + 10 * MIN)
    row = stage.row("rundown.on_air", "now")
    assert (row.offset_ms, row.relative_offset_ms) == (5 * MIN, 2 * MIN)


def test_the_end_of_the_show_ends_the_cue():
    stage = on_air(5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT).given(ShowEnded(show_id="s1"), at=EIGHT + 4 * MIN)
    row = stage.row("rundown.on_air", "now")
    assert (row.state, row.cue_id, row.next_cue_id, row.projected_end_at) == ("finished", None, None, EIGHT + 4 * MIN)
    assert stage.row("rundown.cues", "a").ended_at == EIGHT + 4 * MIN
    assert stage.row("rundown.cues", "a").status == "done"
    assert stage.state.course.ended_at == EIGHT + 4 * MIN


def test_a_cue_that_is_taken_back_in_is_gone_to():
    stage = on_air(5, 5, 5).when(GoCue(expect_cue_id="a"), at=EIGHT)
    stage.when(SkipCue(cue_id="b")).when(SkipCue(cue_id="b", skipped=False))
    assert stage.row("rundown.on_air", "now").next_cue_id == "b"


def test_what_cues_that_were_taken_out_were_planned_for_goes_to_the_next_that_stands():
    stage = on_air(5, 5, 7, 5).when(GoCue(expect_cue_id="a"), at=EIGHT)
    stage.when(RemoveCue(cue_id="b")).when(RemoveCue(cue_id="c"))
    assert stage.state.course.lead_ms == {"d": 12 * MIN}


def test_a_go_by_mistake_is_taken_back_and_the_cue_before_goes_on_as_if_nothing_had_been():
    """Its time runs from its own GO, what was added to it stays, and the one that flashed up has not been on air."""
    stage = on_air(5, 5, 5)
    stage.when(GoCue(expect_cue_id="a"))
    stage.when(AddTime(delta_ms=60_000), at=EIGHT + MIN)
    stage.when(GoCue(expect_cue_id="b"), at=EIGHT + 2 * MIN)
    stage.when(UndoGo(expect_cue_id="b"), at=EIGHT + 2 * MIN + 4_000)
    now = stage.rows("rundown.on_air")["now"]
    assert (now.cue_id, now.went_at, now.added_ms, now.due_at) == ("a", EIGHT, 60_000, EIGHT + 6 * MIN)
    assert now.next_cue_id == "b"
    assert now.undo_until is None
    assert stage.rows("rundown.cues")["b"].passes == 0
    ran = stage.fold.slice(COURSE).ran["a"]
    assert (ran.went_at, ran.ended_at) == (EIGHT, None)
    stage.when(UndoGo(expect_cue_id="a"), at=EIGHT + 2 * MIN + 4_500).refused(NothingToUndo)


def test_a_hold_that_a_go_ended_stands_again():
    stage = on_air(5, 5)
    stage.when(GoCue(expect_cue_id="a"))
    stage.when(HoldCue(), at=EIGHT + MIN)
    stage.when(GoCue(expect_cue_id="b"), at=EIGHT + 2 * MIN)
    stage.when(UndoGo(expect_cue_id="b"), at=EIGHT + 2 * MIN + 1_000)
    assert (stage.rows("rundown.on_air")["now"].state, stage.rows("rundown.on_air")["now"].held_at) == ("held", EIGHT + MIN)
    stage.when(ResumeCue(), at=EIGHT + 3 * MIN).then(CueResumed(cue_id="a", held_ms=2 * MIN))


def test_a_jump_back_by_mistake_leaves_the_pass_there_was():
    stage = on_air(5, 5)
    stage.when(GoCue(expect_cue_id="a"))
    stage.when(GoCue(expect_cue_id="b"), at=EIGHT + 5 * MIN)
    stage.when(JumpToCue(cue_id="a"), at=EIGHT + 6 * MIN)
    stage.when(UndoGo(expect_cue_id="a"), at=EIGHT + 6 * MIN + 1_000)
    assert stage.rows("rundown.on_air")["now"].went_at == EIGHT + 5 * MIN
    assert stage.rows("rundown.cues")["a"].passes == 1


def test_what_was_on_air_when_is_known_also_of_the_time_after_the_end():
    stage = on_air(5, 5)
    stage.when(GoCue(expect_cue_id="a"), at=EIGHT + MIN).when(GoCue(expect_cue_id="b"), at=EIGHT + 2 * MIN)
    stage.given(ShowEnded(show_id="s1"), at=EIGHT + 3 * MIN)
    course = stage.fold.slice(COURSE)
    assert [course.cue_id_at(EIGHT + minute * MIN) for minute in range(5)] == ["", "a", "b", "", ""]


def test_what_cannot_be_taken_back():
    stage = on_air(5, 5, 5)
    stage.when(UndoGo(expect_cue_id="a")).refused(NothingLive)
    stage.when(GoCue(expect_cue_id="a"))
    stage.when(UndoGo(expect_cue_id="a"), at=EIGHT + 1_000).refused(NothingToUndo)
    stage.when(GoCue(expect_cue_id="b"), at=EIGHT + MIN)
    stage.when(UndoGo(expect_cue_id="a"), at=EIGHT + MIN + 1_000).refused(GoStale, expect_cue_id="a", next_cue_id="b")
    stage.when(UndoGo(expect_cue_id="b"), at=EIGHT + MIN + 6_001).refused(UndoLate, seconds=5)
    stage.when(RemoveCue(cue_id="a"), at=EIGHT + MIN + 500)
    stage.when(UndoGo(expect_cue_id="b"), at=EIGHT + MIN + 1_000).refused(NothingToUndo)
