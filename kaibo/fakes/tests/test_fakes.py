"""What a fake does that is planned to, how it is looked at, and that it is a program of its own."""

import asyncio
import signal
import sys
from typing import Any

import httpx
import msgspec
import pytest

from kaibo.fakes.messenger import Messenger, messenger_served
from kaibo.fakes.tests.conftest import Clock
from kaibo.fakes.tests.test_protocols import WECOM, in_text, pushed

pytestmark = pytest.mark.anyio


async def send(web: httpx.AsyncClient, text: str = "a") -> httpx.Response:
    return await web.post(WECOM, json=in_text(text))


async def until_asked(fake: Messenger, times: int) -> None:
    for _ in range(100_000):
        if fake.asked >= times:
            return
        await asyncio.sleep(0)
    raise AssertionError(f"{fake.asked} requests came, and not {times}")


async def test_a_fault_is_used_up_by_one_request_in_order(web: httpx.AsyncClient, fake: Messenger) -> None:
    fake.plan(["status:429", "status:500", "body:limited", "body:refused"])
    limited, failed, *others = [await send(web) for _ in range(5)]
    assert (limited.status_code, limited.headers["Retry-After"], failed.status_code) == (429, "1", 500)
    assert [each.json()["errcode"] for each in others] == [45009, 40058, 0]
    assert (len(fake.seen), fake.asked) == (1, 5)


@pytest.mark.parametrize(
    ("kind", "path", "limited", "refused"),
    [
        ("slack", "/api/chat.postMessage", (200, "rate_limited"), (200, "restricted_action")),
        ("dingtalk", "/robot/send", (200, "130101"), (200, "310000")),
        ("feishu", "/open-apis/bot/v2/hook/any", (200, "11232"), (200, "19024")),
        ("line", "/v2/bot/message/push", (429, "rate limit"), (400, "Failed")),
        ("webhook", "/hook", (429, "too many"), (422, "refused")),
    ],
)
async def test_each_says_in_its_own_words_that_it_is_too_much_or_never(
    web: httpx.AsyncClient, fake: Messenger, kind: str, path: str, limited: tuple[int, str], refused: tuple[int, str]
) -> None:
    fake.plan([{"fault": "body:limited", "kind": kind}, {"fault": "body:refused", "kind": kind}])
    await send(web)  # of another messenger: it leaves these faults alone
    for status, word in (limited, refused):
        answer = await web.post(path, json={})
        assert answer.status_code == status
        assert word in answer.text
    assert len(fake.seen) == 1


@pytest.mark.parametrize(("fault", "accepted"), [("late:0.05", 0), ("late_after:0.05", 1)])
async def test_late_is_judged_late_or_only_answered_late(
    web: httpx.AsyncClient, fake: Messenger, fault: str, accepted: int
) -> None:
    fake.plan([fault])
    sending = asyncio.create_task(send(web))
    await until_asked(fake, 1)
    assert len(fake.seen) == accepted
    assert (await sending).json()["errcode"] == 0
    assert len(fake.seen) == 1


@pytest.mark.parametrize(("fault", "accepted"), [("late:0.05", 0), ("late_after:0.05", 1), ("half_open", 0)])
async def test_a_sender_that_does_not_wait(web: httpx.AsyncClient, fake: Messenger, fault: str, accepted: int) -> None:
    fake.plan([fault])
    with pytest.raises(httpx.ReadTimeout):
        await web.post(WECOM, json=in_text("a"), timeout=httpx.Timeout(5, read=0.005))
    await until_asked(fake, 1)
    await asyncio.sleep(0.06)
    assert (len(fake.seen), fake.asked) == (accepted, 1)
    assert (await send(web)).json()["errcode"] == 0


@pytest.mark.parametrize(("fault", "accepted"), [("reset", 0), ("reset_after", 1)])
async def test_a_connection_is_cut_instead_of_an_answer(
    web: httpx.AsyncClient, fake: Messenger, fault: str, accepted: int
) -> None:
    fake.plan([fault])
    with pytest.raises(httpx.ReadError):
        await send(web)
    assert len(fake.seen) == accepted
    assert (await send(web)).json()["errcode"] == 0


