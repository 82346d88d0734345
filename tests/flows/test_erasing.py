"""A viewer asks to be forgotten: in the logs, the snapshots, the archives, what was learnt; and figures, claims and orders stand."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from kaibo.archive.kept import archive_folder
from kaibo.archive.query import Desk
from kaibo.archiving import archive_show
from kaibo.core.erasing import ERASED
from kaibo.core.stream import all_rows
from kaibo.features.audience.facts import AudienceBatch
from kaibo.stores.sqlite import SqliteStore
from tests.erased import BY_WORDS, differences, readable
from tests.live_client import Screen
from tests.served import Served, ask, do, row, served, sign_in, start
from tests.world import CODEC

LOOKS = 20_000  # a process that makes an archive takes seconds on a busy machine
AMY, QUESTION, NAME = "u-amy", "請問商品甲孕婦可以用嗎我是艾米莉亞", "艾米莉亞★"
ANSWER = f"@{NAME} 可以，先試耳後"
SECRETS = (QUESTION, NAME)


def now() -> int:
    return time.time_ns() // 1_000_000


def until(look: Callable[[], bool], told: Callable[[], object] = str) -> None:
    """Look again until it is so; each look is a request."""
    assert any(look() for _ in range(LOOKS)), told()


def feed(owner: httpx.Client, show_id: str, *items: dict[str, Any], orders: tuple[dict[str, Any], ...] = ()) -> None:
    token = owner.post("/api/tokens", json={"label": f"{show_id}-{now()}", "roles": ["source"]}).json()["token"]
    body = {"source": "fb", "room": show_id, "items": list(items), "orders": list(orders)}
    answer = httpx.post(f"{owner.base_url}/api/ingest/{show_id}", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text


def said(viewer: str, name: str, text: str) -> dict[str, Any]:
    return {"kind": "comment", "at": now(), "viewer": viewer, "name": name, "text": text}


def on_air(owner: httpx.Client, show_id: str) -> None:
    do(owner, "show", show_id, "show.plan", show_id=show_id, title="刪除", starts_at=now(), ends_at=now() + 3_600_000)
    product = {"product_id": "A1", "name": "商品甲", "live_price_minor": 10_000, "stock": 5}
    do(owner, "show", show_id, "product.add", product=product)
    do(owner, "show", show_id, "claim.set_policy", policy={"capture": "always"})
    do(owner, "show", show_id, "show.air")


def an_evening(owner: httpx.Client, show_id: str) -> None:
    """A show in which she asked, was answered, quoted, ordered by comment and bought."""
    on_air(owner, show_id)
    line = {"product_id": "A1", "quantity": 1, "price_minor": 10_000}
    order = {"kind": "created", "order_id": f"o-{show_id}", "buyer": AMY, "lines": [line], "at": now()}
    feed(owner, show_id, said(AMY, NAME, QUESTION), said("u-ben", "阿本", "好漂亮"), said(AMY, NAME, "A1+1"), orders=(order,))
    until(lambda: bool(rows(owner, show_id, "claim.claims")))
    ref = next(key for key, one in rows(owner, show_id, "comment.window").items() if one["text"] == QUESTION)
    do(owner, "show", show_id, "prompter.hand_question", question_id="q1", text=QUESTION, comment_ref=ref, asked_by=NAME)
    do(owner, "show", show_id, "prompter.finish_question", question_id="q1", outcome="withdrawn")
    do(owner, "show", show_id, "comment.answer", comment_ref=ref, answer=ANSWER)
    do(owner, "show", show_id, "prompter.message", message_id="m1", text=f"謝謝 @{NAME}")


def rows(owner: httpx.Client, show_id: str, view: str) -> dict[str, Any]:
    answer = owner.get(f"/api/streams/show/{show_id}/views/{view}")
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


def listed(owner: httpx.Client, show_id: str, state: str) -> None:
    until(lambda: owner.get("/api/streams/workspace/main/views/show.list").json()["rows"].get(show_id, {}).get("state") == state)


def end(owner: httpx.Client, show_id: str) -> None:
    do(owner, "show", show_id, "show.end")
    listed(owner, show_id, "ended")


def erase(owner: httpx.Client, viewer: str = AMY) -> str:
    answer = owner.post("/api/erasures", json={"platform": "fb", "viewer": viewer, "reason": "本人要求"})
    assert answer.status_code == 200, answer.text
    return answer.json()["erasure_id"]


def came_to(owner: httpx.Client, erasure_id: str, state: str) -> dict[str, Any]:
    until(
        lambda: row(owner, "workspace/main", "erasure.list", erasure_id)["state"] == state,
        lambda: row(owner, "workspace/main", "erasure.list", erasure_id),
    )
    return row(owner, "workspace/main", "erasure.list", erasure_id)


def so_far(owner: httpx.Client, erasure_id: str, shows: int) -> None:
    until(lambda: row(owner, "workspace/main", "erasure.list", erasure_id)["shows"] >= shows)


def shown(house: Served, show_id: str) -> Any:
    """Every row of a show, as the house that runs has it."""
    fold = house.call(house.app.engine.fold(f"show/{show_id}"))
    return msgspec.to_builtins({name: rows for name, rows in all_rows(fold).items() if name not in BY_WORDS})


def left_in(data: Path, *what: bytes) -> list[str]:
    """The files in which something of it stands. Another process reads them: one that closes SQLite's file in ours would take its locks away."""
    files = [Path(folder) / name for folder, _, names in os.walk(data) for name in names]  # a folder may go while one looks
    return [f"{path}: {one!r}" for path in files for one in what if one in content_of(path)]


