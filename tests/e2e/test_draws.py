"""A draw from the promise to a stranger's check, over HTTP and in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from kaibo.features.draw.lot import commitment_of
from tests.e2e.conftest import Demo
from tests.served import ROOT, ask, do, sign_in

PAGE = ROOT / "web" / "public" / "draw-check.html"


def opened(demo: Demo, show: str) -> None:
    """A draw that takes comments, and twenty viewers who wrote one."""
    do(demo.owner, "show", show, "show.air")
    new = {"draw_id": "gift", "title": "晨光禮盒", "keyword": "抽獎", "minutes": 5, "beacon_source": "今晚頭獎號碼",
           "prizes": [{"name": "禮盒", "count": 1}, {"name": "小樣", "count": 2}]}  # fmt: skip
    answer = demo.owner.post(f"/api/shows/{show}/draws", json=new)
    assert answer.status_code == 200, answer.text
    do(demo.owner, "show", show, "draw.open", draw_id="gift")
    at = demo.rows("draw.board", show)["gift"]["opens_at"]
    items = [
        {"kind": "comment", "viewer": f"v{n}", "name": f"觀眾{n}", "text": "我要抽獎", "at": at + n, "message_id": f"m{n}"}
        for n in range(20)
    ]
    token = demo.owner.post("/api/tokens", json={"label": f"draw {show}", "roles": ["source"]}).json()["token"]
    told = demo.owner.post(
        f"/api/ingest/{show}", json={"source": "fb", "items": items}, headers={"Authorization": f"Bearer {token}"}
    )
    assert told.status_code == 200, told.text


def drawn(demo: Demo, show: str) -> dict[str, Any]:
    """Prepare, open, hear twenty viewers, close, run, redraw; the published file."""
    opened(demo, show)
    do(demo.owner, "show", show, "draw.close", draw_id="gift")
    assert demo.owner.get(f"/api/shows/{show}/draws/gift").status_code == 404  # nothing to see before the seed is revealed
    assert demo.owner.post(f"/api/shows/{show}/draws/gift/run", json={}).status_code == 422
    assert demo.owner.post(f"/api/shows/{show}/draws/gift/run", json={"beacon": "05 11 17"}).status_code == 200
    do(demo.owner, "show", show, "draw.redraw", draw_id="gift", rank=0, reason="不在場")
    return demo.owner.get(f"/api/shows/{show}/draws/gift").json()


def test_a_stranger_checks_the_file_and_finds_what_was_changed(
    demo: Demo, stage: Callable[[str], str], browser: Browser, tmp_path: Path
) -> None:
    show = stage("lots")
    file = drawn(demo, show)
    assert [len(file["entrants"]), len(file["winners"]), file["dropped"]] == [20, 4, {"0": "不在場"}]
    page = browser.new_context(locale="zh-TW").new_page()
    page.goto(PAGE.as_uri())
    made = iter(range(100))

    def verdict(told: Any) -> None:
        path = tmp_path / f"draw-{next(made)}.json"
        path.write_text(json.dumps(told), "utf-8")
        page.locator("#file").set_input_files(str(path))

    verdict(file)
    expect(page.get_by_text("驗證通過")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Verified: list, seed")).to_be_visible()
    page.get_by_role("button", name="繁體中文").click()
    wrong: dict[str, Any] = {
        "seed": {**file, "seed": "00" * 32},
        "a friend": {**file, "winners": [{**file["winners"][0], "key": "fb/friend"}, *file["winners"][1:]]},
        "one more": {**file, "entrants": [*file["entrants"], {"key": "fb/x", "name": "x", "at": 1}]},
        "beacon": {**file, "beacon": "05 11 18"},
        "prize after a redraw": {**file, "winners": [*file["winners"][:3], {**file["winners"][3], "prize": "小樣"}]},
        "left out": {**file, "passed": [{"key": file["winners"][0]["key"], "name": "", "draw_id": "x", "title": "x"}]},
        "a redraw hidden": {**file, "redraws": [], "dropped": {}},
        "late": {**file, "entrants": [{**file["entrants"][0], "at": file["closes_at"] + 1}, *file["entrants"][1:]]},
        "prize": {**file, "winners": [{**file["winners"][0], "prize": "小樣"}, *file["winners"][1:]]},
    }
    for told in wrong.values():
        verdict(told)
        expect(page.get_by_text("驗證不通過")).to_be_visible()
        verdict(file)
        expect(page.get_by_text("驗證通過")).to_be_visible()
    expect(page.get_by_text("種子由系統產生")).to_be_visible()
    verdict({**file, "seed_by": "team"})
    expect(page.get_by_text("公開值讓結果無法事先挑選")).to_be_visible()
    verdict({"format": "other"})
    expect(page.get_by_text("這不是看得懂的抽獎檔案")).to_be_visible()
    page.context.close()


def test_whoever_prepares_does_not_run_it(demo: Demo, stage: Callable[[str], str]) -> None:
    show = stage("two-keys")
    aide = sign_in(demo.base, demo.owner.post("/api/people/xiaoai/invitation").json()["link"].rsplit("/", 1)[1])
    new = {"draw_id": "d", "title": "抽", "keyword": "抽", "minutes": 1, "prizes": [{"name": "禮", "count": 1}]}
    assert aide.post(f"/api/shows/{show}/draws", json=new).status_code == 200
    assert aide.post(f"/api/shows/{show}/draws/d/run", json={}).status_code == 403
    assert ask(aide, "show", show, "draw.cancel", draw_id="d").status_code == 403
    assert demo.rows("draw.board", show)["d"]["seed"] == ""
    log = demo.owner.get(f"/api/streams/show/{show}/events?limit=500").text
    assert '"seed"' not in log


def test_the_host_reads_the_keyword_then_the_winners_until_the_next_cue(
    demo: Demo, stage: Callable[[str], str], seat: Callable[..., Page]
) -> None:
    show = stage("lots-told")
    host = seat("aqing", "host", show=show)
    opened(demo, show)
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c0")
    notice = host.get_by_role("status", name="抽獎")
    expect(notice).to_contain_text("「抽獎」")
    expect(notice).to_contain_text("禮盒 ×1、小樣 ×2")
    expect(notice.get_by_role("timer")).to_have_text(re.compile(r"^4:\d\d$"))
    expect(notice).to_contain_text("20 人")
    do(demo.owner, "show", show, "draw.close", draw_id="gift")
    expect(notice).to_contain_text("等開獎")
    demo.owner.post(f"/api/shows/{show}/draws/gift/run", json={"beacon": "05 11 17"})
    do(demo.owner, "show", show, "draw.redraw", draw_id="gift", rank=0, reason="不在場")
    first, *others = demo.rows("draw.board", show)["gift"]["winners"]
    for winner in others:
        expect(notice).to_contain_text(winner["name"])
    expect(notice).not_to_contain_text(first["name"] + "、")
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c1")
    expect(notice).to_have_count(0)


def test_an_account_marked_as_the_teams_wins_nothing(demo: Demo, stage: Callable[[str], str], seat: Callable[..., Page]) -> None:
    show = stage("team-draw")
    do(demo.owner, "show", show, "show.air")
    page = seat("xiaoai", "assistant", show=show)
    expect(page.get_by_text("還沒有留言")).to_be_visible()
    token = demo.owner.post("/api/tokens", json={"label": "team draw", "roles": ["source"]}).json()["token"]

    def say(viewer: str, text: str, at: int) -> None:
        item = {"kind": "comment", "viewer": viewer, "name": viewer, "text": text, "at": at}
        told = demo.owner.post(
            f"/api/ingest/{show}", json={"source": "fb", "items": [item]}, headers={"Authorization": f"Bearer {token}"}
        )
        assert told.status_code == 200, told.text

    say("小編", "大家好我是小編", 1_795_400_000_000)
    expect(page.locator(".comments .line", has_text="我是小編")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("k")
    page.keyboard.press("/")
    page.get_by_role("combobox", name="指令").fill("/staff")
    page.keyboard.press("Enter")
    expect(page.get_by_text("小編 已標為員工帳號")).to_be_visible()
    page.get_by_role("tab", name="抽獎").click()
    page.get_by_role("button", name="準備抽獎").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("不參加的員工帳號 1 個")
    dialog.get_by_role("textbox", name="名稱").fill("加碼")
    dialog.get_by_role("textbox", name="獎品").fill("禮盒 1")
    dialog.get_by_role("button", name="公布承諾並準備").click()
    expect(dialog).to_have_count(0)
    (draw_id,) = demo.rows("draw.board", show)
    do(demo.owner, "show", show, "draw.open", draw_id=draw_id)
    at = demo.rows("draw.board", show)[draw_id]["opens_at"]
    say("小編", "抽獎", at)
    say("路人", "抽獎", at + 1)
    do(demo.owner, "show", show, "draw.close", draw_id=draw_id)
    row = demo.rows("draw.board", show)[draw_id]
    assert (row["entrants"], row["excluded"]) == (1, {"staff": 1})
    ask(demo.owner, "workspace", "main", "workspace.mark_staff", source="fb", viewer="小編", staff=False)


def test_two_lists_frozen_at_once_and_a_seed_of_the_teams_own_verify_with_what_there_is_to_say(
    demo: Demo, stage: Callable[[str], str], browser: Browser, tmp_path: Path
) -> None:
    show = stage("two-lots")
    do(demo.owner, "show", show, "show.air")
    seed = "ab" * 32
    rules = {"keyword": "抽獎", "minutes": 5, "prizes": [{"name": "禮", "count": 1}]}
    assert demo.owner.post(f"/api/shows/{show}/draws", json={"draw_id": "a", "title": "甲", **rules}).status_code == 200
    do(demo.owner, "show", show, "draw.prepare", draw_id="b", title="乙", commitment=commitment_of(seed), **rules)
    for draw_id in ("a", "b"):
        do(demo.owner, "show", show, "draw.open", draw_id=draw_id)
    at = demo.rows("draw.board", show)["b"]["opens_at"]
    items = [{"kind": "comment", "viewer": f"v{n}", "name": f"觀眾{n}", "text": "抽獎", "at": at + n} for n in range(2)]
    token = demo.owner.post("/api/tokens", json={"label": "two lots", "roles": ["source"]}).json()["token"]
    told = {"source": "fb", "items": items}
    assert demo.owner.post(f"/api/ingest/{show}", json=told, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    for draw_id in ("a", "b"):
        do(demo.owner, "show", show, "draw.close", draw_id=draw_id)
    assert demo.owner.post(f"/api/shows/{show}/draws/a/run", json={}).status_code == 200
    do(demo.owner, "show", show, "draw.run", draw_id="b", seed=seed)
    do(demo.owner, "show", show, "draw.redraw", draw_id="b", rank=0)
    files = {draw_id: demo.owner.get(f"/api/shows/{show}/draws/{draw_id}").json() for draw_id in ("a", "b")}
    first, second = (files[draw_id]["winners"] for draw_id in ("a", "b"))
    assert (len(first), len(second), first[0]["key"] != second[0]["key"]) == (1, 1, True)
    assert files["b"]["passed"] == [{"key": first[0]["key"], "name": first[0]["name"], "draw_id": "a", "title": "甲"}]
    page = browser.new_context(locale="zh-TW").new_page()
    page.goto(PAGE.as_uri())
    for draw_id, says in (("a", "種子由系統產生"), ("b", "主辦方有可能挑過結果")):
        path = tmp_path / f"{draw_id}.json"
        path.write_text(json.dumps(files[draw_id]), "utf-8")
        page.locator("#file").set_input_files(str(path))
        expect(page.get_by_text("驗證通過")).to_be_visible()
        expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_text("已在「甲」中獎，跳過")).to_be_visible()
    page.context.close()
