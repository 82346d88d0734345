"""A planned show on a stage, with a cue."""

import pytest

from kaibo.core.stage import Stage
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.tests.said import AT, PLANNED, WENT


@pytest.fixture
def stage() -> Stage:
    """A show with a cue on air."""
    return Stage(FEATURE).given(PLANNED, WENT, at=AT)