def content_of(path: Path) -> bytes:
    """What a file holds; nothing where it went meanwhile (an archive is made in a folder that takes its name when whole)."""
    read = subprocess.run(["cat", path], check=False, capture_output=True)
    assert read.returncode == 0 or not path.exists(), read.stderr
    return read.stdout


def told_in(store: SqliteStore, show_id: str) -> str:
    """All that stands in the log of a show, unpacked."""
    return b"".join(readable(CODEC.unpack(record.body)) for record in store.read(f"show/{show_id}", limit=10_000)).decode()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as running:
        yield running


def columns_of(house: Served, show_id: str) -> bytes:
    """Some of the packed words of the first batch, as they stand in the file."""
    facts = [CODEC.unpack(record.body).fact for record in house.app.engine.store.read(f"show/{show_id}")]
    return next(fact.columns for fact in facts if isinstance(fact, AudienceBatch))[20:84]


def test_a_viewer_is_forgotten_and_everything_that_counts_stands(house: Served, tmp_path: Path) -> None:
    owner = house.owner()
    an_evening(owner, "s1")
    on_air(owner, "tonight")
    feed(owner, "tonight", said(AMY, NAME, QUESTION), said("u-ben", "阿本", "好漂亮"))
    end(owner, "s1")
    do(owner, "show", "later", "show.plan", show_id="later", title="下一場", starts_at=now(), ends_at=now() + 3_600_000)
    until(lambda: ANSWER in owner.get("/api/streams/show/later/events", params={"limit": 1000}).text)
    assert archive_show(house.app.engine.store, tmp_path, "s1") is not None
    assert house.app.engine.keeper.snap is not None
    house.call(house.app.engine.keeper.snap("show/s1"))
    before, packed, seq = shown(house, "s1"), columns_of(house, "s1"), house.app.engine.store.head("show/s1")
    assert left_in(tmp_path, QUESTION.encode(), packed)
    assert left_in(tmp_path / "snapshots", QUESTION.encode())

    erasure_id = erase(owner)
    waiting = came_to(owner, erasure_id, "waiting")
    assert (waiting["waits"], waiting["shows"], waiting["comments"], waiting["reason"]) == (["tonight"], 1, 2, "本人要求")
    assert left_in(tmp_path / "snapshots", QUESTION.encode()) == []
    assert waiting["copies"] >= 5  # the answer, its copy in the workspace, the question at the host, the line, the claim
    for secret in SECRETS:
        assert secret not in json.dumps(shown(house, "s1"), ensure_ascii=False)
        assert secret not in owner.get("/api/streams/show/later/events", params={"limit": 1000}).text
        assert secret not in owner.get("/api/streams/workspace/main/events", params={"limit": 1000}).text
    assert QUESTION in json.dumps(rows(owner, "tonight", "comment.window"), ensure_ascii=False)

    end(owner, "tonight")
    done = came_to(owner, erasure_id, "done")
    assert (done["waits"], done["shows"], done["comments"]) == ([], 2, 3)
    assert AMY not in json.dumps(done)

    after = shown(house, "s1")
    assert house.app.engine.store.head("show/s1") == seq
    assert list(differences(before, after)) == []
    claim, order = rows(owner, "s1", "claim.claims"), rows(owner, "s1", "order.latest")
    assert [(one["asked"], one["buyer"]) for one in claim.values()] == [(1, f"fb/{AMY}")]
    assert [(one["order_id"], one["buyer"]) for one in order.values()] == [("o-s1", AMY)]
    assert left_in(tmp_path, QUESTION.encode(), NAME.encode(), packed) == []
    desk = Desk(archive_folder(tmp_path, "s1"))
    found = desk.ask("SELECT text, name FROM comments").rows
    desk.close()
    assert [tuple(one) for one in found] == [(ERASED, ERASED), ("好漂亮", "阿本"), (ERASED, ERASED)]


