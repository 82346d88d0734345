"""What is to be done for a show: planned, taken, stuck, done, in order, by those whose it is."""

from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.feature import Copying, Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.show.facts import ShowEdited, ShowEnded, ShowPlanned
from kaibo.features.task.carry import carried
from kaibo.features.task.commands import (
    AddTask,
    BlockTask,
    EditTask,
    FinishTask,
    LeaveFile,
    RemoveFile,
    RemoveTask,
    ReopenTask,
    ReturnTask,
    TakeTask,
    TickLine,
    UnblockTask,
    UseTemplate,
)
from kaibo.features.task.facts import (
    CheckLine,
    Task,
    TaskAdded,
    TaskBlocked,
    TaskDone,
    TaskEdited,
    TaskFile,
    TaskFileLeft,
    TaskFileRemoved,
    TaskRemoved,
    TaskReopened,
    TaskTaken,
    TaskTicked,
    TaskUnblocked,
)
from kaibo.features.task.feature import FEATURE
from kaibo.features.task.rules import (
    FILES_MAX,
    TASKS_MAX,
    TaskBlank,
    TaskCircle,
    TaskFilesFull,
    TaskFull,
    TaskIdTaken,
    TaskIsDone,
    TaskLinesOpen,
    TaskLineTwice,
    TaskLineUnknown,
    TaskMoved,
    TaskNoPhoto,
    TaskNoProof,
    TaskNotYours,
    TaskRoleReserved,
    TaskUnknown,
    TaskWaits,
    TaskWhyBlank,
)
from kaibo.features.task.shipped import template
from kaibo.features.task.view import TaskCountsRow
from kaibo.features.task.whose import TaskPersonUnknown, TaskRoleUnknown
from kaibo.features.workspace.charter import CREW
from kaibo.kit.words import LANGUAGES, say, words

PIN = Actor(id="pin", role="planner")
AI = Actor(id="ai", role="assistant")
YU = Actor(id="yu", role="assistant")
HOST = Actor(id="qing", role="host")
HOUR_S = 3600
PLANNED = ShowPlanned(
    show_id="s1", title="週年慶", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 9, timezone="Asia/Taipei", currency="TWD"
)
PHOTO = Task(title="拍照", role_id="assistant", offset_s=-24 * HOUR_S, required=True)
COUNT = Task(title="點樣品", role_id="assistant", offset_s=-48 * HOUR_S)
SIDES = (CheckLine(line_id="front", text="正面"), CheckLine(line_id="back", text="背面"))


@pytest.fixture
def show() -> Stage:
    return Stage(FEATURE).given(PLANNED)


@pytest.fixture
def ahead() -> Stage:
    """Planned so early that all can be done."""
    return Stage(FEATURE).given(replace(PLANNED, starts_at=CURTAIN_AT + 20 * 86_400_000))


def added(task_id: str, task: Task, **more: Any) -> TaskAdded:
    return TaskAdded(task_id=task_id, task=replace(task, **more))


# planning
def test_a_task_is_due_from_the_start_of_the_show_and_moves_with_it(show: Stage) -> None:
    show.when(AddTask(task_id="a", task=PHOTO), by=PIN).then(added("a", PHOTO))
    assert show.row("task.list", "a").due_at == CURTAIN_AT - 86_400_000
    show.given(ShowEdited(starts_at=CURTAIN_AT + 500))
    assert show.row("task.list", "a").due_at == CURTAIN_AT - 86_400_000 + 500


def test_an_id_is_used_once_also_after_its_task_is_gone(show: Stage) -> None:
    show.given(added("a", PHOTO), TaskRemoved(task_id="a"))
    show.when(AddTask(task_id="a", task=PHOTO), by=PIN)
    show.refused(TaskIdTaken, task_id="a")


