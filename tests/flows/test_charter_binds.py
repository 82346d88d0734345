"""The charter binds: every role, every command of people, every phase, over HTTP, beside what was published."""

import re
import secrets
from collections.abc import Iterator
from random import Random
from types import SimpleNamespace

import httpx
import msgspec
import pytest
from msgspec import inspect as kinds

from kaibo.core.event import Command
from kaibo.core.feature import tag_of
from kaibo.features import FEATURES
from kaibo.features.charter.facts import Phase
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.table import GRANTED, PHASES, compile_charter
from tests.served import ask, do, row, served
from tests.world_others import Others

ROLES = tuple(each.role_id for each in seven().roles)
LIKELY = ("P1", "TWD", "abc", "0a" * 32, "youtube/u1", "12:34", "2026-01")
TURNS = ("show.air", "show.end")  # they end the phase that is looked at


def commands() -> Iterator[type[Command]]:
    for feature in FEATURES:
        yield from (
            each for each in feature.commands if each.duty in GRANTED and "show" in feature.streams_of(each) and not each.opens
        )


class Bodies(Others):
    """Values of the types of fields, good enough to reach the guard."""

    def __init__(self) -> None:
        self.at, self.events, self._dice = 1, [], Random(7)

    def _value(self, kind: kinds.Type, name: str) -> object:
        match kind:
            case kinds.StrType(pattern=str(pattern)):
                return next(each for each in LIKELY if re.search(pattern, each))
            case _:
                return super()._value(kind, name)

    def body(self, kind: type[Command]) -> dict[str, object]:
        made = kind(**self._fields(kinds.type_info(kind)))
        told = msgspec.to_builtins(made)
        told.pop("type")
        return told


def plan(client: httpx.Client, show_id: str) -> None:
    body = {
        "show_id": show_id,
        "title": "秋裝",
        "starts_at": 1_760_000_000_000,
        "ends_at": 1_760_007_200_000,
        "timezone": "Asia/Taipei",
    }
    do(client, "show", show_id, "show.plan", **body, currency="TWD")


def message() -> dict[str, str]:
    return {"message_id": secrets.token_hex(4), "text": "慢一點"}


def publish(owner: httpx.Client, version: int) -> None:
    seen = row(owner, "workspace/main", "charter.head", "charter")["changed_seq"]
    do(owner, "workspace", "main", "charter.publish", version=version, seen=seen)


def refused(answer: httpx.Response) -> bool:
    """By the charter; any other refusal came after it."""
    return answer.status_code == 403 and answer.json()["code"] == "core.not_allowed"


@pytest.fixture(scope="module")
def house() -> Iterator[SimpleNamespace]:
    with served() as app:
        owner = app.owner()
        people = {role: app.person(owner, f"p-{role}", role, role) for role in ROLES if role != "owner"}
        people["owner"] = app.person(owner, "p-owner", "another", "owner")
        do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
        do(owner, "workspace", "main", "charter.draft", preset="seven")
        publish(owner, 1)
        yield SimpleNamespace(app=app, owner=owner, people=people)


def test_every_role_command_and_phase(house):
    table, bodies = compile_charter(seven(), 1), Bodies()
    wrong: list[str] = []
    for phase in PHASES:
        show_id = f"s-{phase.replace('_', '-')}"
        enter(house, show_id, phase)
        for kind in commands():
            for role, client in house.people.items():
                name, where = tag_of(kind), show_id
                if name in TURNS:
                    where = f"{show_id}-{role}-{name.partition('.')[2]}"
                    enter(house, where, phase)
                answer = ask(client, "show", where, name, **bodies.body(kind))
                assert answer.status_code != 422 or answer.json()["code"] != "core.invalid", (name, answer.text)
                if refused(answer) is (table.role(frozenset({role}), kind.duty, phase) is not None):
                    wrong.append(f"{role} {name} {phase}: {answer.status_code}")
    assert wrong == []


def enter(house: SimpleNamespace, show_id: str, phase: Phase) -> None:
    plan(house.people["planner"], show_id)
    if phase != "before":
        do(house.people["director"], "show", show_id, "show.air")
        wait_for_version(house, show_id)
    if phase == "after":
        do(house.people["director"], "show", show_id, "show.end")


def wait_for_version(house: SimpleNamespace, show_id: str) -> None:
    for _ in range(500):
        if row(house.owner, f"show/{show_id}", "charter.in_force", "charter")["version"] == 1:
            return
    raise AssertionError(show_id)


def test_a_show_on_air_keeps_its_charter_until_a_director_takes_the_newer_one(house):
    enter(house, "kept", "on_air")
    director, host = house.people["director"], house.people["host"]
    do(house.owner, "workspace", "main", "charter.draft", preset="published")
    moved = [("director", "RA", "I"), ("host", None, "RA")]
    changes = [{"duty_id": "tell.host", "role_id": role, "was": was, "cell": cell} for role, was, cell in moved]
    do(house.owner, "workspace", "main", "charter.change_cells", changes=changes)
    publish(house.owner, 2)
    assert ask(director, "show", "kept", "prompter.message", **message()).status_code == 200
    assert refused(ask(host, "show", "kept", "prompter.message", **message()))
    told = director.get("/api/shows/kept/duties").json()
    assert (told["version"], told["phase"], "host.message" in told["duties"]) == (1, "on_air", True)
    plan(house.people["planner"], "later")
    assert refused(ask(director, "show", "later", "prompter.message", **message()))
    do(director, "show", "kept", "charter.take")
    for _ in range(500):
        if row(house.owner, "show/kept", "charter.in_force", "charter")["version"] == 2:
            break
    assert refused(ask(director, "show", "kept", "prompter.message", **message()))
    assert ask(host, "show", "kept", "prompter.message", **message()).status_code == 200
    before = director.get(
        "/api/shows/kept/why",
        params={"duty": "host.message", "at": row(house.owner, "show/kept", "show.head", "show")["aired_at"] + 1},
    )
    assert (before.json()["version"], before.json()["role"]) == (1, "director")
