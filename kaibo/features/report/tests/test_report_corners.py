"""What few evenings show: steps nobody is counted in, notes below the tables, where a chart's lines stand."""

import re
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from kaibo.features.claim.shown import ClaimNumbersRow
from kaibo.features.comment.shown import TopicRow
from kaibo.features.report.charts import LEFT, RIGHT, WIDTH, Frame, _grid
from kaibo.features.report.report import _questions, report
from kaibo.features.report.rows import rows_of
from kaibo.features.report.sections import _effect, _who, sections, untold_note
from kaibo.features.report.shapes import Report, ReportEffect, Where
from kaibo.features.report.team import claims_of
from kaibo.features.report.viewers import funnel_of
from kaibo.kit.words import say
from tests.world import evening

ALL_OF_IT = Where(types="")


@pytest.fixture(scope="module")
def made() -> Report:
    return report(rows_of(evening(1).fold, {}))


def saying(code: str, **data: Any) -> str:
    return say(code, data, "zh-Hant")


NONE: dict[str, float | None] = {"product_reach": None, "ctor": None}


def funnel(instead: str = "", **values: float) -> list[tuple[str, float | None]]:
    tiles = {name: SimpleNamespace(value=value, instead="", mixed=()) for name, value in {**NONE, "uv": 10.0, **values}.items()}
    tiles["uv"].instead = instead
    return [(step.step, step.through) for step in funnel_of(cast("Any", SimpleNamespace(tiles=tiles)), ALL_OF_IT)]


def test_a_step_after_one_that_counts_no_people_is_a_share_of_times() -> None:
    assert funnel(imp=200.0, pv=40.0)[:2] == [("shown", None), ("entered", 0.2)]


def test_who_came_in_is_called_so_where_a_source_tells_it_and_else_whoever_did_anything() -> None:
    assert [funnel(pv=40.0)[1][0], funnel("commenters", pv=40.0)[1][0]] == ["entered", "acted"]


def test_orders_by_comment_that_were_all_refused_stand_in_the_report() -> None:
    refused = claims_of(ClaimNumbersRow(refused=3))
    assert (refused and refused.refused, claims_of(ClaimNumbersRow()), claims_of(None)) == (3, None, None)


def test_what_was_asked_most_comes_first_then_what_was_asked_first() -> None:
    fields: dict[str, Any] = {each.name: None for each in msgspec.structs.fields(TopicRow)}
    rows = {
        text: TopicRow(**{**fields, "text": text, "count": count, "first_at": at, "sample_refs": ()})
        for text, count, at in (("早", 1, 1), ("多", 5, 9), ("晚", 1, 2))
    }
    asked = _questions(cast("Any", SimpleNamespace(topics=rows)))
    assert [row.text for row in asked] == ["多", "早", "晚"]


def test_what_nobody_told_of_and_how_peaks_are_found_stand_below_their_tables(made: Report) -> None:
    untold = msgspec.structs.replace(made, untold=("order",))
    found = {section.title: section for section in sections(untold, saying, "zh-Hant")}
    rule = msgspec.structs.replace(made.peak_rule, deviations=7.5)
    changed = {section.title: section for section in sections(msgspec.structs.replace(made, peak_rule=rule), saying, "zh-Hant")}
    assert "7.5" in changed[saying("report.peaks")].note
    assert untold_note(("order",), saying) in found[saying("report.summary")].note


def test_how_many_more_would_tell_is_said_only_where_nothing_is_told_yet() -> None:
    fields: dict[str, Any] = {each.name: None for each in msgspec.structs.fields(ReportEffect)}
    effect = ReportEffect(
        **{
            **fields,
            "ratio": 1.2,
            "low": 1.1,
            "high": 1.3,
            "needed": 4,
            "measured": True,
            "verdict": "up",
            "beside": (),
            "alongside": (),
        }
    )
    more = saying("report.needed", count=4)
    assert more not in _effect(effect, saying)[3]
    assert more in _effect(msgspec.structs.replace(effect, verdict="no_clear_effect"), saying)[3]


def test_a_charts_minutes_go_from_edge_to_edge_and_its_values_from_nought_to_the_top() -> None:
    frame = Frame(100, 110, 40.0)
    assert [frame.x(at) for at in (100, 105, 110)] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    written = re.findall(r">([0-9.]+)</text>", "".join(_grid(frame, lambda value: f"{value:g}")))
    assert written == ["0", "10", "20", "30", "40"]


def test_nobody_is_named_by_an_id() -> None:
    named = [_who({"lin": "小林"}, person_id, saying) for person_id in ("lin", "system", "gone-1", "")]
    assert named == ["小林", saying("report.by_kaibo"), saying("report.by_unknown"), ""]
