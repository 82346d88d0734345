"""A screen on a wall: a link that shows one show to whoever has it, and nothing else, until it ends."""

from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from kaibo.features import FEATURES
from kaibo.kit.auth import SCREENS_MAX
from tests.live_client import Screen
from tests.served import Served, ask, do, served

START = 1_764_331_200_000
SHOWN = {"show.head", "prompter.host", "prompter.questions", "rundown.cues", "rundown.clock", "rundown.on_air", "product.signs"}


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        owner = running.owner()
        for show_id in ("one", "two"):
            do(owner, "show", show_id, "show.plan", show_id=show_id, title=show_id, starts_at=START, ends_at=START + 3_600_000)
        do(owner, "show", "one", "product.add", product={"product_id": "A", "name": "面霜", "cost_minor": 9000, "stock": 3})
        yield running


def monitor(house: Served, show_id: str = "one") -> tuple[httpx.Client, str]:
    """A browser that opened a monitor's link, and the token's id."""
    made = house.owner().post("/api/tokens", json={"label": "棚內螢幕", "roles": ["monitor"], "show_id": show_id}).json()
    wall = httpx.Client(base_url=house.base)
    answer = wall.post("/api/session/screen", json={"token": made["token"]})
    assert (answer.status_code, answer.json()) == (200, {"show_id": show_id}), answer.text
    return wall, made["token_id"]


def test_it_shows_what_the_room_works_by_and_no_more(house: Served) -> None:
    wall, _ = monitor(house)
    views = [view.name for feature in FEATURES for view in feature.views]
    answers = {
        view: wall.get(f"/api/streams/show/one/views/{view}").status_code for view in views if not view.startswith("workspace")
    }
    seen = {view for view, status in answers.items() if status == 200}
    assert (
        seen
        & {
            "product.cards",
            "comment.questions",
            "order.latest",
            "claim.buyers",
            "metric.tiles",
            "draw.board",
            "readiness.items",
            "readiness.declared",
        }
        == set()
    )
    assert seen >= SHOWN
    assert {wall.get(path).status_code for path in ("/api/streams/show/one/events", "/api/shows/one/report")} == {403}
    signs = wall.get("/api/streams/show/one/views/product.signs").json()["rows"]
    assert {*signs["A"]} == {"name", "sold_out"}  # of what a thing costs nothing is known on a wall
    others = [wall.get("/api/streams/show/two/views/show.head"), wall.get("/api/streams/workspace/main/views/workspace.names")]
    assert {(answer.status_code, answer.json()["code"]) for answer in others} == {(403, "core.elsewhere_only")}
    assert wall.get("/api/me").json()["roles"] == ["monitor"]


def test_a_page_is_told_which_of_its_views_it_must_do_without(house: Served) -> None:
    wall, _ = monitor(house)
    with Screen(wall) as screen:
        refused = screen.subscribe("show/one", "show.head", "product.cards", "prompter.host", "claim.stock")
        assert (refused["code"], refused["views"]) == ("core.not_allowed", ["product.cards", "claim.stock"])
        assert screen.subscribe("show/one", "show.head", "prompter.host")["type"] == "snapshot"


def test_it_changes_nothing(house: Served) -> None:
    wall, _ = monitor(house)
    assert wall.get("/api/me").json()["csrf"] == ""
    for command in ("show.air", "rundown.go", "prompter.message"):
        assert ask(wall, "show", "one", command).status_code == 401
    assert wall.post("/api/me/password", json={"password": "long enough"}).status_code == 401


def test_taken_back_it_is_dark_at_once(house: Served) -> None:
    wall, token_id = monitor(house)
    with Screen(wall) as screen:
        assert screen.subscribe("show/one", "show.head")["type"] == "snapshot"
        do(house.owner(), "workspace", "main", "workspace.revoke_token", token_id=token_id)
        with pytest.raises(ConnectionClosed):
            screen.until(1 << 40)
    assert wall.get("/api/me").status_code == 401


def test_it_ends_with_its_token() -> None:
    now = [START]
    with served(clock=lambda: now[0]) as house:
        owner = house.owner()
        do(owner, "show", "one", "show.plan", show_id="one", title="one", starts_at=START, ends_at=START + 3_600_000)
        body = {"label": "一分鐘", "roles": ["monitor"], "show_id": "one", "expires_at": START + 60_000}
        token = owner.post("/api/tokens", json=body).json()["token"]
        wall = httpx.Client(base_url=house.base)
        assert wall.post("/api/session/screen", json={"token": token}).status_code == 200
        now[0] += 60_000
        assert wall.get("/api/me").status_code == 401
        assert wall.post("/api/session/screen", json={"token": token}).json()["code"] == "auth.link_used"


def test_one_link_opens_so_many_screens_and_a_screen_that_comes_again_takes_its_own_place(house: Served) -> None:
    made = house.owner().post("/api/tokens", json={"label": "多", "roles": ["monitor"], "show_id": "one"}).json()
    body = {"token": made["token"]}
    wall = httpx.Client(base_url=house.base)
    for _ in range(SCREENS_MAX + 2):
        assert wall.post("/api/session/screen", json=body).status_code == 200
    others = [httpx.post(f"{house.base}/api/session/screen", json=body) for _ in range(SCREENS_MAX)]
    assert [answer.status_code for answer in others] == [200] * (SCREENS_MAX - 1) + [429]
    assert (others[-1].json()["code"], others[-1].json()["data"]) == ("auth.screens_full", {"screens_max": SCREENS_MAX})
    assert wall.post("/api/session/screen", json=body).status_code == 200
    assert wall.get("/api/me").status_code == 200
    monitor(house)  # another link has room of its own
    do(house.owner(), "workspace", "main", "workspace.revoke_token", token_id=made["token_id"])
    assert wall.get("/api/me").status_code == 401


@pytest.mark.parametrize("more", [{"roles": ["monitor", "director"], "show_id": "one"}, {"roles": ["monitor"]}])
def test_its_link_is_for_one_show_and_no_other_role(house: Served, more: dict[str, object]) -> None:
    answer = house.owner().post("/api/tokens", json={"label": "x", **more})
    assert (answer.status_code, answer.json()["code"]) == (422, "workspace.monitor_takes_one")


def test_no_person_is_a_monitor_and_no_other_token_opens_a_screen(house: Served) -> None:
    owner = house.owner()
    refused = ask(owner, "workspace", "main", "workspace.add_person", person_id="w", name="牆", roles=["monitor"])
    assert refused.json()["code"] == "workspace.unknown_role"
    token = owner.post("/api/tokens", json={"label": "x", "roles": ["director"], "show_id": "one"}).json()["token"]
    assert httpx.post(f"{house.base}/api/session/screen", json={"token": token}).status_code == 401


def test_who_is_signed_in_stays_so_when_they_try_the_link_themselves(house: Served) -> None:
    owner = house.owner()
    token = owner.post("/api/tokens", json={"label": "試", "roles": ["monitor"], "show_id": "one"}).json()["token"]
    assert owner.post("/api/session/screen", json={"token": token}).status_code == 200
    assert "owner" in owner.get("/api/me").json()["roles"]
    do(owner, "show", "one", "prompter.message", message_id="m", text="還是我")


def test_it_sits_as_nothing_else(house: Served) -> None:
    wall, _ = monitor(house)
    with Screen(wall) as screen:
        screen.send(type="here", stream="show/one", role="director", editing=None)
        assert screen.hear()["code"] == "core.not_allowed"
