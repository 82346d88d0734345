"""A crowd beyond what is counted one by one: its figures say how far off they may be."""

import pytest

from kaibo.analysis.hll import SIGMA
from kaibo.core.stage import Stage
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.slices import BOARD
from kaibo.features.metric.tests.test_metric import PLANNED, START, Room, did
from kaibo.features.show.facts import ShowAired


def test_a_figure_that_is_counted_by_a_sketch_tells_its_error() -> None:
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    assert stage.row("metric.tiles", "comment_rate").error == 0
    stage.fold.slice(BOARD).viewers.exact_max = 10
    stage.given(Room().batch(*(did("comment", f"v{n}", START + n) for n in range(40))), at=START + 1000)
    assert stage.row("metric.tiles", "comment_rate").error == pytest.approx(SIGMA)
