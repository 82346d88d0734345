"""What hangs in the shell pushes nothing off the glass, on any console and size, and is seen on the host's screen too."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo, Wire
from tests.e2e.standing import measured, settled
from tests.e2e.test_screens import CONSOLES
from tests.served import do

SIZES = ((1440, 900), (1280, 800), (1024, 768), (390, 844))
GLANCE = "20:40 前不報價，等商店回覆；抽獎改到收尾，主播先聊香味，誰都不要在留言回覆價格，有問題找小林，謝謝大家配合辛苦了！"
# A second strip, louder and far longer; what a side would hold; and four toasts, one of them a long refusal.
CROWD = """() => {
  const one = document.querySelector('.strips .k-strip')
  const two = one.cloneNode(true)
  two.classList.add('act')
  two.classList.remove('whole')  // a line for the host is the pinned one alone
  two.querySelector('.text').textContent = '主線路中斷，備援 4G 只夠聲音；'.repeat(12)
  one.before(two)
}"""
# A third: what somebody took in need, which interrupts.
THIRD = """() => {
  const three = document.querySelector('.strips .k-strip.act').cloneNode(true)
  three.classList.replace('act', 'watch')
  three.setAttribute('role', 'alert')
  three.querySelector('.label').textContent = '◆ 應急代行'
  three.querySelector('.text').textContent = '小敏代行「走流程」：小林斷線，十五分鐘後換回來'
  document.querySelector('.strips .k-strip.act').before(three)
}"""
# What the host must be able to read: the first of the talking points, whole on the glass.
POINTS = """() => {
  const first = document.querySelector('.prompter .lines li')
  if (first === null) return 'no talking point'
  const box = first.getBoundingClientRect()
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight ? '' : `${Math.round(box.top)}-${Math.round(box.bottom)}`
}"""
SIDE = "() => { document.querySelector('.sides').innerHTML = '<p>頻道的一行</p>'.repeat(80) }"
TOASTS = """() => {
  const box = document.querySelector('.k-toasts')
  const scope = [...box.attributes].map((one) => one.name).find((name) => name.startsWith('data-v'))
  for (let place = 0; place < 4; place += 1) {
    const toast = document.createElement('div')
    toast.className = 'toast refused'
    toast.innerHTML = `<span class="text">${'這一行有 61 個字，最多 60 個；請寫短一點。'.repeat(1 + place * 2)}</span><button class="undo">復原 8</button>`
    for (const each of [toast, ...toast.children]) each.setAttribute(scope, '')
    box.append(toast)
  }
}"""
# Everything that must lie whole within the glass and under nothing, and what does not.
OUTSIDE = """() => {
  const whole = ['.strips', '.k-strip .label', '.k-strip .text', '#main > *', 'footer.run', '.go', '.tabbar', '.prompter', '.prompter .head', '.prompter .foot', '.prompter .clock', '.sides']
  const off = []
  for (const name of whole)
    for (const each of document.querySelectorAll(name)) {
      const box = each.getBoundingClientRect()
      if (box.width === 0 && box.height === 0) continue
      if (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5)
        off.push(`${name} ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`)
    }
  for (const name of ['.k-strip .text', '.go', '.prompter .clock', '.prompter .message'])
    for (const each of document.querySelectorAll(name)) {
      const box = each.getBoundingClientRect()
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      if (box.width > 0 && top !== each && !each.contains(top) && !top?.contains(each)) off.push(`${name} lies under ${top?.className}`)
    }
  const root = document.documentElement
  if (root.scrollWidth > innerWidth) off.push(`scrolls to ${root.scrollWidth} px`)
  if (root.scrollHeight > innerHeight) off.push(`scrolls down to ${root.scrollHeight} px`)
  const main = document.querySelector('#main')
  if (main.scrollWidth > main.clientWidth + 1) off.push(`the console is ${main.scrollWidth - main.clientWidth} px too wide`)
  if (main.clientHeight < 200) off.push(`the console has ${main.clientHeight} px`)
  return off
}"""
# What a toast must not lie over: the console with its figures and GO, the strips, the show's clock, who is here and the line's lamp; on the
# host's screen all but its last line.
COVERED = """() => {
  const figures = document.querySelector('.prompter')
    ? ['.strips', '.prompter .head', '.prompter .text', '.prompter .side', '.prompter .message']
    : ['.strips', '#main', '.bar .state', '.bar .lamp', '.sides', '.go']
  const meets = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5
  const shown = [...document.querySelectorAll('.k-toasts .toast')].map((each) => each.getBoundingClientRect()).filter((box) => box.width > 0)
  const over = []
  for (const name of figures)
    for (const each of document.querySelectorAll(name))
      if (shown.some((box) => meets(box, each.getBoundingClientRect()))) over.push(name)
  return { over, shown: shown.length, off: shown.filter((box) => box.left < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5).length }
}"""


@pytest.fixture
def pinned(demo: Demo) -> Iterator[str]:
    """A line as long as one may be, pinned by the director of the demo."""
    note_id = secrets.token_hex(8)
    do(demo.owner, "show", demo.show, "note.pin", note_id=note_id, text=GLANCE)
    yield GLANCE
    do(demo.owner, "show", demo.show, "note.unpin", note_id=note_id)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_two_strips_push_nothing_off_the_glass(demo: Demo, browser: Browser, pinned: str, size: tuple[int, int]) -> None:
    page = demo.page_of(browser, "owner", viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 1200)
    found: dict[str, Any] = {}
    for console in CONSOLES:
        demo.open(page, console)
        settled(page, console)
        strip = page.locator(".k-strip")
        expect(strip).to_have_count(1)
        expect(strip.get_by_text(pinned)).to_be_in_viewport(ratio=1)
        expect(strip.locator(".who")).to_be_in_viewport(ratio=1)
        expect(strip.locator(".when")).to_be_in_viewport(ratio=1)
        found[f"{console}, one strip"] = measured(page, OUTSIDE)
        page.evaluate(CROWD)
        expect(page.locator(".k-strip").nth(1)).to_be_in_viewport(ratio=1)
        found[f"{console}, two strips"] = measured(page, OUTSIDE)
        page.evaluate(THIRD)
        found[f"{console}, three strips"] = measured(page, OUTSIDE)
        expect(page.locator(".k-strip", has_text="小敏代行")).to_be_in_viewport(ratio=1)
        expect(page.locator(".strips .more")).to_have_count(0 if console == "host" else 1)
        if console == "host":
            expect(page.locator(".k-strip", has_text=pinned)).to_be_in_viewport(ratio=1)
            found["host, its talking points"] = measured(page, POINTS)
            box = page.locator(".strips").bounding_box()
            assert box is not None
            assert box["height"] <= size[1] * 0.25
            lines = page.evaluate(
                "[...document.querySelectorAll('.k-strip .text')].map((each) => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight))"
            )
            most = 3 if size[0] < 720 else 2  # a pinned line stands whole; one far longer is cut there
            assert all(1 <= round(count) <= most for count in lines)
            assert page.locator(".k-strip.whole .text").evaluate("(text) => text.scrollHeight <= text.clientHeight + 1")
        else:
            page.evaluate(SIDE)
            expect(page.locator(".sides")).to_be_in_viewport(ratio=1)
            found[f"{console}, two strips and a side"] = measured(page, OUTSIDE)
        page.goto("about:blank")
    page.context.close()
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_a_toast_lies_over_no_figure_and_never_over_go(demo: Demo, browser: Browser, pinned: str, size: tuple[int, int]) -> None:
    page = demo.page_of(browser, "owner", viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 1200)
    covered: dict[str, Any] = {}
    for console in CONSOLES:
        demo.open(page, console)
        settled(page, console)
        page.evaluate(TOASTS)
        seen = measured(page, COVERED, until=lambda seen: seen["shown"] >= 1 and not seen["over"] and not seen["off"])
        assert seen["shown"] >= 1
        if seen["over"] or seen["off"]:
            covered[console] = seen
        page.goto("about:blank")
    page.context.close()
    assert covered == {}


def test_the_director_pins_a_line_and_everybody_reads_it(stage: Callable[[str], str], seat: Callable[..., Page]) -> None:
    show = stage("pinned")
    director = seat("xiaolin", "director", show=show)
    host = seat("aqing", "host", show=show)
    care = seat("peipei", "care", show=show, locale="en-US")
    expect(director.get_by_text("跟隨直播中")).to_be_visible()
    director.keyboard.press("Shift+M")
    director.get_by_label("這一行").fill("長" * 61)
    director.keyboard.press("Enter")
    expect(director.get_by_role("alert")).to_contain_text("這一行有 61 個字，最多 60 個")
    director.get_by_label("這一行").fill("先聊香味")
    director.keyboard.press("Enter")
    for page in (director, host, care):
        expect(page.locator(".strips").get_by_text("先聊香味")).to_be_in_viewport(ratio=1)
        expect(page.locator(".strips")).to_contain_text("導播小林")
    expect(care.locator(".strips")).to_contain_text("Pinned")
    expect(host.locator(".strips").get_by_role("button")).to_have_count(0)
    director.get_by_role("button", name="取下釘選").click()
    for page in (director, host, care):
        expect(page.locator(".k-strip")).to_have_count(0)


def test_a_hand_without_a_keyboard_pins_it_from_the_menu(stage: Callable[[str], str], seat: Callable[..., Page]) -> None:
    show = stage("touched")
    phone = seat("xiaolin", "director", show=show, viewport={"width": 390, "height": 844}, has_touch=True)
    phone.get_by_role("button", name="選單").tap()
    phone.get_by_role("menuitem", name="釘選一行給所有人").tap()
    phone.get_by_label("這一行").fill("等一下")
    phone.get_by_role("dialog").get_by_role("button", name="釘選").tap()
    expect(phone.locator(".strips").get_by_text("等一下")).to_be_visible()
    for button in phone.locator(".strips button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    phone.get_by_role("button", name="更改釘選").tap()
    phone.get_by_role("dialog").get_by_role("button", name="取下釘選").tap()
    expect(phone.locator(".k-strip")).to_have_count(0)


def test_the_end_of_the_show_unsays_it(demo: Demo, stage: Callable[[str], str], seat: Callable[..., Page]) -> None:
    show = stage("unsaid")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "note.pin", note_id="n1", text="最後十分鐘")
    assistant = seat("xiaolin", "assistant", show=show)
    expect(assistant.locator(".strips").get_by_text("最後十分鐘")).to_be_visible()
    do(demo.owner, "show", show, "show.end")
    expect(assistant.locator(".k-strip")).to_have_count(0)
    assistant.keyboard.press("Shift+M")
    expect(assistant.get_by_role("dialog")).to_have_count(0)


def pin_line(owner: httpx.Client, show: str, text: str) -> None:
    """The director pins a line on all screens."""
    do(owner, "show", show, "note.pin", note_id="n", text=text)


def test_a_lost_connection_is_a_strip_too(stage: Callable[[str], str], seat: Callable[..., Page]) -> None:
    director = seat("xiaolin", "director", show=stage("lost"))
    wire = Wire(director)
    director.reload()
    expect(director.get_by_text("已連線")).to_be_visible()
    wire.cut()
    expect(director.get_by_role("alert").get_by_text("連線中斷")).to_be_visible()
    wire.mend()
    expect(director.locator(".k-strip")).to_have_count(0)
