"""A show on air."""

import pytest

from kaibo.core.stage import Stage
from kaibo.features.alarm.feature import FEATURE
from kaibo.features.alarm.tests.seen import PLANNED, START
from kaibo.features.show.facts import ShowAired


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
