"""SQL over an archive: it reads, says clearly what is wrong, and its figures are those of the screens."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kaibo.archive.kept import archive_folder
from kaibo.archive.prompt import printed
from kaibo.archive.query import Answer, Desk, NoArchive, WrongSql
from kaibo.archive.tables import TABLES
from kaibo.archive.write import write_archive
from kaibo.features import FEATURES
from tests.world import World, played

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def world() -> World:
    return played(3, 250)


@pytest.fixture(scope="module")
def desk(world: World, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = archive_folder(tmp_path_factory.mktemp("data"), "law")
    write_archive("law", world.events, FEATURES, folder)
    return Desk(folder)


def one(desk: Desk, sql: str) -> Any:
    return desk.ask(sql).rows[0][0]


def documented_gmv() -> str:
    page = (ROOT / "docs" / "archive.md").read_text("utf-8")
    start = page.index("SELECT", page.index("-- the show's GMV"))
    return page[start : page.index(";", start)]


def test_figures_by_sql_are_those_of_the_tiles(world: World, desk: Desk) -> None:
    tiles: Any = world.fold.rows("metric.tiles")
    asked = {
        "gmv_paid": "SELECT sum(amount_minor) FROM orders WHERE what = 'paid'",
        "gmv_created": "SELECT sum(minor) FROM (SELECT arg_max(amount_minor, seq) AS minor FROM orders "
        "WHERE what IN ('created', 'edited') GROUP BY platform, order_id)",
        "orders_paid": "SELECT count(*) FROM orders WHERE what = 'paid'",
        "orders_created": "SELECT count(*) FROM orders WHERE what = 'created'",
        "uv": "SELECT count(DISTINCT viewer) FROM audience",
        "pv": "SELECT count(*) FROM audience WHERE kind = 'enter'",
        "comments": "SELECT count(*) FROM comments",
        "likes": "SELECT sum(count) FROM audience WHERE kind = 'like'",
        "clicks": "SELECT count(*) FROM audience WHERE kind = 'click'",
        "follows": "SELECT count(*) FROM audience WHERE kind = 'follow'",
        "buyers": "SELECT count(DISTINCT platform || '/' || coalesce(nullif(buyer, ''), '/' || order_id)) FROM orders WHERE what = 'paid'",
    }
    asked |= {name: " ".join((f"SELECT {name}_minor FROM", "(", documented_gmv(), ")")) for name in ("gmv_paid", "refunded")}
    assert {name: int(one(desk, sql)) for name, sql in asked.items()} == {name: tiles[name].value for name in asked}
    assert tiles["gmv_paid"].value > 0


def test_the_minutes_by_sql_are_those_of_the_curves(world: World, desk: Desk) -> None:
    shown: dict[str, Any] = dict(world.fold.rows("metric.minutes"))
    crowd = desk.ask(
        "SELECT epoch_ms(platform_at) // 60000 AS minute, count(*) FILTER (kind = 'enter'), count(*) FILTER (kind = 'comment'), "
        "count(*) FILTER (kind = 'click') FROM audience GROUP BY 1 ORDER BY 1"
    ).rows
    assert crowd
    for minute, enters, comments, clicks in crowd:
        row = shown[str(minute)]
        assert (enters, comments, clicks) == (row.enters, row.comments, row.clicks)
    money = desk.ask(
        "SELECT epoch_ms(platform_at) // 60000, sum(amount_minor) FILTER (what = 'paid'), count(*) FILTER (what = 'created') "
        "FROM orders WHERE what IN ('paid', 'created') GROUP BY 1"
    ).rows
    assert {str(minute): (int(paid or 0), created) for minute, paid, created in money} == {
        key: (row.gmv_paid_minor, row.orders_created) for key, row in shown.items() if row.gmv_paid_minor or row.orders_created
    }


def test_passes_cues_and_promos_are_those_of_the_screens(world: World, desk: Desk) -> None:
    promos: dict[str, Any] = dict(world.fold.rows("promo.board"))
    assert promos
    assert {row[0]: row[1] for row in desk.ask("SELECT promo_id, stage FROM promos").rows} == {
        key: row.stage for key, row in promos.items()
    }
    passes: dict[str, Any] = dict(world.fold.rows("report.passes"))
    assert dict(desk.ask("SELECT pass_id, epoch_ms(went_at) FROM passes").rows) == {k: r.went_at for k, r in passes.items()}
    assert dict(desk.ask("SELECT cue_id, title FROM cues").rows) == {
        key: row.cue.title for key, row in world.fold.rows("rundown.cues").items()
    }


def test_instants_are_shown_in_the_shows_zone(desk: Desk) -> None:
    aired: Any = one(desk, "SELECT aired_at FROM shows")
    assert aired.utcoffset().total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'stolen.csv'",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW orders",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "EXPORT DATABASE 'here'",
        "SELECT 1; DROP VIEW orders",
        "PRAGMA database_list",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'stolen.csv'",
    ],
)
def test_only_reading_is_possible(desk: Desk, sql: str) -> None:
    with pytest.raises(WrongSql, match=r"only reading|one statement"):
        desk.ask(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('../../../../../../etc/hostname')",
        "SELECT * FROM read_parquet('https://127.0.0.1:1/a.parquet')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_blob('/proc/self/environ')",
    ],
)
def test_no_other_file_and_no_network_is_reached(desk: Desk, sql: str) -> None:
    with pytest.raises(WrongSql, match=r"Permission|does not exist"):
        desk.ask(sql)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT nothing FROM orders", "nothing"),
        ("SELECT * FROM order", "order"),
        ("SELECT 'a'::INT", "Could not convert"),
        ("", "one statement"),
    ],
)
def test_what_is_wrong_is_said(desk: Desk, sql: str, told: str) -> None:
    with pytest.raises(WrongSql, match=told):
        desk.ask(sql)


@pytest.mark.parametrize("sql", ["DESCRIBE orders", "SUMMARIZE orders", "SHOW TABLES", "FROM shows", "VALUES (1)"])
def test_one_may_look_around(desk: Desk, sql: str) -> None:
    assert desk.ask(sql).rows


def test_every_table_and_column_carries_its_comment(desk: Desk) -> None:
    found = [(table, column, comment) for table, column, _, comment in desk.describe().rows]
    assert found == [(table.name, column.name, column.comment) for table in TABLES for column in table.columns]


def test_an_answer_prints_as_table_csv_and_json(desk: Desk) -> None:
    found = desk.ask(
        "SELECT '留言, \"好\"' AS said, 1234567 AS n, NULL AS nothing UNION ALL SELECT '=1+1', 2, NULL ORDER BY n DESC"
    )
    assert list(csv.reader(io.StringIO(found.as_csv()))) == [
        ["said", "n", "nothing"],
        ['留言, "好"', "1234567", ""],
        ["=1+1", "2", ""],
    ]
    assert json.loads(found.as_json())[0] == {"said": '留言, "好"', "n": 1234567, "nothing": None}
    lines = found.as_table().splitlines()
    assert lines[2].split() == ["留言,", '"好"', "1,234,567"]
    assert lines[-1] == "(2 rows)"


def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        Desk(tmp_path / "nothing")


HOSTILE = '=HYPERLINK("http://x")'
DRIVING = "a\x1b[2J\x1b]0;owned\x07b\x9bc\u202ed\x00"


@pytest.mark.parametrize("form", ["as_table", "as_csv", "as_json"])
def test_a_viewers_words_drive_no_terminal(form: str) -> None:
    told = getattr(Answer(("text", DRIVING), ((DRIVING, 1),)), form)()
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x00"} & set(told)
    assert "owned" in told


def test_a_viewers_words_are_run_by_no_spreadsheet() -> None:
    rows = [(HOSTILE, -5), ("+1", 1.5), ("@SUM(A1)", None), ("\t-1", 0), ("好看", 2)]
    lines = list(csv.reader(io.StringIO(printed(Answer((HOSTILE, "n"), rows), "csv"))))
    assert [line[0] for line in lines] == [f"'{HOSTILE}", f"'{HOSTILE}", "'+1", "'@SUM(A1)", "'\t-1", "好看"]
    assert [line[1] for line in lines[1:]] == ["-5", "1.5", "", "0", "2"]
    assert json.loads(Answer(("t",), ((HOSTILE,),)).as_json()) == [{"t": HOSTILE}]
