"""The stage itself: it tells a story's end from its middle, and catches a view that forgets a key."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Event, Fact
from kaibo.core.feature import Context, Feature, View
from kaibo.core.slice import Slice, Touched
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


# slices
def fold_total(total: list[int], event: Event[Any]) -> Iterable[str]:
    total[0] += 1
    return (event.fact.bell,) if event.fact.bell != "silent" else ()


TOTAL: Slice[list[int]] = Slice(name="bell.total", reads=(BellRung,), state=lambda: [0], fold=fold_total)


def fold_twice(twice: list[Any], event: Event[Any], touched: Touched) -> Iterable[str]:
    del event
    twice[1].append(sorted(touched.of(TOTAL)))
    return touched.of(TOTAL)


TWICE: Slice[list[Any]] = Slice(name="bell.twice", reads=(), state=lambda total: [total, []], fold=fold_twice, over=(TOTAL,))


def over_slices() -> Feature:
    """A decider that reads no fact but what is below it, and a view that shows the upper slice."""

    def heard(state: list[Any], event: Event[Any], touched: Touched) -> None:
        state[1].append((event.seq, sorted(touched.of(TOTAL, TWICE)), state[0][0]))

    sum_of = View(
        name="bell.sum",
        row=RingRow,
        reads=(),
        state=lambda twice: twice,
        fold=lambda _, __, touched: touched.of(TWICE),
        keys=lambda _: ("all",),
        get=lambda twice, _: RingRow(times=twice[0][0], at=0),
        duty="",
        over=(TWICE,),
    )
    return Feature(
        name="sums",
        streams=("show",),
        facts=(),
        commands=(),
        state=lambda total: [total, []],
        fold=heard,
        decide=lambda *_: (),
        over=(TOTAL,),
        views=(sum_of,),
    )


def test_who_stands_on_a_slice_is_told_what_an_event_touched_after_the_slice_has_taken_it() -> None:
    stage = Stage(over_slices())
    stage.given(BellRung(bell="a"), BellRung(bell="silent"), BellRung(bell="b"))
    assert stage.state[1] == [(1, ["a"], 1), (3, ["b"], 3)]
    assert stage.fold.slice(TWICE) == [[3], [["a"], ["b"]]]
    assert stage.fold.row("bell.sum", "all") == RingRow(times=3, at=0)


def test_rules_stand_on_what_was_decided_and_screens_on_what_is_durable() -> None:
    fold = StreamFold("show/s1", (bell(), over_slices()))
    ctx = Context(stream="show/s1", seq=0, at=CURTAIN_AT, actor=LIN)
    (event,) = fold.decide(RingBell(bell="a"), ctx)
    assert fold.state("sums")[0] == [1]
    assert fold.slice(TOTAL) == [0]
    assert fold.project(event) == {"bell.rings": {"a"}, "bell.sum": {"a"}}
    assert fold.slice(TOTAL) == [1]


def test_two_truths_of_one_name_are_refused() -> None:
    other: Slice[Any] = Slice(name="bell.total", reads=(), state=dict, fold=lambda *_: ())
    with pytest.raises(ValueError, match=r"bell\.total"):
        StreamFold("show/s1", (replace(over_slices(), over=(TOTAL, other), state=lambda *_: []),))


def test_a_slice_is_there_only_where_somebody_stands_on_it() -> None:
    with pytest.raises(KeyError):
        Stage(bell()).fold.slice(TOTAL)
