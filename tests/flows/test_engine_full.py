"""A disk that is full: it is said, nothing is lost, and nothing is done twice because of it."""

import asyncio
import errno
from collections.abc import Sequence
from pathlib import Path

import pytest

from kaibo.core.errors import StoreFull, StoreUnavailable
from kaibo.kit.engine import Engine
from kaibo.stores.contract import Append, Conflict, Record
from kaibo.stores.sqlite import SqliteStore
from tests.flows.test_engine import A, shown
from tests.flows.toy import AMY, AddWord, Gate, told, words_in


def test_a_full_disk_is_survived_by_the_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "log.db")
    some = Append(A, 0, (Record(1, 1, "x", b"x" * 1000),))
    store.append([some])
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages}")
    big = Append(A, 1, tuple(Record(2 + n, 1, "x", b"x" * 100_000) for n in range(20)))
    with pytest.raises(Exception, match="full"):
        store.append([big])
    store._writer.execute("PRAGMA max_page_count = 1000000")
    assert store.append([big]) == [None]
    assert store.head(A) == 21
    store.close()


class Full(Gate):
    """A disk that is full until it is not; counts who reads the log again."""

    def __init__(self) -> None:
        super().__init__()
        self.full = False
        self.reads = self.asked = 0

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        if self.full:
            raise OSError(errno.ENOSPC, "no space")
        return super().append(appends)

    def check(self) -> None:
        self.asked += 1
        if self.full:
            raise OSError(errno.ENOSPC, "no space")

    def read(self, stream: str, after: int = 0, limit: int = 1000) -> list[Record]:
        self.reads += 1
        return super().read(stream, after, limit)


def test_a_full_disk_is_said_and_nothing_is_folded_again_for_each_who_asks() -> None:
    store = Full()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        store.full = True
        with pytest.raises(StoreFull):
            await engine.submit(A, AddWord(word="two"), AMY)
        await engine.fold(A)  # once: what was decided could not be stored
        reads = store.reads
        for _ in range(50):
            with pytest.raises(StoreUnavailable):
                await engine.submit(A, AddWord(word="two"), AMY)
        assert store.reads == reads
        assert store.asked <= 2  # at most once a second
        assert shown(engine) == ("one",)
        store.full = False
        engine._asked_at = 0.0  # a second later
        assert (await engine.submit(A, AddWord(word="two"), AMY)).events == (2,)
        assert words_in(store, engine) == ["one", "two"]

    told(story, store)


class Narrow(Gate):
    """A disk with hardly any room."""

    def check_room(self) -> None:
        raise OSError(errno.ENOSPC, "all but full")

    def check(self) -> None:
        self.check_room()


def test_what_hardly_fits_is_not_decided_and_nothing_need_be_folded_again() -> None:
    store = Narrow()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        fold = await engine.fold(A)
        while not engine._sick:  # noqa: ASYNC110  the writer looks after its commit
            await asyncio.sleep(0)
        with pytest.raises(StoreFull):
            await engine.submit(A, AddWord(word="two"), AMY)
        assert (await engine.fold(A)) is fold
        assert words_in(store, engine) == ["one"]

    told(story, store)
