"""The live channel over a real WebSocket: nobody sees a torn, stale or forbidden screen."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from kaibo.features.prompter.commands import MessageHost
from kaibo.kit import frames
from kaibo.kit.engine import Caller
from tests.live_client import Screen, narrow
from tests.served import WAIT_S, Served, do, row, served

DIRECTOR = Caller(id="d", name="d", roles=frozenset({"director"}))
START = 1_764_331_200_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def owner(house: Served) -> httpx.Client:
    return house.owner()


@pytest.fixture
def show(owner: httpx.Client, request: pytest.FixtureRequest) -> str:
    """A show of its own for each story, with three cues, on air."""
    show_id = request.node.name.removeprefix("test_").replace("_", "-").split("[")[0][:60]
    do(owner, "show", show_id, "show.plan", show_id=show_id, title="直播", starts_at=START, ends_at=START + 3_600_000)
    for place in (1, 2, 3):
        cue = {"cue_id": f"c{place}", "title": f"環節{place}", "duration_ms": 60_000}
        do(owner, "show", show_id, "rundown.add_cue", cue=cue, after_cue_id=f"c{place - 1}" if place > 1 else None)
    do(owner, "show", show_id, "show.air")
    return show_id


def say_to_host(owner: httpx.Client, show: str, text: str) -> int:
    return do(owner, "show", show, "prompter.message", message_id=f"m-{text}"[:40], text=text)["seq"]


def truth(owner: httpx.Client, show: str, view: str) -> dict[str, Any]:
    return owner.get(f"/api/streams/show/{show}/views/{view}").json()["rows"]


def test_a_snapshot_and_the_patches_after_it_are_the_view(owner: httpx.Client, show: str) -> None:
    with Screen(owner) as screen:
        first = screen.subscribe(f"show/{show}", "rundown.cues", "show.head")
        assert first["type"] == "snapshot"
        assert first["views"]["show.head"]["rows"]["show"]["title"] == "直播"
        do(owner, "show", show, "show.edit", title="改名")
        last = do(owner, "show", show, "rundown.remove_cue", cue_id="c3")["seq"]
        heard = screen.until(last)
        assert {message["type"] for message in heard} == {"patch"}
        assert heard[0]["after"] == first["seq"]
        assert heard[-1]["views"]["rundown.cues"]["rows"]["c3"] is None
        for view in ("rundown.cues", "show.head"):
            assert screen.rows[view] == truth(owner, show, view)


def test_who_comes_back_is_told_what_was_missed_and_gets_no_more(owner: httpx.Client, show: str) -> None:
    stream = f"show/{show}"
    with Screen(owner) as screen:
        screen.subscribe(stream, "rundown.cues", "prompter.host")
        for place in (1, 2):
            screen.until(do(owner, "show", show, "rundown.skip", cue_id=f"c{place}")["seq"])
        before = screen.seq
    do(owner, "show", show, "show.edit", title="離線時改的")
    last = do(owner, "show", show, "rundown.skip", cue_id="c3")["seq"]
    with Screen(owner) as again:
        again.rows = screen.rows
        message = again.subscribe(stream, "rundown.cues", "prompter.host", since=before)
        assert (message["type"], message["missed"], message["seq"]) == ("caught_up", last - before, last)
        assert "c1" not in message["views"]["rundown.cues"]["rows"]
        assert "c3" in message["views"]["rundown.cues"]["rows"]
        assert again.rows["rundown.cues"] == truth(owner, show, "rundown.cues")


def test_what_a_slow_view_kept_back_is_not_lost_when_the_line_breaks(house: Served, owner: httpx.Client, show: str) -> None:
    """A quick view's message may say a seq before the slow view has sent its rows of that event."""
    stream = f"show/{show}"
    token = owner.post("/api/tokens", json={"label": "s", "roles": ["source"]}).json()["token"]
    source = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {token}"})
    item = {"kind": "comment", "at": START, "viewer": "v1", "text": "還有貨嗎", "message_id": "m1"}
    views = ("show.head", "audience.sources")
    with Screen(owner) as screen:
        screen.subscribe(stream, *views)
        assert source.post(f"/api/ingest/{show}", json={"source": "a", "items": [item]}).status_code == 200
        screen.hear()  # the first batch of a quiet view leaves at once, the next waits for its pace
        assert source.post(f"/api/ingest/{show}", json={"source": "b", "items": [item]}).status_code == 200
        screen.until(do(owner, "show", show, "show.edit", title="快")["seq"])
        kept = screen.rows
        before = screen.seq
    with Screen(owner) as again:
        again.rows = kept
        assert again.subscribe(stream, *views, since=before)["type"] == "caught_up"
        assert again.rows["audience.sources"] == truth(owner, show, "audience.sources")


