"""Photos and documents on tasks, over HTTP: kept by what they are, read by who reads tasks, thrown away when no task has them."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kaibo.kit.files import SIZE_MAX, digest_of_file
from tests.served import Served, ask, do, row, served

NOW = 1_764_331_200_000
JPEG = b"\xff\xd8\xff" + b"shelf" * 9
PDF = b"%PDF-1.7 certificate"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("house"), clock=lambda: NOW) as running:
        owner = running.owner()
        do(owner, "show", "s", "show.plan", show_id="s", title="s", starts_at=NOW, ends_at=NOW + 1000)
        for task_id in ("t", "u", "v"):
            do(owner, "show", "s", "task.add", task_id=task_id, task={"title": task_id, "role_id": "assistant", "offset_s": 0})
        yield running


def leave(client: httpx.Client, task_id: str, data: bytes, name: str) -> httpx.Response:
    return client.post(f"/api/shows/s/tasks/{task_id}/files", files={"file": (name, data)})


def read(client: httpx.Client, task_id: str, data: bytes) -> httpx.Response:
    return client.get(f"/api/shows/s/tasks/{task_id}/files/{digest_of_file(data)}")


def kept(house: Served, data: bytes) -> bool:
    folder = house.app.settings.data_dir
    assert isinstance(folder, Path)
    return (folder / "files" / "show-s" / digest_of_file(data)).exists()


def test_a_photo_is_left_read_and_thrown_away_with_the_last_task_that_has_it(house: Served) -> None:
    owner = house.owner()
    ai = house.person(owner, "ai", "小艾", "assistant")
    for task_id in ("t", "u"):
        assert leave(ai, task_id, JPEG, "貨架 1.jpg").status_code == 200
    [file] = row(ai, "show/s", "task.list", "t")["files"]
    assert (file["name"], file["kind"], file["size_bytes"]) == ("貨架 1.jpg", "image/jpeg", len(JPEG))
    answer = read(owner, "t", JPEG)
    assert (answer.content, answer.headers["content-type"], answer.headers["x-content-type-options"]) == (
        JPEG,
        "image/jpeg",
        "nosniff",
    )
    do(ai, "show", "s", "task.remove_file", task_id="t", digest=file["digest"])
    assert (read(owner, "t", JPEG).status_code, read(owner, "u", JPEG).status_code) == (404, 200)
    do(owner, "show", "s", "task.remove", task_id="u")
    until(lambda: not kept(house, JPEG))


def until(true: Any) -> None:
    """The follower is beside the request: it is there in a moment."""
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_what_it_is_its_bytes_say_and_a_pdf_is_saved_and_not_shown(house: Served) -> None:
    ai = house.person(house.owner(), "yu", "小魚", "assistant")
    assert leave(ai, "v", PDF, "cert.jpg").status_code == 200
    answer = read(ai, "v", PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "file.kind_unknown"),
        (b"<svg onload=alert(1)>", 422, "file.kind_unknown"),
        (b"\xff\xd8\xff" + b"0" * SIZE_MAX, 413, "file.too_large"),
    ],
)
def test_what_no_browser_shows_safely_or_is_too_large_is_refused_with_its_name(
    house: Served, data: bytes, status: int, code: str
) -> None:
    answer = leave(house.owner(), "v", data, "x.jpg")
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]["filename"]) == (status, code, "x.jpg")


def test_what_the_rules_refuse_is_not_kept(house: Served) -> None:
    owner = house.owner()
    host = house.person(owner, "qing", "阿晴", "host")
    other = JPEG + b"2"
    assert leave(host, "v", other, "x.jpg").json()["code"] == "task.not_yours"
    assert leave(owner, "nowhere", other, "x.jpg").json()["code"] == "task.unknown"
    assert not kept(house, other)
    assert read(owner, "v", other).status_code == 404
    assert ask(owner, "show", "s", "task.leave_file", task_id="v").status_code == 404  # only with its bytes
