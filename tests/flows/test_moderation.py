"""Lists of the workspace reach the shows that are not over, and what is said there is looked through."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kaibo.app import build
from kaibo.config import Settings
from kaibo.core.event import Command
from kaibo.core.feature import WORKSPACE
from kaibo.features.moderation import spelling
from kaibo.features.moderation.commands import AddWords, NewWord
from kaibo.kit.engine import Caller
from kaibo.stores.memory import MemoryStore
from tests.served import Served, ask, do, served

DIRECTOR = Caller(id="lin", name="小林", roles=frozenset({"director", "owner"}))


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture
def owner(house: Served) -> httpx.Client:
    return house.owner()


def rows(owner: httpx.Client, show: str, view: str) -> dict[str, Any]:
    return owner.get(f"/api/streams/show/{show}/views/{view}").json()["rows"]


def settled(house: Served) -> None:
    """Wait until the followers have done what the log asks of them."""
    house.call(house.app.following.settled())


def plan(owner: httpx.Client, show: str) -> None:
    do(owner, "show", show, "show.plan", show_id=show, title=show, starts_at=1_795_400_000_000, ends_at=1_795_403_600_000)


def say(house: Served, owner: httpx.Client, show: str, *texts: str, source: str = "shop") -> None:
    token = owner.post("/api/tokens", json={"label": f"{show}-{texts[0]}", "roles": ["source"]}).json()["token"]
    items = [
        {"kind": "comment", "at": 1_795_400_000_000 + place, "viewer": f"v{place}", "text": text, "message_id": text}
        for place, text in enumerate(texts)
    ]
    body = {"source": source, "items": items, "moderates": True}
    answer = owner.post(f"/api/ingest/{show}", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    settled(house)


def test_a_word_reaches_every_show_that_is_not_over(house: Served, owner: httpx.Client) -> None:
    for show in ("early", "late", "over"):
        plan(owner, show)
    for command in ("show.air", "show.end"):
        do(owner, "show", "over", command)
    settled(house)
    spelling.sound_table.cache_clear()
    rule = {"rule_id": "w1", "text": "加賴", "match": "sound"}
    do(owner, "workspace", "main", "moderation.add_words", action_id="a1", rules=[rule])
    settled(house)
    assert [list(rows(owner, show, "moderation.words")) for show in ("early", "late", "over")] == [["w1"], ["w1"], []]
    assert spelling.sound_table.cache_info().currsize == 1  # read beside the loop, before the first comment needs it
    say(house, owner, "early", "嘉賴 領券", "大家來看")
    assert [row["how"] for row in rows(owner, "early", "moderation.held").values()] == ["sound"]
    plan(owner, "next")
    settled(house)
    assert list(rows(owner, "next", "moderation.words")) == ["w1"]
    do(owner, "workspace", "main", "moderation.undo_words", action_id="u1", undoes="a1")
    settled(house)
    assert rows(owner, "early", "moderation.held") == {}
    assert rows(owner, "late", "moderation.words") == {}


def test_a_connector_that_moderates_is_asked_and_answers(house: Served, owner: httpx.Client) -> None:
    plan(owner, "asked")
    say(house, owner, "asked", "吵")
    (ref,) = rows(owner, "asked", "comment.window")
    do(owner, "show", "asked", "moderation.hide", action_id="h1", comment_refs=[ref])
    assert rows(owner, "asked", "moderation.log")["h1"]["platform"] == "asked"
    token = owner.post("/api/tokens", json={"label": "platform", "roles": ["system"]}).json()["token"]
    settle = {"action_id": "h1", "code": "not_found"}
    url = "/api/streams/show/asked/commands/moderation.settle"
    assert owner.post(url, json=settle, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert rows(owner, "asked", "moderation.log")["h1"]["platform"] == "not_found"


def test_who_may_and_what_is_refused_is_told_in_words(house: Served, owner: httpx.Client) -> None:
    plan(owner, "roles")
    host = house.person(owner, "p-host", "阿晴", "host")
    planner = house.person(owner, "p-plan", "小企", "planner")
    slow = {"action_id": "s1", "seconds": 5}
    words = {"action_id": "w9", "rules": [{"rule_id": "x", "text": "(", "kind": "pattern"}]}
    assert ask(host, "show", "roles", "moderation.slow", **slow).status_code == 403
    assert ask(planner, "show", "roles", "moderation.slow", **slow).status_code == 403
    refused = ask(planner, "workspace", "main", "moderation.add_words", **words)
    assert (refused.status_code, refused.json()["code"]) == (422, "moderation.pattern_broken")
    assert ask(owner, "workspace", "main", "moderation.slow", **slow).status_code in (404, 422)


def test_what_the_lists_need_is_loaded_before_the_house_looks_at_anything() -> None:
    """A house that starts again with lists that go by sound: no follower has news, and the first comment must not wait."""
    store = MemoryStore()
    rule = NewWord(rule_id="w1", text="加賴", match="sound")

    async def evening(*commands: Command) -> None:
        app = build(Settings(data_dir=None), store=store)
        await app.start()
        for command in commands:
            await app.engine.submit(WORKSPACE, command, DIRECTOR)
        await app.following.settled()
        await app.stop()

    asyncio.run(evening(AddWords(action_id="a1", rules=(rule,))))
    spelling.sound_table.cache_clear()
    asyncio.run(evening())
    assert spelling.sound_table.cache_info().currsize == 1
