"""The law of views holds through every question: a lens opened at any seq, and its patches, show what one opened at the end shows."""

from functools import cache
from typing import Any

import pytest

from kaibo.core.errors import Invalid
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.comment import stream
from tests.world import STREAM, World, played

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


def seen(name: str, question: str, seed: int) -> tuple[list[dict[str, Any]], dict[str, Any], StreamFold]:
    """What screens that joined along the way show at the end, and what a fresh one shows."""
    events = world(seed).events
    fold, asked = StreamFold(STREAM, FEATURES), f"{name}?{question}"
    joined: list[dict[str, Any]] = []
    joins = {0, len(events) // 3, len(events) // 2, len(events) - 2}
    for place, event in enumerate(events):
        if place in joins:
            joined.append(fold.rows(asked))
            fold.open(asked)
        for key in fold.project(event).get(asked, ()):
            row = fold.row(asked, key)
            for screen in joined:
                if row is None:
                    screen.pop(key, None)
                else:
                    screen[key] = row
    fold.close(asked)
    return joined, fold.rows(asked), fold


@pytest.mark.parametrize(("name", "question", "seed"), CASES)
def test_a_lens_and_its_patches_are_the_lens_at_the_end(name: str, question: str, seed: int) -> None:
    screens, end, _ = seen(name, question, seed)
    assert len(screens) == 4
    for screen in screens:
        assert screen == end


@pytest.mark.parametrize(("name", "question", "seed"), CASES)
def test_also_when_what_is_remembered_is_little(name: str, question: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WINDOW_COMMENTS", 12)
    monkeypatch.setattr(stream, "ROWS_MAX", 5)
    screens, end, _ = seen(name, question, seed)
    for screen in screens:
        assert screen == end


def test_the_plain_view_is_the_lens_that_asks_for_everything() -> None:
    _, end, fold = seen("comment.stream", "", 1)
    assert fold.rows("comment.stream") == end


@pytest.mark.parametrize("question", ["kind=nonsense", "color=red", "text", f"text={'長' * 61}", "kind=a&" * 9])
def test_what_is_no_question_is_refused(question: str) -> None:
    with pytest.raises(Invalid):
        StreamFold(STREAM, FEATURES).open(f"comment.stream?{question}")
