"""Work apart from the server: limits of time and memory, the loop goes on, and no child outlives the house."""

import asyncio
import io
import os
import signal
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from kaibo.beside import Beside
from kaibo.core.errors import KeyReused, Refusal
from kaibo.kit.apart import Apart, Broken, Crowded, Overtaxed
from kaibo.kit.sheets import read_book
from tests.served import Served, do, served, sign_in, start

START = 1_764_331_200_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def whoami(number: int) -> tuple[int, int]:
    return os.getpid(), number


def for_ever() -> None:
    while True:
        pass


def greedy() -> int:
    return len(bytearray(4 << 30))


def refuses() -> None:
    raise KeyReused(key="k")


def breaks() -> None:
    raise ZeroDivisionError


def ends() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def told(story: Any, **options: Any) -> None:
    async def run() -> None:
        apart = Apart(**options)
        try:
            async with asyncio.timeout(60):
                await story(apart)
        finally:
            await apart.stop()

    asyncio.run(run())


def test_one_child_answers_call_after_call() -> None:
    async def story(apart: Apart) -> None:
        first, second = await apart(whoami, 1), await apart(whoami, 2)
        assert first[0] == second[0] != os.getpid()
        assert (first[1], second[1]) == (1, 2)

    told(story)


@pytest.mark.parametrize("work", [for_ever, greedy, ends])
def test_what_takes_too_much_is_ended_and_the_next_call_is_answered(work: Any) -> None:
    async def story(apart: Apart) -> None:
        with pytest.raises(Overtaxed):
            await apart(work)
        assert (await apart(whoami, 3))[1] == 3

    told(story, time_s=4)  # a child starts with its work, and a slow machine starts slowly


def test_a_refusal_and_a_bug_come_back_as_what_they_are() -> None:
    async def story(apart: Apart) -> None:
        with pytest.raises(KeyReused) as refused:
            await apart(refuses)
        assert refused.value.data == {"key": "k"}
        with pytest.raises(Broken, match="ZeroDivisionError"):
            await apart(breaks)
        assert (await apart(whoami, 4))[1] == 4

    told(story)


def test_a_caller_who_gives_up_gets_nobody_elses_answer() -> None:
    async def story(apart: Apart) -> None:
        await apart(whoami, 0)
        asked = asyncio.create_task(apart(for_ever))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert (await apart(whoami, 5))[1] == 5

    told(story)


def test_only_so_many_wait() -> None:
    async def story(apart: Apart) -> None:
        calls = [asyncio.create_task(apart(whoami, number)) for number in range(16)]
        await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await apart(whoami, 99)
        assert [(await call)[1] for call in calls] == list(range(16))

    told(story)


# the house
def planned(house: Served) -> httpx.Client:
    owner = house.owner()
    do(owner, "show", "s", "show.plan", show_id="s", title="匯入", starts_at=START, ends_at=START + 3_600_000)
    return owner


def preview(client: httpx.Client, data: bytes, name: str = "p.xlsx") -> httpx.Response:
    return client.post("/api/streams/show/s/imports/products?dry_run=true", files={"file": (name, data, XLSX)}, timeout=60)


def large(rows: int = 5000, columns: int = 20) -> bytes:
    names = ["商品編號", "商品名稱", "直播價", "庫存", *(f"備註{n}" for n in range(columns - 4))]
    lines = [names, *([f"P{n}", f"商品{n}", "199", "20", *(f"字{n}-{c}" for c in range(columns - 4))] for n in range(rows - 1))]
    cells = ("".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in line) for line in lines)
    return sheet_of(b"<sheetData/>", b"<sheetData>" + "".join(f"<row>{row}</row>" for row in cells).encode() + b"</sheetData>")


def sheet_of(what: bytes, instead: bytes) -> bytes:
    """An empty workbook with something else in its sheet."""
    book, out, end = Workbook(), io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(end, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<sheetData></sheetData>", b"<sheetData/>").replace(b"<sheetData />", b"<sheetData/>")
                assert what in data
                data = data.replace(what, instead)
            target.writestr(part.filename, data)
    return end.getvalue()


def bomb(tag: bytes, count: int) -> bytes:
    """A small file that is long when unpacked: the same opening of a tag, again and again."""
    return sheet_of(b"</worksheet>", tag * count)


@pytest.mark.parametrize("tag", [b"<mergeCell ", b"<x:mergeCell ", b"<hyperlink ref", b"<mergeCell ref=", b"<" + b"a" * 50])
def test_a_scan_takes_as_long_as_the_file_is(tag: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(Refusal):
        read_book(bomb(tag, 400_000), "b.xlsx")
    assert time.perf_counter() - began < 5


def test_a_large_preview_delays_no_command() -> None:
    with served() as house:
        owner = planned(house)
        data = large()
        assert preview(owner, large(50, 5)).status_code == 200
        worst, done = [0.0], threading.Event()

        async def watch() -> None:
            while not done.is_set():
                began = time.thread_time()  # of the loop's own work: how long others had the machine is not its doing
                await asyncio.sleep(0)
                worst[0] = max(worst[0], time.thread_time() - began)

        watching = asyncio.run_coroutine_threadsafe(watch(), house.loop)
        answer = preview(owner, data)
        done.set()
        watching.result(10)
        assert answer.status_code == 200, answer.text
        assert len([row for row in answer.json()["rows"] if row["status"] == "ok"]) == 4999
        print("worst stall", worst[0])
        assert worst[0] < 0.02


def children_of(pid: int) -> set[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(each) for each in found}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_children_end_with_a_house_that_is_killed(tmp_path: Path) -> None:
    process = start(tmp_path)
    try:
        owner = sign_in(process.base, process.link)
        do(owner, "show", "s", "show.plan", show_id="s", title="匯入", starts_at=START, ends_at=START + 3_600_000)
        assert preview(owner, large(50, 5)).status_code == 200
        children = children_of(process.popen.pid)
        assert children
    finally:
        process.kill()
    for _ in range(1000):
        if not any(alive(child) for child in children):
            break
        threading.Event().wait(0.01)
    assert not any(alive(child) for child in children)


def test_what_is_beside_the_house_is_done_one_after_another(tmp_path: Path) -> None:
    async def run() -> None:
        beside = Beside("views", tmp_path)
        most = [0]

        async def one(show_id: str) -> None:
            with pytest.raises(OSError, match="there is no show"):
                await beside(show_id)

        async def watch() -> None:
            while True:
                most[0] = max(most[0], len(children_of(os.getpid())))
                await asyncio.sleep(0.005)

        watching = asyncio.create_task(watch())
        await asyncio.gather(*(one(f"s{number}") for number in range(3)))
        watching.cancel()
        assert most[0] == 1
        await beside.stop()
        with pytest.raises(InterruptedError):
            await beside("late")

    asyncio.run(run())
