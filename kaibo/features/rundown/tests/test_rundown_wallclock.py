"""Wall-clock plans in a zone become instants, and midnight and clock changes are dull."""

from datetime import UTC, date, datetime

import pytest

from kaibo.features.rundown.timing import OnAir, TimedCue, project, walk
from kaibo.features.rundown.wallclock import plan_instant

MIN = 60_000
HOUR = 60 * MIN


def utc(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000  # type: ignore[arg-type]


def test_a_taipei_evening_past_midnight_is_dull():
    day, zone = date(2025, 10, 30), "Asia/Taipei"
    starts = plan_instant(day, "20:00", zone)
    draw = plan_instant(day, "00:10", zone, after=starts)
    assert (starts, draw) == (utc(2025, 10, 30, 12), utc(2025, 10, 30, 16, 10))
    assert plan_instant(day, "24:10", zone) == draw
    cues = [TimedCue("a", 4 * HOUR), TimedCue("b", 5 * MIN), TimedCue("draw", 20 * MIN, "hard", draw)]
    course = walk(cues, starts)
    assert course.end_at == plan_instant(day, "24:30", zone)
    late = project(cues, starts, OnAir("a", starts + 7 * MIN), {})
    assert (late.starts[2], late.overlaps[2]) == (draw, 2 * MIN)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 4), (date(2026, 10, 24), 6)],
    ids=["the night that loses an hour", "the night that lives one twice"],
)
def test_a_copenhagen_night_over_a_clock_change_is_dull(day, hours):
    starts = plan_instant(day, "22:00", "Europe/Copenhagen")
    ends = plan_instant(day, "27:00", "Europe/Copenhagen")
    assert ends - starts == hours * HOUR
    cues = [TimedCue("a", 2 * HOUR), TimedCue("close", 0, "hard", ends)]
    assert walk(cues, starts).starts == [starts, ends]


def test_an_hour_lived_twice_is_the_first_one_not_before():
    day, zone = date(2026, 10, 25), "Europe/Copenhagen"
    first = plan_instant(day, "02:30", zone)
    assert first == utc(2026, 10, 25, 0, 30)
    assert plan_instant(day, "02:30", zone, after=first + 1) == first + HOUR
    assert plan_instant(day, "02:30", zone, after=first + HOUR + 1) == utc(2026, 10, 26, 1, 30)


def test_a_time_the_clocks_jump_over_lies_behind_the_jump():
    assert plan_instant(date(2026, 3, 29), "02:30", "Europe/Copenhagen") == utc(2026, 3, 29, 1, 30)


@pytest.mark.parametrize(
    ("clock", "zone"), [("48:00", "UTC"), ("8.30", "UTC"), ("", "UTC"), ("12:60", "UTC"), ("12:00", "Nowhere/At_All")]
)
def test_what_is_no_time_or_zone_is_said(clock, zone):
    with pytest.raises(ValueError):
        plan_instant(date(2026, 1, 1), clock, zone)
