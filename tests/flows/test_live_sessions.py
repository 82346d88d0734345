"""A line sees what its person may see now, and ends with the session, the token or the person."""

import json

import httpx
from websockets.exceptions import ConnectionClosed

from tests.flows.test_live import house, owner, show
from tests.live_client import Screen
from tests.served import Served, do

__all__ = ["house", "owner", "show"]


def closing_code(screen: Screen) -> int:
    try:
        while True:
            screen.hear()
    except ConnectionClosed as closed:
        assert closed.rcvd is not None
        return closed.rcvd.code


def test_signing_out_closes_the_channel_of_that_session_alone(house: Served) -> None:
    here, there = house.owner(), house.owner()
    with Screen(here) as mine, Screen(there) as other:
        assert here.delete("/api/session").status_code == 200
        assert closing_code(mine) == 4401
        assert json.loads(mine.log[-1])["code"] == "core.not_signed_in"
        assert other.still_answers()


def test_who_is_removed_or_whose_token_is_revoked_sees_nothing_more(house: Served, owner: httpx.Client, show: str) -> None:
    gone = house.person(owner, "gus", "阿古", "director")
    made = owner.post("/api/tokens", json={"label": "wall", "roles": ["director"]}).json()
    wall = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {made['token']}"})
    with Screen(gone) as person, Screen(wall) as token, Screen(owner) as mine:
        for screen in (person, token, mine):
            screen.subscribe(f"show/{show}", "show.head")
        do(owner, "workspace", "main", "workspace.remove_person", person_id="gus")
        assert closing_code(person) == 4401
        do(owner, "workspace", "main", "workspace.revoke_token", token_id=made["token_id"])
        assert closing_code(token) == 4401
        mine.until(do(owner, "show", show, "show.edit", title="只有我看")["seq"])
    do(owner, "workspace", "main", "workspace.add_person", person_id="gus", name="阿古", roles=["director"])
    assert gone.get("/api/me").status_code == 401  # the old session does not come back with the person


def test_who_loses_a_role_loses_its_views_at_once(house: Served, owner: httpx.Client, show: str) -> None:
    both = house.person(owner, "bo", "小波", "operations", "assistant")
    stream = f"show/{show}"
    with Screen(both) as screen:
        screen.subscribe(stream, "metric.tiles", "show.head")
        do(owner, "workspace", "main", "workspace.change_roles", person_id="bo", roles=["assistant"])
        assert screen.hear()["code"] == "core.not_allowed"
        do(owner, "show", show, "show.edit", title="看不到")
        assert screen.still_answers()
        assert screen.subscribe(stream, "show.head")["type"] == "snapshot"


def test_a_new_password_ends_the_other_sessions(house: Served, owner: httpx.Client) -> None:
    here = house.person(owner, "pat", "阿派", "host")
    link = owner.post("/api/people/pat/invitation").json()["link"].rsplit("/", 1)[1]
    there = httpx.Client(base_url=house.base)
    assert there.post("/api/session/link", json={"link": link}).status_code == 200
    with Screen(there) as screen:
        assert here.post("/api/me/password", json={"password": "long enough"}).status_code == 200
        assert closing_code(screen) == 4401
    assert there.get("/api/me").status_code == 401
    assert here.get("/api/me").status_code == 200
