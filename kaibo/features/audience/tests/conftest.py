"""A planned show on a stage."""

import pytest

from kaibo.core.stage import Stage
from kaibo.features.audience.feature import FEATURE
from kaibo.features.audience.tests.said import PLANNED


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED)
