"""The pictures of the guide for leads, taken anew from the running program: `python -m tests.pictures`.

It walks the guide's way in a browser, in each language: a step that is no longer there ends it, so the guide stays true.
"""

import base64
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.browser import WEB, launch
from tests.e2e.conftest import confirm
from tests.served import ROOT, Served, do, row, served

PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 800}
DAY_MS = 86_400_000
BYTES_MAX = 120_000
QUALITIES = (78, 60, 45, 30)


@dataclass(frozen=True)
class Told:
    """One language: its locale, the names of the people, the show, and the words one presses."""

    locale: str
    people: dict[str, str]
    roles: dict[str, str]
    show: str
    words: dict[str, str]


TOLD = {
    "zh-Hant": Told(
        "zh-TW",
        {"lin": "小林", "qing": "阿晴", "ai": "小艾", "bao": "阿寶", "zhe": "阿哲", "wei": "大維", "pei": "佩佩"},
        {"director": "導播", "host": "主播", "assistant": "助理", "operations": "運營", "tech": "技術", "care": "客服"},
        "聖誕預熱",
        {
            "later": "以後再說",
            "preset": "^7 人組",
            "ask": "逐題回答",
            "operations": "運營$",
            "drop": "^收喊單與候補・助理",
            "publish": "發布第 1 版",
            "signatures": "^簽名",
            "mine": "看我的一頁",
            "sign": "簽這一頁",
            "show": "^場次與檢查",
            "add": "把人加進{role}的班",
            "tasks": "^任務",
            "fill": "用範本補齊",
        },
    ),
    "en": Told(
        "en-US",
        {"lin": "Lin", "qing": "Quinn", "ai": "Ai", "bao": "Bo", "zhe": "Zed", "wei": "Wei", "pei": "Pei"},
        {role: role.capitalize() for role in ("director", "host", "assistant", "operations", "tech", "care")},
        "Christmas warm-up",
        {
            "later": "Later",
            "preset": "^Seven",
            "ask": "Answer one by one",
            "operations": "operations$",
            "drop": "^take comment orders and the waitlist・assistant",
            "publish": "Publish version 1",
            "signatures": "^Signatures",
            "mine": "Read my page",
            "sign": "Sign this page",
            "show": "^Show and readiness",
            "add": "Put somebody on duty as {role}",
            "tasks": "^Tasks",
            "fill": "Fill from the template",
        },
    ),
}
ROLES = {"lin": ("director", "planner"), "qing": ("host",), "ai": ("assistant",), "bao": ("assistant",), "zhe": ("operations",),
         "wei": ("tech",), "pei": ("care",)}  # fmt: skip


