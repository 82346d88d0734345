"""Tasks as a sheet: there and back changes nothing, messy cells are told by their address, and no cell runs."""

import csv
import io
from random import Random

import pytest
from msgspec.structs import replace

from kaibo.features.task.facts import YEAR_S, CheckLine, Task
from kaibo.features.task.sheet import Known, TaskEdit, TaskReading, read_tasks
from kaibo.features.task.sheet_words import guarded, read_due, told_due, unguarded
from kaibo.features.task.sheet_write import write_tasks
from kaibo.features.task.view import TaskRow
from kaibo.kit.sheets import read_book

ROLES = {"assistant": ("", "助理"), "host": ("主咖", "主播")}
PEOPLE = {"ai": "小艾", "yu": "小魚", "yu2": "小魚"}
SAID = {"title.count": "點樣品", "title.sides": "正面、背面"}


def known(**tasks: Task) -> Known:
    return Known(tasks=tasks, roles=ROLES, people=PEOPLE, languages=(SAID,))


def written(**tasks: Task) -> bytes:
    rows = [
        TaskRow(
            task_id=task_id, task=task, due_at=task.offset_s, state="open", by="", at=0, taken_by="", ticked=(), waits_for=(),
            why="", whom="", on_person_id="", evidence="",
        )
        for task_id, task in tasks.items()
    ]  # fmt: skip
    return write_tasks(rows, SAID)


def read(text: str | bytes, show: Known) -> TaskReading:
    return read_tasks(read_book(text if isinstance(text, bytes) else text.encode(), "tasks.csv"), show)


def notes(reading: TaskReading) -> list[tuple[str, str]]:
    return [(note.cell, note.code) for row in reading.report.rows for note in row.notes]


SHELF = Task(title="拍照", role_id="assistant", offset_s=-3 * 86_400, required=True, proof="photo")
COUNT = Task(
    title="count", role_id="host", offset_s=90, checklist=(CheckLine(line_id="k", text="sides"), CheckLine(line_id="z", text="a  b")), depends_on=("s",)
)  # fmt: skip


def test_there_and_back_changes_nothing() -> None:
    sheet = written(s=SHELF, c=COUNT)
    assert "點樣品" in sheet.decode()
    assert read(sheet, known(s=SHELF, c=COUNT)) == TaskReading((), read(sheet, known(s=SHELF, c=COUNT)).report)
    assert notes(read(sheet, known(s=SHELF, c=COUNT))) == []


@pytest.mark.parametrize("seed", range(40))
def test_there_and_back_changes_nothing_whatever_stands_in_it(seed: int) -> None:
    dice = Random(seed)
    signs = ["=", "+", "-", "@", "'", '"', ",", ";", "甲", "a", " ", "|"]

    def text() -> str:
        return "".join(dice.choice(signs) for _ in range(dice.randint(1, 9))).strip() or "x"

    tasks: dict[str, Task] = {}
    for number in range(dice.randint(1, 6)):
        lines = tuple(CheckLine(line_id=f"i{place}", text=f"{text()}{place}") for place in range(dice.randrange(3)))
        tasks[f"t{number}"] = Task(
            title=f"{text()}{number}", role_id=dice.choice(["assistant", "host"]), offset_s=dice.randint(-YEAR_S, YEAR_S),
            required=dice.random() < 0.5, proof=dice.choice(["tick", "note", "photo"]), checklist=lines,
            person_id=dice.choice(["", "ai", "yu2"]), depends_on=tuple(dice.sample(sorted(tasks), min(len(tasks), 1))),
        )  # fmt: skip
    reading = read(written(**tasks), known(**tasks))
    assert (reading.edits, notes(reading)) == ((), [])
    made = {each.task_id: each.task for each in read(written(**tasks), known()).edits}
    assert {key: replace(task, checklist=()) for key, task in made.items()} == {
        key: replace(task, checklist=()) for key, task in tasks.items()
    }
    assert {key: [each.text for each in task.checklist] for key, task in made.items()} == {
        key: [" ".join(each.text.split()) for each in task.checklist] for key, task in tasks.items()
    }


