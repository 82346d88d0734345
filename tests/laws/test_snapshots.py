"""The law of snapshots: a snapshot and the log after it are the whole log; whatever else lies there costs time, never truth."""

import gc
import os
import pickle
import subprocess
import sys
import weakref
import zlib
from collections.abc import Sequence
from copy import copy, deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kaibo.core.event import Event
from kaibo.core.stream import StreamFold, all_rows
from kaibo.features import FEATURES
from kaibo.features.workspace.commands import AddPerson
from kaibo.kit import snapshot
from kaibo.kit.snapshot import Head, Snapshots, digest_of_house
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore
from tests.laws.snapped import begun, write_log
from tests.logs.make import workspace
from tests.world import STREAM, World, folded, played

SEEDS = (1, 2, 3)
ROOT = Path(__file__).parent.parent.parent


def free() -> None:
    """A pace that lets nobody in."""


def kept(folder: Path, fold: StreamFold, store: MemoryStore | None = None) -> Snapshots:
    snapshots = Snapshots(folder, FEATURES, store or MemoryStore())
    snapshots.write(fold)
    return snapshots


def again(folder: Path, fold: StreamFold) -> StreamFold:
    """The fold as it comes out of its snapshot."""
    found = kept(folder, fold).read(fold.stream, free)
    assert found is not None
    assert found is not fold
    return found


def told_on(fold: StreamFold, events: Sequence[Event[Any]]) -> StreamFold:
    for event in events:
        fold.apply(event)
        fold.project(event)
    return fold


