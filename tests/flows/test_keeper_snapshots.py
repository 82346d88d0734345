"""Snapshots: a long show is opened from one, and they cost little."""

import asyncio
from pathlib import Path

import pytest

from kaibo.app import snapshots_in
from kaibo.core.stream import all_rows
from kaibo.kit import keeper
from kaibo.kit.engine import Engine
from kaibo.kit.keeper import Keeper
from kaibo.kit.snapshot import Snapshots
from kaibo.stores.contract import Record
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore
from tests.flows.test_keeper import A, rests, words
from tests.flows.test_react import until
from tests.flows.toy import AMY, TOY, AddWord, told
from tests.served import do, served


def kept(folder: Path, engine: Engine) -> list[str]:
    """Read and make snapshots, in this process; the streams of which one was made."""
    made: list[str] = []
    snapshots = Snapshots(folder, (TOY,), engine.store, house=b"toy")

    async def snap(stream: str) -> None:
        made.append(stream)
        beside = Keeper((TOY,), engine.store, engine.codec)
        beside.snapshots = snapshots
        fold, _ = await asyncio.to_thread(beside.load, stream)
        snapshots.write(fold)

    engine.keeper.snap_with(snapshots, snap)
    return made


def test_a_long_show_gets_a_snapshot_while_it_is_on_and_once_before_it_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "BETWEEN_S", 0)
    monkeypatch.setattr(keeper, "SHARE", 1)

    async def story(engine: Engine) -> None:
        made = kept(tmp_path, engine)
        await engine.submit(A, AddWord(word="one"), AMY)
        room = engine.keeper.here(A)
        assert room is not None
        await engine.keeper.tend()
        assert made == []
        room.owed_s = keeper.OWED_S * 2
        await engine.keeper.tend()
        await until(lambda: room.owed_s < keeper.OWED_S)
        room.owed_s = keeper.OWED_AT_REST_S * 2
        await rests(engine)
        assert engine.folded(A) is room.fold  # its snapshot comes first
        await until(lambda: room.owed_s < keeper.OWED_AT_REST_S)
        await rests(engine)
        assert (engine.in_memory(), made) == ([], [A, A])

    told(story)


def test_snapshots_take_a_tenth_of_the_time_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(keeper.time, "monotonic", lambda: now[0])

    async def story(engine: Engine) -> None:
        made: list[float] = []

        async def snap(stream: str) -> None:
            made.append(now[0])
            now[0] += 20

        engine.keeper.snap_with(Snapshots(tmp_path, (TOY,), engine.store, house=b"toy"), snap)
        await engine.submit(A, AddWord(word="one"), AMY)
        room = engine.keeper.here(A)
        assert room is not None
        engine.keeper.idle_s = 10_000
        for now[0] in (1000, 1031, 1199, 1201):
            room.owed_s = 9
            await engine.keeper.tend()
            await until(lambda: engine.keeper._snapping is None or engine.keeper._snapping.done())
        assert made == [1000, 1201]

    told(story)


def test_it_is_opened_from_its_snapshot_and_what_came_after(tmp_path: Path) -> None:
    store = MemoryStore()
    reads: list[tuple[int, int]] = []

    async def first(engine: Engine) -> None:
        kept(tmp_path, engine)
        for number in range(50):
            await engine.submit(A, AddWord(word=f"w{number}"), AMY)
        room = engine.keeper.here(A)
        assert room is not None
        room.owed_s = 1  # so that one is made when the house stops

    told(first, store)

    async def other(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="later"), AMY)  # without snapshots, as if the house was killed afterwards

    told(other, store)
    read = store.read

    def counted(stream: str, after: int = 0, limit: int = 1000) -> list[Record]:
        reads.append((after, limit))
        return read(stream, after, limit)

    store.read = counted

    async def again(engine: Engine) -> None:
        kept(tmp_path, engine)
        assert words(await engine.fold(A)) == (*(f"w{number}" for number in range(50)), "later")

    told(again, store)
    assert reads == [(49, 1), (50, keeper.READ_PAGE), (51, keeper.READ_PAGE)]


def test_what_a_screen_asked_goes_with_the_house_and_is_in_no_snapshot(tmp_path: Path) -> None:
    store = MemoryStore()

    async def looked_at(engine: Engine) -> None:
        kept(tmp_path, engine)
        await engine.submit(A, AddWord(word="one"), AMY)
        room = engine.keeper.here(A)
        assert room is not None
        room.fold._views["toy.words"].lenses["toy.words?short=1"] = None  # type: ignore[assignment]
        room.owed_s = 1

    told(looked_at, store)

    async def again(engine: Engine) -> None:
        kept(tmp_path, engine)
        fold = await engine.fold(A)
        assert (words(fold), fold._views["toy.words"].lenses) == (("one",), {})

    told(again, store)


def test_a_snapshot_that_cannot_be_made_costs_time_and_nothing_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def story(engine: Engine) -> None:
        async def snap(stream: str) -> None:
            raise OSError("disk full")

        engine.keeper.snap_with(Snapshots(tmp_path / "a file" / "x", (TOY,), engine.store, house=b"toy"), snap)
        (tmp_path / "a file").write_text("where the folder should be")
        await engine.submit(A, AddWord(word="one"), AMY)
        room = engine.keeper.here(A)
        assert room is not None
        room.owed_s = 9
        await engine.keeper.tend()
        await until(lambda: "no snapshot" in caplog.text)
        await rests(engine)
        assert engine.in_memory() == []  # it need not wait for ever
        assert words(await engine.fold(A)) == ("one",)

    told(story)


def test_snapshots_of_the_last_version_are_made_anew_while_nothing_else_is_to_do(tmp_path: Path) -> None:
    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        Snapshots(tmp_path, (TOY,), engine.store, house=b"before").write(await engine.fold(A))
        made = kept(tmp_path, engine)
        await engine.keeper.tend()
        await until(lambda: made == [A])
        await until(lambda: Snapshots(tmp_path, (TOY,), engine.store, house=b"toy").stale() == [])

    told(story)


def test_the_house_asks_a_process_beside_it_for_snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "OWED_S", 0.0)
    with served(tmp_path) as house:
        owner, engine = house.owner(), house.app.engine
        do(owner, "show", "s1", "show.plan", show_id="s1", title="夜場", starts_at=1, ends_at=2)
        house.call(house.app.following.settled())
        room = engine.keeper.here("show/s1")
        assert room is not None
        room.owed_s = 100
        house.call(engine.keeper.tend())
        house.call(asyncio.wait_for(engine.keeper._snapping, 60))  # type: ignore[arg-type]
        before = all_rows(room.fold)
        room.owed_s = 0
    store = SqliteStore(tmp_path / "log.db")
    fold = snapshots_in(tmp_path, store).read("show/s1", lambda: None)
    store.close()
    assert fold is not None
    assert all_rows(fold) == before
