"""Stories of planning a rundown."""

import msgspec
import pytest

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductRemoved, ProductSheet
from kaibo.features.rundown.commands import (
    AddCue,
    AddTime,
    CueChange,
    EditCue,
    GoCue,
    ImportRundown,
    JumpToCue,
    MoveCue,
    RemoveCue,
    ShiftStarts,
    SkipCue,
)
from kaibo.features.rundown.facts import (
    Cue,
    CueAdded,
    CueEdited,
    CueMoved,
    CueRemoved,
    RundownImported,
)
from kaibo.features.rundown.feature import FEATURE
from kaibo.features.rundown.following import ShiftStale
from kaibo.features.rundown.rules import (
    BadValue,
    CueIdTaken,
    CueIsLive,
    CueUnknown,
    EditConflict,
    UnknownField,
    UnknownProduct,
)
from kaibo.features.show.facts import ShowAired, ShowPlanned

MIN = 60_000


def cue(cue_id: str, **fields: object) -> Cue:
    return Cue(cue_id=cue_id, title=f"環節 {cue_id}", duration_ms=5 * MIN, **fields)  # type: ignore[arg-type]


def plan(*cue_ids: str) -> Stage:
    """A show with these cues, and product p1."""
    stage = Stage(FEATURE).given(
        ShowPlanned(show_id="s1", title="t", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT, timezone="Asia/Taipei", currency="TWD"),
        ProductAdded(product=ProductSheet(product_id="p1", name="精華液"), currency="TWD"),
    )
    for place, cue_id in enumerate(cue_ids):
        stage.given(CueAdded(cue=cue(cue_id), after_cue_id=None, rank=f"a{place}"))
    return stage


def edit(field: str, was: object, to: object) -> EditCue:
    return EditCue(cue_id="a", changes=(CueChange(field=field, was=was, to=to),))


def order(stage: Stage) -> str:
    rows = stage.rows("rundown.cues").values()
    return "".join(row.cue.cue_id for row in sorted(rows, key=lambda row: row.rank))


def test_cues_are_put_first_between_and_last():
    stage = plan("a", "b")
    stage.when(AddCue(cue=cue("c"))).when(AddCue(cue=cue("d"), after_cue_id="a")).when(AddCue(cue=cue("e"), after_cue_id="b"))
    assert order(stage) == "cadbe"
    assert [row[0] for row in stage.state.course.order] == sorted(row[0] for row in stage.state.course.order)


def test_a_cue_id_is_used_once():
    plan("a").when(AddCue(cue=cue("a"))).refused(CueIdTaken, cue_id="a")


def test_nothing_stands_after_a_cue_that_is_not_there():
    plan("a").when(AddCue(cue=cue("b"), after_cue_id="x")).refused(CueUnknown, cue_id="x")
    plan("a").when(MoveCue(cue_id="a", after_cue_id="x")).refused(CueUnknown, cue_id="x")
    plan("a").when(RemoveCue(cue_id="x")).refused(CueUnknown, cue_id="x")


@pytest.mark.parametrize(
    ("moved", "after", "expected"), [("a", "b", "bac"), ("c", None, "cab"), ("a", "c", "bca"), ("b", None, "bac")]
)
def test_a_cue_is_moved(moved, after, expected):
    stage = plan("a", "b", "c").when(MoveCue(cue_id=moved, after_cue_id=after))
    assert order(stage) == expected


@pytest.mark.parametrize(("moved", "after"), [("a", None), ("b", "a"), ("b", "b")])
def test_a_move_to_where_it_stands_is_nothing(moved, after):
    plan("a", "b").when(MoveCue(cue_id=moved, after_cue_id=after)).then()


def test_the_cue_on_air_stays_where_it_is():
    stage = plan("a", "b").given(ShowAired(show_id="s1")).when(GoCue(expect_cue_id="a"))
    stage.when(MoveCue(cue_id="a", after_cue_id="b")).refused(CueIsLive, cue_id="a")
    stage.when(RemoveCue(cue_id="a")).refused(CueIsLive, cue_id="a")
    stage.when(MoveCue(cue_id="b", after_cue_id=None)).then(CueMoved(cue_id="b", after_cue_id=None, rank="Zz"))


