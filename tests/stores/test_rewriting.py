"""What every store promises of rewriting: other bodies, the same events, and nothing left of what stood there."""

from pathlib import Path
from random import Random

import pytest

from kaibo.stores.contract import Append, Erased, LogStore, NotTheSame, Record
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore

A = "show/a"


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path):
    made: LogStore = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "log.db")
    made.append([Append(A, 0, tuple(Record(seq, 1000 + seq, "x.said", b"words", f"k{seq}") for seq in (1, 2, 3)))])
    yield made
    made.close()


def test_a_rewritten_event_is_the_same_event_with_another_body(store: LogStore) -> None:
    store.rewrite(A, [Record(2, 1002, "x.said", b"-", "k2")], {2: "digest"}, at=9, note="e1")
    assert [record.body for record in store.read(A)] == [b"words", b"-", b"words"]
    assert store.erased(A) == [Erased(2, 9, "e1", "digest")]
    assert (store.head(A), store.find(A, "k2")) == (3, 2)
    assert store.erased("show/b") == []


@pytest.mark.parametrize(
    "other",
    [
        Record(4, 1004, "x.said", b"-"),
        Record(0, 1000, "x.said", b"-"),
        Record(2, 1003, "x.said", b"-", "k2"),
        Record(2, 1002, "x.done", b"-", "k2"),
        Record(2, 1002, "x.said", b"-", "other"),
    ],
)
def test_nothing_else_of_an_event_can_change_and_then_nothing_is_written(store: LogStore, other: Record) -> None:
    with pytest.raises(NotTheSame):
        store.rewrite(A, [Record(1, 1001, "x.said", b"-", "k1"), other], {1: "d", other.seq: "d"}, at=9, note="e1")
    assert [record.body for record in store.read(A)] == [b"words"] * 3
    assert store.erased(A) == []


def test_a_stream_that_is_not_there_is_not_rewritten(store: LogStore) -> None:
    with pytest.raises(NotTheSame):
        store.rewrite("show/none", [Record(1, 1, "x.said", b"-")], {1: "d"}, at=9, note="e1")
    assert store.streams() == [A]


def test_it_is_appended_to_as_before(store: LogStore) -> None:
    store.rewrite(A, [Record(3, 1003, "x.said", b"-", "k3")], {3: "d"}, at=9, note="e1")
    assert store.append([Append(A, 3, (Record(4, 1004, "x.said", b"more"),))]) == [None]
    store.sweep()
    assert [record.body for record in store.read(A)] == [b"words", b"words", b"-", b"more"]


def test_no_byte_of_it_is_left_in_the_files(tmp_path: Path) -> None:
    """Pages that split leave copies behind that no statement reaches: many rows of many sizes, in turns on several streams."""
    store, chance, heads = SqliteStore(tmp_path / "log.db"), Random(1), dict.fromkeys(("show/a", "show/b", "show/c"), 0)
    for _ in range(1500):
        stream = chance.choice(list(heads))
        body = f"{stream}-said-".encode() + chance.randbytes(chance.choice([20, 200, 3000, 9000]))
        store.append([Append(stream, heads[stream], (Record(heads[stream] + 1, 1, "x.said", body),))])
        heads[stream] += 1
    gone = [Record(seq, 1, "x.said", b"-") for seq in range(1, heads["show/b"] + 1)]
    store.rewrite("show/b", gone, dict.fromkeys(range(1, heads["show/b"] + 1), "d"), at=9, note="e1")
    store.sweep()
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {name: content.count(b"show/b-said-") for name, content in files.items()} == dict.fromkeys(files, 0)
    assert files["log.db"].count(b"show/a-said-") == heads["show/a"]
    assert [record.body for record in store.read("show/b", limit=2000)] == [b"-"] * heads["show/b"]
    store.close()
