"""Plays a show half way in a process of its own, and leaves its log and a snapshot: `python -m tests.laws.snapped FOLDER SEED`."""

import sys
from pathlib import Path

from kaibo.app import snapshots_in
from kaibo.core.feature import fact_of, tag_of
from kaibo.stores.contract import Append, LogStore, Record
from kaibo.stores.sqlite import SqliteStore
from tests.world import CODEC, World, folded


def begun(seed: int, steps: int = 90) -> World:
    """A show that is on air for some time."""
    world = World(seed)
    world.plan()
    world.live(steps)
    return world


def write_log(world: World, store: LogStore) -> None:
    """What happened, as the engine stores it."""
    records = tuple(Record(e.seq, e.at, tag_of(fact_of(e)), CODEC.pack(e)) for e in world.events)
    assert store.append([Append(world.fold.stream, 0, records)]) == [None]


def main(folder: Path, seed: int) -> None:
    """The log whole, the snapshot of two thirds of it."""
    world = begun(seed)
    store = SqliteStore(folder / "log.db")
    write_log(world, store)
    snapshots_in(folder, store).write(folded(world.events[: len(world.events) * 2 // 3]))
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
