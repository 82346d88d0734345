"""The command line: a log that left the house folds to the same bytes, and every failure has its exit code."""

import asyncio
import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kaibo.app import build
from kaibo.cli import main
from kaibo.config import Settings
from kaibo.core.event import Event
from kaibo.core.feature import fact_of, tag_of
from kaibo.demo import Demo
from kaibo.features import FEATURES
from kaibo.stores.contract import Append, Record
from kaibo.stores.sqlite import SqliteStore
from tests.served import served, start
from tests.world import CODEC, played

NOW = 1_764_331_200_000


def kaibo(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def stored(data: Path, events: Sequence[Event[Any]]) -> None:
    store = SqliteStore(data / "log.db")
    records = tuple(Record(event.seq, event.at, tag_of(fact_of(event)), CODEC.pack(event)) for event in events)
    assert store.append([Append(events[0].stream, 0, records)]) == [None]
    store.close()


def exported(data: Path, show_id: str) -> Path:
    answer = kaibo("export", show_id, "--data", data)
    assert answer.exit_code == 0, answer.output
    file = data / "show.jsonl"
    file.write_bytes(answer.stdout_bytes)
    return file


def same_views(data: Path, show_id: str) -> bytes:
    """Replay of the export and the views of the store, which must be the same bytes."""
    file = exported(data, show_id)
    replayed, shown = kaibo("replay", file), kaibo("views", show_id, "--data", data)
    assert (replayed.exit_code, shown.exit_code) == (0, 0), replayed.output + shown.output
    assert replayed.stdout_bytes == shown.stdout_bytes
    return shown.stdout_bytes


def test_a_log_of_every_feature_leaves_the_house_and_folds_to_the_same_bytes(tmp_path: Path) -> None:
    world = played(7, steps=400)
    stored(tmp_path, world.events)
    views = same_views(tmp_path, "law")
    told = {fact_of(event) for event in world.events}
    silent = [each.name for each in FEATURES if each.facts and "show" in each.streams and told.isdisjoint(each.facts)]
    assert silent == []
    for name in world.fold.views():
        if world.fold.rows(name):
            assert f'"view":"{name}"'.encode() in views, name


def test_a_demo_evening_does_too(tmp_path: Path) -> None:
    async def evening() -> str:
        app = build(Settings(data_dir=tmp_path), clock=lambda: NOW)
        await app.start()
        demo = Demo(seed=3, minutes=2, app=app)
        await demo.prepare()
        await app.stop()
        return demo.show_id

    views = same_views(tmp_path, asyncio.run(evening()))
    assert "山茶護手霜".encode() in views
    assert '"key":"gmv_paid"' in views.decode()


def broken(lines: list[bytes], way: str) -> list[bytes]:
    match way:
        case "cut":
            return [*lines[:2], lines[2][:40], *lines[3:]]
        case "no json":
            return [*lines[:2], b"hello\n", *lines[3:]]
        case "unknown fact":
            return [*lines[:2], lines[2].replace(b'"type":"', b'"type":"un'), *lines[3:]]
        case "a hole":
            return [*lines[:2], *lines[3:]]
        case "twice":
            return [*lines[:2], *lines[1:]]
        case "another show":
            return [*lines[:2], lines[2].replace(b"show/law", b"show/other"), *lines[3:]]
        case "no bytes of text":
            return [*lines[:2], b"\xff\xfe\n", *lines[3:]]
        case _:
            raise AssertionError(way)


@pytest.mark.parametrize("way", ["cut", "no json", "unknown fact", "a hole", "twice", "another show", "no bytes of text"])
def test_a_broken_line_is_named_by_its_number(way: str, tmp_path: Path) -> None:
    lines = [CODEC.to_json(event) + b"\n" for event in played(1, steps=5).events]
    file = tmp_path / "show.jsonl"
    file.write_bytes(b"".join(broken(lines, way)))
    answer = kaibo("replay", file)
    assert answer.exit_code == 65
    assert "line 3:" in answer.output
    assert answer.stdout == ""


def test_a_line_that_no_rule_could_have_written_is_a_broken_line(tmp_path: Path) -> None:
    lines = [CODEC.to_json(event) + b"\n" for event in played(1, steps=5).events]
    number = next(place for place, line in enumerate(lines) if b"rundown.cue_added" in line)
    file = tmp_path / "show.jsonl"
    again = lines[number].replace(b'"type":"rundown.cue_added"', b'"type":"rundown.cue_removed"')
    file.write_bytes(b"".join([*lines[:number], again.replace(b'"cue_id":"c0"', b'"cue_id":"c9"')]))
    answer = kaibo("replay", file)
    assert answer.exit_code == 65
    assert f"line {number + 1}:" in answer.output


def test_an_empty_file_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    assert kaibo("replay", tmp_path / "empty.jsonl").exit_code == 65


@pytest.mark.parametrize("command", ["export", "views"])
def test_an_unknown_show_is_told(command: str, tmp_path: Path) -> None:
    stored(tmp_path, played(1, steps=1).events)
    answer = kaibo(command, "nowhere", "--data", tmp_path)
    assert answer.exit_code == 1
    assert "there is no show nowhere" in answer.output
    assert answer.stdout == ""


def test_a_taken_port_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = kaibo("serve", "--port", port, "--data", tmp_path / "data")
    assert answer.exit_code == 75
    assert f"port {port} is taken" in answer.output
    assert not (tmp_path / "data").exists()


def test_one_folder_serves_one_house(tmp_path: Path) -> None:
    running = start(tmp_path)
    try:
        answer = kaibo("serve", "--port", 0, "--data", tmp_path)
        assert answer.exit_code == 75
        assert str(tmp_path) in answer.output
        assert kaibo("export", "nowhere", "--data", tmp_path).exit_code == 1  # reading beside it is allowed
    finally:
        running.kill()


def test_a_feed_that_goes_nowhere_is_told_in_a_line(tmp_path: Path) -> None:
    chat = tmp_path / "chat.csv"
    chat.write_text("t_s,viewer,text\n0,v1,hello\n", "utf-8")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        answer = kaibo("feed", "x", chat, "--token", "t", "--url", f"http://127.0.0.1:{nobody.getsockname()[1]}")
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: 連不上 http://127.0.0.1:")
    chat.write_text("a,b\n1,2\n", "utf-8")
    said = kaibo("feed", "x", chat, "--token", "t").output
    assert "第一列要有 t_s、viewer、text 三欄（檔案裡是：a, b）" in said
    assert "needs the columns t_s, viewer and text" in said
    assert not re.search(r"[{'(]file\.", said)


def test_a_feed_that_the_server_refuses_says_so_in_words(tmp_path: Path) -> None:
    chat = tmp_path / "chat.csv"
    chat.write_text("t_s, viewer, text\n0, v1, hello\n", "utf-8")
    with served() as house:
        said = kaibo("feed", "x", chat, "--token", "kb_wrong", "--url", house.base)
        token = house.owner().post("/api/tokens", json={"label": "chat", "roles": ["source"]}).json()["token"]
        nowhere = kaibo("feed", "x", chat, "--token", token, "--url", house.base)
    for answer, *words in (
        (said, "不認得這個權杖", "does not know this token"),
        (nowhere, "找不到 場次「show/x」", "There is no show “show/x”"),
    ):
        assert answer.exit_code == 1
        assert all(word in line for word, line in zip(words, answer.output.splitlines(), strict=True)), answer.output
