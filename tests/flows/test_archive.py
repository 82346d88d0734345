"""The archive is made when a show ends and each hour while its log grows; `kaibo sql` opens it beside the running server."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from kaibo.app import build
from kaibo.archive.kept import archive_folder, read_about
from kaibo.archive.query import Desk
from kaibo.archiving import Archivist, archive_show
from kaibo.cli import main
from kaibo.config import Settings
from kaibo.core.event import Event
from kaibo.core.stream import SYSTEM
from kaibo.demo import Demo
from kaibo.features.show.facts import ShowEnded
from tests.served import Served, do, served

START = 1_764_331_200_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("data")) as running:
        yield running


def sql(house: Served, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["sql", *arguments, "--data", str(house.app.settings.data_dir)])


def play(owner: httpx.Client, show_id: str) -> None:
    do(owner, "show", show_id, "show.plan", show_id=show_id, title="封存", starts_at=START, ends_at=START + 3_600_000)
    do(owner, "show", show_id, "product.add", product={"product_id": "A1", "name": "護手霜", "live_price_minor": 10_000})
    do(owner, "show", show_id, "show.air")
    items = [{"kind": "enter", "at": START + n, "viewer": f"v{n}"} for n in range(40)]
    items.append({"kind": "comment", "at": START + 50, "viewer": "v1", "name": "阿明", "text": "這個多少錢"})
    token = owner.post("/api/tokens", json={"label": show_id, "roles": ["source"]}).json()["token"]
    line = {"product_id": "A1", "quantity": 1, "price_minor": 10_000}
    order = {"kind": "created", "order_id": "o1", "buyer": "v1", "lines": [line], "at": START + 60}
    body = {"source": "test", "room": "r", "items": items, "orders": [order]}
    answer = httpx.post(f"{house_of(owner)}/api/ingest/{show_id}", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text


def listed(owner: httpx.Client, show_id: str, state: str) -> None:
    """The list of shows follows the shows' logs; wait until it says this."""
    for _ in range(2000):
        rows = owner.get("/api/streams/workspace/main/views/show.list").json()["rows"]
        if show_id in rows and rows[show_id]["state"] == state:
            return
    raise AssertionError(f"{show_id} is not listed as {state}")


def house_of(owner: httpx.Client) -> str:
    return str(owner.base_url).rstrip("/")


def test_a_show_that_ended_is_archived_and_renewed_when_its_log_grows(house: Served) -> None:
    owner = house.owner()
    play(owner, "a")
    do(owner, "show", "a", "show.end")
    listed(owner, "a", "ended")
    assert house.app.archivist is not None
    house.call(house.app.archivist.go_round())
    data_dir = house.app.settings.data_dir
    assert data_dir is not None
    about = read_about(archive_folder(data_dir, "a"))
    assert about is not None
    assert about.seq == house.app.engine.store.head("show/a")
    found = sql(house, "a", "SELECT count(*) FROM audience", "--json")
    assert json.loads(found.stdout)[0] == {"count_star()": 41}

    do(owner, "show", "a", "prompter.message", message_id="m1", text="謝謝")
    stale = sql(house, "a", "SELECT 1")
    assert "went on by 1 facts" in stale.stderr
    fresh = sql(house, "a", "SELECT max(seq) FROM events", "--csv", "--fresh")
    assert fresh.stdout.splitlines()[1] == str(about.seq + 1)


def test_a_show_that_was_only_planned_is_left_alone(house: Served) -> None:
    owner = house.owner()
    do(owner, "show", "p", "show.plan", show_id="p", title="還沒", starts_at=START, ends_at=START + 3_600_000)
    listed(owner, "p", "planned")
    assert house.app.archivist is not None
    house.call(house.app.archivist.go_round())
    assert house.app.settings.data_dir is not None
    assert read_about(archive_folder(house.app.settings.data_dir, "p")) is None


