"""A line does not outlive the session or token it was opened with."""

import json
import time

import httpx
import pytest

from kaibo.kit import auth
from tests.flows.test_live_sessions import closing_code, house, owner
from tests.live_client import Screen
from tests.served import Served

__all__ = ["house", "owner"]


def test_a_session_that_expires_closes_its_channel_at_that_moment(
    house: Served, owner: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "SESSION_MS", 1500)
    short = house.person(owner, "shu", "小暑", "director")
    ends_by = time.monotonic() + 1.5
    monkeypatch.undo()
    with Screen(short) as brief, Screen(owner) as mine:
        assert brief.still_answers()
        assert closing_code(brief) == 4401
        assert abs(time.monotonic() - ends_by) < 1.0
        assert json.loads(brief.log[-1])["code"] == "core.not_signed_in"
        assert mine.still_answers()


def test_an_expired_token_closes_its_channel_and_a_line_hung_up_leaves_no_timer(
    house: Served, owner: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "TOKEN_MS", 1000)
    made = owner.post("/api/tokens", json={"label": "brief", "roles": ["director"]}).json()
    monkeypatch.undo()
    wall = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {made['token']}"})
    with Screen(wall):
        pass  # hangs up before the end
    with Screen(wall) as token:
        assert closing_code(token) == 4401
    with Screen(owner) as mine:
        assert mine.still_answers()
