"""What a source hands in is taken one by one: the good, with what is wrong with each of the others."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kaibo.app import now_ms
from kaibo.features.order.told import Told
from tests.served import ROOT, Served, do, row, served

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


def show(house: Served, show_id: str) -> httpx.Client:
    """A show in TWD on air now."""
    owner = house.person(house.owner(), f"p-{show_id}", show_id, "owner", "planner", "director", "operations", "source")
    now = now_ms()
    do(owner, "show", show_id, "show.plan", show_id=show_id, title="場", starts_at=now, ends_at=now + 3_600_000, currency="TWD")
    do(owner, "show", show_id, "show.air")
    return owner


def hand_in(owner: httpx.Client, show_id: str, **body: Any) -> dict[str, Any]:
    answer = owner.post(f"/api/ingest/{show_id}", json={"source": "me", **body}, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"kind": "comment", "at": now_ms(), "viewer": "v1", "text": text, "message_id": text[:20], **more}


def bought(order_id: str, **more: Any) -> dict[str, Any]:
    line = {"product_id": "P1", "quantity": 1, "price_minor": 500}
    return {"kind": "created", "order_id": order_id, "at": now_ms(), "buyer": "b", "lines": [line], **more}


def refused(answer: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(each["part"], each["index"], each["code"]) for each in answer["refused"]]


def test_one_bad_item_costs_none_of_its_neighbours(house: Served) -> None:
    owner = show(house, "mix")
    items = [
        said("one"), said("two", kind="fireworks"), said("three", viewer=""), said("four", at="soon"), "five",
        said("six", at=now_ms() // 1000), said("seven", at=1), said("eight", at=32_503_680_000_001), said("nine", count=0), said("ten"),
    ]  # fmt: skip
    orders = [bought("o1"), bought("o2", currency="USD"), bought("o3", lines=[]), bought("o4", kind="sold"), bought("o5")]
    answer = hand_in(owner, "mix", items=items, orders=orders)
    assert (answer["items"], answer["orders"]) == (2, 2)
    assert refused(answer) == [
        ("items", 1, "ingest.kind_unknown"), ("items", 2, "ingest.of_nobody"), ("items", 3, "ingest.unread"),
        ("items", 4, "ingest.unread"), ("items", 5, "show.told_in_seconds"), ("items", 6, "show.told_too_old"),
        ("items", 7, "show.told_ahead"), ("items", 8, "ingest.unread"), ("orders", 1, "order.wrong_currency"),
        ("orders", 2, "order.bad_line"), ("orders", 3, "ingest.kind_unknown"),
    ]  # fmt: skip
    assert set(answer["words"]) == {code for _, _, code in refused(answer)}
    assert "milliseconds" in answer["words"]["show.told_in_seconds"]
    lamp = row(owner, "show/mix", "audience.sources", "me")
    assert (lamp["events"], lamp["refused"], lamp["refused_codes"]["ingest.unread"]) == (2, 11, 3)


def test_half_a_sign_is_shown_as_one_that_cannot_be_and_costs_nobody_else(house: Served) -> None:
    """As programs leave it that cut a text in the middle of an emoji; what only looks like an escape stays."""
    owner = show(house, "half")
    items = [said("讚\ud83d"), said("whole 😀"), said(r"\ud83d"), said("ok")]
    answer = owner.post("/api/ingest/half", content=json.dumps({"source": "me", "items": items}), headers=JSON)
    assert (answer.status_code, answer.json()["items"], answer.json()["refused"]) == (200, 4, [])
    texts = [each["text"] for each in owner.get("/api/streams/show/half/views/comment.window").json()["rows"].values()]
    assert sorted(texts) == sorted(["讚�", "whole 😀", r"\ud83d", "ok"])


def test_what_is_too_long_is_cut_and_says_so_and_what_is_null_was_not_said(house: Served) -> None:
    owner = show(house, "long")
    answer = hand_in(owner, "long", items=[said("x" * 2001, name="n" * 90, product_id=None), said("ok", flow="teleport")])
    assert (answer["items"], answer["refused"]) == (2, [])
    texts = [each["text"] for each in owner.get("/api/streams/show/long/views/comment.window").json()["rows"].values()]
    assert sorted(map(len, texts)) == [2, 2000]
    assert max(texts, key=len).endswith("x…")


def test_a_request_of_nothing_but_bad_ones_is_answered_one_by_one(house: Served) -> None:
    owner = show(house, "bad")
    assert refused(hand_in(owner, "bad", items=[said("a", at=5), said("b", kind="?")])) == [
        ("items", 0, "show.told_too_old"),
        ("items", 1, "ingest.kind_unknown"),
    ]
    assert hand_in(owner, "bad", items=[said("c")])["items"] == 1


def test_a_request_that_comes_again_with_its_key_counts_once_on_the_lamp(house: Served) -> None:
    owner = show(house, "again")
    body = {"source": "me", "orders": [bought("o1"), bought("o2"), bought("o3", currency="USD")]}
    for _ in range(3):
        answer = owner.post("/api/ingest/again", json=body, headers={"Idempotency-Key": "k1"})
        assert (answer.status_code, answer.json()["orders"]) == (200, 2)
    lamp = row(owner, "show/again", "audience.sources", "me")
    assert (lamp["orders"], lamp["refused"]) == (2, 1)
    other = owner.post("/api/ingest/again", json={**body, "orders": [bought("o4")]}, headers={"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["data"]) == (409, {"key": "k1"})
    assert row(owner, "show/again", "audience.sources", "me")["orders"] == 2


def test_after_the_end_orders_are_taken_and_each_word_of_viewers_is_told_apart(house: Served) -> None:
    owner = show(house, "over")
    before = now_ms()
    do(owner, "show", "over", "show.end")
    answer = hand_in(
        owner, "over", items=[said("late", at=before - 5_000), said("after", at=now_ms() + 1000)], orders=[bought("o1")]
    )
    assert (answer["items"], answer["orders"], refused(answer)) == (1, 1, [("items", 1, "audience.show_ended")])
    assert refused(hand_in(owner, "over", items=[said("more")])) == [("items", 0, "audience.show_ended")]


def test_one_far_instant_opens_the_report_at_once_and_stretches_nothing(house: Served) -> None:
    owner = show(house, "far")
    hand_in(owner, "far", items=[said("now"), said("then", at=now_ms() // 1000)])
    minutes = [each["minute"] for each in owner.get("/api/shows/far/report").json()["minutes"]]
    assert minutes
    assert max(minutes) - min(minutes) <= 1


def test_the_sample_of_the_readme_works_as_it_stands(house: Served) -> None:
    owner = show(house, "sample")
    for name in ("README.md", "README.zh-Hant.md"):
        text = (ROOT / name).read_text("utf-8")
        body = text[text.index('`{"source": "me"') + 1 :]
        answer = owner.post("/api/ingest/sample", content=body[: body.index("`")], headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["refused"]) == (200, [])
    assert row(owner, "show/sample", "audience.sources", "me")["comments"] == 1


def test_one_bad_line_costs_none_of_its_order(house: Served) -> None:
    owner = show(house, "lines")
    good = {"product_id": "P1", "quantity": 2, "price_minor": 500}
    bad: list[Any] = [
        {**good, "quantity": -1}, {**good, "quantity": "two"}, {**good, "price_minor": None}, {**good, "currency": "USD"},
        {**good, "product_id": "P" * 500}, {**good, "product_id": 7}, {"price_minor": 5}, "P1", None, {**good, "variant": ["S"]},
        {**good, "currency": 3}, {**good, "quantity": 10**9}, {**good, "product_id": None},
    ]  # fmt: skip
    orders = [bought(f"o{n}", lines=[line, good]) for n, line in enumerate(bad)]
    answer = hand_in(owner, "lines", orders=[bought("fine"), *orders, bought("long", buyer="b" * 500)])
    assert answer["orders"] == len(bad) + 2
    told = [(each["index"], each["line"], each["code"], each["data"]["order_id"]) for each in answer["refused"]]
    assert told == [(n + 1, 0, "order.line_unread", f"o{n}") for n in range(len(bad))]
    assert "makes no sense" in answer["words"]["order.line_unread"]
    counts = row(owner, "show/lines", "order.counts", "all")
    assert (counts["created"], counts["created_minor"], counts["odd"]) == (len(bad) + 2, 1_000 * (len(bad) + 1), len(bad))
    assert row(owner, "show/lines", "audience.sources", "me")["refused_codes"] == {"order.line_unread": len(bad)}
    odd = row(owner, "show/lines", "order.odd", "me/o0")
    assert [(each["kind"], each["why"]) for each in odd["misfits"]] == [("created", "line_unread")]


def test_a_whole_number_may_be_written_as_programs_write_it(house: Served) -> None:
    owner = show(house, "whole")
    lines = [
        {"product_id": "P1", "quantity": 2.0, "price_minor": "500"},
        {"product_id": "P1", "quantity": "1", "price_minor": 500.0},
    ]
    assert hand_in(owner, "whole", orders=[bought("o1", lines=lines)])["refused"] == []
    counts = row(owner, "show/whole", "order.counts", "all")
    assert (counts["created"], counts["created_minor"]) == (1, 1_500)
    foreign = {"product_id": "P1", "variant": "S", "quantity": 1.0, "price_minor": "500", "currency": "USD"}
    orders = [bought("usd", lines=[foreign]), bought("null", lines=[{**foreign, "variant": None}])]
    refused = hand_in(owner, "whole", orders=orders)["refused"]
    assert [each["code"] for each in refused] == ["order.bad_line"] * 2  # of another currency than the show
    told = [{"quantity": 1.5}, {"price_minor": "5.5"}, {"quantity": True}, {"quantity": "１"}, {"price_minor": 1e30}]
    orders = [
        bought(f"b{n}", lines=[{"product_id": "P1", "quantity": 1, "price_minor": 500, **each}]) for n, each in enumerate(told)
    ]
    assert [each["code"] for each in hand_in(owner, "whole", orders=orders)["refused"]] == ["order.bad_line"] * len(told)


def test_money_alone_goes_back_through_the_door_in_each_of_its_forms(house: Served) -> None:
    owner = show(house, "money")
    forms: list[dict[str, Any]] = [
        {"amount_minor": 100}, {"lines": [{"product_id": "P1", "quantity": 0, "price_minor": 100}]},
        {"lines": [{"product_id": "P1", "price_minor": 100}]}, {"lines": [{"product_id": "", "price_minor": 100}]},
    ]  # fmt: skip
    for n, form in enumerate(forms):
        refund = {"kind": "refunded", "order_id": f"o{n}", "at": now_ms(), **form}
        hand_in(owner, "money", orders=[bought(f"o{n}"), {"kind": "paid", "order_id": f"o{n}", "at": now_ms()}, refund])
    counts = row(owner, "show/money", "order.counts", "all")
    assert (counts["paid_minor"], counts["refunded_minor"], counts["kept_minor"], counts["odd"]) == (2_000, 400, 400, 0)
    tiles = row(owner, "show/money", "metric.tiles", "net_sales")
    assert tiles["value"] == 1_600


def test_one_order_that_breaks_the_house_costs_none_of_its_neighbours(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the rules at one order: it alone is refused, with a reference."""
    follow = Told.follow

    def breaks(order: Told) -> None:
        if order.item.order_id == "o2":
            raise OverflowError
        follow(order)

    monkeypatch.setattr(Told, "follow", breaks)
    owner = show(house, "broken")
    answer = hand_in(owner, "broken", orders=[bought(f"o{n}") for n in range(5)])
    assert (answer["orders"], refused(answer)) == (4, [("orders", 2, "order.broken")])
    assert row(owner, "show/broken", "order.counts", "all")["created"] == 4


