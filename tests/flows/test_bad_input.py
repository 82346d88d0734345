"""Whatever comes in: a clear error of one shape, never a 500, nothing lost."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.served import Served, ask, do, served

START = 1_764_331_200_000
PLAN = "/api/streams/show/bad/commands/show.plan"
MESSAGE = "/api/streams/show/bad/commands/prompter.message"


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def owner(house: Served) -> httpx.Client:
    client = house.owner()
    do(client, "show", "bad", "show.plan", show_id="bad", title="壞輸入", starts_at=START, ends_at=START + 3_600_000)
    return client


def problem(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"code", "data", "message"}
    assert body["message"] not in ("", body["code"])
    return body["code"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[1,2", b"\xff\xfe", b'{"message_id": "a", "text": NaN}', b"[" * 100_000, b'{"a":' * 5000, b'"\\ud800"'],
    ids=["empty", "cut", "list", "bytes", "nan", "deep list", "deep map", "lone surrogate"],
)
def test_what_is_not_json_is_told_so(owner: httpx.Client, body: bytes) -> None:
    answer = owner.post(MESSAGE, content=body, headers={"Content-Type": "application/json"})
    assert problem(answer, answer.status_code) in ("core.bad_json", "core.invalid")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    "body",
    [{}, {"message_id": 1, "text": "x"}, {"message_id": "a", "text": "x" * 201}, {"message_id": "a", "text": "x", "more": 1}, []],
)
def test_json_of_another_shape_is_told_where(owner: httpx.Client, body: object) -> None:
    assert problem(owner.post(MESSAGE, json=body), 422) == "core.invalid"


def test_a_huge_body_is_refused_before_it_is_read(owner: httpx.Client) -> None:
    assert problem(owner.post(MESSAGE, content=b"x" * (9 * 1024 * 1024)), 413) == "core.too_large"


def test_unknown_streams_views_and_addresses_are_404s(owner: httpx.Client) -> None:
    assert problem(owner.get("/api/streams/show/none/views/show.head"), 404) == "core.not_found"
    assert problem(owner.get("/api/streams/show/bad/views/none"), 404) == "core.not_found"
    assert problem(owner.get("/api/nowhere"), 404) == "http.not_found"
    assert problem(owner.put("/api/me"), 405) == "http.method"
    assert problem(ask(owner, "show", "bad", "comment.answer", comment_ref="9:9"), 404) == "comment.unknown"
    assert problem(ask(owner, "show", "bad", "promo.approve", promo_id="none"), 404) == "promo.unknown"


def test_a_command_is_known_only_where_it_belongs(owner: httpx.Client) -> None:
    body = {"action_id": "a1", "seconds": 5}
    assert problem(owner.post("/api/streams/workspace/main/commands/moderation.slow", json=body), 404) == "http.not_found"
    assert owner.post("/api/streams/show/bad/commands/moderation.slow", json=body).status_code == 200
    paths = owner.get("/api/openapi.json").json()["paths"]
    lists = {path for path in paths if path.endswith(("/moderation.add_words", "/show.list", "/metric.note_show"))}
    assert {path.split("/")[3] for path in lists} == {"workspace"}
    assert len(lists) == 3


def test_only_planning_opens_a_show(owner: httpx.Client) -> None:
    """A command that came too early leaves no half-born show behind."""
    assert problem(ask(owner, "show", "unborn", "prompter.message", message_id="m1", text="早"), 404) == "core.not_found"
    assert problem(owner.get("/api/streams/show/unborn/events"), 404) == "core.not_found"
    assert problem(owner.get("/api/shows/unborn/report"), 404) == "core.not_found"
    body = {"source": "t", "room": "r", "items": [{"kind": "enter", "viewer": "v", "at": 1}]}
    assert problem(owner.post("/api/ingest/unborn", json=body), 404) == "core.not_found"


def test_odd_queries_are_told(owner: httpx.Client) -> None:
    for query in ("after=-1", "after=x", "limit=1e9", "from_at=９"):
        assert problem(owner.get(f"/api/streams/show/bad/events?{query}"), 422) == "core.invalid"


def test_a_key_used_for_another_body_is_refused_and_the_first_answer_stands(owner: httpx.Client) -> None:
    headers = {"Idempotency-Key": "once"}
    first = owner.post(MESSAGE, json={"message_id": "k1", "text": "甲"}, headers=headers)
    assert owner.post(MESSAGE, json={"message_id": "k1", "text": "甲"}, headers=headers).json() == first.json()
    assert problem(owner.post(MESSAGE, json={"message_id": "k2", "text": "乙"}, headers=headers), 409) == "core.key_reused"


def test_files_that_are_no_sheets(owner: httpx.Client) -> None:
    path = "/api/streams/show/bad/imports/rundown?dry_run=true"
    for name, body in {
        "a.xlsx": b"PK\x03\x04broken",
        "b.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "c.xls": b"\xd0\xcf\x11\xe0" + bytes(512),
        "d.csv": b"",
    }.items():
        answer = owner.post(path, files={"file": (name, body)})
        assert problem(answer, 422).startswith("sheet."), name
    problem(owner.post(path, content=b"x"), 415)


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=300))
def test_no_bytes_break_the_ingest_door(owner: httpx.Client, body: bytes) -> None:
    answer = owner.post("/api/ingest/bad", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 403, 422)
