"""What may be done with a comment: answer it, say that it needs no answer, or say what it is."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.comment.commands import (
    AnswerComment,
    ChooseModel,
    CorrectComment,
    DismissComment,
    GiveAnswers,
    RememberAnswer,
)
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentAnswered,
    CommentCorrected,
    CommentDismissed,
    ModelChosen,
)
from kaibo.features.comment.model import Model, ModelBroken
from kaibo.features.comment.state import CommentState

CommentCommand = AnswerComment | DismissComment | CorrectComment | ChooseModel | GiveAnswers | RememberAnswer


class CommentUnknown(Refusal):
    """No comment has this address: data {comment_ref}."""

    code = "comment.unknown"
    status = 404


class CommentProductUnknown(Refusal):
    """A comment is about a product of the show, or about none: data {product_id}."""

    code = "comment.product_unknown"
    status = 422


class CommentModelBroken(Refusal):
    """These weights are no model this version reads: data {version}."""

    code = "comment.model_broken"
    status = 422


class CommentWrongStream(Refusal):
    """Answers are remembered in the workspace's log and given to shows: data {stream}."""

    code = "comment.wrong_stream"
    status = 422


def decide(state: CommentState, command: CommentCommand, ctx: Context) -> Sequence[Fact]:
    """One fact; none when things stand so already. An answered comment may get a further answer."""
    match command:
        case AnswerComment():
            return _answer(state, command)
        case DismissComment():
            ref = _known(state, command.comment_ref)
            return () if state.marks.of.get(ref) in ("answered", "dismissed") else (CommentDismissed(comment_ref=ref),)
        case CorrectComment():
            return _correct(state, command)
        case ChooseModel():
            return _choose(state, command, ctx)
        case GiveAnswers(answers=answers):
            _in("show/", ctx)
            return () if state.ended or not answers or state.given == answers else (AnswersGiven(answers=answers),)
        case RememberAnswer(known=known):
            _in("workspace/", ctx)
            kept = state.remembered.get((known.question, known.product_id))
            return () if kept is not None and kept.answer == known.answer else (AnswerRemembered(known=known),)
        case _:
            assert_never(command)


def _answer(state: CommentState, command: AnswerComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    if state.marks.of.get(ref) == "answered" and not command.answer:
        return ()
    answered = CommentAnswered(comment_ref=ref, answer=command.answer, question=command.question, product_id=command.product_id)
    return (answered,)


def _correct(state: CommentState, command: CorrectComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    if command.product_id and command.product_id not in state.products:
        raise CommentProductUnknown(product_id=command.product_id)
    said = state.corrected.get(ref)
    product_id = command.product_id if command.product_id is not None or said is None else said.product_id
    correction = CommentCorrected(comment_ref=ref, kind=command.kind, product_id=product_id)
    return () if said == correction else (correction,)


def _choose(state: CommentState, command: ChooseModel, ctx: Context) -> Sequence[Fact]:
    """A model that does not open would silence every screen of the show for ever: it is opened here first."""
    _in("show/", ctx)
    model = Model(command.version, command.weights)
    if state.ended or model.digest == state.model:
        return ()
    try:
        _ = model.weights
    except ModelBroken as error:
        raise CommentModelBroken(version=command.version) from error
    return (ModelChosen(version=command.version, digest=model.digest, weights=command.weights),)


def _in(kind: str, ctx: Context) -> None:
    if not ctx.stream.startswith(kind):
        raise CommentWrongStream(stream=ctx.stream)


def _known(state: CommentState, comment_ref: str) -> str:
    ref = plain(comment_ref)
    if not state.knows(ref):
        raise CommentUnknown(comment_ref=comment_ref)
    return ref


def plain(ref: str) -> str:
    """One address, one spelling: `007:01` -> `7:1`."""
    seq, _, index = ref.partition(":")
    return f"{int(seq)}:{int(index)}"