def rows(fold: StreamFold) -> bytes:
    return msgspec.json.encode(all_rows(fold), order="deterministic")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_snapshot_and_the_log_after_it_are_the_whole_log(seed: int, tmp_path: Path) -> None:
    events = played(seed).events
    whole = rows(folded(events))
    for cut in (1, len(events) // 3, len(events) * 2 // 3, len(events)):
        assert rows(told_on(again(tmp_path, folded(events[:cut])), events[cut:])) == whole


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_decided_after_a_snapshot_is_what_would_have_been_decided(seed: int, tmp_path: Path) -> None:
    world = begun(seed)
    other = copy(world)
    other.chance, other.audience, other.events = deepcopy(world.chance), deepcopy(world.audience), list(world.events)
    other.fold = again(tmp_path, folded(world.events))
    for each in (world, other):
        each.live(60)
        each.rest()
        each.end()
    assert len(world.events) > other.fold.seq // 2
    assert other.events == world.events
    assert other.fold.due() == world.fold.due()
    assert rows(other.fold) == rows(world.fold)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_holds_from_one_process_to_another(seed: int, tmp_path: Path) -> None:
    """The other process hashes in another order."""
    command = [sys.executable, "-m", "tests.laws.snapped", str(tmp_path), str(seed)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": str(seed + 100), "PYTHONPATH": str(ROOT)})
    store = SqliteStore(tmp_path / "log.db")
    fold = Snapshots(tmp_path / "snapshots", FEATURES, store).read(STREAM, free)
    store.close()
    world = begun(seed)
    assert fold is not None
    cut = fold.seq
    assert 0 < cut < len(world.events)
    world.fold = told_on(fold, world.events[cut:])
    straight = begun(seed)
    for each in (world, straight):
        each.live(30)
        each.end()
    assert world.events == straight.events
    assert rows(world.fold) == rows(straight.fold)


def test_a_workspace_has_snapshots_too(tmp_path: Path) -> None:
    events = workspace()
    fold = told_on(StreamFold("workspace/main", FEATURES), events)
    half = told_on(StreamFold("workspace/main", FEATURES), events[:9])
    assert rows(told_on(again(tmp_path, half), events[9:])) == rows(fold)


def test_a_fold_that_leaves_memory_is_freed_without_the_collector() -> None:
    """Folds are kept out of the collector's sight: one with a circle in it would stay for ever."""
    gc.collect()
    gc.disable()
    try:
        world = played(1)
        fold = weakref.ref(folded(world.events))
        assert fold() is None
        gc.set_debug(gc.DEBUG_SAVEALL)
        del world
        gc.collect()
        circles = {type(each).__qualname__ for each in gc.garbage if type(each).__module__.startswith("kaibo")}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert circles == set()


@pytest.fixture(scope="module")
def world() -> World:
    return begun(1, 30)


@pytest.fixture
def house(world: World, tmp_path: Path) -> Snapshots:
    """A log and its snapshot."""
    store = MemoryStore()
    write_log(world, store)
    return kept(tmp_path, folded(world.events), store)


def the_file(house: Snapshots) -> Path:
    return house._file(STREAM)


def test_one_that_is_whole_is_read(house: Snapshots, world: World) -> None:
    fold = house.read(STREAM, free)
    assert fold is not None
    assert (fold.seq, rows(fold)) == (len(world.events), rows(folded(world.events)))


def test_one_that_is_cut_short_or_changed_is_not(house: Snapshots) -> None:
    content = the_file(house).read_bytes()
    for size in (0, 3, 4, 50, 150, len(content) // 2, len(content) - 1):
        the_file(house).write_bytes(content[:size])
        assert house.read(STREAM, free) is None
    for place in range(0, len(content), len(content) // 40):
        broken = bytearray(content)
        broken[place] ^= 0x55
        the_file(house).write_bytes(broken)
        assert house.read(STREAM, free) is None
    the_file(house).unlink()
    assert house.read(STREAM, free) is None


@pytest.mark.parametrize("seq", [2**63 + 5, 2**63, 0, -1, -(2**63)])
def test_one_whose_head_names_no_place_in_a_log_is_not(world: World, tmp_path: Path, seq: int) -> None:
    store = SqliteStore(tmp_path / "log.db")  # a store that takes 63 bits
    write_log(world, store)
    house = kept(tmp_path, folded(world.events), store)
    forged(house, world, b"", seq=seq)
    with pytest.raises(snapshot.Unreadable):
        house._read(STREAM, the_file(house).read_bytes(), free)
    store.close()


def test_one_whose_head_was_damaged_is_not_and_is_made_anew(house: Snapshots) -> None:
    content = the_file(house).read_bytes()
    for place in range(8 + int.from_bytes(content[:4])):
        broken = bytearray(content)
        broken[place] ^= 0x01
        the_file(house).write_bytes(broken)
        with pytest.raises(snapshot.Unreadable, match="not a snapshot"):
            snapshot._head_of(bytes(broken))
        assert house.read(STREAM, free) is None
    assert house.stale() == [STREAM]


def test_one_of_another_version_is_not_and_is_made_anew(house: Snapshots, tmp_path: Path) -> None:
    later = Snapshots(tmp_path, FEATURES, MemoryStore(), house=b"later")
    assert later.read(STREAM, free) is None
    assert later.stale() == [STREAM]
    assert house.stale() == []


def test_one_of_a_log_that_was_restored_from_elsewhere_is_not(house: Snapshots, world: World, tmp_path: Path) -> None:
    shorter, other = MemoryStore(), MemoryStore()
    one, two = begun(1, 5), begun(2, 60)
    write_log(one, shorter)
    write_log(two, other)
    assert len(one.events) < len(world.events) < len(two.events)
    assert Snapshots(tmp_path, FEATURES, shorter).read(STREAM, free) is None
    assert Snapshots(tmp_path, FEATURES, other).read(STREAM, free) is None


def forged(house: Snapshots, world: World, body: bytes, **wrong: int) -> None:
    """A file that somebody wrote who knows all digests."""
    last = house._last(STREAM, len(world.events))
    head = Head(house=digest_of_house(), stream=STREAM, seq=len(world.events), last=last, body=zlib.crc32(body))
    packed = msgspec.msgpack.encode(msgspec.structs.asdict(head) | wrong)
    the_file(house).write_bytes(len(packed).to_bytes(4) + zlib.crc32(packed).to_bytes(4) + packed + body)


class Calls:
    """Pickled as a call."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


def test_one_that_somebody_else_wrote_calls_nothing(house: Snapshots, world: World, tmp_path: Path) -> None:
    for evil in (Calls(os.mkdir, str(tmp_path / "evil")), Calls(eval, "1"), Calls(getattr, "", "join"), Calls(digest_of_house)):
        forged(house, world, pickle.dumps(evil, 5))
        assert house.read(STREAM, free) is None
    assert not (tmp_path / "evil").exists()
    with pytest.raises(pickle.UnpicklingError, match="is no value"):
        snapshot._Unpickler(BytesIO(pickle.dumps(Calls(digest_of_house), 5)), {}, {"kaibo"}).load()


@pytest.mark.parametrize("size", [2**62, 2**80])
def test_one_that_asks_for_more_than_there_is_costs_time_alone(house: Snapshots, world: World, size: int) -> None:
    forged(house, world, pickle.dumps(Calls(bytearray, size), 5))
    assert house.read(STREAM, free) is None


def test_what_cannot_be_opened_stops_nobody(house: Snapshots, world: World, tmp_path: Path) -> None:
    (tmp_path / f"folder{snapshot.SUFFIX}").mkdir()
    (tmp_path / f"nowhere{snapshot.SUFFIX}").symlink_to(tmp_path / "gone")
    assert house.stale() == []
    assert house.read("show/" + "x" * 300, free) is None
    the_file(house).unlink()
    the_file(house).mkdir()
    assert house.read(STREAM, free) is None


def test_the_last_room_of_a_disk_is_the_logs(house: Snapshots, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = the_file(house).read_bytes()
    litter = the_file(house).with_suffix(".new")
    litter.write_bytes(b"of one that was ended")
    monkeypatch.setattr(snapshot, "ROOM_BYTES", 1 << 62)
    with pytest.raises(OSError, match="the log's"):
        house.write(folded(world.events))
    assert the_file(house).read_bytes() == before
    assert not litter.exists()


def test_one_that_cannot_be_finished_leaves_no_litter(house: Snapshots, world: World) -> None:
    the_file(house).unlink()
    the_file(house).mkdir()
    with pytest.raises(OSError):
        house.write(folded(world.events))
    assert not the_file(house).with_suffix(".new").exists()


def test_one_of_something_else_is_not(house: Snapshots, world: World) -> None:
    for thing in ([], AddPerson(person_id="x", name="x", roles=("owner",))):
        forged(house, world, pickle.dumps(thing, 5))
        assert house.read(STREAM, free) is None


def test_the_version_of_the_house_is_its_source_its_words_and_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "kaibo"
    (package / "sub").mkdir(parents=True)
    (package / "sub" / "a.py").write_text("a = 1")
    monkeypatch.setattr(snapshot, "PACKAGE", package)
    before = digest_of_house()
    assert digest_of_house() == before
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.pyc").write_text("x")
    assert digest_of_house() == before
    (package / "sub" / "model.txt").write_text("weights")
    with_model = digest_of_house()
    assert with_model != before
    (package / "sub" / "a.py").write_text("a = 2")
    assert digest_of_house() not in {before, with_model}
    monkeypatch.setattr(sys, "version", "another")
    assert digest_of_house() not in {before, with_model}