@pytest.mark.parametrize("blank", [{"title": " \n"}, {"title": "\u200b"}, {"checklist": (CheckLine(line_id="x", text=" "),)}])
def test_a_task_and_its_lines_say_something(show: Stage, blank: dict[str, Any]) -> None:
    show.when(AddTask(task_id="a", task=replace(PHOTO, **blank)), by=PIN)
    show.refused(TaskBlank)


def test_lines_have_ids_of_their_own(show: Stage) -> None:
    show.when(AddTask(task_id="a", task=replace(PHOTO, checklist=(*SIDES, SIDES[0]))), by=PIN)
    show.refused(TaskLineTwice, line_id="front")


def test_it_is_of_a_role_there_is_and_a_person_who_belongs(show: Stage) -> None:
    show.members = Members({"pin": frozenset({"planner"})}, known=frozenset({"planner", "assistant"}))
    show.when(AddTask(task_id="a", task=replace(PHOTO, role_id="assistent")), by=PIN)
    show.refused(TaskRoleUnknown, role="assistent")
    show.when(AddTask(task_id="a", task=replace(PHOTO, person_id="nobody")), by=PIN)
    show.refused(TaskPersonUnknown, person_id="nobody")
    show.when(AddTask(task_id="a", task=replace(PHOTO, person_id="pin")), by=PIN)
    show.then(TaskAdded(task_id="a", task=replace(PHOTO, person_id="pin")))


def test_an_edit_gives_it_to_nobody_unknown_and_leaves_what_stands(show: Stage) -> None:
    gone = replace(PHOTO, role_id="cook", person_id="left")
    show.given(TaskAdded(task_id="a", task=gone))
    show.members = Members({"pin": frozenset({"planner", "assistant"})}, known=frozenset({"planner", "assistant"}))
    renamed = replace(gone, title="拍主圖")
    show.when(EditTask(task_id="a", task=renamed, was=gone), by=PIN).then(TaskEdited(task_id="a", task=renamed))
    show.when(EditTask(task_id="a", task=replace(renamed, role_id="chef"), was=renamed), by=PIN).refused(
        TaskRoleUnknown, role="chef"
    )
    show.when(EditTask(task_id="a", task=replace(renamed, person_id="who"), was=renamed), by=PIN)
    show.refused(TaskPersonUnknown, person_id="who")


def test_what_is_carried_over_leaves_out_who_left(show: Stage) -> None:
    show.members = Members({"pin": frozenset({"planner"})}, known=frozenset({"planner"}))
    gone = replace(PHOTO, person_id="left")
    show.when(AddTask(task_id="a", task=gone, carried=True), by=PIN).then(
        TaskAdded(task_id="a", task=replace(gone, person_id=""))
    )


def test_nobody_waits_for_somebody_unknown(show: Stage) -> None:
    show.given(TaskAdded(task_id="a", task=PHOTO))
    show.members = Members({"ai": frozenset({"assistant"})})
    show.when(BlockTask(task_id="a", why="缺貨", on_person_id="who"), by=Actor(id="ai", role="assistant"))
    show.refused(TaskPersonUnknown, person_id="who")


def test_machines_do_no_tasks(show: Stage) -> None:
    for role in ("system", "source", "monitor"):
        show.when(AddTask(task_id="a", task=replace(PHOTO, role_id=role)), by=PIN)
        show.refused(TaskRoleReserved, role=role)
    field = replace(PHOTO, role_id="field_control")  # a team's own role
    show.when(AddTask(task_id="a", task=field), by=PIN).then(added("a", field))


def test_there_are_no_more_than_anybody_looks_after(show: Stage) -> None:
    show.given(*(added(f"t{number}", PHOTO) for number in range(TASKS_MAX - 1)))
    show.when(UseTemplate(), by=PIN)
    show.refused(TaskFull, most=TASKS_MAX)
    show.when(AddTask(task_id="last", task=PHOTO), by=PIN).then(added("last", PHOTO))
    show.when(AddTask(task_id="more", task=PHOTO), by=PIN)
    show.refused(TaskFull, most=TASKS_MAX)