def test_a_source_that_says_it_tells_who_goes_is_believed_and_of_one_that_does_not_it_is_said(house: Served) -> None:
    """Through the door and the gatherer, for the same three people."""
    for show_id, more, unsure in (("untold", {}, ["leave"]), ("declared", {"tells_leaves": True}, [])):
        owner = show(house, show_id)
        hand_in(owner, show_id, items=[{"kind": "enter", "viewer": f"v{n}"} for n in range(3)], **more)
        tile = row(owner, f"show/{show_id}", "metric.tiles", "online")
        assert (tile["value"], tile["untold"]) == (3, unsure)


def test_what_a_source_says_of_itself_holds_whatever_comes_with_it(house: Served) -> None:
    """As it connects, with nothing to tell, with orders or impressions alone, with nothing that can be taken; before its viewers and after."""
    enter: list[dict[str, Any]] = [{"kind": "enter", "viewer": "v1", "message_id": "e"}]
    ways: tuple[dict[str, Any], ...] = (
        {},
        {"orders": [bought("o1")]},
        {"items": [{"kind": "impression", "count": 9}]},
        {"items": [{"kind": "like", "viewer": "v1", "at": 5}]},
        {"finished": True},
    )
    for number, way in enumerate(ways):  # the room goes by the names of whoever told of viewers first
        show_id = f"way{number}"
        owner = show(house, show_id)
        hand_in(owner, show_id, room="R", tells_leaves=True, **way)
        hand_in(owner, show_id, source="first", room="R", items=[{"kind": "like", "viewer": "v9"}])
        hand_in(owner, show_id, room="R", items=enter)
        assert row(owner, f"show/{show_id}", "metric.tiles", "online")["untold"] == [], way
    owner = show(house, "after")
    hand_in(owner, "after", items=enter)
    assert row(owner, "show/after", "metric.tiles", "online")["untold"] == ["leave"]
    hand_in(owner, "after", items=enter, tells_leaves=True)  # told already
    assert row(owner, "show/after", "metric.tiles", "online")["untold"] == []