class Camera:
    """Takes what a page shows, by name, small enough to be read over a phone's line."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._number = 0

    def take(self, page: Page, name: str) -> None:
        self._number += 1
        page.wait_for_timeout(700)  # what moves has come to rest
        path = PICTURES / f"lead-{self._number}-{name}.{self._language}.webp"
        line = page.context.new_cdp_session(page)
        for quality in QUALITIES:
            shot = line.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
            path.write_bytes(base64.b64decode(shot["data"]))
            if path.stat().st_size < BYTES_MAX:
                break
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def signed_in(browser: Browser, house: Served, told: Told, link: str) -> Page:
    page = browser.new_context(viewport=SIZE, locale=told.locale, color_scheme="light").new_page()
    page.goto(f"{house.base}/#/link/{link}")
    page.get_by_role("button", name=told.words["later"]).click()
    page.wait_for_url(re.compile("#/$"))
    return page


def peopled(house: Served, told: Told) -> Any:
    """A house with its people, and a show in twenty days; the owner runs no show."""
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner"])
    for person_id, name in told.people.items():
        house.person(owner, person_id, name, *ROLES[person_id])
    starts_at = (int(time.time() * 1000) // 3_600_000) * 3_600_000 + 20 * DAY_MS
    show = {"show_id": "s1", "title": told.show, "starts_at": starts_at, "ends_at": starts_at + 7_200_000}
    lead = house.person(owner, "mia", {"zh-TW": "米亞"}.get(told.locale, "Mia"), "planner")
    do(lead, "show", "s1", "show.plan", **show, timezone="Asia/Taipei", currency="TWD")
    return owner


def charter(page: Page, house: Served, told: Told, camera: Camera) -> None:
    """From the table the house came with to a published charter."""
    words = told.words
    page.goto(f"{house.base}/#/charter")
    preset = page.get_by_role("button", name=re.compile(words["preset"]))
    expect(preset).to_be_visible()
    camera.take(page, "begin")
    preset.click()
    page.get_by_role("button", name=words["ask"]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    camera.take(page, "ask")
    page.keyboard.press("Escape")
    cell = page.get_by_role("button", name=re.compile(words["drop"]))
    cell.focus()
    page.keyboard.press("Space")
    stop = page.locator(".stops")
    expect(stop).to_be_visible()
    camera.take(page, "lint")
    page.keyboard.press("1")
    expect(stop).to_be_hidden()
    camera.take(page, "effects")
    confirm(page.get_by_role("button", name=re.compile(words["publish"])))
    expect(page.get_by_role("button", name=re.compile(words["publish"]))).to_be_hidden()


def signing(browser: Browser, house: Served, told: Told, camera: Camera, owner: Any) -> None:
    """One member reads and signs; the others are still to be seen as unsigned."""
    link = owner.post("/api/people/ai/invitation").json()["link"].rsplit("/", 1)[1]
    page = signed_in(browser, house, told, link)
    page.goto(f"{house.base}/#/charter")
    page.get_by_role("button", name=told.words["mine"]).click()
    expect(page.locator(".paper tbody th").first).to_be_visible()
    camera.take(page, "sign")
    confirm(page.get_by_role("button", name=re.compile(told.words["sign"])))
    expect(page.locator(".must")).to_be_hidden()
    page.context.close()


def show(browser: Browser, house: Served, told: Told, camera: Camera, owner: Any) -> None:
    """The roster, the tasks, and what is missing before air."""
    link = owner.post("/api/people/lin/invitation").json()["link"].rsplit("/", 1)[1]
    page = signed_in(browser, house, told, link)
    page.goto(f"{house.base}/#/show/s1/planner")
    page.get_by_role("tab", name=re.compile(told.words["show"])).click()
    for person_id, roles in ROLES.items():
        role = page.get_by_role("region", name=told.roles[roles[0]], exact=True)
        role.get_by_label(told.words["add"].format(role=told.roles[roles[0]])).select_option(told.people[person_id])
        expect(role.locator("li.post b", has_text=told.people[person_id]).first).to_be_visible()
    page.get_by_role("region", name=told.roles["director"], exact=True).evaluate("here => here.scrollIntoView()")
    camera.take(page, "roster")
    page.get_by_role("tab", name=re.compile(told.words["tasks"])).click()
    page.get_by_role("button", name=told.words["fill"]).click()
    expect(page.locator("button.what").first).to_be_visible()
    camera.take(page, "tasks")
    page.get_by_role("tab", name=re.compile(told.words["show"])).click()
    camera.take(page, "readiness")
    page.context.close()


def walk(browser: Browser, language: str) -> None:
    """The whole guide once, in one language, in a house of its own."""
    told, camera = TOLD[language], Camera(language)
    with served() as house:
        owner = peopled(house, told)
        page = signed_in(browser, house, told, house.app.door.link_for("owner"))
        charter(page, house, told, camera)
        signing(browser, house, told, camera, owner)
        show(browser, house, told, camera, owner)
        assert row(owner, "workspace/main", "charter.head", "charter")["version"] == 1
        page.context.close()


def with_letters() -> None:
    """Chinese letters for a browser on a machine that has none: the font the papers are set with."""
    fonts = WEB / "node_modules" / ".cache" / "chromium" / "fonts"
    for font in Path(str(noto_cjk_sans_otc.FONT_PATH)).parent.glob("*.ttc"):
        link = fonts / font.name
        if fonts.exists() and not link.exists():
            link.symlink_to(font)


def main() -> None:
    """Each language that is asked for, or all."""
    with sync_playwright() as playwright:
        with_letters()
        browser = launch(playwright)
        for language in sys.argv[1:] or TOLD:
            walk(browser, language)
        browser.close()


if __name__ == "__main__":
    main()
