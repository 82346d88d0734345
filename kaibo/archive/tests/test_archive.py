"""The archive holds the whole log, the same files each time, and appears at once or not at all."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest

from kaibo.archive.kept import Archived, archive_folder, read_about
from kaibo.archive.query import Desk
from kaibo.archive.tables import BY_NAME, TABLES, Table, print_tables
from kaibo.archive.write import write_archive
from kaibo.features import FEATURES
from kaibo.features.audience.facts import FLOWS, AudienceBatch, unpack
from kaibo.features.order.facts import OrderCreated, OrderPaid
from tests.world import World, played

DOCS = Path(__file__).parents[3] / "docs" / "archive.md"


@pytest.fixture(scope="module")
def world() -> World:
    return played(7, 200)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return archive_folder(tmp_path, "law")


def write(world: World, folder: Path) -> Archived:
    return write_archive("law", world.events, FEATURES, folder)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def test_every_fact_is_in_the_archive(world: World, folder: Path) -> None:
    about = write(world, folder)
    assert about.seq == world.events[-1].seq
    told = rows(folder, "events")
    assert [row["seq"] for row in told] == [event.seq for event in world.events]
    for row, event in zip(told, world.events, strict=True):
        payload = msgspec.json.decode(row["payload"])
        assert payload["type"] == row["type"]
        if not isinstance(event.fact, AudienceBatch):
            assert payload == msgspec.json.decode(msgspec.json.encode(event.fact))
        assert (row["actor"], row["role"], row["duty"], row["cause"]) == (
            event.actor.id,
            event.actor.role,
            event.actor.duty,
            event.cause,
        )


def test_every_thing_a_viewer_did_is_a_row(world: World, folder: Path) -> None:
    write(world, folder)
    found = iter(rows(folder, "audience"))
    said = iter(rows(folder, "comments"))
    pseudonyms: list[str] = []
    for event in world.events:
        if not isinstance(event.fact, AudienceBatch):
            continue
        columns = unpack(event.fact.columns)
        pseudonyms += columns.new_viewers
        for item in range(event.fact.count):
            row = next(found)
            product = int(columns.product[item])
            assert (row["seq"], row["item"], row["viewer"], row["count"], row["source"]) == (
                event.seq,
                item,
                int(columns.viewer[item]),
                int(columns.count[item]),
                event.fact.source,
            )
            assert row["platform_at"].timestamp() * 1000 == pytest.approx(int(columns.at[item]))
            assert row["flow"] == FLOWS[columns.flow[item]]
            assert row["product_id"] == (columns.products[product - 1] if product else None)
        for index, item in enumerate(columns.comments.tolist()):
            row = next(said)
            assert (row["seq"], row["comment"], row["item"]) == (event.seq, index, item)
            assert (row["text"], row["name"]) == (columns.texts[index], columns.names[index])
    assert next(found, None) is None
    assert next(said, None) is None
    assert [row["pseudonym"] for row in rows(folder, "viewers")] == pseudonyms


def test_orders_keep_created_and_paid_apart(world: World, folder: Path) -> None:
    write(world, folder)
    told = rows(folder, "orders")
    for what, kind in (("created", OrderCreated), ("paid", OrderPaid)):
        facts = [event.fact for event in world.events if isinstance(event.fact, kind)]
        assert facts
        assert [(row["order_id"], row["amount_minor"]) for row in told if row["what"] == what] == [
            (fact.order_id, fact.amount_minor) for fact in facts
        ]
    lines = rows(folder, "order_lines")
    assert sum(row["quantity"] * row["price_minor"] for row in lines if row["what"] == "paid") == sum(
        row["amount_minor"] for row in told if row["what"] == "paid"
    )


def test_the_same_log_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write(world, one)
    write_archive("law", iter(world.events), FEATURES, other)
    assert digests(one) == digests(other)


def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    small = tuple(Table(table.name, table.comment, table.columns, group=50) for table in TABLES)
    monkeypatch.setattr("kaibo.archive.write.TABLES", small)


def test_rows_leave_in_groups_and_stay_the_same(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(world, tmp_path / "whole")
    small_groups(monkeypatch)
    about = write(world, tmp_path / "parts")
    for name in BY_NAME:
        assert rows(tmp_path / "parts", name) == rows(tmp_path / "whole", name), name
        groups = pq.ParquetFile(tmp_path / "parts" / f"{name}.parquet").num_row_groups
        assert groups == -(-about.rows[name] // 50), name
    assert about.rows["audience"] > 100


def test_a_writer_that_fails_leaves_the_old_archive(world: World, folder: Path) -> None:
    about = write(world, folder)
    before = digests(folder)
    (folder.parent / ".law.killed").mkdir()  # what an earlier writer left takes the room that this one needs

    def broken() -> Iterator[Any]:
        yield from world.events[:20]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_archive("law", broken(), FEATURES, folder)
    assert digests(folder) == before
    assert read_about(folder) == about
    assert folder.is_symlink()  # turned in one step: there is no moment without an archive
    assert len([path for path in folder.parent.iterdir() if path.is_dir() and not path.is_symlink()]) == 1


def test_a_reader_keeps_the_files_it_opened_while_new_ones_come(world: World, folder: Path) -> None:
    write_archive("law", world.events[:40], FEATURES, folder)
    desk = Desk(folder)
    about = write(world, folder)
    assert desk.about.seq == 40
    assert about.seq > 40
    fresh = Desk(folder)
    assert fresh.ask("SELECT max(seq) FROM events").rows == ((about.seq,),)


def test_what_a_killed_writer_left_is_swept_away(world: World, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    left = folder.parent / ".law.halfway"
    left.mkdir()
    (left / "events.parquet").write_bytes(b"half")
    other = folder.parent / ".law-2.theirs"
    other.mkdir()
    write(world, folder)
    assert not left.exists()
    assert other.exists()


def test_the_tables_are_documented() -> None:
    text = DOCS.read_text("utf-8")
    assert text.endswith(print_tables())