def test_what_comes_first_must_be_there(show: Stage) -> None:
    show.when(AddTask(task_id="a", task=replace(PHOTO, depends_on=("nothing",))), by=PIN)
    show.refused(TaskUnknown, task_id="nothing")


def test_circles_are_refused_with_the_names_in_them(show: Stage) -> None:
    show.when(AddTask(task_id="a", task=replace(PHOTO, depends_on=("a",))), by=PIN)
    show.refused(TaskCircle, titles=("拍照", "拍照"))
    third = Task(title="修圖", role_id="operations", offset_s=0, depends_on=("b",))
    show.given(added("a", COUNT), added("b", PHOTO, depends_on=("a",)), added("c", third))
    show.when(EditTask(task_id="a", was=COUNT, task=replace(COUNT, depends_on=("c",))), by=PIN)
    show.refused(TaskCircle, titles=("點樣品", "修圖", "拍照", "點樣品"))


def test_a_diamond_is_no_circle(show: Stage) -> None:
    show.given(added("a", COUNT), added("b", PHOTO, depends_on=("a",)), added("c", PHOTO, depends_on=("a",)))
    task = replace(PHOTO, depends_on=("b", "c"))
    show.when(AddTask(task_id="d", task=task), by=PIN).then(added("d", task))


def test_a_stale_edit_overwrites_nothing(show: Stage) -> None:
    later, renamed = replace(PHOTO, offset_s=0), replace(PHOTO, title="拍照與影片")
    show.given(added("a", PHOTO))
    show.when(EditTask(task_id="a", was=PHOTO, task=later), by=PIN).then(TaskEdited(task_id="a", task=later))
    show.when(EditTask(task_id="a", was=PHOTO, task=renamed), by=PIN)
    show.refused(TaskMoved, title="拍照")
    show.when(EditTask(task_id="a", was=PHOTO, task=later), by=PIN).then()  # what somebody else made of it already


def test_an_edit_keeps_what_was_ticked_and_is_still_asked_for(show: Stage) -> None:
    show.given(added("a", PHOTO, checklist=SIDES), TaskTicked(task_id="a", line_id="front", ticked=True))
    show.given(TaskTicked(task_id="a", line_id="back", ticked=True))
    show.given(TaskEdited(task_id="a", task=replace(PHOTO, checklist=SIDES[:1])))
    assert show.row("task.list", "a").ticked == ("front",)


def test_other_words_have_no_tick_and_what_asks_for_more_is_open_again(show: Stage) -> None:
    task = replace(PHOTO, checklist=SIDES)
    show.given(added("a", task))
    for line in SIDES:
        show.when(TickLine(task_id="a", line_id=line.line_id), by=AI)
    show.when(FinishTask(task_id="a"), by=AI)
    same = replace(task, title="拍三面", checklist=SIDES[::-1])
    show.when(EditTask(task_id="a", task=same, was=task), by=PIN).then(TaskEdited(task_id="a", task=same))
    other = replace(same, checklist=(replace(SIDES[0], text="全部重拍"), SIDES[1]))
    untick, reopened = TaskTicked(task_id="a", line_id="front", ticked=False), TaskReopened(task_id="a")
    show.when(EditTask(task_id="a", task=other, was=same), by=PIN).then(TaskEdited(task_id="a", task=other), untick, reopened)
    row = show.row("task.list", "a")
    assert (row.state, row.ticked, row.taken_by) == ("doing", ("back",), "ai")
    show.when(TickLine(task_id="a", line_id="front"), by=AI)
    show.when(FinishTask(task_id="a"), by=AI)
    more = replace(other, checklist=(*other.checklist, CheckLine(line_id="top", text="上面")))
    show.when(EditTask(task_id="a", task=more, was=other), by=PIN).then(TaskEdited(task_id="a", task=more), reopened)


