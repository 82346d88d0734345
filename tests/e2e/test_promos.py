"""The life of a promo in a real browser: proposed, on, ended or taken back, and every screen says so."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, confirm
from tests.served import ask, do, sign_in

Seat = Callable[..., Page]


@pytest.fixture
def on_air(demo: Demo, stage: Callable[..., str], request: pytest.FixtureRequest) -> str:
    """A small show on air, at the cream's cue."""
    show = stage(request.node.name.replace("test_", "")[:40].replace("_", "-"), simulated=True)
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    return show


def approved(demo: Demo, show: str, promo_id: str, **what: object) -> None:
    """Operations proposes, the owner approves, and the shop has it on."""
    link = demo.owner.post("/api/people/azhe/invitation").json()["link"].rsplit("/", 1)[1]
    do(sign_in(demo.base, link), "show", show, "promo.propose", promo_id=promo_id, product_id="A1", **what)
    do(demo.owner, "show", show, "promo.approve", promo_id=promo_id)


def test_a_coupon_from_the_proposal_to_its_end_and_every_screen_says_so(demo: Demo, on_air: str, seat: Seat) -> None:
    operations = seat("azhe", "operations", show=on_air)
    screens = [seat("aqing", "host", show=on_air), seat("xiaoai", "assistant", show=on_air)]
    director = seat("xiaolin", "director", show=on_air)
    expect(operations.get_by_text("測試面霜").first).to_be_visible()
    operations.keyboard.press("n")
    dialog = operations.get_by_role("dialog")
    dialog.get_by_role("tab", name="優惠券").click()
    dialog.get_by_label("券名").fill("週年券")
    dialog.get_by_label("減多少（TWD）").fill("20")
    dialog.get_by_label("滿多少可用").fill("150")
    dialog.get_by_role("button", name="送出提案：「週年券」滿 NT$150 減 NT$20").click()
    approve = director.locator("button.approve").first
    expect(director.get_by_text("「週年券」滿 NT$150 減 NT$20").first).to_be_visible()
    confirm(approve)
    for page in (*screens, director):
        expect(page.get_by_text("券後 NT$180").first).to_be_visible()
        expect(page.get_by_text("「週年券」滿 NT$150 減 NT$20").first).to_be_visible()
    assert demo.rows("product.cards", on_air)["A1"]["price_minor"] == 20000
    confirm(operations.locator("button.end").first)
    expect(screens[0].get_by_text("優惠已結束").first).to_be_visible()
    for page in (*screens, director):
        expect(page.get_by_text("券後 NT$180")).to_have_count(0)


def test_a_price_ends_and_every_screen_is_back_at_the_sheets(demo: Demo, on_air: str, seat: Seat) -> None:
    host, director = seat("aqing", "host", show=on_air), seat("xiaolin", "director", show=on_air)
    assistant, care = seat("xiaoai", "assistant", show=on_air), seat("peipei", "care", show=on_air)
    operations = seat("azhe", "operations", show=on_air)
    approved(demo, on_air, "cut", kind="price", price_minor=18000)
    approved(demo, on_air, "gift", kind="gift", gift="旅行組")
    for page in (host, director, assistant):
        expect(page.get_by_text("NT$180").first).to_be_visible()
    expect(host.get_by_text("旅行組").first).to_be_visible()
    card = director.locator("article", has_text="NT$180")
    expect(card.locator("button.end")).to_contain_text("恢復 NT$200")
    confirm(card.locator("button.end"))
    expect(host.get_by_text("優惠已結束").first).to_be_visible()
    expect(host.get_by_text("NT$180 別再說，現在 NT$200").first).to_be_visible()
    expect(host.get_by_text("旅行組").first).to_be_visible()  # the gift is another promo
    for page in (assistant, operations, director):
        expect(page.get_by_text("NT$200").first).to_be_visible()
    expect(director.get_by_text("優惠已結束").first).to_be_visible()
    expect(care.locator("p", has_text="改價為 NT$180").get_by_text("已結束")).to_be_visible()
    do(demo.owner, "show", on_air, "rundown.jump", cue_id="c2")
    do(demo.owner, "show", on_air, "rundown.jump", cue_id="c1")
    expect(host.get_by_text("別再說")).to_have_count(0)


def test_a_wrong_price_is_taken_back_by_one_person_and_the_host_knows_at_once(demo: Demo, on_air: str, seat: Seat) -> None:
    host, operations = seat("aqing", "host", show=on_air), seat("azhe", "operations", show=on_air)
    approved(demo, on_air, "typo", kind="price", price_minor=10800)
    expect(host.get_by_text("NT$108").first).to_be_visible()
    confirm(operations.locator("button.take-back").first)
    expect(host.get_by_text("優惠已收回").first).to_be_visible()
    expect(host.get_by_text("NT$108 別再說，現在 NT$200").first).to_be_visible()
    row = demo.rows("promo.board", on_air)["typo"]
    assert (row["stage"], row["end_why"], row["end_by"]) == ("ended", "wrong", "azhe")


def test_after_the_show_what_is_still_on_is_told_and_ended(demo: Demo, on_air: str, seat: Seat) -> None:
    approved(demo, on_air, "left", kind="price", price_minor=18000)
    do(demo.owner, "show", on_air, "show.end")
    operations = seat("azhe", "operations", show=on_air)
    expect(operations.get_by_text("直播已結束，但有 1 個優惠還在").first).to_be_visible()
    report = seat("azhe", "report", show=on_air)
    expect(report.get_by_text("仍有效，記得結束").first).to_be_visible()
    confirm(operations.locator("button.end").first)
    expect(operations.get_by_text("直播已結束，但有 1 個優惠還在")).to_have_count(0)
    assert demo.rows("product.cards", on_air)["A1"]["price_minor"] == 20000
    assert ask(demo.owner, "show", on_air, "promo.end", promo_id="left").status_code == 409


def test_the_director_lets_a_coin_say_when_and_the_card_says_what_it_said(demo: Demo, on_air: str, seat: Seat) -> None:
    link = demo.owner.post("/api/people/azhe/invitation").json()["link"].rsplit("/", 1)[1]
    operator = sign_in(demo.base, link)
    director = seat("xiaolin", "director", show=on_air)
    said = set[str]()
    for number in range(40):  # until it fell both ways
        promo_id = f"coin{number}"
        do(operator, "show", on_air, "promo.propose", promo_id=promo_id, product_id="A1", kind="gift", gift=f"小樣{number}")
        card = director.locator("article.proposal", has_text=f"小樣{number}").first
        confirm(card.locator("button.toss"))
        expect(card.get_by_text("硬幣說")).not_to_have_count(0)
        row = demo.rows("promo.board", on_air)[promo_id]
        said.add(row["toss"])
        if row["toss"] == "later":
            expect(card.get_by_text("自動核准（還有")).to_be_visible()
            expect(card.locator("button.toss")).to_have_count(0)
            do(demo.owner, "show", on_air, "promo.reject", promo_id=promo_id, reason="收")
        else:
            expect(card.get_by_text("已上架")).to_be_visible()
        if len(said) > 1:
            break
    assert said == {"now", "later"}
