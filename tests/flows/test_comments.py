"""The history of comments over HTTP, and questions on the live channel."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.comment import history, stream
from kaibo.kit.react import SYSTEM
from tests.live_client import Screen
from tests.served import Served, do, served

COUNT = 900
PER_PUSH = 30
WORDS = ("哈囉大家", "這款多少錢", "我要退貨", "+1")


def said(number: int, at: int) -> dict[str, Any]:
    text = f"{WORDS[number % 4]} 第{number}句"
    return {"kind": "comment", "at": at + number, "viewer": f"v{number % 9}", "text": text, "message_id": f"m{number}"}


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    """Texts of the newest hundred comments are in memory: all older ones come out of the log."""
    with pytest.MonkeyPatch.context() as patch, served() as home:
        patch.setattr(stream, "WINDOW_COMMENTS", 100)
        yield home


@pytest.fixture(scope="module")
def owner(house: Served) -> httpx.Client:
    client = house.owner()
    now = house.app.engine.clock()
    do(client, "show", "s1", "show.plan", show_id="s1", title="夜場", starts_at=now, ends_at=now + 3_600_000)
    token = client.post("/api/tokens", json={"label": "feed", "roles": ["source"]}).json()["token"]
    feed = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    for start in range(0, COUNT, PER_PUSH):
        items = [said(number, now) for number in range(start, start + PER_PUSH)]
        seal = {"source": "shop", "room": "r", "items": items}
        answer = feed.post("/api/streams/show/s1/commands/audience.seal", json=seal)
        assert answer.status_code == 200, answer.text
    return client


def page(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/api/shows/s1/comments", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def walked(client: httpx.Client, towards: str, first: dict[str, Any], **query: Any) -> list[str]:
    """All texts from a page on, in the order of the log."""
    pages, here = [[row["text"] for row in first["rows"]]], first
    for _ in range(200):
        if here["older" if towards == "before" else "newer"] is None:
            break
        here = page(client, **{towards: here["older" if towards == "before" else "newer"]}, **query)
        pages.append([row["text"] for row in here["rows"]])
    else:
        pytest.fail("the pages never end")
    return [text for texts in (reversed(pages) if towards == "before" else pages) for text in texts]


ALL = [f"{WORDS[number % 4]} 第{number}句" for number in range(COUNT)]


@pytest.mark.parametrize("limit", [7, 100, 200])
def test_back_to_the_first_minute_nothing_is_missing_and_nothing_twice(owner: httpx.Client, limit: int) -> None:
    assert walked(owner, "before", page(owner, limit=limit), limit=limit) == ALL
    assert walked(owner, "after", page(owner, after="start", limit=limit), limit=limit) == ALL


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"kind": "aftersales"}, ALL[2::4]),
        ({"kind": "aftersales,order"}, [text for text in ALL if "退貨" in text or "+1" in text]),
        ({"text": "退貨"}, ALL[2::4]),
        ({"text": "退货"}, ALL[2::4]),
        ({"viewer": "v3"}, ALL[3::9]),
        ({"text": "899"}, ALL[899:]),
        ({"text": "無此句"}, []),
    ],
)
def test_the_history_answers_the_same_questions(owner: httpx.Client, query: dict[str, str], wanted: list[str]) -> None:
    assert walked(owner, "before", page(owner, limit=50, **query), limit=50, **query) == wanted
    assert walked(owner, "after", page(owner, after="start", limit=50, **query), limit=50, **query) == wanted


def test_a_seldom_word_costs_a_page_no_more_than_its_bound(owner: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LOOKED_MAX", 100)
    first = page(owner, text="第3句")
    assert (first["rows"], first["looked_from_at"] is not None, first["older"] is not None) == ([], True, True)
    assert walked(owner, "before", first, text="第3句") == [ALL[3]]


def test_an_instant_is_a_place(owner: httpx.Client, house: Served) -> None:
    assert [row["text"] for row in page(owner, at=0, limit=2)["rows"]] == ALL[:2]
    beyond = page(owner, at=house.app.engine.clock() + 60_000)
    assert (beyond["rows"], beyond["newer"]) == ([], None)
    assert [row["text"] for row in page(owner, before=beyond["older"], limit=1)["rows"]] == ALL[-1:]


@pytest.mark.parametrize("query", [{"before": "x"}, {"after": "1:1", "at": "3"}, {"kind": "x"}, {"color": "red"}, {"at": "-1"}])
def test_what_is_not_understood_is_refused(owner: httpx.Client, query: dict[str, str]) -> None:
    assert owner.get("/api/shows/s1/comments", params=query).status_code == 422


def test_who_may_not_read_comments_may_not_read_their_history(house: Served, owner: httpx.Client) -> None:
    token = owner.post("/api/tokens", json={"label": "feed2", "roles": ["source"]}).json()["token"]
    answer = httpx.get(f"{house.base}/api/shows/s1/comments", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


def test_a_question_on_the_live_channel_is_kept_up_to_date(house: Served, owner: httpx.Client) -> None:
    asked, plain = "comment.stream?kind=aftersales", "comment.stream"
    with Screen(owner) as one, Screen(owner) as two, Screen(owner) as all_of_it:
        one.subscribe("show/s1", asked)
        two.subscribe("show/s1", asked)
        all_of_it.subscribe("show/s1", plain)
        before = one.rows[asked]["tally"]["count"]
        assert before == len(ALL[2::4])
        seal(house, "要退貨怎麼辦", "早安")
        for screen in (one, two, all_of_it):
            screen.until(house.call(head_seq(house)))
        assert one.rows[asked]["tally"]["count"] == before + 1
        assert one.log[-1] == two.log[-1]  # encoded once, the same bytes for both
        assert "要退貨怎麼辦" in {row.get("text") for row in one.rows[asked].values()}
        assert {"要退貨怎麼辦", "早安"} <= {row.get("text") for row in all_of_it.rows[plain].values()}
        assert one.rows[asked] == owner.get("/api/streams/show/s1/views/comment.stream?kind=aftersales").json()["rows"]


def test_a_question_that_is_none_is_refused_and_leaves_nothing_open(house: Served, owner: httpx.Client) -> None:
    with Screen(owner) as screen:
        answer = screen.subscribe("show/s1", "comment.counts", "comment.stream?kind=order", "comment.stream?kind=nonsense")
        assert (answer["type"], answer["code"]) == ("refused", "core.invalid")
        answer = screen.subscribe("show/s1", "comment.counts?kind=order")
        assert (answer["type"], answer["code"]) == ("refused", "core.not_found")
    fold = house.call(house.app.engine.fold("show/s1"))
    assert "comment.stream?kind=order" not in fold._views["comment.stream"].lenses


def test_a_question_is_kept_for_who_lost_the_line(house: Served, owner: httpx.Client) -> None:
    asked = "comment.stream?kind=order"
    with Screen(owner) as screen:
        seq = screen.subscribe("show/s1", asked)["seq"]
    seal(house, "+1")
    with Screen(owner) as again:
        answer = again.subscribe("show/s1", asked, since=seq)
        assert answer["type"] == "caught_up"
        assert [row["text"] for key, row in answer["views"][asked]["rows"].items() if key != "tally"] == ["+1"]


async def head_seq(house: Served) -> int:
    return (await house.app.engine.fold("show/s1")).view_seq


def seal(house: Served, *texts: str) -> None:

    items = tuple(AudienceItem(kind="comment", at=house.app.engine.clock(), viewer="v1", text=text) for text in texts)
    house.call(house.app.engine.submit("show/s1", SealBatch(source="shop", room="r", items=items), SYSTEM))