def test_sql_makes_the_archive_where_there_is_none_and_says_what_is_wrong(house: Served) -> None:
    owner = house.owner()
    play(owner, "b")
    found = sql(house, "b", "SELECT text, name FROM comments")
    assert "這個多少錢" in found.stdout
    wrong = sql(house, "b", "SELECT price FROM orders")
    assert wrong.exit_code == 1
    assert 'column "price"' in wrong.stderr.lower()
    assert "Traceback" not in wrong.output
    nowhere = sql(house, "nowhere", "SELECT 1")
    assert (nowhere.exit_code, "there is no show nowhere" in nowhere.stderr) == (1, True)


def test_the_prompt_takes_statements_until_its_input_ends(house: Served) -> None:
    owner = house.owner()
    play(owner, "c")
    typed = "SELECT count(*)\nFROM audience;\nSELEC 1;\n.tables\nSELECT kind FROM audience LIMIT 1;\n.quit\nSELECT 7777;\n"
    found = CliRunner().invoke(main, ["sql", "c", "--data", str(house.app.settings.data_dir)], input=typed)
    assert found.exit_code == 0
    assert "41" in found.stdout
    assert "syntax error" in found.stderr
    assert "order_lines" in found.stdout
    assert "enter" in found.stdout
    assert "7777" not in found.stdout


def ended(show_id: str) -> Event[Any]:
    return Event(stream=f"show/{show_id}", seq=9, at=START, actor=SYSTEM, fact=ShowEnded(show_id=show_id))


def test_the_follower_archives_what_ended_and_outlives_a_full_disk(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    asked: list[str] = []

    async def run(show_id: str) -> None:
        asked.append(show_id)
        raise OSError("no space left on device")

    engine: Any = None
    follower = Archivist(engine, tmp_path, run).follower()
    assert follower.reads == (ShowEnded,)
    assert asyncio.run(follower.act(ended("x"))) == ()  # pyright: ignore[reportArgumentType]
    assert asked == ["x"]
    assert "could not be archived" in caplog.text


def test_figures_of_the_demo_show_by_sql_are_those_of_its_screens(tmp_path: Path) -> None:
    app = build(Settings(data_dir=tmp_path))
    demo = Demo(seed=5, minutes=8, app=app)

    async def make() -> None:
        await app.start()
        try:
            await demo.prepare()
        finally:
            await app.stop()

    asyncio.run(make())
    app = build(Settings(data_dir=tmp_path))
    about = archive_show(app.engine.store, tmp_path, demo.show_id)
    fold = asyncio.run(app.engine.fold(f"show/{demo.show_id}"))
    assert about is not None
    assert about.seq == fold.view_seq
    desk = Desk(archive_folder(tmp_path, demo.show_id))
    tiles: Any = fold.rows("metric.tiles")
    told = desk.ask(
        "SELECT (SELECT sum(amount_minor) FROM orders WHERE what = 'paid'), (SELECT count(*) FROM orders WHERE what = 'paid'), "
        "(SELECT count(DISTINCT viewer) FROM audience), (SELECT count(*) FROM audience WHERE kind = 'enter')"
    ).rows[0]
    assert [int(value) for value in told] == [tiles[name].value for name in ("gmv_paid", "orders_paid", "uv", "pv")]
    by_minute = desk.ask(
        "WITH sold AS (SELECT epoch_ms(platform_at) // 60000 AS minute, sum(amount_minor) FILTER (what = 'paid') AS gmv, "
        "count(*) FILTER (what = 'paid') AS paid, count(*) FILTER (what = 'created') AS created FROM orders GROUP BY 1), "
        "came AS (SELECT epoch_ms(platform_at) // 60000 AS minute, count(*) FILTER (kind = 'enter') AS pv FROM audience GROUP BY 1) "
        "SELECT minute, coalesce(gmv, 0), coalesce(paid, 0), coalesce(created, 0), coalesce(pv, 0) FROM came FULL JOIN sold USING (minute)"
    ).rows
    shown: dict[str, Any] = dict(fold.rows("metric.minutes"))
    minutes = {str(minute): tuple(int(value) for value in values) for minute, *values in by_minute}
    curves = {key: (row.gmv_paid_minor, row.orders_paid, row.orders_created, row.enters) for key, row in shown.items()}
    assert {key: minutes.get(key, (0, 0, 0, 0)) for key in curves} == curves
    assert len([values for values in minutes.values() if values[0]]) >= 2
    app.engine.store.close()
