"""Times and lengths that are merged over several rows; and the night in which an hour is lived twice."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest
from openpyxl import Workbook

from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.sheet import RundownReading, read_rundown
from kaibo.features.rundown.sheet_write import write_rundown_xlsx
from kaibo.features.rundown.wallclock import plan_instant
from kaibo.kit.sheets import read_book

MINUTE = 60_000
ZONE = "America/New_York"
START = plan_instant(date(2026, 10, 31), "20:00", ZONE)
SHOW: dict[str, Any] = {"starts_at": START, "ends_at": START + 480 * MINUTE, "zone": ZONE, "currency": "USD", "products": {}}
HEADER = ("時間段", "時長", "環節")
Row = tuple[Any, Any]


def read(rows: Sequence[Row], *merged: str, header: Sequence[str] = HEADER) -> RundownReading:
    """Rows of time and length from row 2 on, each with a title."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(header)
    for number, row in enumerate(rows, start=2):
        sheet.append((*row, f"環節{number}"))
    for area in merged:
        sheet.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    return read_rundown(read_book(data.getvalue(), "a.xlsx"), **SHOW)


def lengths(reading: RundownReading) -> list[int]:
    return [cue.duration_ms // MINUTE for cue in reading.cues]


def notes(reading: RundownReading) -> list[tuple[str, str]]:
    return [(note.cell, note.code) for row in reading.report.rows for note in row.notes]


NONE = (None, None)


@pytest.mark.parametrize(
    ("rows", "merged", "minutes", "noted"),
    [
        # both over the same rows, with an end and without
        ([("20:00-20:30", 30), NONE, NONE, ("20:30-20:40", 10)], ("A2:A4", "B2:B4"), [10, 10, 10, 10], [("A2", "sheet.time_shared")]),
        ([("20:00", 30), NONE, NONE, ("20:30", 10)], ("A2:A4", "B2:B4"), [10, 10, 10, 10], [("A2", "sheet.time_shared")]),
        # a length without times, and below one time that is not merged
        ([(None, 30), NONE, NONE, (None, 5)], ("B2:B4",), [10, 10, 10, 5], [("B2", "sheet.time_shared")]),
        ([("20:00", 30), NONE, NONE], ("B2:B4",), [10, 10, 10], [("B2", "sheet.time_shared")]),
        # it says of each row what the time says of all
        ([("20:00-20:30", 10), NONE, NONE], ("A2:A4", "B2:B4"), [10, 10, 10], [("A2", "sheet.time_shared")]),
        # one time, two lengths: one of two rows, one of its own
        ([("20:00-20:30", 20), NONE, (None, 10)], ("A2:A4", "B2:B3"), [10, 10, 10], [("A2", "sheet.time_shared")]),
        # a merged start with separate lengths stays as it is
        ([("20:00", 5), (None, 10), (None, 15)], ("A2:A4",), [5, 10, 15], []),
        # rows with times of their own need no share; the length says where the last one ends
        ([("20:00-20:10", 30), ("20:10-20:15", None), ("20:15-20:30", None)], ("B2:B4",), [10, 5, 15], []),
        ([("20:00", 30), ("20:10", None), ("20:15", None)], ("B2:B4",), [10, 5, 15], []),
    ],
)  # fmt: skip
def test_what_is_merged_is_shared(rows: list[Row], merged: tuple[str, ...], minutes: list[int], noted: list[Row]) -> None:
    reading = read(rows, *merged)
    assert (lengths(reading), notes(reading)) == (minutes, noted)


def test_a_merged_length_that_differs_from_its_time_is_said() -> None:
    reading = read([("20:00-20:30", 45), NONE, NONE], "A2:A4", "B2:B4")
    assert lengths(reading) == [10, 10, 10]
    assert notes(reading) == [("B2", "sheet.duration_differs"), ("A2", "sheet.time_shared")]


def test_two_merged_lengths_stand_below_each_other() -> None:
    assert lengths(read([(None, 30), NONE, (None, 20), NONE], "B2:B3", "B4:B5")) == [15, 15, 10, 10]


@pytest.mark.parametrize("minutes", [[330, 60, 30], [330, 30, 60, 20], [300, 150, 10], [315, 90, 15], [390, 30, 30]])
@pytest.mark.parametrize("hard", [False, True])
def test_in_the_night_of_the_clock_change_what_is_written_reads_the_same(minutes: list[int], hard: bool) -> None:
    """From 20:00 in New York 330 minutes on it is 01:30, and an hour later it is 01:30 again."""
    cues = [Cue(cue_id="x", title=f"環節{place}", duration_ms=length * MINUTE) for place, length in enumerate(minutes)]
    if hard:
        at = START + sum(minutes[:-1]) * MINUTE
        cues[-1] = msgspec.structs.replace(cues[-1], start_mode="hard", start_at=at)
    reading = read_rundown(read_book(write_rundown_xlsx(cues, title="夜", **SHOW), "a.xlsx"), **SHOW)
    assert [msgspec.structs.replace(cue, cue_id="x") for cue in reading.cues] == cues
    assert notes(reading) == []