def test_a_house_that_is_killed_in_between_goes_on_where_it_was(tmp_path: Path) -> None:
    process = start(tmp_path)
    try:
        owner = sign_in(process.base, process.link)
        for show_id in ("s1", "s2", "s3"):
            an_evening(owner, show_id)
            end(owner, show_id)
        before = {show_id: total(owner, show_id) for show_id in ("s1", "s2", "s3")}
        erasure_id = erase(owner)
    finally:
        process.kill()
    for shows in (1, 2):
        process = start(tmp_path)
        try:
            so_far(sign_in(process.base, process.link), erasure_id, shows)
        finally:
            process.kill()
    process = start(tmp_path)
    try:
        owner = sign_in(process.base, process.link)
        done = came_to(owner, erasure_id, "done")
        assert (done["shows"], done["comments"]) == (3, 6)
        assert {show_id: total(owner, show_id) for show_id in before} == before
    finally:
        process.kill()
    store = SqliteStore(tmp_path / "log.db")
    texts = [told_in(store, show_id) for show_id in before]
    store.close()
    assert all(secret not in text for secret in SECRETS for text in texts)
    assert left_in(tmp_path, *(secret.encode() for secret in SECRETS)) == []


def total(owner: httpx.Client, show_id: str) -> tuple[Any, ...]:
    counts = row(owner, f"show/{show_id}", "comment.counts", "all")
    del counts["last_minute"]
    return counts, rows(owner, show_id, "claim.stock"), rows(owner, show_id, "order.counts")


def test_a_screen_that_shows_it_is_given_what_is_left(house: Served) -> None:
    owner = house.owner()
    an_evening(owner, "s1")
    end(owner, "s1")
    with Screen(owner) as screen:
        screen.subscribe("show/s1", "comment.window")
        assert QUESTION in json.dumps(screen.rows, ensure_ascii=False)
        came_to(owner, erase(owner), "done")
        while QUESTION in json.dumps(screen.rows, ensure_ascii=False):
            screen.hear()
        assert ERASED in json.dumps(screen.rows, ensure_ascii=False)


def test_somebody_nobody_knows_leads_to_nothing_and_that_is_said(house: Served) -> None:
    owner = house.owner()
    an_evening(owner, "s1")
    end(owner, "s1")
    done = came_to(owner, erase(owner, "nobody"), "done")
    assert (done["shows"], done["comments"], done["copies"]) == (0, 0, 0)
    assert QUESTION in json.dumps(rows(owner, "s1", "comment.window"), ensure_ascii=False)