def test_what_is_removed_holds_up_nobody(show: Stage) -> None:
    show.given(added("a", COUNT), added("b", PHOTO, depends_on=("a",)))
    assert show.row("task.list", "b").waits_for == ("a",)
    show.when(RemoveTask(task_id="a"), by=PIN).then(TaskRemoved(task_id="a"))
    assert (show.row("task.list", "b").waits_for, show.row("task.list", "b").task.depends_on) == ((), ())
    show.when(RemoveTask(task_id="a"), by=PIN)
    show.refused(TaskUnknown, task_id="a")


# the template
def test_the_template_adds_what_is_not_there_yet_and_nothing_twice(ahead: Stage) -> None:
    ahead.when(UseTemplate(), by=PIN)
    rows = ahead.rows("task.list")
    assert set(rows) == {each.key for each in template()}
    assert rows["pictures"].task.depends_on == ("samples",)
    ahead.when(UseTemplate(), by=PIN).then()
    ahead.given(TaskRemoved(task_id="samples"))
    ahead.when(UseTemplate(), by=PIN)
    assert set(ahead.rows("task.list")) - set(rows) == {"samples.2"}


def test_a_task_of_the_template_in_own_words_is_there_all_the_same(ahead: Stage) -> None:
    ahead.when(UseTemplate(), by=PIN)
    task = ahead.row("task.list", "samples").task
    ahead.given(TaskEdited(task_id="samples", task=replace(task, title="點福袋")))
    ahead.when(UseTemplate(), by=PIN).then()


def test_the_template_covers_two_weeks_before_to_the_day_after_with_roles_of_the_house_and_words(ahead: Stage) -> None:
    ahead.when(UseTemplate(), by=PIN)
    tasks = [row.task for row in ahead.rows("task.list").values()]
    assert (min(each.offset_s for each in tasks), max(each.offset_s for each in tasks)) == (-14 * 24 * HOUR_S, 24 * HOUR_S)
    assert {each.role_id for each in tasks} <= CREW
    by_id = {task_id: row.task for task_id, row in ahead.rows("task.list").items()}
    assert all(by_id[first].offset_s <= each.offset_s for each in tasks for first in each.depends_on)
    said = {each.title for each in tasks} | {line.text for each in tasks for line in each.checklist}
    for language in LANGUAGES:
        assert said == {key.removeprefix("title.") for key in words(language) if key.startswith("title.shipped.")}


def test_a_refusal_calls_tasks_of_the_template_in_the_readers_words(show: Stage) -> None:
    show.when(UseTemplate(), by=PIN)
    show.when(FinishTask(task_id="venue"), by=HOST)
    refusal = show.refused(TaskNotYours, role="tech")
    assert say(refusal.code, refusal.data, "zh-Hant") == "「場地定好、試坐過」由「技術」做；請擔任的人動手，或請排任務的人改派"


# doing
def test_who_holds_the_role_does_it_or_who_is_named_or_took_it_and_nobody_else(show: Stage) -> None:
    show.given(added("a", PHOTO, person_id="qing"))
    for nobody in (PIN, Actor(id="lin", role="director"), Actor(id="boss", role="owner")):
        for command in (TakeTask(task_id="a"), FinishTask(task_id="a"), BlockTask(task_id="a", why="?")):
            show.when(command, by=nobody)
            show.refused(TaskNotYours, title="拍照", role="assistant", person_id="qing")
    show.when(TakeTask(task_id="a"), by=HOST).then(TaskTaken(task_id="a"))
    show.when(TakeTask(task_id="a"), by=AI).then(TaskTaken(task_id="a"))  # takes it over
    show.given(TaskEdited(task_id="a", task=replace(PHOTO, role_id="tech")))
    show.when(FinishTask(task_id="a"), by=AI).then(TaskDone(task_id="a"))
    show.given(TaskReopened(task_id="a"))
    show.when(FinishTask(task_id="a"), by=YU)
    show.refused(TaskNotYours)