def test_of_one_order_only_so_much_is_told(house: Served) -> None:
    owner = show(house, "much")
    at = now_ms()
    edits = [
        bought("o1", at=at + number, lines=[{"product_id": "P1", "quantity": number + 1, "price_minor": 5}])
        for number in range(130)
    ]
    answer = hand_in(owner, "much", orders=[*edits, bought("o2")])
    assert (answer["orders"], refused(answer)) == (101, [("orders", place, "order.told_too_often") for place in range(100, 130)])
    assert "newest state" in answer["words"]["order.told_too_often"]
    again = hand_in(owner, "much", orders=[bought("o1", at=at + 200), bought("o3")])
    assert refused(again) == [("orders", 0, "order.told_too_often")]
    wide = [
        bought("o4", at=at + number, lines=[{"product_id": f"P{n}", "quantity": 1, "price_minor": number + 1} for n in range(90)])
        for number in range(12)
    ]
    assert refused(hand_in(owner, "much", orders=wide)) == [
        ("orders", 10, "order.told_too_often"),
        ("orders", 11, "order.told_too_often"),
    ]


def test_a_body_that_comes_again_with_much_of_one_order_is_answered_as_before(house: Served) -> None:
    owner = show(house, "heaped")
    at = now_ms()
    lines = [{"product_id": "P1", "quantity": 1, "price_minor": 5}]
    edits = [bought("o1", at=at + number, lines=[{**lines[0], "quantity": number + 1}]) for number in range(130)]
    parts = [{"kind": "refunded", "order_id": "o2", "at": at + 9, "lines": lines, "refund_id": f"r{n}"} for n in range(130)]
    paid = {"kind": "paid", "order_id": "o2", "at": at + 5, "lines": [{**lines[0], "quantity": 200}]}
    body = {"source": "me", "orders": [*edits, bought("o2", at=at, lines=paid["lines"]), paid, *parts]}
    said: list[Any] = []
    for key in ("a-1", "a-1", "a-2", ""):
        answer = owner.post("/api/ingest/heaped", json=body, headers={"Idempotency-Key": key} if key else {})
        assert answer.status_code == 200, answer.text
        said.append((answer.json()["orders"], refused(answer.json())))
    refusals = [("orders", place, "order.told_too_often") for place in (*range(100, 130), *range(250, 262))]
    assert said == [(220, refusals)] * 4
    for kind in ("paid", "cancelled"):  # that it was paid or cancelled is heard though so much was told before
        assert hand_in(owner, "heaped", orders=[{"kind": kind, "order_id": "o1", "at": at + 500}])["refused"] == []
    assert row(owner, "show/heaped", "order.counts", "all")["created"] == 2


def test_many_orders_at_once_are_taken_in_parts_and_once(house: Served) -> None:
    owner = show(house, "bulk")
    orders = [bought(f"o{number}") for number in range(350)]
    body = {"source": "me", "orders": orders}
    for _ in range(2):
        answer = owner.post("/api/ingest/bulk", json=body, headers={"Idempotency-Key": "bulk-1"})
        assert (answer.status_code, answer.json()["orders"]) == (200, 350)
    assert row(owner, "show/bulk", "order.counts", "all")["created"] == 350
