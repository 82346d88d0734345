"""Lines that do not do what lines do: half a request, a word at a time, an answer nobody reads, more of them than there is room for."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from kaibo.kit import http, lines
from kaibo.kit import socket as live
from kaibo.kit.budget import Allowance, Budget, TooFast
from kaibo.kit.lines import Ledger
from tests.live_client import Screen, narrow
from tests.served import Served, do, served, sign_in, start

START = 1_764_331_200_000
GET = b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in ("HEAD_S", "SILENT_S"):
        monkeypatch.setattr(lines, name, 0.3)
    monkeypatch.setattr(lines, "UNREAD_S", 0.3)
    monkeypatch.setattr(lines, "PARTING_S", 0.3)
    monkeypatch.setattr(lines, "LINES_MAX", 40)
    with served() as running:
        yield running


def line_to(base: str) -> socket.socket:
    place = urlsplit(base)
    line = socket.create_connection((place.hostname, place.port), timeout=20)
    line.settimeout(20)
    return line


def rest_of(line: socket.socket) -> bytes:
    """Everything until the other end closes."""
    found = b""
    try:
        while part := line.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


def code_of(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)["code"]


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"G",
        b"\r\n",
        b"GET /api/health HTTP/1.1\r\nHost: x\r\n",
        b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    ],
)
def test_half_a_request_is_let_go(house: Served, half: bytes) -> None:
    with line_to(house.base) as line:
        line.sendall(half)
        answer = rest_of(line)
        assert not answer or code_of(answer) == (408, "http.slow_request")
        assert answer or len(half) < 3
    assert httpx.get(f"{house.base}/api/health").status_code == 200


def test_half_a_request_after_a_whole_one_is_let_go_too(house: Served) -> None:
    with line_to(house.base) as line:
        line.sendall(GET)
        assert b"200" in line.recv(65536)
        line.sendall(GET[:20])
        assert code_of(rest_of(line)) == (408, "http.slow_request")


def test_a_slow_request_that_goes_on_is_heard_out(house: Served) -> None:
    """A body over a bad line: each part comes in time, all of them together take longer than that."""
    owner = house.owner()
    token = owner.post("/api/tokens", json={"label": "t", "roles": ["owner"]}).json()["token"]
    body = json.dumps({"person_id": "amy", "name": "阿美", "roles": ["host"]}).encode()
    head = (
        f"POST /api/streams/workspace/main/commands/workspace.add_person HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode()
    rest = threading.Event()
    with line_to(house.base) as line:
        line.sendall(head)
        for place in range(0, len(body), len(body) // 6 + 1):
            rest.wait(0.1)
            line.sendall(body[place : place + len(body) // 6 + 1])
        assert rest_of(line).split()[1] == b"200"


def test_an_answer_that_nobody_reads_costs_the_line_and_nothing_else(house: Served) -> None:
    line = narrow(house.base)
    line.settimeout(20)
    for _ in range(40):
        line.sendall(b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")
    with pytest.raises(OSError, match=r"Broken pipe|reset"):  # cut from the other side: what is sent after it meets nobody
        _go_on(line)
    line.close()
    assert httpx.get(f"{house.base}/api/health").status_code == 200


def _go_on(line: socket.socket) -> None:
    for _ in range(2000):
        line.sendall(GET)
        threading.Event().wait(0.01)


def test_more_lines_than_there_is_room_for_are_told_so_and_the_others_go_on(house: Served) -> None:
    with ExitStack() as open_lines:
        first = open_lines.enter_context(line_to(house.base))
        first.sendall(GET)
        assert b"200" in first.recv(65536)
        many = [open_lines.enter_context(line_to(house.base)) for _ in range(60)]
        for each in many:
            each.sendall(GET)
        answers = [each.recv(65536) for each in many]
        refused = [answer for answer in answers if answer and b"200 OK" not in answer]
        assert len(refused) >= 60 - 20
        assert code_of(refused[0]) == (429, "http.too_many")
        assert b"Retry-After: 10" in refused[0]
        first.sendall(GET)
        assert b"200" in first.recv(65536)
    assert httpx.get(f"{house.base}/api/health").status_code == 200


def test_the_ledger_gives_one_address_half_and_counts_back() -> None:
    ledger = Ledger(10)
    assert [ledger.open("a") for _ in range(6)] == [None] * 5 + [5]
    assert [ledger.open("b") for _ in range(5)] == [None] * 5
    assert ledger.open("c") == 10
    ledger.close("a")
    assert ledger.open("c") is None


def test_the_house_answers_again_after_more_lines_than_the_system_has_handles_for(tmp_path: Path) -> None:
    """A process with few handles: everything is taken, and given back; it is still there, and so is its log."""
    process = start(tmp_path, files=160)
    try:
        owner = sign_in(process.base, process.link)
        do(owner, "show", "k", "show.plan", show_id="k", title="滿線", starts_at=START, ends_at=START + 3_600_000)
        owner.close()
        with ExitStack() as stack:
            for _ in range(400):
                try:
                    line = stack.enter_context(line_to(process.base))
                    line.sendall(GET[:10])
                except OSError:
                    continue
        answer = httpx.get(f"{process.base}/api/health", timeout=20)
        assert answer.status_code == 200
        assert process.popen.poll() is None
    finally:
        process.kill()


# the live channel
def planned(house: Served) -> httpx.Client:
    owner = house.owner()
    do(owner, "show", "s", "show.plan", show_id="s", title="訂閱", starts_at=START, ends_at=START + 3_600_000)
    return owner


def test_one_line_has_so_many_subscriptions_and_says_so(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = planned(house)
    monkeypatch.setattr(live, "SUBSCRIPTIONS_MAX", 3)
    for number in range(4):
        do(owner, "show", f"n{number}", "show.plan", show_id=f"n{number}", title="多", starts_at=START, ends_at=START + 3_600_000)
    with Screen(owner) as screen:
        heard = [screen.subscribe(f"show/n{number}", "show.head")["type"] for number in range(4)]
        assert heard == ["snapshot"] * 3 + ["refused"]
        assert json.loads(screen.log[-1])["code"] == "http.too_many"
        assert screen.subscribe("show/n1", "show.head")["type"] == "snapshot"  # one it has may be asked for again
        assert screen.still_answers()


def test_one_line_does_not_take_all_questions_of_a_stream(house: Served) -> None:
    owner = planned(house)
    asked = [f"comment.stream?text=w{number}" for number in range(40)]
    with Screen(owner) as greedy, Screen(owner) as other:
        assert greedy.subscribe("show/s", *asked)["code"] == "http.too_many"
        assert other.subscribe("show/s", "comment.stream?text=w1")["type"] == "snapshot"


@pytest.mark.parametrize("what", ["subscribe", "nonsense"])  # what cannot be read costs work, too
def test_a_flood_of_messages_is_refused_with_a_time_and_harms_nobody(
    house: Served, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    owner = planned(house)
    monkeypatch.setattr(live, "LINE_WORK", Allowance(0.001, 0.01))
    with Screen(owner) as flood, Screen(owner) as other:
        for _ in range(300):
            flood.send(type=what, stream="show/s", views={"show.head": None, "rundown.clock": None})
        while (message := flood.hear())["type"] != "refused" or message["code"] == "live.bad_message":
            pass
        assert message["code"] == "http.too_fast"
        assert message["data"]["wait_s"] >= 1
        monkeypatch.undo()
        assert other.subscribe("show/s", "show.head")["type"] == "snapshot"


def test_a_person_has_so_many_lines_and_others_have_theirs(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = planned(house)
    amy = house.person(owner, "amy", "阿美", "host")
    monkeypatch.setattr(live, "LINES_PERSON", 3)
    with ExitStack() as stack:
        mine = [stack.enter_context(Screen(amy)) for _ in range(4)]
        assert mine[3].hear()["code"] == "http.too_many"
        assert mine[0].still_answers()
        assert stack.enter_context(Screen(owner)).still_answers()


# how fast
def test_an_allowance_is_a_stretch_and_then_a_pace() -> None:
    now = [100.0]
    budget: Budget[str] = Budget("commands", lambda: now[0])
    allowance = Allowance(2, 4)
    for _ in range(4):
        budget.take("amy", allowance)
    with pytest.raises(TooFast) as refused:
        budget.take("amy", allowance)
    assert refused.value.data == {"what": "commands", "wait_s": 1}
    budget.take("ben", allowance)
    now[0] += 0.5
    budget.take("amy", allowance)
    with pytest.raises(TooFast):
        budget.take("amy", allowance)


def test_a_person_who_sends_more_commands_than_hands_can_is_told_when_to_come_back(
    house: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = planned(house)
    monkeypatch.setattr(http, "PERSON_COMMANDS", Allowance(0.5, 20))
    token = owner.post("/api/tokens", json={"label": "t", "roles": ["director"]}).json()["token"]
    answers = [_say(owner, number) for number in range(30)]
    late = next(answer for answer in answers if answer.status_code == 429)
    assert late.json()["code"] == "http.too_fast"
    assert int(late.headers["Retry-After"]) >= 1
    with httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {token}"}) as other:
        assert _say(other, 1).status_code != 429


def _say(client: httpx.Client, number: int) -> httpx.Response:
    return client.post("/api/streams/show/s/commands/prompter.message", json={"message_id": f"m{number}", "text": "快一點"})


def test_strangers_are_counted_by_address_and_hold_up_nobody_who_is_known(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = planned(house)
    monkeypatch.setattr(http, "STRANGER_REQUESTS", Allowance(0.5, 20))
    with httpx.Client(base_url=house.base) as stranger:
        codes = {stranger.get("/api/me").status_code for _ in range(30)}
    assert codes == {401, 429}
    assert owner.get("/api/me").status_code == 200
