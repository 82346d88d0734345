"""What a disk may do to a log: it is found where it happened, told in a sentence, and everything else is there."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaibo.cli import main
from kaibo.core.errors import LogDamaged
from kaibo.stores import heads
from kaibo.stores.contract import Append, Lag, Record
from kaibo.stores.sqlite import SqliteStore

BODY = b"\x83what was said " * 20


def written(folder: Path, count: int = 5) -> Path:
    """A log of two streams."""
    store = SqliteStore(folder / "log.db")
    for stream in ("show/a", "show/b"):
        store.append([Append(stream, 0, tuple(Record(n, 1000 + n, "x.said", BODY, f"k{n}") for n in range(1, count + 1)))])
    store.close()
    return folder / "log.db"


SLIPS = {
    "a letter of a body": "UPDATE events SET body = CAST(replace(body, x'7361', x'7362') AS BLOB) WHERE stream = 'show/a' AND seq = 3",
    "an instant": "UPDATE events SET at = at + 1 WHERE stream = 'show/a' AND seq = 3",
    "a tag": "UPDATE events SET tag = 'x.sang' WHERE stream = 'show/a' AND seq = 3",
    "whose key it is": "UPDATE events SET key = 'k9' WHERE stream = 'show/a' AND seq = 3",
    "a tag that is no text": "UPDATE events SET tag = CAST(x'ffff' AS TEXT) WHERE stream = 'show/a' AND seq = 3",
    "an event that is gone": "DELETE FROM events WHERE stream = 'show/a' AND seq = 3",
    "an event in the place of another": "UPDATE events SET body = (SELECT CAST(body || 'x' AS BLOB) FROM events WHERE stream = 'show/b' AND seq = 1) WHERE stream = 'show/a' AND seq = 3",
}


def _read_on(store: SqliteStore, told: list[int]) -> None:
    while page := store.read("show/a", len(told)):
        told.extend(record.seq for record in page)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_at_the_event_where_it_is(slip: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    with sqlite3.connect(path) as base:
        base.execute(SLIPS[slip])
    base.close()
    store = SqliteStore(path)
    told = []
    with pytest.raises(LogDamaged) as found:
        _read_on(store, told)
    assert told == [1, 2]  # what stands before it is told
    assert found.value.data == {"stream": "show/a", "seq": 3}
    assert len(store.read("show/b")) == 5
    store.close()


def test_a_tail_that_is_gone_is_found_though_the_log_looks_whole(tmp_path: Path) -> None:
    path = written(tmp_path)
    with sqlite3.connect(path) as base:
        base.execute("DELETE FROM events WHERE stream = 'show/a' AND seq > 2")
        base.execute("DELETE FROM events WHERE stream = 'show/b'")
    base.close()
    store = SqliteStore(path)
    store.set_cursors("show/a", {"claims": 5, "slow": 1})
    assert store.shortened() == [Lag("log", "show/a", 5, 2), Lag("log", "show/b", 5, 0)]
    assert [store.cursor(reader, "show/a") for reader in ("claims", "slow")] == [
        2,
        1,
    ]  # nobody is deaf to what comes in its place
    store.append([Append("show/a", 2, (Record(3, 1, "x", b""),))])  # it goes on from where it is, and the new end is known
    store.close()
    again = SqliteStore(path)
    assert again.shortened() == [Lag("log", "show/b", 5, 0)]
    again.close()


def test_what_came_last_before_a_quiet_hour_and_a_crash_is_missed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "EVERY_S", 0.2)
    store = SqliteStore(tmp_path / "log.db")
    for seq in (1, 2, 3):
        store.append([Append("show/a", seq - 1, (Record(seq, 1, "x", b""),))])
    late = store._ends.writing
    assert late is not None
    late.join(10)
    assert heads.Heads(tmp_path / "log.heads").kept == {"show/a": 3}
    store.close()


def test_the_ends_of_a_log_are_known_from_its_start(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.with_suffix(".heads").unlink()
    store = SqliteStore(path)
    assert store.shortened() == []
    store.close()
    assert heads.Heads(path.with_suffix(".heads")).kept == {"show/a": 5, "show/b": 5}


def test_a_log_of_before_has_no_sums_and_is_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    with sqlite3.connect(path) as base:
        base.execute("ALTER TABLE events DROP COLUMN sum")
    base.close()
    store = SqliteStore(path)
    assert len(store.read("show/a")) == 5
    assert store.append([Append("show/a", 5, (Record(6, 1, "x", b"new"),))]) == [None]
    assert len(store.read("show/a")) == 6
    store.close()


def torn(path: Path) -> None:
    """Pages in the middle of the file hold something else."""
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 2048] = b"\xa5" * 2048
    path.write_bytes(content)


def other(path: Path) -> None:
    """Another program's file."""
    path.write_bytes(b"not a database at all, " * 400)


@pytest.mark.parametrize("break_it", [torn, other])
@pytest.mark.parametrize("command", [["export", "a"], ["views", "a"], ["archive", "a"], ["serve", "--port", "0"]])
def test_what_is_wrong_is_told_in_a_sentence_with_what_to_do(command: list[str], break_it: object, tmp_path: Path) -> None:
    path = written(tmp_path, 400)
    break_it(path)
    answer = CliRunner().invoke(main, [*command, "--data", str(tmp_path)])
    assert answer.exit_code == 65, answer.output
    assert "Traceback" not in answer.output
    assert "backup" in answer.output
    assert "備份" in answer.output


def test_a_full_disk_is_known_before_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(tmp_path / "log.db")
    store.check()
    monkeypatch.setattr("kaibo.stores.sqlite.ROOM_BYTES", 1 << 60)
    with pytest.raises(OSError, match="full"):
        store.check_room()
    store.close()
