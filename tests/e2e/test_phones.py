"""A phone is told while its page is shut: shown there, and said from there to have come."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.test_channel import planned
from tests.served import do

# This browser has no place to show a notification, and no permission can be given: what would be shown is kept instead.
KEEP = """() => {
    const all = self.clients.matchAll.bind(self.clients)
    self.kept = []
    self.looked = 0
    self.clients.matchAll = (of) => all(of).then((found) => ((self.looked += 1), found))
    self.registration.showNotification = async (title, { body, tag, data }) => void self.kept.push({ title, body, tag, ...data })
}"""


def until(page: Page, true: Callable[[], bool]) -> None:
    """Ask again until it is so; the browser's own news come in between."""
    for _ in range(500):
        if true():
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("it never was")


def pushing(page: Page, origin: str) -> Callable[[str], None]:
    """As the browser does it when its push service hands it a message."""
    session = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until(page, lambda: found != [])
    registration = found[0]["registrationId"]

    def deliver(note: str) -> None:
        session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": registration, "data": note})

    return deliver


def test_a_phone_whose_page_is_shut_shows_it_and_says_that_it_came(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-phone")
    page = demo.page_of(browser, "azhe")
    page.goto(f"{demo.base}/#/account")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    expect(page.get_by_role("heading", name="手機通知")).to_be_visible()
    body = '{"title":"▲ 急件 #缺貨 · 頻道","body":"小艾：剩 3 組","url":"#/show/%s?message=%s","tag":"%s","urgent":true,"meet":"show/%s","over":"已經有人接了"}'
    deliver = pushing(page, demo.base)
    [worker] = page.context.service_workers
    worker.evaluate(KEEP)
    post = {"channel_id": "emergency", "text": "剩 3 組", "tag": "stock", "urgent": True}
    demo.open(page, "operations", show)
    do(demo.owner, "show", show, "channel.post", message_id="front", **post)
    expect(page.locator("[data-asks=front]")).to_be_visible()
    deliver(body % (show, "front", "front", show))  # the page is in front, and has a strip of its own
    until(page, lambda: worker.evaluate("() => self.looked") == 1)
    page.goto("about:blank")
    do(demo.owner, "show", show, "channel.post", message_id="m", **post)
    deliver(body % (show, "m", "m", show))
    until(page, lambda: demo.rows("channel.messages", show)["m"]["looks"].get("azhe", {}).get("arrived_at", 0) > 0)
    assert demo.rows("channel.messages", show)["m"]["looks"]["azhe"]["seen_at"] == 0
    shown = {"title": "▲ 急件 #缺貨 · 頻道", "body": "小艾：剩 3 組", "tag": "m", "url": f"#/show/{show}?message=m"}
    until(page, lambda: worker.evaluate("() => self.kept") == [shown])
    for message_id in ("front", "m"):
        do(demo.owner, "show", show, "channel.take", message_id=message_id)
        do(demo.owner, "show", show, "channel.finish", message_id=message_id, answer="好")
    deliver(body % (show, "m", "m", show))  # a phone that was off comes back when it is over
    until(page, lambda: worker.evaluate("() => self.kept") == [shown, {**shown, "body": "已經有人接了"}])
    page.context.close()
