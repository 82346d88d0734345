"""What a charter answers is remembered, as much as anybody asks in an evening and no more."""

import pytest

from kaibo import permits
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
