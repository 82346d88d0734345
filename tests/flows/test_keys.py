"""Idempotency keys: everybody has their own, what was answered once is answered again, and nobody can spend the system's."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kaibo.core.errors import KeyReused
from kaibo.core.event import Command, Event
from kaibo.core.feature import fact_of, tag_of
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.react import SYSTEM, Follower, Following
from kaibo.stores.contract import Append, LogStore, Record
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore
from tests.flows.toy import AMY, AddWord, EnsureWord, WordAdded, engine_on, told, words_in
from tests.served import do, served

A, B = "show/a", "show/b"
BEN = Caller(id="ben", name="Ben", roles=frozenset({"director"}))
START = 1_764_331_200_000


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> LogStore:
    return MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "log.db")


def test_a_key_is_its_owners_alone(store: LogStore) -> None:
    async def story(engine: Engine) -> None:
        mine = await engine.submit(A, AddWord(word="x"), AMY, key="k")
        other = await engine.submit(A, AddWord(word="y"), BEN, key="k")
        assert (mine.events, other.events) == ((1,), (2,))
        assert await engine.submit(A, AddWord(word="x"), AMY, key="k") == mine
        with pytest.raises(KeyReused):
            await engine.submit(A, AddWord(word="z"), BEN, key="k")
        assert words_in(store, engine) == ["x", "y"]

    told(story, store)


def test_nobody_can_spend_a_key_of_the_system(store: LogStore) -> None:
    """Its keys follow from what happened: whoever can count can guess them, and sends them first."""

    async def act(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        return [] if event.fact.word.endswith("!") else [(A, AddWord(word=f"{event.fact.word}!"))]

    async def story(engine: Engine) -> None:
        follows = Following(engine, [Follower("echo", (WordAdded,), act)], retry_s=0)
        for seq in range(1, 9):
            await engine.submit(A, EnsureWord(word="nothing!"), BEN, key=f"echo:{A}:{seq}:0")
        await engine.submit(A, AddWord(word="one"), AMY)
        await follows.settled()
        assert words_in(store, engine) == ["nothing!", "one", "one!"]
        await follows.stop()

    told(story, store)


def test_a_system_key_that_was_used_for_something_else_is_told_to_people(store: LogStore) -> None:
    """A later version answers the same event with another command: what should happen now does not, and that is no line in a log."""
    warned: list[tuple[str, dict[str, str]]] = []

    async def act(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        return [(B, AddWord(word="new"))]

    async def warn(warning: str, data: dict[str, str]) -> None:
        warned.append((warning, data))

    async def story(engine: Engine) -> None:
        await engine.submit(B, AddWord(word="old"), SYSTEM, key=f"echo:{A}:1:0")
        follows = Following(engine, [Follower("echo", (WordAdded,), act)], retry_s=0, warn=warn)
        await engine.submit(A, AddWord(word="one"), AMY)
        await follows.settled()
        assert words_in(store, engine, B)[0] == "old"
        assert ("key_reused", {"follower": "echo", "stream": A, "seq": "1"}) in warned
        await follows.stop()

    told(story, store)


def test_keys_of_a_log_of_before_are_still_their_owners(store: LogStore) -> None:
    """Then a key was stored as it came."""

    async def before(engine: Engine) -> None:
        fold = await _written_before(engine, store)
        again = await engine.submit(A, AddWord(word="x"), AMY, key="k")
        assert (again.seq, again.events) == (1, (1,))
        with pytest.raises(KeyReused):
            await engine.submit(A, AddWord(word="z"), AMY, key="k")
        assert (await engine.submit(A, AddWord(word="y"), BEN, key="k")).events == (2,)
        assert words_in(store, engine) == ["x", "y"]
        assert fold == 1

    told(before, store)


async def _written_before(engine: Engine, store: LogStore) -> int:
    elsewhere = engine_on(MemoryStore())
    elsewhere.start()
    await elsewhere.submit(A, AddWord(word="x"), AMY, key="k")
    (event,) = await elsewhere.events(A)
    record = Record(event.seq, event.at, tag_of(fact_of(event)), engine.codec.pack(event), "k")
    await asyncio.to_thread(store.append, [Append(A, 0, (record,))])
    return (await engine.fold(A)).seq


def test_a_key_after_which_nothing_had_to_change_is_spent_as_well(store: LogStore) -> None:
    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="x"), AMY)
        nothing = await engine.submit(A, EnsureWord(word="x"), AMY, key="k")
        assert nothing.events == ()
        with pytest.raises(KeyReused):
            await engine.submit(A, EnsureWord(word="y"), AMY, key="k")
        await engine.submit(A, AddWord(word="z"), AMY)
        assert await engine.submit(A, EnsureWord(word="x"), AMY, key="k") == nothing
        assert (await engine.submit(A, EnsureWord(word="y"), BEN, key="k")).events == (3,)
        assert words_in(store, engine) == ["x", "z", "y"]

    told(story, store)


def test_it_stays_spent_over_a_restart(tmp_path: Path) -> None:
    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="x"), AMY)
        await engine.submit(A, EnsureWord(word="x"), AMY, key="k")

    async def after(engine: Engine) -> None:
        assert (await engine.submit(A, EnsureWord(word="x"), AMY, key="k")).events == ()
        with pytest.raises(KeyReused):
            await engine.submit(A, EnsureWord(word="y"), AMY, key="k")

    told(story, SqliteStore(tmp_path / "log.db"))
    told(after, SqliteStore(tmp_path / "log.db"))


def test_over_http_a_token_spends_no_key_of_the_house() -> None:
    """Every key that its reactions could ask with for the next events, sent first by somebody who may send commands."""
    with served() as house:
        owner = house.owner()
        do(owner, "show", "s", "show.plan", show_id="s", title="搶鍵", starts_at=START, ends_at=START + 3_600_000)
        names = [follower.name for follower in house.app.following._followers.values()]
        for name in names:
            for seq in range(3, 6):
                key = f"{name}:show/s:{seq}:0"
                body = {"message_id": key[:64], "text": "先到先得"}
                path = "/api/streams/show/s/commands/prompter.message"
                assert owner.post(path, json=body, headers={"Idempotency-Key": key}).status_code in (200, 409, 422, 429)
        do(owner, "show", "s", "show.air")
        house.call(house.app.following.settled())
        assert owner.get("/api/streams/workspace/main/views/show.list").json()["rows"]["s"]["state"] == "live"
        assert owner.get("/api/streams/workspace/main/views/workspace.warnings").json()["rows"] == {}
