"""In English, whose words are the longest, no text of a console is cut without a way to read all of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.e2e.conftest import Demo
from tests.e2e.standing import measured, settled
from tests.e2e.test_screens import CONSOLES

ALLOWED = {".k-tile .label": "its explanation, on hover, focus and press, begins with the whole name"}
CUT = """(allowed) => {
  const clips = (style) => /hidden|clip/.test(style.overflowX + style.overflowY)
  const scrolls = (value) => value === 'auto' || value === 'scroll'
  const found = []
  for (const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walk.nextNode(); ) {
    const text = walk.currentNode.data.trim()
    const own = walk.currentNode.parentElement
    if (text === '' || own.closest('[title], [aria-hidden=true], script, style, svg') || allowed.some((one) => own.closest(one))) continue
    if (!own.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(walk.currentNode)
    const box = range.getBoundingClientRect()
    if (box.width < 1 || box.height < 1) continue
    let [across, down] = [true, true]  // whether a way to scroll was met on the way up
    for (let up = own; up !== null && up !== document.documentElement; up = up.parentElement) {
      const style = getComputedStyle(up)
      if (style.position === 'fixed') break
      if (style.display === 'inline' || style.display === 'contents') continue
      const edge = up.getBoundingClientRect()
      if (edge.width <= 1 || edge.height <= 1) break  // said to screen readers alone
      if (scrolls(style.overflowX)) across = false
      if (scrolls(style.overflowY)) down = false
      if (!clips(style)) continue
      const wide = across && /hidden|clip/.test(style.overflowX) && box.right > edge.right + 1.5
      const high = down && /hidden|clip/.test(style.overflowY) && (box.bottom > edge.bottom + 3 || box.top < edge.top - 3)
      if (wide || high) {
        found.push(`${own.tagName.toLowerCase()}.${[...own.classList].join('.')} in .${[...up.classList].join('.')} (${wide ? 'wide' : 'high'}): ${text.slice(0, 60)}`)
        break
      }
    }
  }
  return [...new Set(found)]
}"""

# The countdown of the cue on air is read at a glance: it is not scrolled to.
SIDEWAYS = "[...document.querySelectorAll('.programme, .programme > *')].some((one) => one.checkVisibility() && one.parentElement.scrollWidth > one.parentElement.clientWidth + 1)"


def panes(page: Page) -> list[Locator]:
    """What a narrow screen shows one after the other; where all is seen at once, the first of the tabs there are."""
    return page.locator("main [role=tablist]:visible").first.get_by_role("tab").all() or [page.locator("body")]


@pytest.mark.parametrize("size", [(390, 844), (1024, 768)], ids=lambda size: f"{size[0]}")
def test_no_text_is_cut_without_a_way_to_read_it(
    demo: Demo, browser: Browser, stage: Callable[..., str], size: tuple[int, int]
) -> None:
    page = demo.page_of(browser, "owner", locale="en-US", viewport={"width": size[0], "height": size[1]})
    planned, found = stage(f"whole-texts-{size[0]}"), []
    for show, console in ((show, console) for show in (demo.show, planned) for console in (*CONSOLES, "monitor")):
        demo.open(page, console, show)
        settled(page, console)
        for pane in panes(page):
            pane.click()
            found += [f"{show} {console}: {each}" for each in measured(page, CUT, list(ALLOWED))]
            found += [f"{show} {console}: sideways"] if measured(page, SIDEWAYS) else []
    page.context.close()
    assert found == []
