"""How the house ends: told to by the system or by a key, it leaves nothing undone; and it runs on the loop that it says."""

import asyncio
import shutil
import signal
from pathlib import Path

import pytest
import uvloop

from kaibo.stores.sqlite import SqliteStore
from tests.served import do, served, sign_in, start

START = 1_764_331_200_000


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_house_that_is_told_to_end_leaves_its_log_whole_and_its_followers_where_they_were(
    how: signal.Signals, tmp_path: Path
) -> None:
    process = start(tmp_path / "data")
    try:
        owner = sign_in(process.base, process.link)
        do(owner, "show", "k", "show.plan", show_id="k", title="收工", starts_at=START, ends_at=START + 3_600_000)
        do(owner, "show", "k", "show.air")
        process.popen.send_signal(how)
        assert process.popen.wait(30) == 0
    finally:
        process.kill()
    shutil.copy(tmp_path / "data" / "log.db", tmp_path / "copy.db")
    store = SqliteStore(tmp_path / "copy.db")
    try:
        assert store.head("show/k") >= 2
        readers = {row[0] for row in store._writer.execute("SELECT DISTINCT reader FROM cursors")}
        assert {"timers", "show.list"} <= readers
        assert store.lagging(readers) == []
    finally:
        store.close()


def test_being_told_again_and_again_does_not_break_the_end(tmp_path: Path) -> None:
    process = start(tmp_path)
    for _ in range(5):
        process.popen.send_signal(signal.SIGTERM)
    assert process.popen.wait(30) == 0
    assert not (tmp_path / "log.db-wal").exists()


def test_the_loop_is_uvloop(tmp_path: Path) -> None:
    with served(tmp_path) as house:
        assert isinstance(house.loop, uvloop.Loop)
        assert isinstance(house.call(_running()), uvloop.Loop)


async def _running() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
