"""People of a house of their own in a browser: invited, signed in, at a console of its show `s1`."""

import httpx
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import signed_in
from tests.served import Served


def page_of(browser: Browser, house: Served, link: str, console: str) -> Page:
    page = signed_in(browser, house.base, link)
    page.goto(f"{house.base}/#/show/s1/{console}")
    expect(page.get_by_text("已連線")).to_be_visible()
    return page


def invited(owner: httpx.Client, person_id: str) -> str:
    return owner.post(f"/api/people/{person_id}/invitation").json()["link"].rsplit("/", 1)[1]


def strip(page: Page, text: str) -> Locator:
    return page.locator(".k-strip", has_text=text)
