"""The law of views holds through every question: a lens opened at any seq, and its patches, show what one opened at the end shows."""

from functools import cache
from typing import Any

import pytest

from kaibo.core.errors import Invalid
from kaibo.core.feature import Lens, View
from kaibo.features import FEATURES
from kaibo.features.comment import stream
from tests.world import World, played

SEEDS = (1, 2, 3)
VIEWS = {view.name: view for feature in FEATURES for view in feature.views if view.lens is not None}
QUESTIONS = {
    "comment.stream": (
        "",
        "kind=question",
        "kind=question,aftersales",
        "product=P1",
        "text=商品",
        "kind=order&text=+1",
        "viewer=v1",
        "text=nothing-says-this",
    ),
}
CASES = [(name, question, seed) for name in VIEWS for question in QUESTIONS[name] for seed in SEEDS]


@cache
def world(seed: int) -> World:
    return played(seed)


def whole(lens: Lens) -> dict[str, Any]:
    return {key: lens.get(key) for key in lens.listed()}


def seen(view: View, question: str, seed: int) -> tuple[list[dict[str, Any]], dict[str, Any], Any]:
    """What screens that joined along the way show at the end, and what a fresh one shows."""
    assert view.lens is not None
    events = world(seed).events
    state = view.state()
    screens: list[tuple[Lens, dict[str, Any]]] = []
    joins = {0, len(events) // 3, len(events) // 2, len(events) - 2}
    for place, event in enumerate(events):
        if place in joins:
            lens = view.lens(state, question)
            screens.append((lens, whole(lens)))
        if not isinstance(event.fact, view.reads):
            continue
        view.fold(state, event)
        for lens, screen in screens:
            for key in lens.fold(event):
                row = lens.get(key)
                if row is None:
                    screen.pop(key, None)
                else:
                    screen[key] = row
    return [screen for _, screen in screens], whole(view.lens(state, question)), state


@pytest.mark.parametrize(("name", "question", "seed"), CASES)
def test_a_lens_and_its_patches_are_the_lens_at_the_end(name: str, question: str, seed: int) -> None:
    screens, end, _ = seen(VIEWS[name], question, seed)
    assert len(screens) == 4
    for screen in screens:
        assert screen == end


@pytest.mark.parametrize(("name", "question", "seed"), CASES)
def test_also_when_what_is_remembered_is_little(name: str, question: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WINDOW_COMMENTS", 12)
    monkeypatch.setattr(stream, "ROWS_MAX", 5)
    screens, end, _ = seen(VIEWS[name], question, seed)
    for screen in screens:
        assert screen == end


def test_the_plain_view_is_the_lens_that_asks_for_everything() -> None:
    view = VIEWS["comment.stream"]
    _, end, state = seen(view, "", 1)
    assert {key: view.get(state, key) for key in view.keys(state)} == end


@pytest.mark.parametrize("question", ["kind=nonsense", "color=red", "text", f"text={'長' * 61}", "kind=a&" * 9])
def test_what_is_no_question_is_refused(question: str) -> None:
    view = VIEWS["comment.stream"]
    assert view.lens is not None
    with pytest.raises(Invalid):
        view.lens(view.state(), question)
