"""A shop without a connector: nobody is told that a price is on until somebody changed it there and says so."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, confirm
from tests.e2e.test_never_on import aired
from tests.e2e.test_promos import approved
from tests.served import do

Seat = Callable[..., Page]


def test_the_host_waits_for_the_back_office_until_somebody_says_that_it_is_done(
    demo: Demo, stage: Callable[..., str], seat: Seat
) -> None:
    show = stage("by-hand")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    host, operations = seat("aqing", "host", show=show), seat("azhe", "operations", show=show)
    director = seat("xiaolin", "director", show=show)
    approved(demo, show, "cut", kind="price", price_minor=18000)
    expect(host.get_by_text("等後台").first).to_be_visible()
    expect(host.get_by_text("已上架")).to_have_count(0)
    expect(host.locator(".price b")).to_have_text("NT$200")
    expect(director.locator("article", has_text="NT$180").get_by_text("已核准，等後台")).to_be_visible()
    confirm(operations.locator("button.did").first)
    expect(host.get_by_text("已上架").first).to_be_visible()
    expect(host.locator(".price b")).to_have_text("NT$180")
    expect(director.locator("article", has_text="NT$180").get_by_text("在後台改好")).to_contain_text("運營阿哲")
    confirm(operations.locator("button.end").first)
    expect(host.get_by_text("等後台結束").first).to_be_visible()
    expect(host.locator(".price b")).to_have_text("NT$180")
    confirm(director.locator("button.did").first)
    expect(host.get_by_text("NT$180 別再說，現在 NT$200").first).to_be_visible()
    row = demo.rows("promo.board", show)["cut"]
    assert (row["stage"], row["applied_by"], row["ended_by"]) == ("ended", "azhe", "xiaolin")


def test_what_the_back_office_refuses_is_said_with_the_reason(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("by-hand-no")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    host, operations = seat("aqing", "host", show=show), seat("azhe", "operations", show=show)
    approved(demo, show, "cut", kind="price", price_minor=18000)
    operations.locator("button.cannot").first.click()
    operations.get_by_label("改不了的原因").fill("活動鎖價")
    operations.keyboard.press("Enter")
    expect(operations.get_by_text("商店沒有改：後台改不了 · 活動鎖價").first).to_be_visible()
    expect(host.get_by_text("優惠未上架").first).to_be_visible()
    expect(host.locator(".price b")).to_have_text("NT$200")


def test_who_did_it_on_the_platform_says_so_where_no_connector_answers(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("by-hand-platform")
    do(demo.owner, "show", show, "show.air")
    token = demo.owner.post("/api/tokens", json={"label": "room", "roles": ["source"]}).json()["token"]
    items = [
        {"kind": "comment", "at": 1_795_400_000_000 + place, "viewer": f"v{place}", "name": f"觀眾{place}", "text": text}
        for place, text in enumerate(("什麼時候發貨", "你們好爛"))
    ]
    seal = {"source": "simulated", "items": items, "replies": True, "moderates": True}  # a name alone makes nobody answer
    sealed = demo.owner.post(
        f"/api/streams/show/{show}/commands/audience.seal", json=seal, headers={"Authorization": f"Bearer {token}"}
    ).json()["seq"]
    do(demo.owner, "show", show, "moderation.hide", action_id="h1", comment_refs=[f"{sealed}:1"])
    do(demo.owner, "show", show, "comment.reply", reply_id="r1", comment_ref=f"{sealed}:0", text="明天就出貨")
    assistant = seat("xiaoai", "assistant", show=show)
    question = assistant.locator(".questions li", has_text="發貨")
    question.click()
    question.get_by_role("button", name="已在平台回覆").click()
    expect(assistant.get_by_text("沒有待回答的提問")).to_be_visible()
    assistant.get_by_role("tab", name="管理").click()
    assistant.get_by_role("tab", name="紀錄").click()
    line = assistant.get_by_role("listitem").filter(has_text="你們好爛").filter(has_text="隱藏")
    expect(line).to_contain_text("等平台")
    line.get_by_role("button", name="已在平台處理").click()
    expect(line.get_by_role("button", name="已在平台處理")).to_have_count(0)
    expect(line).to_contain_text("在平台處理")
    row = demo.rows("moderation.log", show)["h1"]
    assert (row["platform"], row["platform_by"]) == ("done", "xiaoai")


def test_what_could_not_be_taken_back_is_before_all_eyes_whatever_is_on_air_and_is_said_again_when_it_was_right(
    demo: Demo, stage: Callable[..., str], seat: Seat
) -> None:
    show = aired(demo, stage, "by-hand-right")
    host, director = seat("aqing", "host", show=show), seat("xiaolin", "director", show=show)
    approved(demo, show, "cut", kind="price", price_minor=18000)
    do(demo.owner, "show", show, "promo.settle_by_hand", promo_id="cut", now="on")
    do(demo.owner, "show", show, "promo.take_back", promo_id="cut", reason="打錯")
    do(demo.owner, "show", show, "promo.settle_by_hand", promo_id="cut", now="off", done=False, reason="活動鎖價")
    expect(host.get_by_text("NT$180 先別說，等導播")).to_be_visible()
    warned = host.locator(".promo.notTakenBack").evaluate("line => getComputedStyle(line).backgroundColor")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c3")  # which shows no product
    expect(host.get_by_text("「測試面霜」NT$180")).to_be_visible()
    mirror = director.locator(".promos .promo")
    expect(mirror).to_contain_text("「測試面霜」NT$180")
    assert warned not in ("rgba(0, 0, 0, 0)", "rgb(0, 0, 0)")
    confirm(director.locator("button.right").first)
    expect(host.locator(".promo")).to_have_count(0)
    expect(mirror).to_have_count(0)
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    expect(host.get_by_text("已上架").first).to_be_visible()
    expect(host.locator(".price.unsaid")).to_have_count(0)


def test_nobody_is_offered_an_answer_that_the_shop_cannot_give_yet(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = aired(demo, stage, "by-hand-busy")
    director = seat("xiaolin", "director", show=show)
    approved(demo, show, "first", kind="gift", gift="化妝棉")
    do(demo.owner, "show", show, "promo.settle_by_hand", promo_id="first", now="on")
    approved(demo, show, "second", kind="gift", gift="旅行組")
    card = director.locator("article", has_text="旅行組")
    expect(card.get_by_text("會取代 贈 化妝棉")).to_be_visible()
    on = director.locator("article", has_text="化妝棉").filter(has=director.locator("button.take-back")).last
    expect(on.get_by_role("button", name="結束優惠")).to_be_disabled()
    expect(on.get_by_text("它有結果以後才能結束")).to_be_visible()
    do(demo.owner, "show", show, "promo.settle_by_hand", promo_id="second", now="on")
    expect(director.get_by_text("會取代")).to_have_count(0)
