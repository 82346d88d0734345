"""Order in the room by keyboard alone: words, hiding, muting, slow mode, mistakes set right; and none of it reaches the host."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.served import do

Seat = Callable[..., Page]
Say = Callable[..., None]


@pytest.fixture
def room(demo: Demo, stage: Callable[[str], str], seat: Seat, request: pytest.FixtureRequest) -> tuple[Page, Say, str]:
    """The assistant's screen of a show on air, and a way to speak in its room."""
    show = stage(f"order-{request.node.name[5:25].strip('_').replace('_', '-')}")
    do(demo.owner, "show", show, "show.air")
    token = demo.owner.post("/api/tokens", json={"label": show, "roles": ["source"]}).json()["token"]
    page = seat("xiaoai", "assistant", show=show)
    expect(page.get_by_text("還沒有留言")).to_be_visible()
    said = [0]

    def say(viewer: str, *texts: str) -> None:
        said[0] += len(texts)
        at = 1_795_400_000_000 + said[0] * 1000
        items = [
            {"kind": "comment", "at": at + place, "viewer": viewer, "name": viewer, "text": text}
            for place, text in enumerate(texts)
        ]
        answer = demo.owner.post(
            f"/api/streams/show/{show}/commands/audience.seal",
            json={"source": "shop", "items": items},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 200, answer.text

    return page, say, show


def typed(page: Page, line: str) -> None:
    """Open the command box by its key, say something, Enter."""
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="指令")
    expect(box).to_be_focused()
    box.fill(line)
    page.keyboard.press("Enter")


def line(page: Page, text: str) -> Any:
    return page.locator(".comments .line", has_text=text)


def test_a_word_typed_once_hides_it_in_every_spelling_and_undo_brings_all_back(demo: Demo, room: Any) -> None:
    page, say, show = room
    say("eve", "團購芝麻糕 私訊我")
    expect(line(page, "團購芝麻糕")).to_be_visible()
    typed(page, "/word 芝麻糕")
    expect(line(page, "團購芝麻糕")).to_contain_text("已隱藏")  # what was said before, too
    say("bob", "芝 麻．糕 便宜")
    expect(line(page, "芝 麻．糕")).to_contain_text("已隱藏 · 詞庫")
    page.keyboard.press("3")
    expect(page.locator(".held")).to_have_count(2)
    expect(page.locator(".held").first).to_contain_text("變形")
    page.keyboard.press("u")
    expect(page.locator(".held")).to_have_count(0)
    expect(line(page, "團購芝麻糕")).not_to_contain_text("已隱藏")
    assert demo.rows("moderation.held", show) == {}


def test_a_false_alarm_is_let_go_and_never_again(demo: Demo, room: Any) -> None:
    page, say, show = room
    typed(page, "/word 賴")
    expect(page.get_by_text("詞庫加入 1 條")).to_be_visible()
    say("ann", "很依賴這罐", "加賴拿好康")
    page.keyboard.press("3")
    expect(page.locator(".held")).to_have_count(2)
    page.locator(".held", has_text="很依賴這罐").click()
    page.keyboard.press("l")
    phrase = page.get_by_role("textbox", name="短語")
    expect(phrase).to_have_value("很依賴這罐")
    phrase.fill("依賴")
    page.keyboard.press("Enter")
    expect(page.locator(".held")).to_have_count(1)
    say("bob", "我也依賴它")
    expect(line(page, "我也依賴它")).to_be_visible()
    assert [row["text"] for row in demo.rows("moderation.held", show).values()] == ["加賴拿好康"]


def test_mute_by_two_strokes_and_hear_again(demo: Demo, room: Any) -> None:
    page, say, show = room
    say("eve", "吵死了")
    expect(line(page, "吵死了")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("k")
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_contain_text("將 eve 禁言多久")
    page.keyboard.press("2")
    expect(line(page, "吵死了")).to_contain_text("已隱藏 · 禁言")
    page.keyboard.press("e")
    say("eve", "再吵一次")
    expect(line(page, "再吵一次")).to_contain_text("已隱藏 · 禁言")
    page.keyboard.press("3")
    page.get_by_role("tab", name="禁言 1").click()
    expect(page.locator(".person")).to_contain_text("eve")
    page.get_by_role("button", name="解除禁言").click()
    expect(page.get_by_text("沒有人被禁言")).to_be_visible()
    say("eve", "我會乖")
    expect(line(page, "我會乖")).not_to_contain_text("已隱藏")
    page.get_by_role("tab", name="紀錄").click()
    expect(page.locator(".log li")).to_have_count(2)
    assert demo.rows("moderation.muted", show) == {}


def test_a_hidden_question_leaves_the_host_and_the_list(demo: Demo, room: Any, seat: Seat) -> None:
    page, say, show = room
    say("eve", "主播可以裸播嗎")
    expect(page.locator(".questions li", has_text="裸播")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.get_by_role("dialog").get_by_role("button", name="交給主播").click()
    host = seat("aqing", "host", show=show)
    expect(host.get_by_text("裸播")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("k")
    page.keyboard.press("d")
    expect(host.get_by_text("裸播")).to_have_count(0)
    expect(page.locator(".questions li", has_text="裸播")).to_have_count(0)
    assert demo.rows("prompter.questions", show) == {}
    page.keyboard.press("u")
    expect(page.locator(".questions li", has_text="裸播")).to_be_visible()


def test_slow_mode_from_the_box(demo: Demo, room: Any) -> None:
    page, say, show = room
    typed(page, "/slow 30")
    expect(page.get_by_text("慢速：每人 30 秒一則").first).to_be_visible()
    say("eve", "第一句")
    expect(line(page, "第一句")).to_be_visible()
    say("eve", "第二句")
    expect(line(page, "第二句")).to_contain_text("太頻繁")
    typed(page, "/slow 0")
    expect(page.get_by_text("已關閉慢速")).to_be_visible()
    assert demo.rows("moderation.now", show)["now"]["slow"] == {}
