"""Nothing of a rehearsal or a simulation leaves the house, whichever way; and there is no way that is not known here."""

import asyncio
import socket
from pathlib import Path

import pytest

from kaibo.core.event import Mode
from kaibo.kit import outward
from kaibo.kit.outward import Outward, OutwardShut, OutwardUnknownHost, Unreached
from kaibo.kit.passkeys import Holder
from kaibo.kit.push import Note, Phones
from kaibo.kit.vault import Vault
from tests.messengers import messenger
from tests.planted import copied, plant
from tests.served import ROOT

# Who asks anybody outside, and why it is let: the rest goes through the door, or has nothing of a show.
OUTSIDE = {
    "kaibo/kit/outward.py": "the door",
    "kaibo/kit/push.py": "asks the door before it tells a phone",
    "kaibo/kit/provider.py": "who signs in, and nothing of a show",
    "kaibo/feed.py": "a program of its own, that hands in",
}
MADE_UP: tuple[Mode, ...] = ("rehearsal", "simulated")
NETWORK = (
    "httpx", "aiohttp", "requests", "urllib.request", "urllib3", "http.client", "smtplib", "ftplib", "websockets.client", "websockets.asyncio", "websockets.sync",
    "aiosmtplib", "slack_sdk", "linebot", "open_connection", "create_connection", "sock_connect",
)  # fmt: skip


def asking(root: Path) -> set[str]:
    """Files of the program that name a way to the network."""
    found = (
        path
        for path in (root / "kaibo").rglob("*.py")
        if "tests" not in path.parts and "fakes" not in path.relative_to(root).parts
    )
    return {path.relative_to(root).as_posix() for path in found if _asks(path.read_text("utf-8"))}


def _asks(text: str) -> bool:
    code = [line.partition("#")[0] for line in text.splitlines()]
    imports = [line for line in code if line.strip().startswith(("import ", "from "))]
    return any(name in line for line in imports for name in NETWORK) or any(
        f".{name}(" in line for line in code for name in NETWORK[-3:]
    )


def test_there_is_no_way_out_that_is_not_known() -> None:
    assert asking(ROOT) == set(OUTSIDE)


@pytest.mark.parametrize(
    "line",
    [
        "import httpx", "import httpx as h", "from httpx import AsyncClient", "def late() -> None:\n    import smtplib",
        "from urllib.request import urlopen", "import urllib.request", "import http.client", "from slack_sdk import WebClient",
        "import asyncio\nX = asyncio.open_connection('a', 1)", "import socket\nX = socket.create_connection(('a', 1))",
    ],
)  # fmt: skip
def test_a_way_out_that_is_planted_is_seen(tmp_path: Path, line: str) -> None:
    copy = copied(tmp_path)
    plant(copy, "kaibo/connectors/gather.py", line)
    assert asking(copy) - set(OUTSIDE) == {"kaibo/connectors/gather.py"}


@pytest.mark.parametrize("mode", MADE_UP)
def test_the_door_is_shut_to_what_is_made_up(mode: Mode) -> None:
    with messenger() as fake:
        door = Outward((fake.url.removeprefix("http://"),))
        with pytest.raises(OutwardShut):
            asyncio.run(door.post(mode, f"{fake.url}/hook", (), {}, b"{}"))
        phones = Phones(Vault(None, lambda: 0), lambda: 0)
        with pytest.raises(OutwardShut):
            asyncio.run(phones.tell(Holder("lin", 0), lambda _: Note(title="", body="", url="", tag=""), mode))
        assert fake.asked == 0


@pytest.mark.parametrize(
    ("address", "public"),
    [("10.0.0.5", False), ("127.0.0.1", False), ("::1", False), ("169.254.169.254", False), ("93.184.216.34", True)],
)
def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch, address: str, public: bool) -> None:
    async def ask() -> None:
        async def found(*_: object, **__: object) -> list[object]:
            return [(2, 1, 6, "", (address, 443))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
        await Outward()._check_public("https://hook.example.org/x", ("*",))

    if public:
        asyncio.run(ask())
    else:
        with pytest.raises(OutwardUnknownHost):
            asyncio.run(ask())


def test_a_host_that_takes_no_connection_was_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "WAIT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.settimeout(0)
            each.connect_ex(address)
        url = f"http://127.0.0.1:{address[1]}/hook"
        with pytest.raises(Unreached):
            asyncio.run(Outward((f"127.0.0.1:{address[1]}",)).post("live", url, (), {}, b"{}"))
        for each in waiting:
            each.close()
