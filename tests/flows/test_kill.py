"""kill -9 at random points under load: every acknowledged command is there afterwards, once."""

import threading
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.served import do, sign_in, start

WRITERS = 6
START = 1_764_331_200_000


class Writer(threading.Thread):
    """Sends messages with idempotency keys until the line is cut; remembers what was acknowledged and what was not."""

    def __init__(self, base: str, token: str, number: int) -> None:
        super().__init__(daemon=True)
        self.base, self.token, self.number = base, token, number
        self.acknowledged: dict[str, int] = {}
        self.open = ""

    def run(self) -> None:
        with httpx.Client(base_url=self.base, headers={"Authorization": f"Bearer {self.token}"}, timeout=10) as client:
            for count in range(100_000):
                key = f"w{self.number}-{count}"
                self.open = key
                try:
                    answer = send(client, key)
                except httpx.HTTPError:
                    return
                if answer.status_code != 200:
                    return
                self.acknowledged[key] = answer.json()["seq"]


def send(client: httpx.Client, key: str) -> httpx.Response:
    body = {"message_id": key, "text": key}
    return client.post("/api/streams/show/k/commands/prompter.message", json=body, headers={"Idempotency-Key": key})


def told(client: httpx.Client) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    while page := client.get("/api/streams/show/k/events", params={"after": len(found), "limit": 1000}).json()["events"]:
        found.extend(page)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_what_was_acknowledged_survives_a_kill(seed: int, tmp_path: Path) -> None:
    enough = Random(seed).randrange(30, 400)
    process = start(tmp_path)
    try:
        owner = sign_in(process.base, process.link)
        do(owner, "show", "k", "show.plan", show_id="k", title="斷電", starts_at=START, ends_at=START + 3_600_000)
        token = owner.post("/api/tokens", json={"label": "w", "roles": ["director"]}).json()["token"]
        writers = [Writer(process.base, token, number) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        while sum(len(writer.acknowledged) for writer in writers) < enough:
            assert any(writer.is_alive() for writer in writers)
            writers[0].join(0.002)
        process.kill()
        for writer in writers:
            writer.join(15)
    finally:
        process.kill()

    again = start(tmp_path)
    try:
        with httpx.Client(base_url=again.base, headers={"Authorization": f"Bearer {token}"}, timeout=10) as client:
            events = told(client)
            assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
            by_key = {event["key"]: event["seq"] for event in events if "key" in event}
            acknowledged = {key: seq for writer in writers for key, seq in writer.acknowledged.items()}
            assert len(acknowledged) >= enough
            assert {key: by_key.get(key) for key in acknowledged} == acknowledged
            before = len(events)
            unsure = {writer.open for writer in writers}
            for key in unsure:
                first, second = send(client, key), send(client, key)
                assert first.json() == second.json()
            assert len(told(client)) == before + len([key for key in unsure if key not in by_key])
    finally:
        again.kill()
