"""The stage itself: it tells a story's end from its middle, and catches a view that forgets a key."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Event, Fact
from kaibo.core.feature import Context, Feature, View
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.core.stream import StreamFold

LIN = Actor(id="lin", role="director")


class BellRung(Fact, frozen=True, kw_only=True, tag="bell.rung"):
    """A bell rang."""

    bell: str


class RingBell(Command, frozen=True, kw_only=True, tag="bell.ring"):
    """Ring it."""

    duty = "bell.ring"
    bell: str


class BellCracked(Refusal):
    """This bell rings no more."""

    code = "bell.cracked"
    bell: str
    by: str
    duty: str


class RingRow(msgspec.Struct, frozen=True, kw_only=True):
    """How often a bell rang, and when it last did."""

    times: int
    at: int


Rings = dict[str, RingRow]


def fold(state: Rings, event: Event[Any]) -> None:
    """Count a ring."""
    before = state.get(event.fact.bell)
    state[event.fact.bell] = RingRow(times=before.times + 1 if before else 1, at=event.at)


def decide(state: Rings, command: RingBell, ctx: Context) -> list[Fact]:
    """A bell cracks after its second ring."""
    row = state.get(command.bell)
    if row is not None and row.times == 2:
        raise BellCracked(bell=command.bell, by=ctx.actor.id, duty=ctx.actor.duty)
    return [BellRung(bell=command.bell)]


def show(state: Rings, event: Event[Any]) -> Iterable[str]:
    """The bell that rang."""
    fold(state, event)
    return (event.fact.bell,)


def forget(state: Rings, event: Event[Any]) -> Iterable[str]:
    """A view that says nothing changed."""
    fold(state, event)
    return ()


def bell(view_fold: Any = show) -> Feature:
    """A feature with one bell."""
    view = View(name="bell.rings", row=RingRow, reads=(BellRung,), state=dict, fold=view_fold, keys=list, get=dict.get, duty="")
    return Feature(
        name="bell",
        streams=("show",),
        facts=(BellRung,),
        commands=(RingBell,),
        state=dict,
        fold=fold,
        decide=decide,
        views=(view,),
    )


def test_a_command_leads_to_facts_and_a_row() -> None:
    stage = Stage(bell())
    stage.given(BellRung(bell="a"))
    stage.when(RingBell(bell="a"), by=LIN, at=CURTAIN_AT + 5)
    stage.then(BellRung(bell="a"))
    assert stage.row("bell.rings", "a") == RingRow(times=2, at=CURTAIN_AT + 5)
    assert stage.rows("bell.rings").keys() == {"a"}
    assert [event.seq for event in stage.events] == [1, 2]
    assert stage.events[1].actor == Actor(id="lin", role="director", duty="bell.ring")


def test_a_refusal_is_told_with_its_data() -> None:
    stage = Stage(bell()).given(BellRung(bell="a"), BellRung(bell="a"))
    stage.when(RingBell(bell="a"), by=LIN)
    refusal = stage.refused(BellCracked, bell="a", by="lin")
    assert refusal.data["duty"] == "bell.ring"
    assert stage.seq == 2


def test_a_story_cannot_pass_over_a_refusal_it_did_not_ask_for() -> None:
    stage = Stage(bell()).given(BellRung(bell="a"), BellRung(bell="a"))
    stage.when(RingBell(bell="a"))
    with pytest.raises(BellCracked):
        stage.then()


def test_a_story_that_expects_a_refusal_is_wrong_when_none_came() -> None:
    stage = Stage(bell()).when(RingBell(bell="a"))
    with pytest.raises(AssertionError):
        stage.refused(BellCracked)


def test_a_story_that_expects_other_facts_or_data_is_wrong() -> None:
    stage = Stage(bell()).when(RingBell(bell="a"))
    with pytest.raises(AssertionError):
        stage.then(BellRung(bell="b"))
    stage.given(BellRung(bell="a"))
    stage.when(RingBell(bell="a"))
    with pytest.raises(AssertionError):
        stage.refused(BellCracked, bell="b")


def test_a_view_that_forgets_to_name_a_changed_key_is_caught() -> None:
    stage = Stage(bell(forget)).given(BellRung(bell="a"))
    with pytest.raises(AssertionError, match=r"bell\.rings"):
        stage.rows("bell.rings")


def test_a_view_over_another_reads_what_that_one_has_just_counted() -> None:
    below = bell().views[0]
    total = View(
        name="bell.total",
        row=RingRow,
        reads=(BellRung,),
        state=lambda rings: rings,
        fold=lambda _rings, _event: ("all",),
        keys=lambda _rings: ("all",),
        get=lambda rings, _key: RingRow(times=sum(row.times for row in rings.values()), at=0),
        duty="",
        over=below,
    )
    house = replace(bell(), views=(below, total))
    stage = Stage(house).given(BellRung(bell="a"), BellRung(bell="b"), BellRung(bell="a"))
    assert stage.row("bell.total", "all") == RingRow(times=3, at=0)
    with pytest.raises(KeyError):
        StreamFold("show/x", (replace(house, views=(total, below)),))
