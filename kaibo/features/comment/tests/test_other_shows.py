"""What was answered in other shows is given to this one."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kaibo.core.errors import NotFound
from kaibo.core.event import Actor, Event, Fact
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.comment.commands import GiveAnswers
from kaibo.features.comment.facts import AnswerRemembered, KnownAnswer
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.react import GIVEN_MAX, teacher
from kaibo.features.show.facts import ShowAired
from kaibo.kit.engine import Engine


def known(show_id: str, question: str) -> KnownAnswer:
    return KnownAnswer(question=question, answer="可以", product_id="A01", show_id=show_id, show_title=f"第 {show_id} 場")


def house(*answers: KnownAnswer) -> Engine:
    """An engine of which the workspace alone is asked."""
    workspace = Stage(FEATURE, "workspace/main").given(*(AnswerRemembered(known=one) for one in answers))

    async def fold(stream: str) -> Any:
        if not answers:
            raise NotFound(kind="stream", id=stream)
        return workspace.fold

    return cast("Engine", SimpleNamespace(fold=fold))


def given(engine: Engine) -> list[KnownAnswer]:
    """What show s9 is given when it goes on air."""
    aired: Event[Fact] = Event(
        stream="show/s9", seq=3, at=CURTAIN_AT, actor=Actor(id="lin", role="director"), fact=ShowAired(show_id="s9"), mode="live"
    )
    told = asyncio.run(cast("Any", teacher(engine, None).act(aired)))
    return [
        one for stream, command in told if isinstance(command, GiveAnswers) and stream == "show/s9" for one in command.answers
    ]


def test_answers_of_other_shows_come_whole_and_its_own_do_not() -> None:
    assert given(house(known("s1", "防水嗎"), known("s9", "會掉色嗎"))) == [known("s1", "防水嗎")]


def test_of_too_many_the_newest_come() -> None:
    many = [known("s1", f"尺寸{number}") for number in range(GIVEN_MAX + 2)]
    assert given(house(*many)) == many[2:]


@pytest.mark.parametrize("engine", [house(), house(known("s9", "防水嗎"))])
def test_where_nobody_answered_elsewhere_nothing_is_given(engine: Engine) -> None:
    assert given(engine) == []
