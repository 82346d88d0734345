"""A bridge is set up on the team page, carries what is urgent, and whoever it asks takes it from their phone without signing in."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, expect

from kaibo.fakes import credentials as known
from kaibo.fakes.messenger import Messenger
from tests.e2e.conftest import confirm, signed_in
from tests.flows.test_taking import START
from tests.messengers import messenger
from tests.served import Served, do, served


@dataclass
class Home:
    """A served house, a messenger, and who owns it."""

    house: Served
    fake: Messenger
    owner: httpx.Client


@pytest.fixture
def home() -> Iterator[Home]:
    with (
        messenger() as fake,
        served(bridge_hosts=(fake.url.removeprefix("http://"),), public_url="https://kaibo.example.org") as house,
    ):
        yield Home(house, fake, house.owner())


def test_from_the_team_page_to_the_hand_of_whoever_is_asked(home: Home, browser: Browser) -> None:
    base = home.house.base
    home.house.person(home.owner, "lin", "小林", "director")
    owner = signed_in(browser, base, home.owner.post("/api/people/owner/invitation").json()["link"], locale="zh-TW")
    owner.goto(f"{base}/#/team")
    owner.get_by_role("button", name="加一條橋").click()
    form = owner.get_by_role("dialog")
    form.get_by_label("通訊軟體").select_option("webhook")
    form.get_by_label("名字").fill("倉庫群")
    form.get_by_label("機器人網址").fill("https://10.0.0.1.evil.example/hook")
    form.get_by_label("密鑰").fill("other")
    form.get_by_role("button", name="儲存").click()
    expect(form).to_be_hidden()
    bridge = owner.locator("li", has_text="倉庫群").last
    bridge.get_by_role("button", name="改").click()
    form.get_by_label("機器人網址").fill(f"{home.fake.url}/hook")
    form.get_by_role("button", name="儲存").click()
    expect(form.get_by_role("alert")).to_contain_text("請填密鑰或權杖")  # what was given to one host goes to no other
    form.get_by_label("密鑰").fill("other")
    form.get_by_role("button", name="儲存").click()
    expect(form).to_be_hidden()
    bridge.get_by_role("button", name="試送").click()
    expect(bridge.get_by_role("status")).to_contain_text("對方不收：401")  # the secret is another
    bridge.get_by_role("button", name="改").click()
    form.get_by_label("密鑰").fill(known.WEBHOOK_SECRET)
    form.get_by_role("button", name="儲存").click()
    expect(form).to_be_hidden()
    bridge.get_by_role("button", name="試送").click()
    expect(bridge.get_by_role("status")).to_contain_text("對方收下了")
    home.fake.seen.clear()

    plan = {"show_id": "t", "title": "週四晚場", "starts_at": START, "ends_at": START + 1000, "currency": "TWD"}
    do(home.owner, "show", "t", "show.plan", **plan, crew=[{"person_id": "lin", "name": "小林", "roles": ["director"]}])
    owner.goto(f"{base}/#/show/t/director")
    expect(owner.locator("button.go")).to_be_visible()
    owner.keyboard.press("F9")
    do(
        home.owner,
        "show",
        "t",
        "channel.post",
        message_id="m",
        channel_id="before",
        text="價格掛錯了",
        urgent=True,
        mentions=["lin"],
    )
    line = owner.locator("[data-message=m]")
    expect(line).to_contain_text("✓✓ 倉庫群 已送達對方")

    [letter] = home.fake.seen
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-TW").new_page()
    phone.goto(f"{base}/#/ack/{letter.text.rsplit('/', 1)[1]}")
    expect(phone.get_by_role("heading", name="小林，這件事找你")).to_be_visible()
    expect(phone.get_by_text("價格掛錯了")).to_be_visible()
    phone.get_by_role("button", name="我接").click()
    expect(phone.get_by_text("你接了")).to_be_visible()
    expect(line).to_contain_text("小林 從連結接了")
    phone.goto(f"{base}/#/ack/{'x' * 22}")
    expect(phone.get_by_text("這個連結不存在或已過期")).to_be_visible()

    owner.goto(f"{base}/#/team")
    confirm(bridge.get_by_role("button", name="移除"))
    expect(owner.get_by_text("還沒有橋接")).to_be_visible()
