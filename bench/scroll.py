"""How smoothly the assistant's screen runs with all its panels while the real mix comes in: frames a second in a real browser.

500 comments a second: talk, questions of many kinds, orders by comment, nuisance; and the shop's orders, some of which take up claims.
"""

import asyncio
import json
import random
import threading
import time
from contextlib import suppress
from typing import Any, Self

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.browser import launch
from bench.house import House, accepted
from kaibo.kit.auth import COOKIE
from kaibo.sim.talk import comment_about, nuisance, order_words, small_talk

PER_S = 500
PUSHES_PER_S = 4
WARM_S = 4.0
MEASURED_S = 12.0
TRACED_S = 8.0
ORDERS_PER_S = 20
PRODUCTS = tuple((f"T{number:02}", f"山茶護手霜 {number} 號") for number in range(1, 13))
# Every frame's distance to the one before; while it measures, the list is scrolled the way a reader does it.
SAMPLE = """
(seconds) => new Promise((done) => {
  const gaps = []; const box = document.querySelector('.comments .box'); let last = performance.now(); const end = last + seconds * 1000
  const frame = (now) => {
    gaps.push(now - last); last = now
    if (box) box.scrollTop += (Math.floor(now / 1500) % 2 ? 24 : -24)
    if (now < end) requestAnimationFrame(frame)
    else done(gaps.slice(1))
  }
  requestAnimationFrame(frame)
})
"""
FOLLOW = SAMPLE.replace("if (box) box.scrollTop", "if (false) box.scrollTop")


