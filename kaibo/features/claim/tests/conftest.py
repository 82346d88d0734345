"""The room that the stories of claims begin with."""

import pytest

from kaibo.features.claim.tests.room import Room


@pytest.fixture
def room() -> Room:
    return Room()
