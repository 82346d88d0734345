"""What it takes to open a console on a phone's line: kilobytes on the wire, and how long until something, and until the show, is seen."""

import json
import sys
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from bench.browser import launch
from bench.house import House
from kaibo.kit.auth import COOKIE

CONSOLES = ("director", "host", "assistant", "operations", "care", "planner", "report")
# Fast 3G as browsers mean it, and a processor of a quarter of this one.
LINE = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
SLOWED = 4
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
# The prompter on a phone has room for the cue on air, not for the show's name.
SHOWN = "() => document.querySelector('#boot') === null && /量測|環節 0/.test(document.body.innerText)"


def measure(house: House) -> dict[str, Any]:
    """By console: kB cold, seconds to the first content and to the show cold and warm; one that never shows itself has none."""
    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for console in CONSOLES:
            try:
                figures = _opened(browser, house, console)
            except Error as error:
                print(f"    {console}: {error.message.splitlines()[0]}", file=sys.stderr, flush=True)
                continue
            print(f"    {json.dumps(figures)}", file=sys.stderr, flush=True)
            found |= figures
        browser.close()
    return found


def _opened(browser: Browser, house: House, console: str) -> dict[str, Any]:
    base = f"http://127.0.0.1:{house.port}"
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-TW")
    context.add_cookies([{"name": COOKIE, "value": house.session, "url": base}])
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    received = [0.0]
    cdp.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", LINE)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    address = f"{base}/#/show/{house.show}/{console}"
    cold = _times(page, address)
    page.wait_for_load_state("networkidle")
    kilobytes = sum(received) / 1000
    page.goto("about:blank")
    warm = _times(page, address)
    context.close()
    return {
        f"{console}_kb": round(kilobytes, 1),
        f"{console}_first_s": cold[0],
        f"{console}_shown_s": cold[1],
        f"{console}_warm_first_s": warm[0],
        f"{console}_warm_shown_s": warm[1],
    }


def _times(page: Page, address: str) -> tuple[float, float]:
    page.goto(address, wait_until="commit")
    page.wait_for_function(SHOWN, timeout=60_000, polling=50)
    shown = page.evaluate("() => performance.now()")
    return round(page.evaluate(PAINTED) / 1000, 2), round(shown / 1000, 2)