class Crowd:
    """Hands in 500 comments a second from a thread of its own until the block ends; `said` counts them."""

    def __init__(self, house: House) -> None:
        """Nothing is said before the block begins."""
        self._house = house
        self._stop = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._talk()), daemon=True)
        self.said = 0
        self.bought = 0

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """End."""
        self._stop.set()
        self._thread.join(10)

    async def _talk(self) -> None:
        chance = random.Random(1)
        began = time.perf_counter()
        pending: set[asyncio.Task[Any]] = set()
        async with self._house.client() as client:
            while not self._stop.is_set():
                due = int((time.perf_counter() - began) * PER_S)
                items = [self._item(chance, number) for number in range(self.said, due)]
                self.said = due
                orders = [self._order(chance, number) for number in range(self.bought, due * ORDERS_PER_S // PER_S)]
                self.bought += len(orders)
                if items:
                    body = {"source": "bench", "room": "scroll", "items": items, "orders": orders}
                    pending.add(asyncio.create_task(accepted(client.post(f"/api/ingest/{self._house.show}", json=body))))
                pending = {task for task in pending if not task.done()}
                await asyncio.sleep(1 / PUSHES_PER_S)
            with suppress(httpx.HTTPError):
                await asyncio.gather(*pending)

    def _item(self, chance: random.Random, number: int) -> dict[str, Any]:
        at = int(time.time() * 1000)
        text = _words(chance)
        return {"kind": "comment", "at": at, "viewer": f"v{number % 900}", "name": f"觀眾{number % 900}", "text": text,
                "message_id": f"s{number}"}  # fmt: skip

    def _order(self, chance: random.Random, number: int) -> dict[str, Any]:
        line = {"product_id": chance.choice(PRODUCTS)[0], "quantity": 1, "price_minor": 16_900}
        return {"kind": "created", "order_id": f"o{number}", "buyer": f"v{number % 900}", "lines": [line]}


def _words(chance: random.Random) -> str:
    """As a lively room speaks: a third talk, a third questions and praise of products, a third orders, and what nobody needs."""
    product_id, name = chance.choice(PRODUCTS)
    kind = chance.random()
    if kind < 0.03:
        return nuisance(chance)
    if kind < 0.35:
        return order_words(chance, product_id, (), on_air=False)
    return comment_about(chance, name) if kind < 0.68 else small_talk(chance)


async def _stocked(house: House) -> None:
    """A dozen products, orders by comment taken all the time."""
    async with house.client() as client:
        for product_id, name in PRODUCTS:
            sheet = {"product_id": product_id, "name": name, "live_price_minor": 16_900, "stock": 4_000}
            await accepted(client.post(f"/api/streams/show/{house.show}/commands/product.add", json={"product": sheet}))
        policy = {"policy": {"capture": "always", "hold_minutes": 10}}
        await accepted(client.post(f"/api/streams/show/{house.show}/commands/claim.set_policy", json=policy))


def measure(house: House) -> dict[str, Any]:
    """Frames a second following the end and scrolling, at this machine's pace and with its processor slowed to a quarter."""
    asyncio.run(_stocked(house))
    with sync_playwright() as playwright, Crowd(house) as crowd:
        browser = launch(playwright)
        page = _seated(browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-TW"), house)
        cdp = page.context.new_cdp_session(page)
        page.wait_for_timeout(WARM_S * 1000)
        found: dict[str, Any] = {}
        for slowed in (1, 4):
            found |= _sampled(page, cdp, slowed)
        for name, script in (("follow", FOLLOW), ("scroll", SAMPLE)):
            found |= {f"{name}_{key}": value for key, value in _traced(browser, page, script).items()}
        browser.close()
        return {"comments_said": crowd.said, "orders_told": crowd.bought, **found}


def _seated(page: Page, house: House) -> Page:
    """Signed in as the owner, at the assistant's console."""
    base = f"http://127.0.0.1:{house.port}"
    page.context.add_cookies([{"name": COOKIE, "value": house.session, "url": base}])
    page.goto(f"{base}/#/show/{house.show}/assistant")
    page.wait_for_selector(".comments .row", timeout=30_000)
    return page


def _sampled(page: Page, cdp: CDPSession, slowed: int) -> dict[str, Any]:
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    cdp.send("Performance.enable")
    found: dict[str, Any] = {}
    for name, script in (("follow", FOLLOW), ("scroll", SAMPLE)):
        before = _spent(cdp)
        gaps: list[float] = json.loads(page.evaluate(f"async () => JSON.stringify(await ({script})({MEASURED_S}))"))
        ordered = sorted(gaps)
        found[f"{name}_{slowed}x_fps"] = round(1000 * len(gaps) / sum(gaps), 1)
        found[f"{name}_{slowed}x_p95_ms"] = round(ordered[int(0.95 * len(ordered))], 1)
        found[f"{name}_{slowed}x_over_33ms"] = sum(gap > 34 for gap in gaps)
        found |= {f"{name}_{slowed}x_{key}": share for key, share in _shares(before, _spent(cdp)).items()}
        page.keyboard.press("e")
    return found


# What a frame costs beside script: which events of the trace, under which name. Rastering is on threads of its own.
COSTS = {
    "UpdateLayoutTree": "style", "Layout": "layout", "PrePaint": "prepaint", "Paint": "paint", "Layerize": "layerize",
    "Commit": "commit", "RasterTask": "raster",
}  # fmt: skip


def _traced(browser: Browser, page: Page, script: str) -> dict[str, float]:
    """Milliseconds a second that each kind of work had of a core, and how often a second: beside other work frames a second fall, these do not."""
    browser.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
    page.evaluate(f"async () => void (await ({script})({TRACED_S}))")
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    found: dict[str, float] = {}
    for name, key in COSTS.items():
        spent = [event["tdur"] for event in events if event["name"] == name and "tdur" in event]
        found |= {f"{key}_ms_per_s": round(sum(spent) / 1000 / TRACED_S, 1), f"{key}_per_s": round(len(spent) / TRACED_S, 1)}
    found["drawing_ms_per_s"] = round(sum(found[f"{key}_ms_per_s"] for key in COSTS.values()), 1)
    return found


SPENT = {"TaskDuration": "busy", "ScriptDuration": "script", "RecalcStyleDuration": "style", "LayoutDuration": "layout"}


def _spent(cdp: CDPSession) -> dict[str, float]:
    """What the page's main thread has spent until now, in seconds by kind, and the clock of that."""
    return {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}


def _shares(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Seconds of the main thread per second of the clock, all (`busy`) and by kind; painting and the like is the rest."""
    lasted = after["Timestamp"] - before["Timestamp"]
    return {key: round((after[name] - before[name]) / lasted, 3) for name, key in SPENT.items()}
