"""A charter out of sheets of other teams: what is understood, what is told by its address, and that its neighbours are kept."""

import io
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.styles import Font

from kaibo.features.charter.facts import Cell, CellChange, Charter, CharterRole, Phase, Preset
from kaibo.features.charter.said import Said
from kaibo.features.charter.sheet import CharterReading, read_charter
from kaibo.features.charter.sheet_marks import Due, Mark, due_of, mark_of, phases_of
from kaibo.features.charter.sheet_write import write_charter_xlsx
from kaibo.features.charter.shipped import charter_of, seven
from kaibo.kit.sheets import read_book
from kaibo.kit.uploads import NoHeader
from kaibo.kit.words import LANGUAGES, words

ALL = tuple(words(each) for each in LANGUAGES)


def read(data: bytes, draft: Charter | None = None, name: str = "職責.xlsx") -> CharterReading:
    return read_charter(read_book(data, name), draft or seven(), ALL)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(*rows: tuple[object, ...], name: str = "職責") -> tuple[Workbook, Any]:
    book = Workbook()
    made: Any = book.active
    made.title = name
    for row in rows:
        made.append(row)
    return book, made


def notes(reading: CharterReading) -> dict[str, str]:
    return {note.cell: note.code for row in reading.report.rows for note in row.notes}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", ["seven", "four", "two", "fixed"])
def test_what_is_exported_and_read_back_changes_nothing(preset: Preset, language: str):
    draft = charter_of(preset, None)
    own = replace(
        draft.duties[0], title="=開播\x07", within_s=90, ahead_s=172_800, split="輪流", cells={"owner": "RA", "host": "X"}
    )
    draft = replace(
        draft,
        duties=(own, *draft.duties[1:]),
        roles=(*draft.roles, CharterRole(role_id="own_1", name="場控", stands_in=("host",))),
    )
    reading = read(write_charter_xlsx(Said(draft, words(language))), draft)
    changed = [each for each in reading.duties if each.row.duty_id != own.duty_id]
    assert (reading.roles, changed, reading.cells, notes(reading)) == ((), [], (), {})
    assert [each.row.cells for each in reading.duties] in ([], [own.cells])
    assert reading.report.imported == len(draft.duties)


def test_a_title_changed_in_an_export_is_the_same_duty():
    book, made = sheet(("職責", "導播", "編號"), ("控場", "A", "change.rundown"))
    reading = read(saved(book))
    assert [(each.row.title, each.row.duty_id) for each in reading.duties] == [("控場", "change.rundown")]
    assert made.title == "職責"


def test_a_matrix_with_all_that_teams_do_to_one():
    book, made = sheet(
        ("職責總表 2026",),
        ("職責", "期限", "角色", None, None, None, "備註"),
        (None, None, "導播\n小林", "助理", "營運", "場控", None),
        ("播中",),
        ("回覆觀眾", "60秒內", "Ａ", "負責", "禁止", "✓", "好"),
        ("收喊單與候補", "開播前30分鐘", "當責", "Ｒ/Ａ", "X", "", None),
        ("管理留言與觀眾", "很快", "A", "R", None, "諮詢", None),
        ("貼公告", "T-1天", "A", "R", "告知", "R", None),
        ("選品、定價與優惠", "", "A", "", "R", "", None),
    )
    made.merge_cells("C2:F2")
    made["D7"].font = Font(strike=True)
    for cell in made[9]:
        cell.font = Font(strike=True)
    reading = read(saved(book))
    found = notes(reading)
    assert found == {
        "A1": "sheet.cell_unread",
        "F3": "charter.sheet.role_new",
        "G2": "sheet.column_unread",
        "E6": "charter.sheet.mark_unread",
        "B7": "charter.sheet.due_unread",
        "D7": "charter.sheet.mark_struck",
        "A9": "sheet.struck_row",
    }
    new = reading.roles[0].role
    assert ([each.role.name for each in reading.roles], reading.roles[0].was) == (["場控"], None)
    duties = {each.row.title or each.row.duty_id: each.row for each in reading.duties}
    notice = duties["貼公告"]
    assert (notice.phases, notice.ahead_s) == (("on_air",), 86_400)
    assert notice.cells == {"director": "A", "assistant": "R", "operations": "I", new.role_id: "R"}
    orders = duties["take.orders"] if "take.orders" in duties else next(each for each in duties.values() if each.ahead_s == 1800)
    assert (orders.cells["director"], orders.cells["assistant"]) == ("A", "RA")
    reply = {each.role_id: each.cell for each in reading.cells if each.duty_id == "reply.viewers"}
    assert reply == {new.role_id: "R"} or not reply


