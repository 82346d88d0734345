"""What the host reads from two metres: legible in every theme, whole on the glass, true when it is over and without a network."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.standing import measured
from tests.e2e.test_claims import say
from tests.e2e.test_oversold import sold
from tests.served import do

Seat = Callable[..., Page]
LARGE_PX, BOLD_PX = 24, 18.66  # WCAG's large text
# Every text on the glass whose contrast is less than AAA asks: 7, and 4.5 where it is large.
FAINT = """([largePx, boldPx]) => {
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number)
    return /^color\\(srgb/.test(text) ? [r * 255, g * 255, b * 255, a] : [r, g, b, a]
  }
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1]
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const behind = (each) => (each === null ? [0, 0, 0, 1] : over(parse(getComputedStyle(each).backgroundColor), behind(each.parentElement)))
  const found = []
  for (const each of document.querySelectorAll('.prompter, .prompter *')) {
    const own = [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join('')
    const box = each.getBoundingClientRect()
    if (own === '' || box.width <= 1 || box.height <= 1) continue
    const style = getComputedStyle(each)
    if (style.visibility !== 'visible') continue
    const ground = behind(each)
    const [a, b] = [light(over(parse(style.color), ground)), light(ground)]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const px = parseFloat(style.fontSize)
    const large = px >= largePx || (px >= boldPx && Number(style.fontWeight) >= 700)
    if (ratio < (large ? 4.5 : 7)) found.push(`${ratio.toFixed(2)} ${px}px ${each.className} 「${own.slice(0, 24)}」`)
  }
  return found
}"""
COUNT = "() => [...document.querySelectorAll('.prompter *')].filter((each) => each.children.length === 0 && each.textContent.trim()).length"
# The message blinks: stand still where it is loudest, and where it is not.
AT = """(share) => {
  for (const one of document.getAnimations()) {
    one.pause()
    one.currentTime = share * 500
  }
  return document.getAnimations().length
}"""
CUT = """() => {
  const side = document.querySelector('.prompter .side').getBoundingClientRect()
  return [...document.querySelectorAll('.prompter .question')].map((each) => each.getBoundingClientRect())
    .filter((box) => box.bottom > side.bottom + 0.5 || box.top < side.top - 0.5).length
}"""
SCROLLS = "() => { const side = document.querySelector('.prompter .side'); return side.scrollHeight - side.clientHeight }"


@pytest.fixture
def on_air(demo: Demo, stage: Callable[..., str], request: pytest.FixtureRequest) -> str:
    """A small simulated show on air at a pot of which there are two, claims taken."""
    show = stage(
        request.node.name.split("[")[0].replace("test_", "p-")[:40].replace("_", "-") + str(time.time_ns() % 100_000),
        simulated=True,
    )
    pot = {
        "product_id": "K9",
        "name": "手沖壺 慢工細活陶瓷濾杯組",
        "live_price_minor": 99000,
        "list_price_minor": 129000,
        "stock": 2,
    }
    do(demo.owner, "show", show, "product.add", product=pot)
    cue = {"cue_id": "pot", "title": "手沖壺講解", "duration_ms": 600_000, "product_id": "K9",
           "host_lines": ["三分鐘一杯", "陶瓷保溫"], "must_not_say": ["全台最低"]}  # fmt: skip
    do(demo.owner, "show", show, "rundown.add_cue", cue=cue, after_cue_id=None)
    do(demo.owner, "show", show, "claim.set_policy", policy={"capture": "always", "hold_minutes": 10})
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="pot")
    return show


def promo(demo: Demo, show: str, promo_id: str, **what: Any) -> None:
    operator = demo.owner.post("/api/tokens", json={"label": promo_id, "roles": ["operations"]}).json()["token"]
    answer = demo.owner.post(
        f"/api/streams/show/{show}/commands/promo.propose",
        json={"promo_id": promo_id, "product_id": "K9", **what},
        headers={"Authorization": f"Bearer {operator}"},
    )
    assert answer.status_code == 200, answer.text
    do(demo.owner, "show", show, "promo.approve", promo_id=promo_id)


def questions(demo: Demo, show: str, count: int) -> None:
    for place in range(count):
        do(
            demo.owner, "show", show, "prompter.hand_question", question_id=f"q{place}", asked_by="小鹿愛喝咖啡",
            text=f"第{place + 1}題：濾杯可以直接放洗碗機跟烤箱嗎，會不會裂開或是掉釉？", answer="可以放洗碗機上層，烤箱不行；陶瓷 1,280 度燒製，正常使用不會掉釉，保固兩年。",
        )  # fmt: skip


def themed(page: Page, theme: str) -> None:
    page.evaluate("(theme) => localStorage.setItem('kaibo.theme', theme)", theme)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    expect(page.locator(".prompter .product h2")).to_be_visible()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_text_on_the_glass_is_aaa_in_both_themes(demo: Demo, on_air: str, seat: Seat, theme: str) -> None:
    host = seat("aqing", "host", show=on_air)
    themed(host, theme)
    faint: dict[str, list[str]] = {}

    def look(at: str) -> None:
        found = measured(host, FAINT, [LARGE_PX, BOLD_PX])
        if found:
            faint[at] = found

    questions(demo, on_air, 2)
    promo(demo, on_air, "cut", kind="price", price_minor=89000)
    expect(host.get_by_text("已上架").first).to_be_visible()
    look("on")
    say(demo, on_air, ("安安", "+1"))
    expect(host.get_by_text("剩 1 件")).to_be_visible()
    look("few")
    do(demo.owner, "show", on_air, "prompter.message", message_id="m1", text="先別講價，等我")
    expect(host.get_by_text("先別講價，等我")).to_be_visible()
    for share in (0.1, 0.6):
        assert host.evaluate(AT, share) > 0
        look(f"message at {share}")
    host.get_by_role("button", name="第1題").click()
    look("answered")
    say(demo, on_air, ("露露", "+1"))
    expect(host.get_by_text("已售完").first).to_be_visible()
    expect(host.get_by_text("已售完，別再承諾")).to_be_visible()
    look("sold out")
    sold(demo, on_air, ("o1", "bob", 2))
    expect(host.get_by_text("超賣 2，別再賣")).to_be_visible()
    look("oversold")
    assert measured(host, COUNT, until=lambda count: count > 15) > 15
    assert faint == {}


def test_a_product_that_is_gone_keeps_no_green_bar(demo: Demo, on_air: str, seat: Seat) -> None:
    host = seat("aqing", "host", show=on_air)
    promo(demo, on_air, "cut", kind="price", price_minor=89000)
    expect(host.locator(".promo.on")).to_be_visible()
    sold(demo, on_air, ("o1", "bob", 2))
    expect(host.get_by_text("已售完，優惠別再說")).to_be_visible()
    expect(host.locator(".promo.on")).to_have_count(0)
    expect(host.get_by_text("已上架")).to_have_count(0)


@pytest.mark.parametrize("count", [2, 3])
def test_no_question_is_cut_by_the_foot(demo: Demo, on_air: str, seat: Seat, count: int) -> None:
    host = seat("aqing", "host", show=on_air, viewport={"width": 1440, "height": 900})
    promo(demo, on_air, "cut", kind="price", price_minor=89000)
    promo(demo, on_air, "gift", kind="gift", gift="濾紙一百張與量匙旅行組")
    say(demo, on_air, ("安安", "+1"))
    do(demo.owner, "show", on_air, "prompter.message", message_id="m2", text="下一段提前，先收尾")
    questions(demo, on_air, count)
    expect(host.locator(".question")).to_have_count(count)
    expect(host.get_by_text("送 濾紙").first).to_be_visible()
    host.wait_for_function(f"() => ({SCROLLS})() <= 1")
    assert measured(host, CUT) == 0


def test_after_the_end_the_prompter_says_that_it_is_over(demo: Demo, on_air: str, seat: Seat) -> None:
    host = seat("aqing", "host", show=on_air)
    expect(host.get_by_text("三分鐘一杯")).to_be_visible()
    do(demo.owner, "show", on_air, "show.end")
    expect(host.get_by_text("直播已結束，辛苦了")).to_be_visible()
    expect(host.get_by_text("等待導播開始第一個環節")).to_have_count(0)
    expect(host.get_by_text("沒有了，這是最後一個")).to_have_count(0)


def test_opened_again_without_a_network_it_shows_its_last_screen_and_how_old_that_is(demo: Demo, on_air: str, seat: Seat) -> None:
    host = seat("aqing", "host", show=on_air)
    expect(host.get_by_text("三分鐘一杯")).to_be_visible()
    host.wait_for_function("() => navigator.serviceWorker.controller !== null")
    host.wait_for_function("() => caches.open('kaibo-shell').then((cache) => cache.keys()).then((keys) => keys.length > 5)")
    host.wait_for_function(f"() => localStorage.getItem('kaibo.last.show/{on_air}') !== null")
    host.context.set_offline(True)
    host.reload()
    expect(host.get_by_text("三分鐘一杯")).to_be_visible()
    expect(host.locator(".price b")).to_have_text("NT$990")
    expect(host.locator(".stale")).to_contain_text("沒有連線：這是")
    expect(host.locator(".stale")).to_contain_text("前）")
    do(demo.owner, "show", on_air, "prompter.message", message_id="m3", text="回來了")
    host.context.set_offline(False)
    expect(host.get_by_text("回來了")).to_be_visible()
    expect(host.locator(".stale")).to_have_count(0)