def test_an_edit_says_what_changed():
    stage = plan("a")
    stage.when(edit("title", "環節 a", "開場")).then(CueEdited(cue_id="a", values={"title": "開場"}))
    stage.when(edit("host_lines", [], ["保濕", "不黏"]))
    stage.when(edit("host_lines", ["保濕", "不黏"], ["保濕"]))
    assert stage.row("rundown.cues", "a").cue.host_lines == ("保濕",)
    stage.when(edit("title", "開場", "開場")).then()


def test_an_edit_made_from_an_old_copy_is_refused_with_both_values():
    stage = plan("a").when(edit("duration_ms", 5 * MIN, 6 * MIN))
    stage.when(edit("duration_ms", 5 * MIN, 7 * MIN))
    stage.refused(EditConflict, cue_id="a", field="duration_ms", yours=7 * MIN, theirs=6 * MIN)
    stage.when(edit("title", "環節 a", "另一欄不受影響"))
    assert stage.row("rundown.cues", "a").cue.title == "另一欄不受影響"


@pytest.mark.parametrize(
    ("field", "was", "to"),
    [
        ("duration_ms", 5 * MIN, "five"),
        ("duration_ms", 5 * MIN, -1),
        ("duration_ms", 5 * MIN, 86_400_001),
        ("host_lines", [], ["一", "二", "三", "四"]),
        ("title", "環節 a", ""),
        ("start_mode", "soft", "hard"),
        ("start_mode", "soft", "gap"),
        ("start_mode", "soft", "someday"),
        ("product_id", None, 7),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(field, was, to):
    refusal = plan("a").when(edit(field, was, to)).refused(BadValue, cue_id="a")
    assert refusal.status == 422


def test_a_cue_may_be_as_long_as_it_says():
    stage = plan("a")
    for field, was, to in (
        ("title", "環節 a", "長" * 200),
        ("duration_ms", 5 * MIN, 86_400_000),
        ("duration_ms", 86_400_000, 0),
        ("host_lines", (), ("一", "二", "三")),
    ):
        stage.when(edit(field, was, to)).then(CueEdited(cue_id="a", values={field: to}))
    stage.when(edit("title", "長" * 200, "長" * 201)).refused(BadValue, field="title")
    stage.when(AddCue(cue=cue("a" * 64), after_cue_id=None))
    stage.when(AddCue(cue=cue("b" * 65), after_cue_id=None)).refused(BadValue, field="cue_id")
    stage.when(AddCue(cue=cue(""), after_cue_id=None)).refused(BadValue, field="cue_id")


def test_a_hard_start_is_given_with_its_time():
    stage = plan("a")
    changes = (
        CueChange(field="start_mode", was="soft", to="hard"),
        CueChange(field="start_at", was=None, to=CURTAIN_AT + MIN),
    )
    stage.when(EditCue(cue_id="a", changes=changes))
    stage.when(edit("start_at", CURTAIN_AT + MIN, None)).refused(BadValue, field="start_at")


@pytest.mark.parametrize("field", ["cue_id", "colour"])
def test_there_are_fields_nobody_edits(field):
    plan("a").when(edit(field, "a", "b")).refused(UnknownField, field=field)


def test_a_cue_shows_a_product_of_this_show():
    stage = plan("a").when(edit("product_id", None, "p1"))
    stage.when(AddCue(cue=cue("b", product_id="p2"))).refused(UnknownProduct, cue_id="b", product_id="p2")
    stage.given(ProductRemoved(product_id="p1"))
    stage.when(AddCue(cue=cue("b", product_id="p1"))).refused(UnknownProduct, product_id="p1")
    stage.when(edit("title", "環節 a", "其他欄位仍可改"))


def test_an_import_keeps_the_order_of_the_sheet():
    stage = plan("a").when(ImportRundown(filename="流程.xlsx", cues=(cue("z"), cue("b"), cue("m")), notes=("B5",)))
    assert order(stage) == "azbm"
    assert stage.events[-1].fact == RundownImported(filename="流程.xlsx", rows=3, notes=("B5",))


def test_an_import_that_replaces_keeps_what_was_on_air():
    stage = plan("a", "b", "c").given(ShowAired(show_id="s1")).when(GoCue(expect_cue_id="a"))
    stage.when(ImportRundown(filename="f", cues=(cue("c"), cue("x")), replace=True))
    assert order(stage) == "acx"
    assert [event.fact.cue_id for event in stage.events if isinstance(event.fact, CueRemoved)] == ["b", "c"]


def test_an_import_may_be_where_a_rundown_begins():
    stage = plan()
    stage.when(ImportRundown(cues=(cue("a"), cue("b")), filename="x.csv", replace=False))
    assert order(stage) == "ab"


def test_an_import_uses_each_id_once():
    plan("a").when(ImportRundown(filename="f", cues=(cue("b"), cue("b")))).refused(CueIdTaken, cue_id="b")
    plan("a").when(ImportRundown(filename="f", cues=(cue("a"),))).refused(CueIdTaken, cue_id="a")


def test_a_cue_that_ran_may_be_edited_and_keeps_its_times():
    stage = plan("a", "b").given(ShowAired(show_id="s1")).when(GoCue(expect_cue_id="a"), at=CURTAIN_AT)
    stage.when(GoCue(expect_cue_id="b"), at=CURTAIN_AT + MIN).when(edit("duration_ms", 5 * MIN, 9 * MIN))
    row = stage.row("rundown.cues", "a")
    assert (row.went_at, row.ended_at, row.cue.duration_ms) == (CURTAIN_AT, CURTAIN_AT + MIN, 9 * MIN)
    assert stage.row("rundown.on_air", "now").offset_ms == -4 * MIN


def test_cutting_or_removing_a_cue_on_air_shows_as_time_won():
    stage = plan("a", "b", "c", "d").given(ShowAired(show_id="s1")).when(GoCue(expect_cue_id="a"), at=CURTAIN_AT)
    stage.when(RemoveCue(cue_id="b"))
    row = stage.row("rundown.on_air", "now")
    assert (row.planned_end_at, row.projected_end_at) == (CURTAIN_AT + 20 * MIN, CURTAIN_AT + 15 * MIN)
    stage.when(GoCue(expect_cue_id="c"), at=CURTAIN_AT + 5 * MIN)
    assert stage.row("rundown.on_air", "now").offset_ms == -5 * MIN
    stage.when(RemoveCue(cue_id="d"))
    row = stage.row("rundown.on_air", "now")
    assert (row.planned_end_at, row.projected_end_at) == (CURTAIN_AT + 20 * MIN, CURTAIN_AT + 10 * MIN)


def test_a_skipped_cue_and_one_that_was_not_planned_leave_no_time_when_they_are_removed():
    stage = plan("a", "b", "c").given(ShowAired(show_id="s1")).when(SkipCue(cue_id="b"))
    stage.when(GoCue(expect_cue_id="a"), at=CURTAIN_AT).when(AddCue(cue=cue("x"), after_cue_id="a"))
    stage.when(RemoveCue(cue_id="x")).when(RemoveCue(cue_id="b"))
    row = stage.row("rundown.on_air", "now")
    assert (row.planned_end_at, row.projected_end_at) == (CURTAIN_AT + 10 * MIN, CURTAIN_AT + 10 * MIN)


def test_a_cue_that_comes_again_after_it_was_skipped_and_removed_is_planned():
    stage = plan("a", "b").given(ShowAired(show_id="s1")).when(SkipCue(cue_id="b")).when(RemoveCue(cue_id="b"))
    stage.when(AddCue(cue=cue("b"), after_cue_id="a"))
    assert stage.row("rundown.cues", "b").status == "planned"


def test_a_hard_start_that_is_run_into_shows_the_edits_that_close_it():
    stage = plan("a", "b")
    hard = cue("h", start_mode="hard", start_at=CURTAIN_AT + 8 * MIN)
    stage.when(AddCue(cue=hard, after_cue_id="b"))
    row = stage.row("rundown.conflicts", "h")
    assert row.overlap_ms == 2 * MIN
    assert [(fix.strategy, fix.cue_id, fix.value) for fix in row.fixes] == [
        ("move_hard_start", "h", CURTAIN_AT + 10 * MIN),
        ("change_duration", "a", 3 * MIN),
        ("change_duration", "b", 3 * MIN),
    ]
    stage.when(edit("duration_ms", 5 * MIN, 3 * MIN))
    assert stage.rows("rundown.conflicts") == {}


def test_on_air_what_is_still_to_come_alone_closes_it():
    stage = plan("a", "b", "c")
    stage.when(AddCue(cue=cue("h", start_mode="hard", start_at=CURTAIN_AT + 12 * MIN), after_cue_id="c"))
    stage.given(ShowAired(show_id="s1")).when(GoCue(expect_cue_id="a"), at=CURTAIN_AT)
    stage.when(GoCue(expect_cue_id="b"), at=CURTAIN_AT + MIN).when(AddTime(delta_ms=3 * MIN))
    row = stage.row("rundown.conflicts", "h")
    assert row.overlap_ms == 2 * MIN
    assert [(fix.strategy, fix.cue_id, fix.value) for fix in row.fixes] == [
        ("move_hard_start", "h", CURTAIN_AT + 14 * MIN),
        ("change_duration", "c", 3 * MIN),
    ]


def test_facts_of_an_edit_survive_json():
    stage = plan("a").when(edit("must_not_say", [], ["最"]))
    told = stage.events[-1].fact
    assert msgspec.json.decode(msgspec.json.encode(told), type=CueEdited) == msgspec.structs.replace(
        told, values={"must_not_say": ["最"]}
    )


def test_fixed_times_go_with_the_start_of_the_show_but_not_those_that_ran():
    stage = plan("a", "b")
    stage.given(CueAdded(cue=cue("c", start_mode="hard", start_at=CURTAIN_AT), after_cue_id="b", rank="b0"))
    stage.given(CueAdded(cue=cue("d", start_mode="gap", start_at=CURTAIN_AT + 5 * MIN), after_cue_id="c", rank="b1"))
    stage.when(ShiftStarts(later_ms=30 * MIN)).then(
        CueEdited(cue_id="c", values={"start_at": CURTAIN_AT + 30 * MIN}),
        CueEdited(cue_id="d", values={"start_at": CURTAIN_AT + 35 * MIN}),
    )
    stage.when(ShiftStarts(later_ms=0)).then()
    stage.when(ShiftStarts(later_ms=0, was={"c": CURTAIN_AT + 30 * MIN, "d": CURTAIN_AT + 35 * MIN})).then()
    stage.given(ShowAired(show_id="s1")).when(JumpToCue(cue_id="c"))
    stage.when(ShiftStarts(later_ms=-MIN)).then(CueEdited(cue_id="d", values={"start_at": CURTAIN_AT + 34 * MIN}))


def test_pressed_by_two_at_once_fixed_times_move_once():
    stage = plan("a", "b")
    stage.given(CueAdded(cue=cue("c", start_mode="hard", start_at=CURTAIN_AT), after_cue_id="b", rank="b0"))
    shift = ShiftStarts(later_ms=30 * MIN, was={"c": CURTAIN_AT})
    stage.when(shift).then(CueEdited(cue_id="c", values={"start_at": CURTAIN_AT + 30 * MIN}))
    stage.when(shift).refused(ShiftStale, cue_id="c")
    stage.when(ShiftStarts(later_ms=-30 * MIN, was={"c": CURTAIN_AT + 30 * MIN}))  # taken back
    stage.then(CueEdited(cue_id="c", values={"start_at": CURTAIN_AT}))
    stage.given(CueAdded(cue=cue("d", start_mode="hard", start_at=CURTAIN_AT), after_cue_id="c", rank="b1"))
    stage.when(shift).refused(ShiftStale, cue_id="d")  # fixed since, in view of the start that is now
    stage.given(ShowAired(show_id="s1")).when(JumpToCue(cue_id="c"))
    stage.when(ShiftStarts(later_ms=MIN, was={"c": 1, "d": CURTAIN_AT})).then(
        CueEdited(cue_id="d", values={"start_at": CURTAIN_AT + MIN})
    )