def test_a_show_that_began_after_it_was_asked_for_is_left(house: Served) -> None:
    owner = house.owner()
    an_evening(owner, "s1")
    on_air(owner, "tonight")
    end(owner, "s1")
    erasure_id = erase(owner)
    came_to(owner, erasure_id, "waiting")
    an_evening(owner, "anew")
    end(owner, "anew")
    end(owner, "tonight")
    done = came_to(owner, erasure_id, "done")
    assert (done["shows"], done["comments"]) == (1, 2)
    assert QUESTION in json.dumps(rows(owner, "anew", "comment.window"), ensure_ascii=False)


def test_only_an_owner_may_and_the_log_does_not_say_whom(house: Served) -> None:
    owner = house.owner()
    director = house.person(owner, "lin", "小林", "director")
    assert director.post("/api/erasures", json={"platform": "fb", "viewer": AMY}).status_code == 403
    assert director.post("/api/erasures/look", json={"platform": "fb", "viewer": AMY}).status_code == 403
    assert owner.post("/api/erasures", json={"platform": "fb", "viewer": ""}).status_code == 422
    an_evening(owner, "s1")
    erase(owner)
    assert AMY not in owner.get("/api/streams/workspace/main/events", params={"limit": 1000}).text
    assert ask(owner, "workspace", "main", "erasure.note", erasure_id="e1", show_id="s1", comments=1, copies=1).status_code == 403


@pytest.mark.parametrize("named", ["fb", "second"])
def test_of_two_sources_of_one_room_either_name_finds_all_they_wrote(house: Served, named: str) -> None:
    owner = house.owner()
    on_air(owner, "s1")
    for source, text in (("fb", "我是第一個來源說的話"), ("second", "我是第二個來源說的話"), ("fb", "又一句第一個來源的話")):
        token = owner.post("/api/tokens", json={"label": f"{source}-{now()}", "roles": ["source"]}).json()["token"]
        body = {"source": source, "room": "R", "items": [said(AMY, NAME, text)]}
        asked = httpx.post(f"{owner.base_url}/api/ingest/s1", json=body, headers={"Authorization": f"Bearer {token}"})
        assert asked.status_code == 200, asked.text
    until(lambda: len(rows(owner, "s1", "comment.window")) == 3)
    end(owner, "s1")
    answer = owner.post("/api/erasures", json={"platform": named, "viewer": AMY, "reason": "本人要求"})
    came = came_to(owner, answer.json()["erasure_id"], "done")
    assert came["comments"] == 3
    assert {one["text"] for one in rows(owner, "s1", "comment.window").values()} == {ERASED}


def look(owner: httpx.Client, platform: str = "", viewer: str = "") -> dict[str, Any]:
    answer = owner.post("/api/erasures/look", json={"platform": platform, "viewer": viewer})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_would_be_erased_is_told_before_and_who_is_unknown_at_once(house: Served) -> None:
    owner = house.owner()
    assert look(owner)["platforms"] == []
    an_evening(owner, "s1")
    end(owner, "s1")
    an_evening(owner, "tonight")
    do(owner, "workspace", "main", "workspace.mark_staff", source="fb", viewer=AMY, name=NAME, staff=True)
    found = look(owner, "fb", AMY)
    assert (found["viewer_known"], found["names"], found["on_air"]) == (True, [NAME], ["tonight"])
    for platform in ("FB", "facebook", ""):
        unknown = look(owner, platform, AMY)
        assert (unknown["platform_known"], unknown["viewer_known"], unknown["platforms"]) == (False, False, ["fb"])
    refused = owner.post("/api/erasures", json={"platform": "facebook", "viewer": AMY})
    assert (refused.status_code, refused.json()["code"]) == (422, "erasure.platform_unknown")
    assert refused.json()["data"] == {"platform": "facebook", "platforms": "fb"}
    asked = {"erasure_id": "e1", "platform": "nope", "who": "a" * 64}
    assert owner.post("/api/streams/workspace/main/commands/erasure.ask", json=asked).status_code == 404
    assert rows_of_workspace(owner, "erasure.list") == {}
    for typed, alike in (("amy", [AMY]), ("艾米", [AMY]), ("u-amyy", [AMY]), ("阿本", ["u-ben"]), ("nobody", [])):
        unknown = look(owner, "fb", typed)
        assert (unknown["viewer_known"], [one["viewer"] for one in unknown["alike"]]) == (False, alike), typed
    end(owner, "tonight")
    done = came_to(owner, erase(owner), "done")
    assert (done["comments"], done["copies"], done["shows"]) == (found["comments"], found["copies"], found["shows"])
    after = look(owner, "fb", AMY)
    assert (after["viewer_known"], after["comments"], after["copies"]) == (True, 0, 0)


