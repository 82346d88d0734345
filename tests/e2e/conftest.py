"""A real server with a demo show on air, and a real browser; each story signs in people of its own."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect, sync_playwright

from bench.browser import launch
from tests.served import ROOT, do, sign_in

DESK = {"width": 1440, "height": 900}
expect.set_options(timeout=30_000)  # for a slow machine; what comes at once is not waited for


def signed_in(browser: Browser, base: str, link: str, **more: Any) -> Page:
    """An empty page of whoever a one-time link is for; signed in by the API, the welcome has stories of its own."""
    context = browser.new_context(**{"locale": "zh-TW", "viewport": DESK, **more})
    with contextlib.closing(sign_in(base, link.rsplit("/", 1)[-1])) as person:
        context.add_cookies([{"name": each.name, "value": each.value or "", "url": base} for each in person.cookies.jar])
    return context.new_page()


@dataclass
class Demo:
    """The running demo: its address, the show on air, and the owner's client."""

    base: str
    show: str
    owner: httpx.Client

    def page_of(self, browser: Browser, person_id: str, **more: Any) -> Page:
        """An empty page of somebody signed in by an invitation, in a browser profile of their own."""
        return signed_in(browser, self.base, self.owner.post(f"/api/people/{person_id}/invitation").json()["link"], **more)

    def open(self, page: Page, console: str, show: str = "") -> Page:
        """A console of the show."""
        page.goto(f"{self.base}/#/show/{show or self.show}/{console}")
        return page

    def rows(self, view: str, show: str = "") -> dict[str, Any]:
        """The rows of a view as the server has them."""
        return self.owner.get(f"/api/streams/show/{show or self.show}/views/{view}").json()["rows"]


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    command = [
        sys.executable,
        "-m",
        "kaibo",
        "demo",
        "--port",
        "0",
        "--minutes",
        "3",
        "--data",
        str(tmp_path_factory.mktemp("demo")),
    ]
    popen = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert popen.stdout is not None
        found = next(filter(None, (re.search(r"(http://127\.0\.0\.1:\d+)/#/link/(\S+)", line) for line in popen.stdout)))
        owner = sign_in(found[1], found[2])
        shows = owner.get("/api/streams/workspace/main/views/show.list").json()["rows"]
        yield Demo(found[1], next(iter(shows)), owner)
    finally:
        popen.terminate()
        popen.wait(15)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def tidy(browser: Browser) -> Iterator[None]:
    """Pages that a story leaves open would go on beside the next one."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture
def seat(demo: Demo, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`seat("xiaolin", "director")`: a page of that person at that console; closed after the story."""
    pages: list[Page] = []

    def sit(person_id: str, console: str, *, show: str = "", **more: Any) -> Page:
        page = demo.page_of(browser, person_id, **more)
        pages.append(page)
        return demo.open(page, console, show)

    yield sit
    for page in pages:
        page.context.close()


def confirm(button: Locator) -> None:
    """The one gesture: press to arm, and Enter. Enter counts only after a moment, so that a double press is one."""
    button.click()
    expect(button).to_have_class(re.compile(r"\barmed\b"))
    button.page.wait_for_timeout(500)
    button.page.keyboard.press("Enter")


class Wire:
    """The live line of a page, which a story may cut and mend. Install it before the page opens its console, or load it anew."""

    def __init__(self, page: Page) -> None:
        self._lines: list[WebSocketRoute] = []
        self._whole = True
        page.route_web_socket(re.compile("/api/live$"), self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        if not self._whole:
            line.close()
            return
        line.connect_to_server()
        self._lines.append(line)

    def cut(self) -> None:
        """Close it, and refuse it until it is mended."""
        self._whole = False
        for line in self._lines:
            line.close()
        self._lines.clear()

    def mend(self) -> None:
        """Let it through again."""
        self._whole = True


@pytest.fixture
def stage(demo: Demo) -> Callable[..., str]:
    """A small show of its own, planned by the API: gives its id. In one that is `simulated` the simulated shop answers."""

    def make(show_id: str, *, simulated: bool = False) -> str:
        start = 1_795_400_000_000
        do(
            demo.owner,
            "show",
            show_id,
            "show.plan",
            show_id=show_id,
            title=f"場次 {show_id}",
            starts_at=start,
            ends_at=start + 3_600_000,
            simulated=simulated,
        )
        product = {"product_id": "A1", "name": "測試面霜", "cost_minor": 10000, "live_price_minor": 20000, "stock": 50,
                   "doubts": [{"question": "敏感肌可以用嗎", "answer": "可以，先做局部測試"}]}  # fmt: skip
        do(demo.owner, "show", show_id, "product.add", product=product)
        after = None
        for place, title in enumerate(("開場", "介紹面霜", "互動抽獎", "收尾")):
            cue = {
                "cue_id": f"c{place}",
                "title": title,
                "duration_ms": 600_000,
                "product_id": "A1" if place == 1 else None,
                "host_lines": [f"{title}的第一點"],
            }
            do(demo.owner, "show", show_id, "rundown.add_cue", cue=cue, after_cue_id=after)
            after = f"c{place}"
        return show_id

    return make
