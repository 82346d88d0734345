"""The files of the web app: what crosses the wire, and what a browser may keep."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar, get

from kaibo.kit.statics import files_before

HASHED = "assets/index-B-vn_UVK.js"
CODE = "export const word = 'word'\n" * 100


@get("/api/health")
async def health() -> dict[str, str]:
    return {"up": "yes"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / HASHED).write_text(CODE)
    (tmp_path / f"{HASHED}.gz").write_bytes(gzip.compress(CODE.encode()))
    (tmp_path / f"{HASHED}.br").write_bytes(b"as brotli")
    (tmp_path / "icon.svg").write_text("<svg/>")
    return tmp_path


def asked(folder: Path, path: str, **headers: str) -> httpx.Response:
    """The answer of a house in front of which these files stand; the body as it crossed the wire."""

    async def ask() -> httpx.Response:
        house: Any = files_before(Litestar([health]), folder)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house), base_url="http://house") as client:
            async with client.stream("GET", path, headers={"accept-encoding": "identity", **headers}) as answer:
                raw = b"".join([part async for part in answer.aiter_raw()])
            return httpx.Response(answer.status_code, headers=answer.headers, extensions={"raw": raw})

    return asyncio.run(ask())


@pytest.mark.parametrize(("accepted", "encoding", "raw"), [
    ("br, gzip", "br", b"as brotli"),
    ("gzip", "gzip", gzip.compress(CODE.encode())),
    ("identity", None, CODE.encode()),
])  # fmt: skip
def test_a_file_is_sent_as_small_as_the_browser_can_read_it(built: Path, accepted: str, encoding: str | None, raw: bytes) -> None:
    answer = asked(built, f"/{HASHED}", **{"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    sent = answer.extensions["raw"]
    assert (gzip.decompress(sent) if encoding == "gzip" else sent) == (gzip.decompress(raw) if encoding == "gzip" else raw)


def test_what_carries_a_hash_is_kept_for_good_and_the_rest_is_asked_for_again(built: Path) -> None:
    assert "immutable" in asked(built, f"/{HASHED}").headers["cache-control"]
    for path in ("/", "/icon.svg"):
        first = asked(built, path)
        assert first.status_code == 200
        assert "immutable" not in first.headers["cache-control"]
        assert "max-age=0" in first.headers["cache-control"]
        assert asked(built, path, **{"if-none-match": first.headers["etag"]}).status_code == 304


def test_other_paths_are_the_houses(built: Path, tmp_path: Path) -> None:
    assert asked(built, "/api/health").status_code == 200
    assert asked(built, "/assets/gone-12345678.js").status_code == 404
    assert asked(built, "/../secret").status_code == 404
    assert asked(tmp_path / "nothing built", "/api/health").status_code == 200