async def test_an_answer_that_is_none(web: httpx.AsyncClient, fake: Messenger) -> None:
    fake.plan(["garbage", "html"])
    for _ in range(2):
        answer = await send(web)
        assert answer.status_code == 200
        with pytest.raises(ValueError, match=r"."):
            answer.json()
    assert "text/html" in answer.headers["Content-Type"]
    assert fake.seen == []


async def test_twice_shows_a_message_two_times(web: httpx.AsyncClient, fake: Messenger) -> None:
    fake.plan(["twice"])
    assert (await send(web)).json()["errcode"] == 0
    assert [each.text for each in fake.seen] == ["a", "a"]


@pytest.mark.parametrize("fault", ["status:200", "status:4290", "late", "late:-1", "reset:1", "", "on fire\n"])
async def test_a_fault_that_is_none_is_told(web: httpx.AsyncClient, fake: Messenger, fault: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        fake.plan(["reset", fault])
    answer = await web.post("/_plan", json=[{"fault": "reset"}, {"fault": fault}])
    assert answer.status_code == 400
    assert (await send(web)).json()["errcode"] == 0


async def test_a_fake_is_planned_and_looked_at_from_outside(web: httpx.AsyncClient, fake: Messenger, clock: Clock) -> None:
    assert (await web.post("/_plan", json=[{"fault": "status:500"}])).status_code == 200
    for _ in range(20 + 2):
        answer = await send(web, "開播")
    assert answer.json()["errcode"] == 45009
    seen: list[dict[str, Any]] = (await web.get("/_seen")).json()
    assert seen[0] == {"kind": "wecom", "target": "fake-wecom-key", "text": "開播", "key": "", "at": clock.now}
    assert (len(seen), (await web.get("/_asked")).json()) == (20, 22)
    await web.post("/_plan", json=[{"fault": "status:500"}])
    assert (await web.post("/_clear")).status_code == 200
    assert ((await web.get("/_seen")).json(), fake.asked) == ([], 0)
    assert (await send(web)).json()["errcode"] == 0


async def test_what_is_no_request_of_a_messenger(web: httpx.AsyncClient, fake: Messenger) -> None:
    assert (await web.post("/nowhere")).status_code == 404
    assert (await web.get("/hook")).status_code == 405
    assert fake.asked == 2

    async def parts():  # pyright: ignore[reportUnknownParameterType]
        yield b"{}"

    assert (await web.post("/hook", content=parts())).status_code == 411
    assert (await web.post("/hook", content=b"a" * 1_000_001)).status_code == 413
    assert fake.asked == 2


async def test_one_messenger_alone_has_its_own_paths_alone() -> None:
    async with messenger_served("line") as fake, httpx.AsyncClient(base_url=fake.url, trust_env=False) as web:
        assert (await send(web)).status_code == 404
        headers = {"Authorization": "Bearer fake-line-token"}
        assert (await web.post("/v2/bot/message/push", json=pushed("a"), headers=headers)).status_code == 200


async def test_the_end_waits_for_nobody() -> None:
    async with messenger_served("wecom") as fake, httpx.AsyncClient(base_url=fake.url, trust_env=False) as web:
        fake.plan(["half_open", "late_after:60"])
        waiting = [asyncio.create_task(send(web)) for _ in range(2)]
        await until_asked(fake, 2)
        await fake.hang_up()
        ends = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(each, httpx.TransportError) for each in ends)


async def test_a_fake_is_a_program_of_its_own() -> None:
    """It says one line, serves, and ends when it is told to."""
    asked = [sys.executable, "-m", "kaibo.fakes", "all", "--port", "0"]
    program = await asyncio.create_subprocess_exec(*asked, stdout=asyncio.subprocess.PIPE)
    assert program.stdout is not None
    url = (await program.stdout.readline()).decode().strip()
    async with httpx.AsyncClient(base_url=url, trust_env=False) as web:
        assert (await send(web)).json()["errcode"] == 0
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), 10) == 0
    assert await program.stdout.read() == b""
