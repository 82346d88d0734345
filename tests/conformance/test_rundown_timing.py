"""Published timing cases of other rundown tools, answered by what our screens are sent. Where we decide otherwise: docs/decisions/0002."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kaibo.features.rundown.backtime import CannotClose, close, segment
from kaibo.features.rundown.facts import Cue, CueEdited, CueHeld, CueResumed, TimeAdded
from kaibo.features.rundown.sheet_clock import Clock, Length, Span
from kaibo.features.rundown.sheet_times import TimedRow, settle
from kaibo.features.rundown.timing import TimedCue
from tests.conformance.rundown_translation import ABOVE_MS, Case, translate
from tests.conformance.screen import Screen

HERE = Path(__file__).parent
OURS: list[Case] = json.loads((HERE / "rundown_timing_cases.json").read_text(encoding="utf-8"))
PUBLISHED = HERE.parents[1] / ".." / "shared" / "conformance" / "rundown-timing.json"
DAY_MS = 86_400_000
MIDNIGHT = int(datetime(2026, 11, 28, tzinfo=UTC).timestamp()) * 1000
# What the cases speak of and a show here does not have: docs/decisions/0002-rundown-timing.md#the-published-cases.
ROLL = "no cue goes by the clock: a person says GO"
DELAYS = "delays are no rows: the plan is edited, or time is added"
NOT_OURS = {
    "cue_at": ROLL, "backdated": ROLL, "delays": DELAYS, "chained": "an end of its own is a hard start of the next cue",
    "phase": "how pressing a countdown is, is said by the screen: web/src/features/rundown/clock.ts, pace",
    "E9": "offsets are against the plan; beside them stands the one against the actual start",
    "V5": "a cue longer than half a day is a slip, and said",
}  # fmt: skip


def _cue(given: Case) -> Cue:
    if given["count_to_end"]:
        return Cue(
            cue_id="c", title="c", duration_ms=given["duration_ms"], start_mode="count_to_end", start_at=given["planned_at"]
        )
    return Cue(cue_id="c", title="c", duration_ms=given["duration_ms"])


def _plain(cue_id: str, duration_ms: int, **more: Any) -> Cue:
    return Cue(cue_id=cue_id, title=cue_id, duration_ms=duration_ms, **more)


def _run(given: Case, *, aired: bool = True) -> Screen:
    """The cue alone, as it was planned; on air as far as the case says."""
    went_at, planned_at = given["went_at"], given["planned_at"]
    screen = Screen(_cue(given), starts_at=planned_at, at=(planned_at if went_at is None else went_at) if aired else None)
    if went_at is None:
        return screen
    screen.go("c", went_at)
    if given["added_ms"]:
        screen.given(TimeAdded(cue_id="c", delta_ms=given["added_ms"]), at=went_at)
    return screen if given.get("held_at") is None else screen.given(CueHeld(cue_id="c"), at=given["held_at"])


def offset(given: Case) -> Any:
    if given["went_at"] is None:
        return {"absolute_ms": _run(given, aired=False).offset(given["planned_at"] + given["left_ms"])}
    screen = _run(given)
    now = screen.air.due_at - given["left_ms"]
    return {"absolute_ms": screen.offset(now), "relative_ms": screen.air.relative_offset_ms + screen.overrun(now)}


def _below(given: Case) -> tuple[Screen, int]:
    """The cue below one that is on air and late (early); and the instant that one ends."""
    planned, gap = given["planned_at"], given["gap_above_ms"]
    starts_at = planned - gap - ABOVE_MS
    went_at = starts_at + given["late_ms"] + given["show_begun_late_ms"]
    if given["count_to_end"] or given["follows"]:
        cues = [_plain("wait", 0, start_mode="gap", start_at=planned)] if gap else []
        cues.append(_cue(given))
    else:
        cues = [_plain("c", given["duration_ms"], start_mode="gap", start_at=planned)]
    screen = Screen(_plain("above", ABOVE_MS), *cues, starts_at=starts_at, at=went_at)
    return screen.go("above", went_at), went_at + ABOVE_MS


def start(given: Case) -> int:
    screen, now = _below(given)
    return screen.expected(-1, now)


def end(given: Case) -> int:
    screen, now = _below(given)
    return screen.end(now)


def left(given: Case) -> int | None:
    """Before it goes, the countdown of a cue is the length it will have."""
    screen = _run(given)
    return screen.expected_length(0, given["now"]) if given["went_at"] is None else screen.left(given["now"])


def due_on_the_clock(given: Case) -> int | None:
    due = _run(given).air.due_at
    return None if due is None else due % DAY_MS


def elapsed(given: Case) -> int:
    whole = given["now"] - given["went_at"] + 1
    screen = _run(
        {**given, "planned_at": given["went_at"], "duration_ms": whole, "count_to_end": False, "added_ms": 0, "held_at": None}
    )
    screen.given(CueHeld(cue_id="c"), at=given["went_at"])
    screen.given(CueResumed(cue_id="c", held_ms=given["held_ms"]), at=given["went_at"] + given["held_ms"])
    return whole - (screen.left(given["now"]) or 0)


def day(given: Case) -> int:
    """The day of a plan that a bare time in a sheet belongs to."""
    row = TimedRow(span=Span(Clock(given["clock_ms"] // 1000)))
    settle([row], starts_at=MIDNIGHT + given["planned_ms"], ends_at=MIDNIGHT + 2 * DAY_MS, zone="UTC")
    return ((row.said or 0) - MIDNIGHT) // DAY_MS


def times(given: Case) -> dict[str, int]:
    """Start, end and length of one row, in minutes."""
    told = given["duration"]
    row = TimedRow(Span(Clock(given["start"] * 60), Clock(given["end"] * 60)), None if told is None else Length(told * 60_000))
    settle([row], starts_at=MIDNIGHT + given["start"] * 60_000, ends_at=MIDNIGHT + DAY_MS, zone="UTC")
    length = row.duration_ms // 60_000
    return {"start": given["start"], "end": given["start"] + length, "duration": length}


def course(given: Case) -> Any:
    hard = {row["cue_id"]: row["hard_at"] for row in given["plan"]}
    mode: Callable[[str], Any] = lambda name: "soft" if hard[name] is None else "hard"  # noqa: E731
    plan = [
        _plain(row["cue_id"], row["duration_ms"], start_mode=mode(row["cue_id"]), start_at=hard[row["cue_id"]])
        for row in given["plan"]
    ]
    screen = Screen(*plan, starts_at=0, at=0)
    for name, (began, _) in given["ran"].items():
        screen.go(name, began)
    screen.go(given["on_air"], given["went_at"])
    for row in given["cues"]:
        screen.given(CueEdited(cue_id=row["cue_id"], values={"duration_ms": row["duration_ms"]}), at=given["went_at"])
    now = given["now"]
    lines, live = screen.lines(), screen.air.cue_no - 1
    spans = {}
    for place, (row, line) in enumerate(zip(given["cues"], lines, strict=True)):
        begins = screen.expected(place, now)
        spans[row["cue_id"]] = [begins, begins + line.length_ms + (screen.overrun(now) if place == live else 0)]
    return {
        "planned": [lines[0].planned_at, screen.air.planned_end_at],
        "projected": [spans["1"][0], screen.end(now)],
        "cues": spans,
    }


def _timed(rows: list[Case]) -> list[TimedCue]:
    return [
        TimedCue(row["cue_id"], row["duration_ms"], "soft" if row["hard_at"] is None else "hard", row["hard_at"]) for row in rows
    ]


def backtime(given: Case) -> Any:
    cues = _timed(given["cues"])
    part = segment(cues, 0, given["hard_start"])
    if given["strategy"] is None:
        return {"difference_ms": part.difference_ms, "governing": part.governing}
    try:
        fix = close(cues, 0, given["hard_start"], given["strategy"], given["cue_id"])
    except CannotClose as refusal:
        return {"refused": refusal.why}
    return {"cue_id": fix.cue_id, "value": fix.value}


def chain(given: Case) -> Any:
    now = given["now"]
    screen = Screen(*[_plain(str(i), length) for i, length in enumerate(given["durations"])], starts_at=now, at=now)
    return {"starts_in": [line.projected_at - now for line in screen.lines()], "left_ms": screen.end(now) - now}


def shared_length(given: Case) -> Any:
    """Two cues share a length: the second counts to the planned end of both."""
    lengths, now = given["ran"], given["now"]
    begins = [sum(lengths[:place]) for place in range(len(lengths))]
    shared = _plain("live", 0, start_mode="count_to_end", start_at=begins[-1] + given["shared_ms"])
    ran = [_plain(str(place), length) for place, length in enumerate(lengths)]
    screen = Screen(*ran, shared, _plain("last", given["last_ms"]), starts_at=0, at=0)
    for place, at in enumerate(begins):
        screen.go(str(place), at)
    screen.go("live", given["went_at"])
    return {
        "budget_ms": screen.air.length_ms,
        "left_ms": screen.left(now),
        "next_in_ms": screen.expected(-1, now) - now,
        "show_left_ms": screen.end(now) - now,
        "length_ms": screen.end(now) - screen.lines()[0].projected_at,
    }


ANSWERS: dict[str, Callable[[Case], Any]] = {
    "offset": offset,
    "start": start,
    "end": end,
    "left": left,
    "due_on_the_clock": due_on_the_clock,
    "elapsed": elapsed,
    "day": day,
    "times": times,
    "course": course,
    "backtime": backtime,
    "chain": chain,
    "shared_length": shared_length,
}
ANSWERED = [case for case in OURS if case["id"] not in NOT_OURS and case["question"] not in NOT_OURS]


def check(case: Case) -> None:
    """Our answer agrees in everything the case says."""
    found, expected = ANSWERS[case["question"]](case["given"]), case["answer"]
    if isinstance(expected, dict) and isinstance(found, dict):
        found = {name: found.get(name) for name in expected}
    assert found == expected


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case["id"])
def test_our_screens_answer(case):
    check(case)


def test_what_is_not_ours_is_few_and_named():
    assert len(ANSWERED) == 33
    assert set(NOT_OURS) <= {case["question"] for case in OURS} | {case["id"] for case in OURS}


def test_every_published_case_is_restated_here():
    if not PUBLISHED.exists():
        pytest.skip("the published cases are not beside this clone; their restatement was tested")
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))["cases"]
    assert [translate(case) for case in published] == OURS


def _given(case_id: str) -> Case:
    return next(case["given"] for case in OURS if case["id"] == case_id)


def test_late_into_a_hard_start_the_overlap_is_told():
    """S3 says the hard start stands; we also say by how much it is run into, once it is."""
    given = _given("S3")
    screen = Screen(
        _plain("1", 5), _plain("2", 10), _plain("3", 15), _plain("4", 30, start_mode="hard", start_at=60), starts_at=0, at=0
    )
    screen.go("1", 0).go("2", 5).go("3", given["now"] // 60_000)
    assert [line.overlap_ms for line in screen.lines()] == [0, 0, 0, 5]


def test_an_early_run_pulls_a_soft_cue_up_and_a_gap_cue_not():
    """E3 with a soft cue instead of an unlinked one: ours moves up."""
    assert start(_given("E3")) == 100
    assert start({**_given("E3"), "follows": True}) == 90


def test_more_time_taken_away_than_a_cue_has_leaves_it_nothing():
    given = {**_given("F1"), "added_ms": -500}
    assert due_on_the_clock(given) == given["went_at"]


def test_a_cue_that_counts_to_its_end_gets_shorter_while_the_first_go_is_late():
    given = {**_given("C5"), "went_at": None, "planned_at": 1000, "duration_ms": 90, "now": 1060}
    assert left(given) == 30


def test_exactly_half_a_day_off_the_plan_is_the_earlier_day():
    noon = DAY_MS // 2
    assert day({"planned_ms": 0, "clock_ms": noon}) == -1
    assert day({"planned_ms": noon + 1000, "clock_ms": 1000}) == 0
