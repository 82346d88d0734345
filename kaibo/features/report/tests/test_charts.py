"""What stands beside a chart: round numbers, round minutes, and titles of what the team did."""

import re

import pytest

from kaibo.features.report.charts import Line, draw, nice
from kaibo.features.report.shapes import Mark, ReportMinute, Where

AT = 29_000_160  # a minute since 1970 at which an hour begins


def minutes(count: int, *marks: Mark) -> list[ReportMinute]:
    nothing = dict.fromkeys(
        ("gmv_paid_minor", "gmv_created_minor", "orders_created", "orders_paid", "online", "comments", "clicks"), None
    )
    where = Where(types="", from_at=0, to_at=0)
    return [ReportMinute(minute=AT + place, marks=marks if place == 1 else (), events=where, **nothing) for place in range(count)]


def drawn(length: int, *marks: Mark) -> str:
    values = [0.0] * (length + 1)
    return draw(minutes(length + 1, *marks), [Line("x", values, 0)], (), lambda _: "", "UTC", "serif")


@pytest.mark.parametrize(
    ("length", "step"), [(12, 1), (13, 2), (24, 2), (25, 5), (60, 5), (61, 10), (121, 15), (181, 30), (361, 60), (721, 120)]
)
def test_the_clock_below_has_at_most_a_dozen_round_minutes(length: int, step: int) -> None:
    told = re.findall(r">(\d\d):(\d\d)<", drawn(length))
    since = [int(hour) * 60 + int(minute) for hour, minute in told]
    assert since[1] - since[0] == step
    assert all(each % step == 0 for each in since)


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 4), (4.1, 6), (6.1, 8), (8.1, 10), (10.1, 12), (13, 16), (17, 20), (21, 24), (25, 32), (33, 40), (41, 60)],
)
def test_the_axis_ends_at_the_next_round_number(value: float, top: float) -> None:
    assert nice(value) == pytest.approx(top)


def test_a_title_is_cut_to_eight_letters() -> None:
    mark = Mark(kind="cue", id="c1", title="一二三四五六七八九十", at=AT * 60_000, seq=1)
    assert "一二三四五六七八<" in drawn(20, mark)
