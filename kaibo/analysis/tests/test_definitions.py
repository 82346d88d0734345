"""The definitions: complete, printed where people read them, and worked out in one place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaibo.analysis.book import PAGE, WEB, print_json, print_page
from kaibo.analysis.counters import BY_NAME, COUNTERS
from kaibo.analysis.definitions import DEFINED, DEFINITIONS, Definition
from kaibo.analysis.evaluate import as_long_as, evaluate, median
from kaibo.core.feature import tag_of
from kaibo.features import FEATURES

RATIOS = [each for each in DEFINITIONS if each.denominator]
raws = st.fixed_dictionaries({name: st.integers(0, 10**9) for name in BY_NAME})


def test_the_printed_page_and_the_webs_copy_are_the_data() -> None:
    assert PAGE.read_text("utf-8") == print_page()
    assert WEB.read_text("utf-8") == print_json()


def test_names_are_once_only_and_in_three_languages() -> None:
    for names in ([each.name for each in DEFINITIONS], [each.name for each in COUNTERS]):
        assert len(set(names)) == len(names)
    assert all(all(each.titles) for each in (*DEFINITIONS, *COUNTERS))


def test_every_source_is_a_fact_of_the_house() -> None:
    tags = {tag_of(fact) for feature in FEATURES for fact in feature.facts}
    assert {tag for each in DEFINITIONS for tag in each.sources} <= tags
    assert {each.unknown_until for each in COUNTERS} - {""} <= tags


@pytest.mark.parametrize("each", RATIOS, ids=lambda each: each.name)
def test_over_nothing_a_figure_is_unknown_never_zero(each: Definition) -> None:
    raw = dict.fromkeys(BY_NAME, 7)
    assert evaluate(each, raw) is not None
    assert evaluate(each, {**raw, each.denominator: 0}) is None
    assert evaluate(each, {name: 7 for name in BY_NAME if name not in (each.denominator, each.formerly_below)}) is None
    assert evaluate(each, {name: 7 for name in BY_NAME if name not in (each.numerator, each.formerly)}) is None
    assert evaluate(each, None) is None


@given(raws, raws)
def test_counters_of_two_parts_add_up_to_those_of_the_whole(first: dict[str, int], second: dict[str, int]) -> None:
    both = {name: first[name] + second[name] for name in first}
    for each in DEFINITIONS:
        parts, whole = [evaluate(each, first), evaluate(each, second)], evaluate(each, both)
        if not each.denominator:
            assert whole == sum(part for part in parts if part is not None)
        elif None not in parts and not each.less:
            assert whole is not None
            low, high = sorted(part for part in parts if part is not None)
            assert low * (1 - 1e-9) <= whole <= high * (1 + 1e-9)


def test_the_trades_formulas() -> None:
    raw = {"gmv_paid": 1_000_000, "refunded": 100_000, "pv": 500, "uv": 400, "imp": 2000, "buyers": 20, "live_s": 1800}
    assert evaluate(DEFINED["gpm"], raw) == 2_000_000
    assert evaluate(DEFINED["net_sales"], raw) == 900_000
    assert evaluate(DEFINED["enter_rate"], raw) == 0.25
    assert evaluate(DEFINED["gmv_per_hour"], raw) == 2_000_000
    assert evaluate(DEFINED["conversion"], raw) == 0.05


def test_the_median_is_of_what_is_known() -> None:
    assert [median([]), median([None]), median([3, None, 1]), median([1, 2, 3, 10])] == [None, None, 2, 2.5]


def test_no_other_code_divides_one_counter_by_another() -> None:
    """A formula written twice is one that will differ."""
    root = Path(__file__).parents[2] / "features"
    for path in (root / "metric").glob("*.py"):
        assert " / raw[" not in path.read_text("utf-8"), path


SHORT, LONG = {"live_s": 540.0}, {"live_s": 600.0}


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("comments", {"comments": 120.0}, 108.0),
        ("gmv_paid", {"gmv_paid": 30_000.0}, 27_000.0),
        ("stay_s", {"watch_s": 6_000.0, "came_u": 10.0, "uv": 10.0}, 540.0),
        ("conversion", {"buyers": 10.0, "uv": 100.0}, 0.1),
        ("buyers", {"buyers": 5.0}, 5.0),
        ("uv_value", {"gmv_paid": 1_000.0, "uv": 10.0}, 90.0),
        ("click_rate", {"clicks": 10.0, "pimp": 100.0}, 0.1),
        ("uv", {"uv": 50.0}, 50.0),
        ("online", {"online": 40.0}, 40.0),
        ("value_per_buyer", {"gmv_paid": 1_000.0, "buyers": 2.0}, 500.0),
        ("acu", {"watch_s": 6_000.0}, 10.0),
    ],
)
def test_a_window_is_compared_as_if_it_were_as_long(name: str, raw: dict[str, float], value: float) -> None:
    """What a room that stays as it is comes to in nine minutes, from ten."""
    assert as_long_as(DEFINED[name], {**raw, **LONG}, SHORT) == pytest.approx(value)
    assert as_long_as(DEFINED[name], {**raw, **LONG}, LONG) == as_long_as(DEFINED[name], {**raw, **LONG}, None)


def test_what_nobody_knows_of_a_window_is_not_made_up_for_another() -> None:
    assert as_long_as(DEFINED["comments"], None, SHORT) is None
    assert as_long_as(DEFINED["comments"], {"comments": 5.0}, SHORT) == 5.0
    assert as_long_as(DEFINED["comments"], {"comments": 5.0, "live_s": 0.0}, SHORT) == 5.0
    assert as_long_as(DEFINED["comments"], {"comments": 5.0, **LONG}, {"live_s": 0.0}) == 5.0