@pytest.fixture
def cold(house: Served, show: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The show has left memory, and comes back when the event is set."""
    store, go, stream = house.app.engine.store, threading.Event(), f"show/{show}"
    read = store.read

    def gated(name: str, after: int = 0, limit: int = 1000) -> Any:
        assert name != stream or go.wait(WAIT_S)
        return read(name, after, limit)

    async def forget() -> None:
        await house.app.following.settled()
        house.app.engine.keeper.forget(await house.app.engine.keeper.room(stream))

    house.call(forget())
    monkeypatch.setattr(store, "read", gated)
    yield go
    go.set()


def test_a_line_that_waits_for_one_show_hears_all_others(owner: httpx.Client, show: str, cold: threading.Event) -> None:
    do(owner, "show", "warm", "show.plan", show_id="warm", title="另一場", starts_at=START, ends_at=START + 1000)
    with Screen(owner) as screen:
        screen.send(type="subscribe", stream=f"show/{show}", views={"rundown.cues": None, "show.head": None})
        screen.send(type="ping", t=1)
        assert screen.hear()["type"] == "pong"
        assert screen.subscribe("show/warm", "show.head")["stream"] == "show/warm"
        cold.set()
        assert screen.hear()["stream"] == f"show/{show}"
        assert set(screen.rows["rundown.cues"]) == {"c1", "c2", "c3"}


def test_what_is_not_wanted_any_more_when_its_show_has_come_is_not_sent(
    owner: httpx.Client, show: str, cold: threading.Event
) -> None:
    stream = f"show/{show}"
    with Screen(owner) as screen:
        screen.send(type="subscribe", stream=stream, views={"rundown.cues": None})
        screen.send(type="subscribe", stream=stream, views={"show.head": None})
        screen.send(type="ping", t=1)
        assert screen.hear()["type"] == "pong"
        cold.set()
        assert set(screen.hear()["views"]) == {"show.head"}
        screen.send(type="ping", t=2)
        assert screen.hear()["type"] == "pong"


def test_of_a_show_that_was_given_up_while_it_came_nothing_is_heard(
    house: Served, owner: httpx.Client, show: str, cold: threading.Event
) -> None:
    stream = f"show/{show}"
    with Screen(owner) as screen:
        screen.send(type="subscribe", stream=stream, views={"rundown.cues": None})
        screen.send(type="unsubscribe", stream=stream)
        screen.send(type="ping", t=1)
        assert screen.hear()["type"] == "pong"
        cold.set()
        house.call(house.app.engine.fold(stream))
        screen.send(type="ping", t=2)
        assert screen.hear()["type"] == "pong"


@pytest.mark.parametrize("since", [None, 0, -1, 10**9])
def test_what_cannot_be_continued_begins_afresh(owner: httpx.Client, since: int | None, house: Served) -> None:
    show_id = f"fresh-{since}".lower()
    do(owner, "show", show_id, "show.plan", show_id=show_id, title="全新", starts_at=START, ends_at=START + 1000)
    with Screen(owner) as screen:
        assert screen.subscribe(f"show/{show_id}", "show.head", since=since)["type"] == "snapshot"
        assert screen.rows["show.head"] == truth(owner, show_id, "show.head")


def test_a_gap_is_seen_and_mended(owner: httpx.Client, show: str) -> None:
    """A patch says after which seq it comes: a screen that lost one finds out, asks again, and is whole."""
    stream = f"show/{show}"
    with Screen(owner) as screen:
        seen = screen.subscribe(stream, "rundown.cues")["seq"]
        screen.until(do(owner, "show", show, "rundown.skip", cue_id="c1")["seq"])  # this one gets lost on the way
        do(owner, "show", show, "rundown.skip", cue_id="c2")
        patch = screen.hear()
        assert patch["after"] > seen
        mended = screen.subscribe(stream, "rundown.cues", since=seen)
        assert mended["type"] == "caught_up"
        assert set(mended["views"]["rundown.cues"]["rows"]) >= {"c1", "c2"}
        assert screen.subscribe(stream, "rundown.cues")["type"] == "snapshot"
        assert screen.rows["rundown.cues"] == truth(owner, show, "rundown.cues")


def test_all_readers_of_the_same_views_get_the_same_bytes(house: Served, owner: httpx.Client, show: str) -> None:
    views = ("rundown.cues", "rundown.on_air", "rundown.clock")
    host = house.person(owner, "same", "主播同", "host")
    with Screen(owner) as one, Screen(host) as two:
        for screen in (one, two):
            screen.subscribe(f"show/{show}", *views)
            screen.log.clear()
        do(owner, "show", show, "rundown.go", expect_cue_id="c1")
        last = do(owner, "show", show, "rundown.add_time", delta_ms=30_000)["seq"]
        one.until(last)
        two.until(last)
        assert one.log == two.log
        assert one.log


def test_now_next_and_offset_leave_in_one_patch(owner: httpx.Client, show: str) -> None:
    views = ("rundown.on_air", "rundown.cues", "rundown.clock", "prompter.host", "show.head")
    with Screen(owner) as screen:
        screen.subscribe(f"show/{show}", *views)
        seq = do(owner, "show", show, "rundown.go", expect_cue_id="c1")["seq"]
        first, *more = screen.until(seq)
        assert more == []
        on_air = first["views"]["rundown.on_air"]["rows"]["now"]
        assert (on_air["cue_id"], on_air["next_cue_id"]) == ("c1", "c2")
        assert on_air["offset_ms"] is not None
        assert first["views"]["rundown.cues"]["rows"]["c1"]["status"] == on_air["state"] or on_air["state"]
        assert first["views"]["prompter.host"]["rows"]["now"]["cue_title"] == "環節1"
        assert first["views"]["prompter.host"]["rows"]["now"]["next_title"] == "環節2"


def test_what_happens_within_a_tick_leaves_together(house: Served, owner: httpx.Client, show: str) -> None:
    """Sixty messages at once are far fewer frames, and the last word is the right one."""

    async def storm() -> None:
        for n in range(60):
            await house.app.engine.submit(f"show/{show}", MessageHost(message_id=f"s{n}", text=f"第{n}句"), DIRECTOR)

    with Screen(owner) as screen:
        screen.subscribe(f"show/{show}", "prompter.host")
        house.call(storm())
        heard = screen.until(row_seq(owner, show))
        assert len(heard) < 30
        assert screen.rows["prompter.host"] == truth(owner, show, "prompter.host")


def row_seq(owner: httpx.Client, show: str) -> int:
    return owner.get(f"/api/streams/show/{show}/views/prompter.host").json()["seq"]


def test_people_see_who_else_is_there_and_what_they_edit(house: Served, owner: httpx.Client, show: str) -> None:
    stream = f"show/{show}"
    planner = house.person(owner, "pia", "企劃小琵", "planner")
    with Screen(owner) as one:
        one.send(type="here", stream=stream, role="director")
        assert [person["person_id"] for person in one.hear()["people"]] == ["owner"]
        with Screen(planner) as two:
            two.send(type="here", stream=stream, role="planner", editing="cue/c1/title")
            people = {person["person_id"]: person for person in one.hear()["people"]}
            assert people["pia"]["name"] == "企劃小琵"
            assert (people["pia"]["role"], people["pia"]["editing"]) == ("planner", "cue/c1/title")
            assert people == {person["person_id"]: person for person in two.hear()["people"]}
        assert [person["person_id"] for person in one.hear()["people"]] == ["owner"]


def test_what_one_may_not_see_is_refused_and_the_line_stays(house: Served, owner: httpx.Client, show: str) -> None:
    stream = f"show/{show}"
    assistant = house.person(owner, "ada", "助理阿達", "assistant")
    with Screen(assistant) as screen:
        assert screen.subscribe(stream, "comment.window", "metric.tiles")["code"] == "core.not_allowed"
        assert screen.subscribe("show/nowhere", "show.head")["code"] == "core.not_found"
        assert screen.subscribe("nonsense", "show.head")["code"] == "core.not_found"
        assert screen.subscribe(stream, "no.such")["code"] == "core.not_found"
        assert "not allowed" in screen.subscribe(stream, "metric.tiles")["message"] or screen.log
        say_to_host(owner, show, "看得到嗎")
        assert screen.still_answers()  # refused means refused: no patch came
        assert screen.subscribe(stream, "comment.window")["type"] == "snapshot"


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '{"type":"fly"}', '{"type":"subscribe","stream":1,"views":{}}', "[" * 50_000,
     '{"type":"subscribe","stream":"show/x","views":{"a":1e99}}', '{"type":"ping","t":"now"}', b"\x00\xff", b'{"type":"ping"}'],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_message_is_told_so_and_the_line_stays(owner: httpx.Client, text: str | bytes) -> None:
    with Screen(owner) as screen:
        screen.line.send(text)
        assert screen.hear()["code"] == "live.bad_message"
        assert screen.still_answers()


def shout(screen: Screen) -> None:
    """The server hangs up while the rest is still on its way: sending finds the line closed, or hearing does."""
    screen.line.send("x" * (1024 * 1024))
    screen.hear()


def test_a_huge_message_closes_its_own_line_and_no_other(owner: httpx.Client) -> None:
    with Screen(owner) as calm, Screen(owner) as loud:
        with pytest.raises(ConnectionClosed) as closed:
            shout(loud)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
        assert calm.still_answers()


def test_another_site_may_not_use_somebodys_session(owner: httpx.Client) -> None:
    with Screen(owner, origin="https://evil.example") as screen:
        assert screen.hear()["code"] == "live.bad_origin"
        with pytest.raises(ConnectionClosed):
            screen.hear()


def test_nobody_is_let_in_without_a_session(house: Served) -> None:
    with Screen(httpx.Client(base_url=house.base)) as screen:
        assert screen.hear()["code"] == "core.not_signed_in"
        with pytest.raises(ConnectionClosed) as closed:
            screen.hear()
        assert closed.value.rcvd.code == 4401


def test_a_slow_reader_is_skipped_and_gets_a_snapshot_when_it_reads_again(
    house: Served, owner: httpx.Client, show: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "BUFFER_BYTES_MAX", 64 * 1024)
    stream, views = f"show/{show}", ("prompter.host", "rundown.cues", "rundown.clock")
    with Screen(owner) as quick, Screen(owner, sock=narrow(house.base), max_queue=1) as slow:
        quick.subscribe(stream, *views)
        for _ in range(3000):  # each is answered by a snapshot that nobody reads
            slow.send(type="subscribe", stream=stream, views=dict.fromkeys(views))
        texts = [f"第{n}句" for n in range(20)]
        for text in texts:
            quick.until(say_to_host(owner, show, text))
            assert quick.rows["prompter.host"]["now"]["message"] == text
        last = quick.seq
        heard = slow.until(last)  # nothing more happens in this show: it must be woken without news
        assert heard[-1]["type"] == "snapshot"
        assert "patch" not in {message["type"] for message in heard}
        assert slow.rows["prompter.host"] == quick.rows["prompter.host"]
        assert slow.rows["prompter.host"] == truth(owner, show, "prompter.host")


class Clogged:
    """A line that takes what it is given only while `open`."""

    def __init__(self) -> None:
        self.open, self.empty = True, True
        self.got: list[dict[str, Any]] = []

    def write(self, payload: bytes, frame: bytes) -> bool:
        if self.open:
            self.got.append(json.loads(payload))
        return self.open

    def drained(self) -> bool:
        return self.empty


def test_a_reader_that_missed_one_patch_gets_no_other_before_it_is_whole_again(house: Served, show: str) -> None:
    stream, line = f"show/{show}", Clogged()
    hub, engine = house.app.hub, house.app.engine

    async def say(text: str) -> None:
        await engine.submit(stream, MessageHost(message_id=text, text=text), DIRECTOR)
        hub._flush(hub._channels[stream], everything=True)

    async def story() -> None:
        reader = await hub.subscribe(line, stream, {"prompter.host": None})  # type: ignore[arg-type]
        line.open = line.empty = False
        await say("甲")
        line.open = True  # room again, but what went before is still on its way
        await say("乙")
        assert [message["type"] for message in line.got] == ["snapshot"]
        line.empty = True
        await say("丙")
        await say("丁")
        assert [message["type"] for message in line.got] == ["snapshot", "snapshot", "patch"]
        assert line.got[-1]["after"] <= line.got[1]["seq"]
        hub.leave(reader)

    house.call(story())


def test_a_show_says_the_same_on_the_channel_and_by_http(owner: httpx.Client, show: str) -> None:
    names = owner.get("/api/openapi.json").json()["x-views"]
    views = [
        name
        for name in names
        if not name.startswith("workspace.")
        and name not in ("show.list", "effect.like", "erasure.list", "review.now", "bridge.list")
    ]
    with Screen(owner) as screen:
        answer = screen.subscribe(f"show/{show}", *views)
        assert answer["type"] == "snapshot", answer
        assert screen.rows["show.head"]["show"] == row(owner, f"show/{show}", "show.head", "show")
        assert set(screen.rows) == set(views)
