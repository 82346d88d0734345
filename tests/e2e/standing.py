"""Measuring a page that stands: on a slow machine what is measured too early is a page half laid out."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

PATIENCE_S = 15.0
AGAIN_MS = 150
# As many elements at four looks in a row, or a show that never rests: the looks are slow where the page is.
STANDS = """() => new Promise((done) => {
  let [last, same, left] = [-1, 0, 60]
  const look = () => {
    const now = document.querySelectorAll('body *').length
    same = now === last ? same + 1 : 0
    last = now
    left -= 1
    if (same >= 3 || left === 0) done()
    else setTimeout(look, 120)
  }
  look()
})"""


def settled(page: Page, console: str) -> None:
    """The console itself is there, not the one before it, and what it shows first has come."""
    page.wait_for_function("(name) => location.hash.endsWith(`/${name}`)", arg=console)
    page.wait_for_load_state("networkidle")
    page.evaluate(STANDS)


def measured(page: Page, script: str, arg: Any = None, *, until: Callable[[Any], bool] = lambda found: not found) -> Any:
    """What the script finds, measured again for a while until it is as wished (by default: it finds nothing)."""
    end = time.monotonic() + PATIENCE_S
    while True:
        found = page.evaluate(script, arg)
        if until(found) or time.monotonic() > end:
            return found
        page.wait_for_timeout(AGAIN_MS)
