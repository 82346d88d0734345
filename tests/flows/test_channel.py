"""What nobody took in time is the next one's, also when the house was down meanwhile, and once."""

from pathlib import Path
from typing import Any

import httpx

from tests.flows.test_taking import START, Clock, row
from tests.served import ask, do, served, sign_in


def reached(client: httpx.Client) -> list[tuple[str, list[str]]]:
    return [(each["kind"], each["people"]) for each in row(client, "show/t", "channel.messages", "m")["reached"]]


def until(client: httpx.Client, steps: int) -> list[tuple[str, list[str]]]:
    for _ in range(500):
        if len(found := reached(client)) >= steps:
            return found
    raise AssertionError(found)


def test_a_step_that_fell_due_while_the_house_was_down_is_asked_once(tmp_path: Path) -> None:
    clock = Clock()
    crew = [
        {"person_id": "ai", "name": "小艾", "roles": ["assistant"]},
        {"person_id": "lin", "name": "小林", "roles": ["director"]},
    ]
    with served(tmp_path, clock) as house:
        owner = house.owner()
        ai = house.person(owner, "ai", "小艾", "assistant")
        house.person(owner, "lin", "小林", "director")
        do(
            owner,
            "show",
            "t",
            "show.plan",
            show_id="t",
            title="頻道",
            starts_at=START,
            ends_at=START + 1000,
            currency="TWD",
            crew=crew,
        )
        do(ai, "show", "t", "channel.post", message_id="m", channel_id="on_air", text="沒聲音", tag="tech")
        assert reached(owner) == [("does", []), ("answers", ["lin"])]  # nobody does it: who answers is asked at once
        assert ask(ai, "show", "t", "channel.take", message_id="m0").json()["code"] == "channel.message_unknown"
    clock.at += 25_000
    for _ in range(2):  # and the second start asks nobody again
        with served(tmp_path, clock) as house:
            client = sign_in(house.base, house.link)
            assert [kind for kind, _ in until(client, 3)] == ["does", "answers", "everybody"]
    with served(tmp_path, clock) as house:
        client = sign_in(house.base, house.link)
        do(client, "show", "t", "channel.take", message_id="m")
        found: dict[str, Any] = row(client, "show/t", "channel.messages", "m")
        assert (found["stage"], found["stage_by"], len(found["reached"])) == ("taken", "owner", 3)
