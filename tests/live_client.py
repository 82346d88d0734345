"""A screen as the browser has it: one WebSocket, rows by view, gaps found and mended."""

import json
import socket
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
from websockets.sync.client import ClientConnection, connect

WAIT_S = 30


class Screen:
    """Signed in by a client's cookie or token. `rows` is what it shows, `log` the messages it got, raw."""

    def __init__(self, client: httpx.Client, **options: Any) -> None:
        headers = {"Accept-Language": "en"}
        if "Authorization" in client.headers:
            headers["Authorization"] = client.headers["Authorization"]
        if client.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        url = str(client.base_url).replace("http", "ws", 1).rstrip("/") + "/api/live"
        self.line: ClientConnection = connect(
            url, additional_headers=headers, compression=None, max_size=None, **{"ping_interval": None, **options}
        )
        self.rows: dict[str, dict[str, Any]] = {}
        self.log: list[str] = []
        self.seq = 0

    def send(self, **message: Any) -> None:
        self.line.send(json.dumps(message))

    def subscribe(self, stream: str, *views: str, since: int | None = None) -> dict[str, Any]:
        """Ask for views; the first answer."""
        self.send(type="subscribe", stream=stream, views=dict.fromkeys(views, since))
        return self.hear()

    def hear(self) -> dict[str, Any]:
        """The next message, taken into `rows`."""
        text = self.line.recv(WAIT_S)
        assert isinstance(text, str)
        self.log.append(text)
        message = json.loads(text)
        if message["type"] == "snapshot":
            self.rows.update({view: dict(body["rows"]) for view, body in message["views"].items()})
        elif message["type"] in ("patch", "caught_up"):
            for view, body in message["views"].items():
                shown = self.rows.setdefault(view, {})
                shown.update(body["rows"])
                for key in [key for key, row in body["rows"].items() if row is None]:
                    del shown[key]
        self.seq = message.get("seq", self.seq)
        return message

    def until(self, seq: int) -> list[dict[str, Any]]:
        """Every message up to the one that brings event `seq`."""
        heard = [self.hear()]
        while heard[-1].get("seq", 0) < seq:
            heard.append(self.hear())
        return heard

    def still_answers(self) -> bool:
        """Nothing is on its way, and the line is alive."""
        self.send(type="ping", t=1)
        return self.hear()["type"] == "pong"

    def close(self) -> None:
        self.line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def narrow(base: str) -> socket.socket:
    """A connection whose receive buffer is small, so that not reading is felt at once."""
    place = urlsplit(base)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((place.hostname, place.port))
    return line