def test_who_takes_it_is_seen_and_taking_twice_is_no_news(show: Stage) -> None:
    show.given(added("a", PHOTO))
    show.when(TakeTask(task_id="a"), by=AI, at=CURTAIN_AT + 7)
    row = show.row("task.list", "a")
    assert (row.state, row.taken_by, row.by, row.at) == ("doing", "ai", "ai", CURTAIN_AT + 7)
    show.when(TakeTask(task_id="a"), by=AI).then()


def test_the_first_tick_takes_it_and_a_tick_is_taken_back(show: Stage) -> None:
    show.given(added("a", PHOTO, checklist=SIDES))
    tick = TaskTicked(task_id="a", line_id="front", ticked=True)
    show.when(TickLine(task_id="a", line_id="front"), by=AI).then(tick)
    row = show.row("task.list", "a")
    assert (row.state, row.taken_by, row.ticked) == ("doing", "ai", ("front",))
    show.when(TickLine(task_id="a", line_id="front"), by=AI).then()
    show.when(TickLine(task_id="a", line_id="front", ticked=False), by=AI).then(replace(tick, ticked=False))
    assert show.row("task.list", "a").ticked == ()
    show.when(TickLine(task_id="a", line_id="side"), by=AI)
    show.refused(TaskLineUnknown, title="拍照")


def test_what_is_stuck_says_why_and_on_whom(show: Stage) -> None:
    show.given(added("a", PHOTO))
    for unseen in (" ", "\u200b", "\u3164"):
        show.when(BlockTask(task_id="a", why=unseen), by=AI)
        show.refused(TaskWhyBlank)
    why = BlockTask(task_id="a", why=" 等廠商給檔 ", whom="廠商", on_person_id="zhe")
    stuck = TaskBlocked(task_id="a", why="等廠商給檔", whom="廠商", on_person_id="zhe")
    show.when(why, by=AI).then(stuck)
    show.when(why, by=AI).then()
    row = show.row("task.list", "a")
    assert (row.state, row.why, row.whom, row.on_person_id) == ("blocked", "等廠商給檔", "廠商", "zhe")
    show.when(TakeTask(task_id="a"), by=AI)
    assert show.row("task.list", "a").state == "blocked"  # who takes it takes it as it is
    show.when(UnblockTask(task_id="a"), by=AI).then(TaskUnblocked(task_id="a"))
    row = show.row("task.list", "a")
    assert (row.state, row.why, row.whom, row.on_person_id) == ("doing", "", "", "")
    show.when(UnblockTask(task_id="a"), by=AI).then()


def test_what_comes_first_is_done_first(show: Stage) -> None:
    show.given(added("a", COUNT), added("b", PHOTO, depends_on=("a",)))
    show.when(FinishTask(task_id="b"), by=AI)
    show.refused(TaskWaits, title="拍照", titles=("點樣品",))
    show.given(TaskDone(task_id="a"))
    assert show.row("task.list", "b").waits_for == ()
    show.when(FinishTask(task_id="b"), by=AI).then(TaskDone(task_id="b"))


def test_every_line_is_ticked_before_it_is_done(show: Stage) -> None:
    show.given(added("a", PHOTO, checklist=SIDES), TaskTicked(task_id="a", line_id="front", ticked=True))
    show.when(FinishTask(task_id="a"), by=AI)
    show.refused(TaskLinesOpen, title="拍照", count=1)


def test_what_asks_for_a_note_is_done_with_one(show: Stage) -> None:
    show.given(added("a", PHOTO, proof="note"))
    show.when(FinishTask(task_id="a", evidence="  "), by=AI)
    show.refused(TaskNoProof, title="拍照")
    show.when(FinishTask(task_id="a", evidence=" https://example.com/p "), by=AI)
    show.then(TaskDone(task_id="a", evidence="https://example.com/p"))
    assert show.row("task.list", "a").evidence == "https://example.com/p"


