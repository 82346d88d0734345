"""A sum of an earlier show at any time of it."""

import pytest

from kaibo.analysis.course import STEP_S, figure_at, sum_at
from kaibo.analysis.definitions import DEFINED

COURSE = {"gmv_paid": (100.0, 100.0, 400.0), "refunded": (0.0, 50.0, 50.0)}


@pytest.mark.parametrize(
    ("elapsed_s", "paid"), [(-5, 0), (0, 0), (STEP_S / 2, 50), (STEP_S, 100), (2 * STEP_S, 100), (2.5 * STEP_S, 250), (9999, 400)]
)
def test_between_two_steps_it_lies_on_a_straight_line(elapsed_s: float, paid: float) -> None:
    assert sum_at(COURSE, "gmv_paid", elapsed_s) == paid


def test_only_sums_that_were_kept_have_a_course() -> None:
    assert figure_at(DEFINED["net_sales"], COURSE, 2 * STEP_S) == 50.0
    assert figure_at(DEFINED["conversion"], COURSE, STEP_S) is None
    assert figure_at(DEFINED["likes"], COURSE, STEP_S) is None
    assert figure_at(DEFINED["gmv_paid"], {}, STEP_S) is None
