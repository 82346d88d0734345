"""Too much was sold: orders are cancelled in order, and count as cancelled when somebody did it in the shop and says so."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, confirm
from tests.e2e.test_claims import selling
from tests.e2e.test_oversold import sold

Seat = Callable[..., Page]


def test_orders_are_cancelled_in_order_and_only_when_somebody_did_it(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("cancel-orders")
    selling(demo, show)  # two there are
    sold(demo, show, ("o1", "amy", 1), ("o2", "bob", 2), ("o3", "cat", 1))
    care = seat("peipei", "care", show=show)
    care.get_by_role("button", name="依序取消 2 筆訂單").press("Enter")
    dialog = care.get_by_role("dialog")
    people = dialog.get_by_role("list", name="要取消的訂單").get_by_role("listitem")
    expect(people).to_have_count(2)
    expect(people.first).to_contain_text("cat")
    expect(people.nth(1)).to_contain_text("bob")
    dialog.get_by_label("取消原因").press("Enter")
    expect(dialog).to_have_count(0)
    waits = care.get_by_role("list", name="等後台取消的訂單").get_by_role("listitem")
    expect(waits).to_have_count(2)
    expect(waits.first).to_contain_text("o3")
    expect(waits.first.get_by_text("等後台取消 0:")).to_be_visible()
    assert demo.rows("order.counts", show)["all"]["cancelled"] == 0
    assert demo.rows("claim.stock", show)["K9/"]["oversold"] == 2
    confirm(waits.first.locator("button.did"))
    expect(waits).to_have_count(1)
    row = demo.rows("order.cancels", show)["fb/o3"]
    assert (row["stage"], row["settled_by"], row["state"]) == ("done", "peipei", "cancelled")
    assert demo.rows("claim.stock", show)["K9/"]["oversold"] == 1
    waits.first.get_by_role("button", name="後台不能取消").press("Enter")
    care.keyboard.type("已經出貨")
    care.keyboard.press("Enter")
    expect(waits).to_have_count(0)
    order = care.get_by_role("list", name="訂單", exact=True).get_by_role("listitem").filter(has_text="o2")
    expect(order).to_contain_text("後台不能取消")
    expect(order).to_contain_text("已經出貨")
    assert demo.rows("order.counts", show)["all"]["cancelled"] == 1