def test_what_is_done_stays_as_it_is_until_it_is_opened_again(show: Stage) -> None:
    show.given(added("a", PHOTO, checklist=SIDES[:1]), TaskTicked(task_id="a", line_id="front", ticked=True))
    show.when(FinishTask(task_id="a"), by=AI)
    show.when(FinishTask(task_id="a"), by=AI).then()
    for command in (TakeTask(task_id="a"), TickLine(task_id="a", line_id="front", ticked=False), BlockTask(task_id="a", why="?")):
        show.when(command, by=AI)
        show.refused(TaskIsDone, title="拍照")
    show.when(ReopenTask(task_id="a"), by=AI).then(TaskReopened(task_id="a"))
    show.when(ReopenTask(task_id="a"), by=AI).then()
    assert show.row("task.list", "a").state == "doing"


def test_what_was_stuck_and_is_done_is_no_longer_stuck(show: Stage) -> None:
    show.given(added("a", PHOTO), TaskBlocked(task_id="a", why="等檔", whom="廠商"))
    show.when(FinishTask(task_id="a"), by=AI)
    row = show.row("task.list", "a")
    assert (row.state, row.why, row.whom, row.taken_by) == ("done", "", "", "ai")


def test_who_plans_sends_back_what_is_not_done_after_all(show: Stage) -> None:
    show.given(added("a", PHOTO))
    show.when(ReturnTask(task_id="a", why="太暗"), by=PIN).then()  # nobody said it is done
    show.given(TaskDone(task_id="a"), by=AI)
    show.when(ReturnTask(task_id="a", why=" "), by=PIN)
    show.refused(TaskWhyBlank)
    show.when(ReturnTask(task_id="a", why="太暗"), by=PIN).then(TaskReopened(task_id="a", why="太暗"))
    row = show.row("task.list", "a")
    assert (row.state, row.why, row.taken_by) == ("doing", "太暗", "ai")


def test_readiness_counts_what_is_required(show: Stage) -> None:
    assert show.rows("task.counts") == {}
    show.given(added("a", PHOTO), added("b", PHOTO), added("c", COUNT), TaskDone(task_id="a"), TaskBlocked(task_id="c", why="?"))
    assert show.row("task.counts", "tasks") == TaskCountsRow(all=3, done=1, blocked=1, required=2, required_done=1)
    show.given(TaskEdited(task_id="b", task=replace(PHOTO, required=False)))
    assert show.row("task.counts", "tasks").required == 1


def test_work_goes_on_after_the_show(show: Stage) -> None:
    show.given(added("a", PHOTO), ShowEnded(show_id="s1"))
    show.when(FinishTask(task_id="a"), by=AI).then(TaskDone(task_id="a"))


def test_a_show_like_it_begins_with_its_tasks_open_again(show: Stage) -> None:
    show.given(added("a", PHOTO), added("b", COUNT), TaskEdited(task_id="a", task=replace(PHOTO, depends_on=("b",))))
    show.given(TaskDone(task_id="b"), by=AI)
    other = Stage(FEATURE, "show/s2").given(replace(PLANNED, show_id="s2", starts_at=CURTAIN_AT + 7))
    for command in carried(show.state, Copying(title="週年慶", later_ms=7)):
        other.when(command, by=PIN)
    rows = other.rows("task.list")
    assert {(key, row.state, row.due_at) for key, row in rows.items()} == {
        ("a", "open", CURTAIN_AT + 7 - 86_400_000),
        ("b", "open", CURTAIN_AT + 7 - 172_800_000),
    }
    assert rows["a"].waits_for == ("b",)


# photos and files
SHELF_FILE = TaskFile(digest="ab" * 32, name="貨架.jpg", kind="image/jpeg", size_bytes=9)


def test_what_asks_for_a_photo_is_not_done_without_one(show: Stage) -> None:
    show.given(TaskAdded(task_id="t1", task=replace(PHOTO, proof="photo")))
    show.when(FinishTask(task_id="t1"), by=AI)
    show.refused(TaskNoPhoto, title=PHOTO.title)
    show.when(LeaveFile(task_id="t1", file=SHELF_FILE), by=AI).then(TaskFileLeft(task_id="t1", file=SHELF_FILE))
    show.when(LeaveFile(task_id="t1", file=SHELF_FILE), by=AI).then()
    assert show.row("task.list", "t1").files == (SHELF_FILE,)
    show.when(FinishTask(task_id="t1"), by=AI).then(TaskDone(task_id="t1"))


