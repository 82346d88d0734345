"""What a charter answers is remembered, as much as anybody asks in an evening and no more."""

import pytest

from kaibo import permits
from kaibo.core.event import Actor, Event
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.charter.facts import CellChange, CharterPublished
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.slices import with_cells
from kaibo.kit.admission import Caller
from kaibo.permits import Permits

HOST = Caller(id="mei", name="美", roles=frozenset({"host"}))
DUTIES = ("prompter.read", "promo.approve", "rundown.run", "claim.read")


def test_the_same_is_answered_the_second_time() -> None:
    house = Permits()
    first = [house.carries(HOST, HOST.roles, duty) for duty in DUTIES]
    assert [house.carries(HOST, HOST.roles, duty) for duty in DUTIES] == first
    assert {answer is None for answer in first} == {True, False}


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permits, "ANSWERS_MAX", 2)
    house = Permits()
    for duty in DUTIES:
        house.carries(HOST, HOST.roles, duty)
    assert [len(answers) for _, answers in house._answers.values()] == [2]


def test_whose_the_work_is_follows_what_was_published_without_a_new_start() -> None:
    workspace, house = StreamFold("workspace/main", FEATURES), Permits()
    house.read(workspace)
    moved = with_cells(
        seven(),
        [
            CellChange(duty_id="moderate.live", role_id=role, was=None, cell=cell)
            for role, cell in (("care", "R"), ("assistant", "I"))
        ],
    )
    workspace.project(
        Event(
            stream="workspace/main",
            seq=1,
            at=1,
            actor=Actor(id="o", role="owner"),
            fact=CharterPublished(version=1, charter=moved),
        )
    )
    house.read(workspace)
    members = house.members()
    assert members is not None
    assert members.lines["moderate.live"] == (("care",), ("director",))
    assert members.owners["moderate.live"][0] == "care"
