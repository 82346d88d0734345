"""The assistant's evening by keyboard alone: find, answer for all who asked, reply, go back to the first minute."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.served import do

Seat = Callable[..., Page]


@pytest.fixture
def room(
    demo: Demo, stage: Callable[..., str], seat: Seat, request: pytest.FixtureRequest
) -> tuple[Page, Callable[..., None], str]:
    """The assistant's screen of a show on air, and a way to say something in its room."""
    show = stage(f"desk-{request.node.name[5:25].strip('_').replace('_', '-')}", simulated=True)
    do(demo.owner, "show", show, "show.air")
    token = demo.owner.post("/api/tokens", json={"label": show, "roles": ["source"]}).json()["token"]
    page = seat("xiaoai", "assistant", show=show)
    said = [0]

    def say(*texts: str, source: str = "shop", replies: bool = False) -> None:
        items = []
        for text in texts:
            said[0] += 1
            at = 1_795_400_000_000 + said[0]
            items.append({"kind": "comment", "at": at, "viewer": f"v{said[0]}", "name": f"觀眾{said[0]}", "text": text})
        seal = {"source": source, "items": items, "replies": replies}
        answer = demo.owner.post(
            f"/api/streams/show/{show}/commands/audience.seal", json=seal, headers={"Authorization": f"Bearer {token}"}
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


def state_of(demo: Demo, show: str, ref_text: str) -> set[str]:
    rows: dict[str, Any] = demo.rows("comment.window", show)
    return {row["state"] for row in rows.values() if ref_text in row["text"]}


def test_one_answer_typed_is_for_all_who_asked(demo: Demo, room: Any) -> None:
    page, say, show = room
    say("可以開統編嗎", "可以開統編嗎？", "請問可以開統編嗎")
    expect(page.locator(".questions li", has_text="×3")).to_be_visible()
    page.keyboard.press("j")
    typed(page, "/answer 可以，結帳時填")
    expect(page.get_by_text("沒有待回答的提問")).to_be_visible()
    expect(page.get_by_text("已標記 3 則為回答")).to_be_visible()  # the list is quicker than the server
    assert state_of(demo, show, "統編") == {"answered"}


def test_a_filter_is_the_servers_and_finds_two_characters(room: Any) -> None:
    page, say, _ = room
    say(*[f"衝啊{n}" for n in range(300)], "我要退貨", "敏感肌可以用嗎")
    lines = page.locator(".comments .line")
    expect(lines.first).to_be_visible()
    typed(page, "/kind 售後")
    expect(lines).to_have_count(1)
    expect(lines.first).to_contain_text("我要退貨")
    page.keyboard.press("0")
    typed(page, "敏感")
    expect(lines).to_have_count(1)
    expect(lines.first).to_contain_text("敏感肌")


def test_back_to_the_first_minute_and_to_now(room: Any) -> None:
    page, say, _ = room
    say(*[f"第{n}句" for n in range(500)])
    expect(page.locator(".comments .line").first).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator(".comments .line", has_text="第0句")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator(".comments .past")).to_have_count(0)


def test_a_reply_goes_out_where_it_can_and_what_became_of_it_stands_on_the_row(demo: Demo, room: Any) -> None:
    page, say, show = room
    say("什麼時候發貨", source="simulated", replies=True)
    expect(page.locator(".questions li", has_text="發貨")).to_be_visible()
    page.keyboard.press("j")
    typed(page, "/reply 加 LINE 問")
    expect(page.locator(".questions li", has_text="回覆被平台拒絕")).to_be_visible()
    page.keyboard.press("y")
    page.get_by_role("dialog").get_by_role("textbox").fill("明天就出貨")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("沒有待回答的提問")).to_be_visible()
    assert state_of(demo, show, "發貨") == {"answered"}


def test_the_sheet_of_keys_names_what_the_desk_does(room: Any) -> None:
    page, _, _ = room
    expect(page.locator(".comments")).to_be_visible()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    for words in ("回覆到平台", "標記已回答", "輸入指令", "回看第一分鐘", "跳到最新"):
        expect(sheet.get_by_text(words).first).to_be_visible()


def test_the_price_of_this_one_is_asked_of_the_product_on_air(demo: Demo, room: Any) -> None:
    page, say, show = room
    say("這個多少？")
    row = page.locator(".questions li", has_text="這個多少")
    expect(row).to_contain_text("請問是問哪一件商品呢？")
    expect(row).to_contain_text("沒有商品在講解中")
    product_id, card = next(iter(demo.rows("product.cards", show).items()))
    do(demo.owner, "show", show, "product.pin", product_id=product_id)
    expect(row).to_contain_text(f"{card['name']}：現在")


def test_a_long_comment_is_two_lines_until_it_is_opened(room: Any) -> None:
    page, say, _ = room
    say("請問這一款可以微波嗎？" + "蓋子可以一起微波嗎？可以微波多久？" * 100, "可以開統編嗎")
    words = page.locator(".questions li", has_text="蓋子").locator("b").first
    expect(words).to_be_visible()
    clamped = words.bounding_box()
    assert clamped is not None and clamped["height"] < 60
    page.keyboard.press("j")
    expect(page.locator(".questions li.chosen")).to_be_visible()
    opened = words.bounding_box()
    assert opened is not None and opened["height"] > 200
    line = page.locator(".comments .row").first
    page.locator(".comments .line").first.click()
    expect(page.locator(".comments .whole")).to_contain_text("蓋子可以一起")
    height = line.bounding_box()
    assert height is not None and height["height"] == 32
