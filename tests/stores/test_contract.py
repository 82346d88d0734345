"""What every store promises, told once and run on each of them."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kaibo.stores.contract import Append, Conflict, Lag, LogStore, Record
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path):
    made: LogStore = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "log.db")
    yield made
    made.close()


def some(stream: str, expect: int, count: int = 1, key: str | None = None) -> Append:
    records = tuple(
        Record(expect + 1 + i, 1000 + i, "x.happened", f"{stream}:{expect + 1 + i}".encode(), key if i == 0 else None)
        for i in range(count)
    )
    return Append(stream, expect, records)


def test_what_was_appended_is_read_in_order(store: LogStore) -> None:
    assert store.append([some("show/a", 0, 3), some("show/a", 3, 2)]) == [None, None]
    assert [record.seq for record in store.read("show/a")] == [1, 2, 3, 4, 5]
    assert store.read("show/a")[4].body == b"show/a:5"
    assert store.head("show/a") == 5


def test_an_append_on_an_old_seq_is_a_conflict_and_writes_nothing(store: LogStore) -> None:
    store.append([some("show/a", 0, 2)])
    (answer,) = store.append([some("show/a", 1, 2)])
    assert isinstance(answer, Conflict)
    assert answer.head == 2
    assert store.head("show/a") == 2


def test_one_conflict_does_not_harm_the_others(store: LogStore) -> None:
    store.append([some("show/a", 0)])
    answers = store.append([some("show/b", 0), some("show/a", 0), some("show/a", 1)])
    assert [answer is None for answer in answers] == [True, False, True]
    assert (store.head("show/a"), store.head("show/b")) == (2, 1)


def test_an_idempotency_key_stands_once_in_a_stream(store: LogStore) -> None:
    store.append([some("show/a", 0, key="k")])
    (again,) = store.append([some("show/a", 1, key="k")])
    (elsewhere,) = store.append([some("show/b", 0, key="k")])
    assert isinstance(again, Conflict)
    assert elsewhere is None


def test_a_hole_is_never_written(store: LogStore) -> None:
    (answer,) = store.append([Append("show/a", 0, (Record(2, 1, "x", b""),))])
    assert isinstance(answer, Conflict)
    assert store.read("show/a") == []


def test_pages_follow_each_other(store: LogStore) -> None:
    store.append([some("show/a", 0, 5)])
    assert [record.seq for record in store.read("show/a", after=2, limit=2)] == [3, 4]
    assert store.read("show/a", after=5) == []
    assert store.read("show/none") == []


def test_streams_are_listed_by_prefix(store: LogStore) -> None:
    store.append([some("show/b", 0), some("show/a", 0), some("workspace/main", 0)])
    assert store.streams("show/") == ["show/a", "show/b"]
    assert len(store.streams()) == 3


def test_cursors_are_kept_per_reader_and_stream(store: LogStore) -> None:
    assert store.cursor("shop", "show/a") == 0
    store.set_cursor("shop", "show/a", 7)
    store.set_cursor("shop", "show/a", 9)
    assert store.cursor("shop", "show/a") == 9
    assert store.cursor("other", "show/a") == 0


def test_a_key_stands_once_also_within_one_commit_and_harms_no_other_append(store: LogStore) -> None:
    answers = store.append([some("show/a", 0, key="k"), some("show/a", 1, key="k"), some("show/b", 0, key="k")])
    assert [isinstance(answer, Conflict) for answer in answers] == [False, True, False]
    assert (store.head("show/a"), store.head("show/b")) == (1, 1)


def test_a_key_leads_to_the_event_that_carries_it(store: LogStore) -> None:
    store.append([some("show/a", 0, 2), some("show/a", 2, 2, key="k"), some("show/b", 0, key="other")])
    assert store.find("show/a", "k") == 3
    assert store.find("show/a", "other") is None
    assert store.find("show/none", "k") is None


def test_who_lags_is_known_by_reader_and_stream(store: LogStore) -> None:
    assert store.lagging(["shop"]) == []
    store.append([some("show/a", 0, 3), some("show/b", 0, 2), some("workspace/main", 0)])
    store.set_cursors("show/a", {"shop": 3, "list": 1})
    store.set_cursor("shop", "show/b", 2)
    assert store.lagging(["shop", "list"]) == [
        Lag("list", "show/a", 1, 3),
        Lag("list", "show/b", 0, 2),
        Lag("list", "workspace/main", 0, 1),
        Lag("shop", "workspace/main", 0, 1),
    ]
    assert store.lagging([]) == []
    store.append([some("show/a", 3)])
    assert store.lagging(["shop"])[0] == Lag("shop", "show/a", 3, 4)


def test_a_stream_waits_for_one_instant_or_none(store: LogStore) -> None:
    store.set_wake("show/a", 7000)
    store.set_wake("show/b", 5000)
    store.set_wake("show/a", 9000)
    assert store.wakes() == {"show/a": 9000, "show/b": 5000}
    store.set_wake("show/a", None)
    store.set_wake("show/c", None)
    assert store.wakes() == {"show/b": 5000}


def test_sqlite_keeps_it_over_a_restart(tmp_path: Path) -> None:
    def open_again() -> SqliteStore:
        return SqliteStore(tmp_path / "log.db")

    first = open_again()
    first.append([some("show/a", 0, 3)])
    first.set_cursor("shop", "show/a", 2)
    first.set_wake("show/a", 7000)
    first.close()
    second = open_again()
    assert second.head("show/a") == 3
    assert second.cursor("shop", "show/a") == 2
    assert second.wakes() == {"show/a": 7000}
    assert second.append([some("show/a", 3)]) == [None]
    second.close()


def test_a_store_is_closed_when_those_inside_have_left(tmp_path: Path) -> None:
    """A shutdown gives up threads that still read and write; a connection closed under them crashes the process."""
    store = SqliteStore(tmp_path / "log.db")
    inside, leave = threading.Event(), threading.Event()

    def linger() -> None:
        with store._open():
            inside.set()
            leave.wait(10)
            store._writer.execute("SELECT 1")

    with ThreadPoolExecutor(2) as pool:
        lingering = pool.submit(linger)
        inside.wait(10)
        closing = pool.submit(store.close)
        with pytest.raises(TimeoutError):
            closing.result(0.05)
        leave.set()
        lingering.result(10)
        closing.result(10)
    with pytest.raises(sqlite3.ProgrammingError):
        store.read("show/a")
