"""What follows the desk: one answer on air is for all who asked; a show is taught by the shows before it, and teaches the next."""

import logging
from collections.abc import Sequence
from pathlib import Path

from kaibo.core.errors import NotFound
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, Reaction
from kaibo.features.comment.commands import GIVEN_MAX, ChooseModel, GiveAnswers, RememberAnswer, SettleQuestion
from kaibo.features.comment.facts import CommentAnswered, CommentReplySent, KnownAnswer
from kaibo.features.comment.memory import MEMORY
from kaibo.features.comment.model import Model, ModelBroken
from kaibo.features.comment.training import read_model, shipped
from kaibo.features.prompter.facts import QuestionFinished
from kaibo.features.show.facts import ShowAired, ShowPlanned
from kaibo.features.show.shown import HEAD
from kaibo.kit.engine import Engine
from kaibo.kit.house import House
from kaibo.kit.react import Follower

log = logging.getLogger("kaibo.comment")


def model_in(file: Path | None) -> Model:
    """The workspace's own model where `kaibo train` wrote one that opens, else the shipped one."""
    if file is not None and file.exists():
        try:
            model = read_model(file)
            _ = model.weights
        except (OSError, ValueError, ModelBroken):
            log.exception("%s is no model; the shipped one sorts comments until kaibo train writes another", file)
        else:
            return model
    return shipped()


def teacher(engine: Engine, file: Path | None) -> Follower:
    """Copies the model and the workspace's answers into the log of a show; what it has already is no news there."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        model = model_in(file)
        lessons: list[tuple[str, Command]] = [(event.stream, ChooseModel(version=model.version, weights=model.packed))]
        answers = await _remembered(engine, event.stream.partition("/")[2])
        if answers:
            lessons.append((event.stream, GiveAnswers(answers=answers)))
        return lessons

    return Follower("comment.teacher", (ShowPlanned, ShowAired), act)


async def _remembered(engine: Engine, show_id: str) -> tuple[KnownAnswer, ...]:
    try:
        rows = (await engine.fold(WORKSPACE)).rows(MEMORY)
    except NotFound:
        return ()
    others = [row for row in rows.values() if row.show_id != show_id]
    return tuple(
        KnownAnswer(
            question=row.question, answer=row.answer, product_id=row.product_id, show_id=row.show_id, show_title=row.show_title
        )
        for row in others[-GIVEN_MAX:]
    )


def rememberer(engine: Engine) -> Follower:
    """Notes in the workspace what was answered: by the assistant in words, or by the host with words the assistant gave."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        match event.fact:
            case CommentAnswered(question=question, answer=answer, product_id=product_id):
                pass
            case CommentReplySent(question=question, text=answer, product_id=product_id):
                pass
            case QuestionFinished(question_id=question_id, outcome="answered"):
                handed = (await engine.fold(event.stream)).state("comment").handings.get(question_id)
                if handed is None:
                    return ()
                question, answer, product_id = handed.text, handed.answer, handed.product_id or ""
            case _:
                return ()
        if not question or not answer:
            return ()
        known = KnownAnswer(
            question=question,
            answer=answer,
            product_id=product_id,
            show_id=event.stream.partition("/")[2],
            show_title=await _title(engine, event.stream),
        )
        return [(WORKSPACE, RememberAnswer(known=known))]

    return Follower("comment.rememberer", (CommentAnswered, CommentReplySent, QuestionFinished), act)


async def _title(engine: Engine, stream: str) -> str:
    head = (await engine.fold(stream)).row(HEAD, "show")
    return head.title if head is not None else ""


def settle(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    """The rules know who asked the same."""
    match event.fact:
        case QuestionFinished(question_id=question_id, outcome="answered"):
            return [(event.stream, SettleQuestion(question_id=question_id))]
        case _:
            return []


SETTLING = Reaction(name="settle", reads=(QuestionFinished,), decide=settle)


def followers(house: House) -> list[Follower]:
    """Who teaches shows, and who learns from them."""
    return [teacher(house.engine, house.settings.model_file), rememberer(house.engine)]