def test_files_are_taken_away_and_are_not_without_end(show: Stage) -> None:
    show.given(TaskAdded(task_id="t1", task=PHOTO))
    for each in range(FILES_MAX):
        show.given(TaskFileLeft(task_id="t1", file=replace(SHELF_FILE, digest=f"{each:064x}")))
    show.when(LeaveFile(task_id="t1", file=SHELF_FILE), by=AI)
    show.refused(TaskFilesFull, most=FILES_MAX)
    gone = f"{0:064x}"
    show.when(RemoveFile(task_id="t1", digest=gone), by=AI).then(TaskFileRemoved(task_id="t1", digest=gone))
    show.when(RemoveFile(task_id="t1", digest=gone), by=AI).then()
    show.when(LeaveFile(task_id="t1", file=SHELF_FILE), by=AI).then(TaskFileLeft(task_id="t1", file=SHELF_FILE))


def test_nobody_leaves_a_file_with_a_task_of_another_role(show: Stage) -> None:
    show.given(TaskAdded(task_id="t1", task=PHOTO))
    show.when(LeaveFile(task_id="t1", file=SHELF_FILE), by=Actor(id="x", role="host"))
    show.refused(TaskNotYours)


# what is late makes late what waits for it
def test_a_task_is_held_by_the_open_one_ahead_that_was_due_first_and_its_own_due_stays(show: Stage) -> None:
    def days(count: int, *first: str) -> Task:
        return replace(PHOTO, title=f"d{count}", offset_s=count * 86_400, depends_on=first)

    show.given(
        TaskAdded(task_id="a", task=days(-9)),
        TaskAdded(task_id="b", task=days(-5, "a")),
        TaskAdded(task_id="c", task=days(-1, "b")),
    )
    due = show.row("task.list", "c").due_at
    held = show.row("task.list", "c").held
    assert (held.task_id, held.title, held.due_at) == ("a", "d-9", show.row("task.list", "a").due_at)
    show.given(TaskTaken(task_id="a"), by=AI)
    assert show.row("task.list", "c").held.person_id == "ai"
    show.given(TaskDone(task_id="a"), by=AI)
    assert show.row("task.list", "c").held.task_id == "b"
    show.given(TaskDone(task_id="b"), by=AI)
    assert (show.row("task.list", "c").held, show.row("task.list", "c").due_at) == (None, due)


@pytest.mark.parametrize("seed", range(5))
def test_what_holds_a_task_up_is_the_open_one_ahead_that_was_due_first(show: Stage, seed: int) -> None:
    dice = Random(seed)
    for place in range(30):
        first = tuple(f"t{each}" for each in sorted(dice.sample(range(place), min(place, 3))))
        show.when(AddTask(task_id=f"t{place}", task=replace(PHOTO, offset_s=dice.randrange(50), depends_on=first)), by=PIN)
    for place in range(0, 30, 4):
        show.given(TaskDone(task_id=f"t{place}"), TaskRemoved(task_id=f"t{place + 1}"))
        rows = show.rows("task.list")
        for task_id, row in rows.items():
            ahead = walked(rows, task_id)
            held = min(ahead, key=lambda each: (rows[each].task.offset_s, each), default="")
            assert (row.held.task_id if row.held else "") == ("" if row.state == "done" else held)
            assert set(show.state.tasks.waiting_for(task_id)) == {each for each in rows if task_id in rows[each].task.depends_on}


def walked(rows: dict[str, Any], task_id: str) -> set[str]:
    """All open ones ahead, one after the other."""
    found = {each for each in rows[task_id].task.depends_on if rows[each].state != "done"}
    return found.union(*(walked(rows, each) for each in found))
