"""What may be done with a comment: answer it, reply to it on its platform, say that it needs no answer, or what it is."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.audience.facts import plain_ref
from kaibo.features.comment.commands import (
    AnswerComment,
    ChooseModel,
    ConfirmReply,
    CorrectComment,
    DismissComment,
    FailReply,
    GiveAnswers,
    RememberAnswer,
    ReplyToComment,
    SettleQuestion,
    SettleReplyByHand,
    TellLateQuestions,
)
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentAnswered,
    CommentCorrected,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
    ModelChosen,
    Refs,
)
from kaibo.features.comment.marks import SETTLED
from kaibo.features.comment.model import Model, ModelBroken
from kaibo.features.comment.state import CommentState

Replying = ReplyToComment | ConfirmReply | FailReply | SettleReplyByHand
DeskCommand = AnswerComment | DismissComment | Replying | SettleQuestion | CorrectComment
AnyCommand = DeskCommand | TellLateQuestions | ChooseModel | GiveAnswers | RememberAnswer

BY_HAND = "reply.by_hand"  # the code of a reply that a person did not write on the platform after all


class CommentUnknown(Refusal):
    """No comment has this address."""

    code = "comment.unknown"
    status = 404
    comment_ref: str


class SourceTakesNoReply(Refusal):
    """Where this comment came from, nobody can write back from here."""

    code = "comment.source_takes_no_reply"
    source: str


class ReplyUnderWay(Refusal):
    """A reply to this comment is on its way already."""

    code = "comment.reply_under_way"
    comment_ref: str


class ReplyUnknown(Refusal):
    """No reply of this id is on its way."""

    code = "comment.reply_unknown"
    status = 404
    reply_id: str


class ReplyNotAsked(Refusal):
    """No reply to this comment is on its way."""

    code = "comment.reply_not_asked"
    comment_ref: str


class CommentProductUnknown(Refusal):
    """A comment is about a product of the show, or about none."""

    code = "comment.product_unknown"
    status = 422
    product_id: str


class CommentModelBroken(Refusal):
    """These weights are no model this version reads."""

    code = "comment.model_broken"
    status = 422
    version: str


def decide(state: CommentState, command: AnyCommand, ctx: Context) -> Sequence[Fact]:
    """One fact; none when the comment stands so already. An answered comment may get a further answer."""
    match command:
        case AnswerComment():
            return _answer(state, command)
        case DismissComment():
            return _dismiss(state, command)
        case ReplyToComment() | ConfirmReply() | FailReply() | SettleReplyByHand():
            return (_replying(state, command),)
        case SettleQuestion():
            return _settle(state, command)
        case TellLateQuestions():
            return _late(state, ctx.at)
        case CorrectComment():
            return _correct(state, command)
        case ChooseModel():
            return _choose(state, command)
        case GiveAnswers() | RememberAnswer():
            return _learn(state, command)
        case _:
            assert_never(command)


def _replying(state: CommentState, command: Replying) -> Fact:
    match command:
        case ReplyToComment():
            return _reply(state, command)
        case ConfirmReply(reply_id=reply_id):
            return _sent(_under_way(state, reply_id))
        case FailReply(reply_id=reply_id, code=code):
            return _failed(_under_way(state, reply_id), code)
        case SettleReplyByHand(comment_ref=comment_ref, done=done):
            asked = _asked_of(state, _known(state, comment_ref))
            return _sent(asked, by_hand=True) if done else _failed(asked, BY_HAND)


def _asked_of(state: CommentState, ref: str) -> CommentReplyAsked:
    asked = next((one for one in state.replies.values() if ref in (one.comment_ref, *one.also)), None)
    if asked is None:
        raise ReplyNotAsked(comment_ref=ref)
    return asked


def _failed(asked: CommentReplyAsked, code: str) -> CommentReplyFailed:
    return CommentReplyFailed(reply_id=asked.reply_id, comment_ref=asked.comment_ref, code=code, also=asked.also)


def _settle(state: CommentState, command: SettleQuestion) -> Sequence[Fact]:
    waiting = tuple(ref for ref in state.questions.finished.get(command.question_id, ()) if state.marks.open(ref))
    return (CommentAnswered(comment_ref=waiting[0], also=waiting[1:]),) if waiting else ()


def _late(state: CommentState, at: int) -> Sequence[Fact]:
    return state.waiting.tell(at) if state.show.live else ()


def _learn(state: CommentState, command: GiveAnswers | RememberAnswer) -> Sequence[Fact]:
    match command:
        case GiveAnswers(answers=answers):
            return () if state.show.ended or not answers or state.given == answers else (AnswersGiven(answers=answers),)
        case RememberAnswer(known=known):
            kept = state.remembered.get((known.question, known.product_id))
            return () if kept is not None and kept.answer == known.answer else (AnswerRemembered(known=known),)


def _answer(state: CommentState, command: AnswerComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    also = _also(state, ref, also=command.also)
    if state.marks.of.get(ref) == "answered" and not command.answer and not also:
        return ()
    text, product_id = state.questions.asked_of(ref) if command.answer else ("", "")
    return (CommentAnswered(comment_ref=ref, answer=command.answer, also=also, question=text, product_id=product_id),)


def _dismiss(state: CommentState, command: DismissComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    also = _also(state, ref, also=command.also)
    if state.marks.of.get(ref) not in SETTLED:
        return (CommentDismissed(comment_ref=ref, also=also),)
    return (CommentDismissed(comment_ref=also[0], also=also[1:]),) if also else ()


def _reply(state: CommentState, command: ReplyToComment) -> CommentReplyAsked:
    ref = _known(state, command.comment_ref)
    batch = state.batch_of(ref)
    if not batch.replies:
        raise SourceTakesNoReply(source=batch.source)
    if state.marks.of.get(ref) == "replying":
        raise ReplyUnderWay(comment_ref=ref)
    also = _also(state, ref, also=command.also)
    text, product_id = state.questions.asked_of(ref)
    return CommentReplyAsked(
        reply_id=command.reply_id,
        comment_ref=ref,
        source=batch.source,
        text=command.text,
        also=also,
        question=text,
        product_id=product_id,
    )


def _sent(asked: CommentReplyAsked, *, by_hand: bool = False) -> CommentReplySent:
    return CommentReplySent(
        reply_id=asked.reply_id,
        comment_ref=asked.comment_ref,
        text=asked.text,
        also=asked.also,
        question=asked.question,
        product_id=asked.product_id,
        by_hand=by_hand,
    )


def _also(state: CommentState, ref: str, *, also: bool) -> Refs:
    return state.questions.same(ref) if also else ()


def _under_way(state: CommentState, reply_id: str) -> CommentReplyAsked:
    asked = state.replies.get(reply_id)
    if asked is None:
        raise ReplyUnknown(reply_id=reply_id)
    return asked


def _correct(state: CommentState, command: CorrectComment) -> Sequence[Fact]:
    lead = _known(state, command.comment_ref)
    if command.product_id and command.product_id not in state.questions.shop.offers.offers:
        raise CommentProductUnknown(product_id=command.product_id)
    corrections: list[CommentCorrected] = []
    for ref in (lead, *_also(state, lead, also=command.also)):
        said = state.corrected.get(ref)
        product_id = command.product_id if command.product_id is not None or said is None else said.product_id
        correction = CommentCorrected(comment_ref=ref, kind=command.kind, product_id=product_id)
        if said != correction:
            corrections.append(correction)
    return corrections


def _choose(state: CommentState, command: ChooseModel) -> Sequence[Fact]:
    """A model that does not open would silence every screen of the show for ever: it is opened here first."""
    model = Model(command.version, command.weights)
    if state.show.ended or model.digest == state.model:
        return ()
    try:
        _ = model.weights
    except ModelBroken as error:
        raise CommentModelBroken(version=command.version) from error
    return (ModelChosen(version=command.version, digest=model.digest, weights=command.weights),)


def _known(state: CommentState, comment_ref: str) -> str:
    ref = plain_ref(comment_ref)
    if not state.knows(ref):
        raise CommentUnknown(comment_ref=comment_ref)
    return ref
