"""Every console on every size, in both themes and three languages: nothing cut off, nothing unreadable, no raw key."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.standing import measured, settled
from tests.served import ROOT

CONSOLES = ("director", "host", "assistant", "operations", "care", "planner", "report")
SERIOUS = ("serious", "critical")
WORDS = [*(ROOT / "web/src").glob("**/locales/zh-Hant.json"), *(ROOT / "web/src").glob("**/words.json")]
NAMESPACES = sorted(
    {path.parent.name if path.name == "words.json" else path.parent.parent.name for path in WORDS} - {"sheet"} | {"workspace"}
)
RAW_KEY = re.compile(rf"\b(?:{'|'.join(NAMESPACES)})\.[a-z]\w*(?:\.\w+)*\b")
FACTS = re.compile(r"(?:order|audience|promo)\.(?:paid|created|batch|proposed)")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_serious(demo: Demo, browser: Browser, theme: str) -> None:
    page = demo.page_of(browser, "owner", color_scheme=theme)
    found: dict[str, list[str]] = {}
    for console in CONSOLES:
        demo.open(page, console)
        settled(page, console)
        results = Axe().run(page).response["violations"]
        serious = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in results if one["impact"] in SERIOUS]
        if serious:
            found[console] = serious
    page.context.close()
    assert found == {}


@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)], ids=lambda size: f"{size[0]}")
def test_no_console_is_wider_than_its_screen(demo: Demo, browser: Browser, size: tuple[int, int]) -> None:
    page = demo.page_of(browser, "owner", viewport={"width": size[0], "height": size[1]})
    wide = []
    for console in CONSOLES:
        demo.open(page, console)
        settled(page, console)
        if measured(page, "document.documentElement.scrollWidth > innerWidth"):
            wide.append(console)
    page.context.close()
    assert wide == []


@pytest.mark.parametrize("language", ["zh-TW", "zh-CN", "en-US"])
def test_no_screen_shows_a_raw_key(demo: Demo, browser: Browser, language: str) -> None:
    page = demo.page_of(browser, "owner", locale=language)
    for console in CONSOLES:
        demo.open(page, console)
        settled(page, console)
        shown = FACTS.sub("", page.inner_text("body"))
        assert RAW_KEY.findall(shown) == [], console
    page.context.close()


def test_a_console_of_another_role_is_named_and_left(demo: Demo, seat: Callable[..., Page]) -> None:
    host = seat("aqing", "director")
    expect(host.get_by_text("「導播」工作台不屬於你的角色（主播）")).to_be_visible()
    host.get_by_role("alert").get_by_role("link", name="主播").click()
    expect(host.get_by_text("口袋大小，通勤帶著走").or_(host.get_by_text("擦完馬上可以滑手機，不黏")).first).to_be_visible()


def test_who_may_not_run_the_show_sees_it_and_has_no_go(demo: Demo, seat: Callable[..., Page]) -> None:
    tech = seat("dawei", "director")
    expect(tech.get_by_text("這裡只能看")).to_be_visible()
    expect(tech.get_by_text("GO", exact=True)).to_have_count(0)
    tech.keyboard.press("Space")
    expect(tech.get_by_role("alert")).to_have_count(0)
