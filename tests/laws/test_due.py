"""Laws of what features wait for: a command that was decided at its instant is never wanted again."""

from functools import cache
from typing import Any

import pytest

from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Event, Fact
from kaibo.core.feature import Context, Feature
from kaibo.core.stream import SYSTEM, StreamFold
from kaibo.features import FEATURES
from kaibo.features.workspace.charter import allows
from tests.world import STREAM, World, folded, played

WAITING = [feature for feature in FEATURES if feature.due is not None and "show" in feature.streams]
MANY = 10_000


@cache
def world(seed: int) -> World:
    return played(seed)


def rung_out(fold: StreamFold, name: str) -> int:
    """Let everything come due, as if the time went by with nobody touching anything; how often it rang."""
    last: tuple[int, Command] | None = None
    for rung in range(MANY):
        due = fold.due()[name]
        if due is None:
            return rung
        assert due != last, f"{name}: {due} was decided and is still wanted"
        at, command = last = due
        assert allows(frozenset({SYSTEM.role}), command.duty), f"{name}: the system may not {command.duty}"
        ctx = Context(stream=fold.stream, seq=fold.seq, at=max(at, fold.at), actor=SYSTEM, roles=frozenset({SYSTEM.role}))
        fold.decide(command, ctx)
    raise AssertionError(f"{name} rings for ever")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("feature", WAITING, ids=lambda feature: feature.name)
def test_what_is_due_is_allowed_accepted_and_moves_on(feature: Feature, seed: int) -> None:
    events = world(seed).events
    for share in (0.3, 0.5, 0.7, 0.9, 1.0):
        rung_out(folded(events[: int(len(events) * share)]), feature.name)


def test_a_feature_that_keeps_wanting_is_found_out() -> None:
    """The law itself can fail: this feature wants the same for ever."""

    class Nag(Command, frozen=True, kw_only=True, tag="nag.nag"):
        duty = "show.list"

    def decide(state: Any, command: Any, ctx: Context) -> list[Fact]:
        return []

    def fold(state: Any, event: Event[Any]) -> None:
        return None

    nag = Feature(
        name="nag", streams=("show",), facts=(), commands=(Nag,), state=list, fold=fold, decide=decide, due=lambda _: (1, Nag())
    )
    with pytest.raises(AssertionError, match="still wanted"):
        rung_out(StreamFold(STREAM, (nag,)), "nag")
    with pytest.raises(Refusal):
        StreamFold(STREAM, ()).decide(Nag(), Context(stream=STREAM, seq=0, at=0, actor=Actor(id="x", role="system")))