def test_a_list_of_who_does_what():
    book, made = sheet(
        ("角色", "職責", "怎麼做", "期限", "技能"),
        ("助理", "回覆觀眾", "看到就回", "六十秒內", "打字"),
        (None, "貼公告", "開播就貼", "兩分鐘", None),
        ("場控、導播", "貼公告", "另一種說法", "兩分鐘", None),
        ("主播", None, "沒有職責", None, None),
    )
    made.merge_cells("A2:A3")
    made.row_dimensions[3].hidden = True
    reading = read(saved(book))
    assert notes(reading) == {
        "A3": "sheet.hidden_row",
        "A4": "charter.sheet.role_new",
        "C4": "charter.sheet.told_twice",
        "A5": "charter.sheet.row_incomplete",
    }
    notice = next(each.row for each in reading.duties if each.row.title == "貼公告")
    own = reading.roles[0].role.role_id
    assert (notice.proof, notice.within_s, notice.cells) == ("開播就貼", 120, {"assistant": "R", own: "R", "director": "R"})
    reply = next(each for each in reading.duties if each.row.title == "")
    assert (reply.row.proof, reply.row.skill, reply.row.within_s) == ("看到就回", "打字", 60)
    assert reply.was is not None
    assert reply.row.cells == reply.was.cells | {"assistant": "R"}


def test_a_list_takes_nothing_from_who_answers():
    book, _ = sheet(("角色", "職責"), ("導播", "回覆觀眾"))
    duty = next(
        each
        for each in seven().duties
        if each.cells.get("director") == "A"
        and each.cells.get("assistant") == "R"
        and Said(seven(), ALL[0]).title(each) == "回覆觀眾"
    )
    assert read(saved(book)).cells == (CellChange(duty_id=duty.duty_id, role_id="director", was="A", cell="RA"),)


def test_one_mark_merged_over_several_roles_is_all_of_theirs():
    book, made = sheet(("職責", "導播", "助理", "運營"), ("貼公告", "A", "R", None))
    made.merge_cells("C2:D2")
    duty = read(saved(book)).duties[0].row
    assert duty.cells == {"director": "A", "assistant": "R", "operations": "R"}


def test_a_sheet_for_each_phase_and_addresses_say_which():
    book, _ = sheet(("職責", "導播", "助理"), ("貼公告", "A", "?"), name="播前")
    later: Any = book.create_sheet("播後")
    later.append(("職責", "導播", "助理"))
    later.append(("收道具", "A", "R"))
    reading = read(saved(book))
    assert notes(reading) == {"播前!C2": "charter.sheet.mark_unread"}
    assert [each.row.phases for each in reading.duties] == [("before",), ("after",)]


def test_a_csv_is_read_and_what_is_no_charter_is_refused():
    reading = read("職責,導播,助理\n貼公告,當責,負責\n".encode("cp950"), name="a.csv")
    assert reading.duties[0].row.cells == {"director": "A", "assistant": "R"}
    with pytest.raises(NoHeader):
        read("品名,價格\n茶,100\n".encode(), name="b.csv")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("R", "R"), ("Ｒ", "R"), ("ｒ", "R"), ("✓", "R"), ("負責", "R"), ("负责", "R"), ("Ａ", "A"), ("當責", "A"), ("核准", "A"),
        ("R/A", "RA"), ("Ａ・Ｒ", "RA"), ("負責、當責", "RA"), ("R A", "RA"), ("諮詢", "C"), ("C!", "CF"), ("Ｃ！", "CF"), ("先問、要同意", "CF"), ("要先同意", "CF"), ("先問", "C"), ("告知", "I"), ("禁", "X"), ("禁止", "X"),
        ("✕", "X"), ("", None), ("—", None), ("無", None),
    ],
)  # fmt: skip
def test_what_a_mark_says(text: str, cell: Cell | None):
    assert mark_of(text) == Mark(cell)


@pytest.mark.parametrize("text", ["X", "x", "○", "?", "R/C", "小艾", "R/小艾", "3"])
def test_a_mark_that_can_be_read_in_two_ways_is_not_read(text: str):
    assert mark_of(text) is None


def test_brackets_beside_a_mark_are_told():
    assert mark_of("R（主）") == Mark("R", "R(主)")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("60秒內", Due(60, 0)), ("６０ 秒", Due(60, 0)), ("within 5 min", Due(300, 0)), ("半小時", Due(1800, 0)), ("兩天內", Due(172_800, 0)),
        ("1分半", Due(90, 0)), ("T-1天", Due(0, 86_400)), ("T−3 天", Due(0, 259_200)), ("開播前30分鐘", Due(0, 1800)), ("直播前 24 小時", Due(0, 86_400)),
        ("30 min before air", Due(0, 1800)), ("三天前", Due(0, 259_200)), ("提案後 30 秒", Due(30, 0)), ("T+7d", Due(604_800, 0)),
        ("每10分鐘", Due(600, 0, "每10分鐘")), ("環節開始 5 秒", Due(5, 0, "環節開始 5 秒")),
    ],
)  # fmt: skip
def test_by_when_a_cell_says(text: str, due: Due):
    assert due_of(text) == due


@pytest.mark.parametrize("text", ["很快", "立即", "60", "T-1天18:00", "12/24", "900000天", "下班前 5 分鐘", "0秒"])
def test_no_time_is_guessed(text: str):
    assert due_of(text) is None


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("播前、播中", ("before", "on_air")),
        ("全程", ("before", "on_air", "after")),
        ("On air", ("on_air",)),
        ("播后", ("after",)),
        ("週三", None),
    ],
)
def test_phases(text: str, phases: tuple[Phase, ...] | None):
    assert phases_of(text) == phases