def test_no_cell_begins_as_a_formula_does() -> None:
    sheet = written(s=replace(SHELF, title='=HYPERLINK("http://x","y")'), c=replace(COUNT, title="@SUM(A1)", depends_on=()))
    cells = [cell for row in csv.reader(io.StringIO(sheet.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@pytest.mark.parametrize("text", ["=1", "'=1", "''-2", "'a", "a", "", "@", "\t=1"])
def test_a_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_what_a_team_writes_is_read_and_what_it_does_not_speak_of_stays() -> None:
    sheet = "任務,角色,期限\n點樣品,主咖,開播前 2 小時\n新的事,助理,3 天前\n"
    reading = read(sheet, known(c=COUNT))
    changed, added = reading.edits
    assert changed == TaskEdit(task_id="c", task=replace(COUNT, offset_s=-7200), was=COUNT)
    assert added.task == Task(title="新的事", role_id="assistant", offset_s=-3 * 86_400)
    assert (added.was, reading.report.imported) == (None, 2)


def test_messy_cells_are_told_by_their_address_and_their_good_neighbours_are_kept() -> None:
    sheet = (
        "編號,任務,角色,期限,必要,佐證,指定的人,前置\n"
        "s,拍照,魔術師,很快,也許,錄影,小魚,不存在\n"
        "n,新的,沒有這種,T-1d,,,,\n"
        "m,,助理,T-1d,,,,\n"
        "s,又一次,助理,T-1d,,,,\n"
        "g,好的,助理,T-1d,是,照片,小艾,s\n"
    )
    reading = read(sheet, known(s=SHELF))
    assert notes(reading) == [
        ("C2", "task.sheet.role_unknown"), ("D2", "task.sheet.due_unknown"), ("G2", "task.sheet.person_unknown"),
        ("E2", "task.sheet.required_unknown"), ("F2", "task.sheet.proof_unknown"), ("H2", "task.sheet.first_unknown"),
        ("C3", "task.sheet.role_unknown"), ("4", "task.sheet.no_title"), ("B5", "task.sheet.twice"),
    ]  # fmt: skip
    [good] = reading.edits
    assert good.task == Task(
        title="好的", role_id="assistant", offset_s=-86_400, required=True, proof="photo", person_id="ai", depends_on=("s",)
    )


def test_a_new_one_stands_behind_what_comes_first() -> None:
    reading = read("編號,任務,角色,期限,前置\nb,乙,助理,T,a\na,甲,助理,T,\n", known())
    assert [each.task_id for each in reading.edits] == ["a", "b"]


def test_a_sheet_without_a_column_of_roles_says_what_to_add() -> None:
    reading = read("任務,期限\n盤點,T-1d\n", known())
    assert [(note.cell, note.code) for row in reading.report.rows for note in row.notes] == [("2", "task.sheet.role_missing")]
    assert [row.status for row in reading.report.rows] == ["skipped"]
    assert read("任務,播前,誰做\n盤點,T-1d,助理\n", known()).edits == ()
    assert [each.task.role_id for each in read("任務,期限,誰做\n盤點,播前兩小時,助理\n", known()).edits] == ["assistant"]


@pytest.mark.parametrize(
    ("text", "offset_s"),
    [
        ("T", 0), ("T-3d", -259_200), ("T+90s", 90), ("−2h", -7200), ("3 天前", -259_200), ("開播後30分鐘", 1800), ("2 weeks before", -1_209_600),
        ("播前 2 小時", -7200), ("播後半小時", 1800), ("開播前一天", -86_400), ("前兩個小時", -7200), ("十分鐘前", -600),
        ("3", None), ("播前", None), ("半", None), ("3天", None), ("前3天後", None), ("+3天前", None), ("T-9999d", None), ("", None), ("明天", None), ("T-1.5d", None),
    ],
)  # fmt: skip
def test_a_due_time_is_read_as_teams_write_it_or_not_at_all(text: str, offset_s: int | None) -> None:
    assert read_due(text) == offset_s


@pytest.mark.parametrize("offset_s", [0, 1, -60, 3600, -86_400, 86_401, YEAR_S, -YEAR_S])
def test_a_due_time_is_told_so_that_it_is_read_back(offset_s: int) -> None:
    assert read_due(told_due(offset_s)) == offset_s
