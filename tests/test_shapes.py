"""A fold has two shapes, and the wrong one is told where it is made: with its name, its function and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from kaibo.core.event import Event
from kaibo.core.feature import Feature, View
from kaibo.core.slice import Slice, Touched

HERE = __name__


class PotRow(msgspec.Struct, frozen=True, kw_only=True):
    """A pot."""


def alone(_state: object, _event: Event[Any]) -> Iterable[str]:
    """Over no slice."""
    return ()


def told(_state: object, _event: Event[Any], touched: Touched) -> Iterable[str]:
    """Over slices."""
    return touched


def told_or_not(_state: object, _event: Event[Any], touched: Touched | None = None) -> Iterable[str]:
    """Either way."""
    return touched or ()


class Over:
    """A state that stands on one slice."""

    def __init__(self, below: object) -> None:
        """What it stands on."""
        self.below = below


HEAT = Slice(name="kitchen.heat", reads=(), state=dict, fold=alone)
SALT = Slice(name="kitchen.salt", reads=(), state=dict, fold=alone)


def a_slice(**given: Any) -> object:
    """A slice so made."""
    return Slice(name="pot.lid", reads=(), **given)


def a_view(**given: Any) -> object:
    """A view so made."""
    return View(name="pot.lid", row=PotRow, reads=(), keys=list, get=dict.get, duty="pot.read", **given)


def a_feature(**given: Any) -> object:
    """A feature so made."""
    return Feature(name="pot.lid", streams=("show",), facts=(), commands=(), decide=lambda *_: (), **given)


KINDS = pytest.mark.parametrize(("kind", "make"), [("slice", a_slice), ("view", a_view), ("feature", a_feature)])


@KINDS
def test_one_that_forgets_what_it_is_over_is_told_its_name_its_fold_and_what_to_do(
    kind: str, make: Callable[..., object]
) -> None:
    with pytest.raises(TypeError) as told_of:
        make(state=dict, fold=told)
    assert str(told_of.value) == (
        f"{kind} pot.lid is over no slice, so `{HERE}.told` is called as `fold(state, event)`:"
        " name in `over=` the slices whose `touched` it reads, or strike out that argument"
    )


@KINDS
def test_one_whose_fold_does_not_ask_what_was_touched_is_told_too(kind: str, make: Callable[..., object]) -> None:
    with pytest.raises(TypeError) as told_of:
        make(state=Over, fold=alone, over=(HEAT,))
    assert str(told_of.value) == (
        f"{kind} pot.lid is over kitchen.heat, so `{HERE}.alone` is called as `fold(state, event, touched)`:"
        " let it take `touched`, or strike out `over`"
    )


@KINDS
@pytest.mark.parametrize(
    ("fold", "over", "said"),
    [
        (told, (HEAT, SALT), "over kitchen.heat, kitchen.salt, so `{}` is called with the states of these, 2 in all"),
        (alone, (), "over no slice, so `{}` is called with the states of these, 0 in all"),
    ],
)
def test_a_state_that_takes_more_or_fewer_slices_than_it_is_over_is_told(
    kind: str, make: Callable[..., object], fold: object, over: tuple[Slice[object], ...], said: str
) -> None:
    with pytest.raises(TypeError, match=f"^{kind} pot.lid is {said.format(f'{HERE}.Over')}: let `state` take as many"):
        make(state=Over, fold=fold, over=over)


@KINDS
def test_the_right_shapes_are_taken(kind: str, make: Callable[..., object]) -> None:
    assert kind
    for fold in (alone, told_or_not):
        make(state=dict, fold=fold)
    for fold in (told, told_or_not):
        make(state=Over, fold=fold, over=(HEAT,))


def test_a_copy_is_looked_at_like_what_it_is_a_copy_of() -> None:
    view: View[PotRow] = View(
        name="pot.lid", row=PotRow, reads=(), state=Over, fold=told, over=(HEAT,), keys=list, get=lambda *_: None, duty=""
    )
    with pytest.raises(TypeError, match=r"^view pot.lid is over no slice, so `.*told`"):
        replace(view, over=())