def test_of_many_who_are_alike_the_very_name_comes_first_and_how_many_are_left_off_is_said(house: Served) -> None:
    owner = house.owner()
    on_air(owner, "tonight")
    feed(
        owner,
        "tonight",
        *(said(f"v{place}", f"小鹿{place}", "好漂亮") for place in range(11)),
        said("w", "小鹿", "好漂亮"),
        said("x", "安", "好"),
    )
    found = look(owner, "fb", "小鹿")
    assert ([one["viewer"] for one in found["alike"]], found["alike_more"]) == (["w", *(f"v{place}" for place in range(7))], 4)
    assert [one["viewer"] for one in look(owner, "fb", "安")["alike"]] == ["x"]  # one sign is a name where it is all of it
    assert (look(owner, "fb", "鹿")["alike"], look(owner, "fb", "")["alike_more"]) == ([], 0)


def rows_of_workspace(owner: httpx.Client, view: str) -> dict[str, Any]:
    return owner.get(f"/api/streams/workspace/main/views/{view}").json()["rows"]


def test_one_whose_key_is_lost_is_said_to_have_failed_and_never_to_be_done(tmp_path: Path) -> None:
    with served(tmp_path) as house:
        owner = house.owner()
        an_evening(owner, "tonight")
        erasure_id = erase(owner)
        came_to(owner, erasure_id, "waiting")
    for file in tmp_path.glob("vault.db*"):
        file.unlink()
    with served(tmp_path) as house:
        owner = house.owner()
        failed = row(owner, "workspace/main", "erasure.list", erasure_id)
        assert (failed["state"], failed["failure"], failed["done_at"]) == ("failed", "erasure.key_lost", None)
        assert "erasure_failed" in rows_of_workspace(owner, "workspace.warnings")
        end(owner, "tonight")
        anew = came_to(owner, erase(owner), "done")
        assert anew["comments"] == 2
        assert row(owner, "workspace/main", "erasure.list", erasure_id)["state"] == "failed"


def test_a_house_that_is_never_off_air_says_since_when_the_file_waits_and_is_swept_when_an_owner_says_so(
    house: Served, tmp_path: Path
) -> None:
    owner = house.owner()
    an_evening(owner, "s1")
    on_air(owner, "night")
    end(owner, "s1")
    assert ask(owner, "workspace", "main", "erasure.sweep_now").json()["code"] == "erasure.nothing_to_sweep"
    erasure_id = erase(owner)
    waiting = came_to(owner, erasure_id, "waiting")
    assert (waiting["waits"], waiting["waits_why"], waiting["comments"]) == (["night"], "file", 2)
    on_air(owner, "morning")
    end(owner, "night")
    until(lambda: row(owner, "workspace/main", "erasure.list", erasure_id)["waits"] == ["morning"])
    still = row(owner, "workspace/main", "erasure.list", erasure_id)
    assert (still["waits_why"], still["waits_since"]) == ("file", waiting["waits_since"])
    director = house.person(owner, "lin", "小林", "director")
    assert ask(director, "workspace", "main", "erasure.sweep_now").status_code == 403
    do(owner, "workspace", "main", "erasure.sweep_now")
    done = came_to(owner, erasure_id, "done")
    assert (done["waits"], done["waits_why"], done["waits_since"]) == ([], "", None)
    assert left_in(tmp_path, QUESTION.encode(), NAME.encode()) == []


def test_with_nothing_erased_nothing_waits_for_the_file(house: Served) -> None:
    owner = house.owner()
    an_evening(owner, "tonight")
    assert came_to(owner, erase(owner, "nobody"), "done")["comments"] == 0
