"""Who may say what, take what, and whose it is when nobody took it in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Context, Members
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.channel.commands import (
    EditMessage,
    FinishMessage,
    LetMessageGo,
    MeetMessage,
    PostMessage,
    ReactToMessage,
    ReadChannel,
    ReopenMessage,
    TakeMessage,
    TendChannel,
    WithdrawMessage,
)
from kaibo.features.channel.facts import (
    ChannelRead,
    MessageEdited,
    MessageFinished,
    MessageLetGo,
    MessageMet,
    MessagePosted,
    MessageReached,
    MessageReacted,
    MessageReopened,
    MessageTaken,
    MessageWithdrawn,
)
from kaibo.features.channel.ladder import CHANNELS, TAGS, Call, Seats, call_of, next_reach
from kaibo.features.channel.slices import Message, Talk
from kaibo.features.charter.slices import InForce
from kaibo.features.roster.slices import OnDuty

ChannelCommand = (
    PostMessage | EditMessage | WithdrawMessage | MeetMessage | TakeMessage | LetMessageGo | FinishMessage | ReopenMessage
    | ReactToMessage | ReadChannel | TendChannel
)  # fmt: skip
TEXT_MAX = 2000
SIGNS_MAX = 12  # different signs on one message


class ChannelUnknown(Refusal):
    """The show has no such channel."""

    code = "channel.unknown"
    status = 404
    channel_id: str


class ChannelTagUnknown(Refusal):
    """No such tag: it would reach nobody."""

    code = "channel.tag_unknown"
    status = 422
    tag: str


class ChannelPersonUnknown(Refusal):
    """Nobody of the workspace has this id: it would reach nobody."""

    code = "channel.person_unknown"
    status = 422
    person_id: str


class ChannelRoleUnknown(Refusal):
    """Nobody holds such a role, and the charter has none: it would reach nobody."""

    code = "channel.role_unknown"
    status = 422
    role: str


class MessageBlank(Refusal):
    """Nothing was said."""

    code = "channel.blank"
    status = 422


class MessageTooLong(Refusal):
    """Longer than anybody reads while a show is on air."""

    code = "channel.too_long"
    status = 422
    length: int
    most: int


class MessageIdTaken(Refusal):
    """Another message has this id."""

    code = "channel.id_taken"
    message_id: str


class MessageUnknown(Refusal):
    """There is no such message, or it was taken back."""

    code = "channel.message_unknown"
    status = 404
    message_id: str


class MessageNotYours(Refusal):
    """Only who wrote it changes it or takes it back."""

    code = "channel.not_yours"
    status = 403


class MessageAsksNothing(Refusal):
    """It has no tag and is not urgent: there is nothing to take."""

    code = "channel.asks_nothing"
    message_id: str


class MessageHeld(Refusal):
    """Somebody else does it; `person_id` is theirs."""

    code = "channel.held"
    person_id: str


class MessageDone(Refusal):
    """It is done already; `person_id` did it."""

    code = "channel.done"
    person_id: str


class MessageNotDone(Refusal):
    """It is not done, so there is nothing to open again."""

    code = "channel.not_done"


class MessageNoReason(Refusal):
    """The others are told why, or how, so something must be said."""

    code = "channel.no_reason"
    status = 422


class MessageSigns(Refusal):
    """So many signs already."""

    code = "channel.signs"
    most: int


@dataclass(slots=True)
class ChannelState:
    """What was said, the charter the show goes by, and who is on duty."""

    talk: Talk
    in_force: InForce
    on_duty: OnDuty


def fold(state: ChannelState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slice."""
    del state, event, touched


def decide(state: ChannelState, command: ChannelCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case PostMessage():
            return _post(state, command, ctx)
        case EditMessage() | WithdrawMessage():
            return _change(_own(state.talk, command.message_id, ctx), command)
        case MeetMessage() | ReactToMessage() | ReadChannel():
            return _look(state.talk, command, ctx)
        case TakeMessage() | LetMessageGo() | FinishMessage() | ReopenMessage():
            return _do(state, _asking(state.talk, command.message_id), command, ctx)
        case TendChannel():
            return _tend(state, ctx)
        case _:
            assert_never(command)


def due(state: ChannelState) -> tuple[int, Command] | None:
    """The first message that nobody took in time."""
    waits = (_until(state.talk.messages[each]) for each in state.talk.open)
    first = min((until for until in waits if until), default=None)
    return None if first is None else (first, TendChannel())


def _until(message: Message) -> int:
    return message.reached[-1].until if message.reached else 0


# saying
def _post(state: ChannelState, command: PostMessage, ctx: Context) -> Sequence[Fact]:
    text, members = _text(command.text), ctx.members or Members({})
    if command.channel_id not in CHANNELS:
        raise ChannelUnknown(channel_id=command.channel_id)
    if command.message_id in state.talk.messages or " " in command.message_id:
        raise MessageIdTaken(message_id=command.message_id)
    if command.thread:
        _known(state.talk, command.thread)
    if command.tag and command.tag not in TAGS:
        raise ChannelTagUnknown(tag=command.tag)
    _check_whom(command, members)
    said = MessagePosted(
        message_id=command.message_id,
        channel_id=command.channel_id,
        text=text,
        tag=command.tag,
        urgent=command.urgent,
        thread=command.thread,
        mentions=tuple(dict.fromkeys(command.mentions)),
        roles=tuple(dict.fromkeys(command.roles)),
    )
    call = _call(said)
    if call is None:
        return [said]
    return [said, *_ladder(state, said.message_id, call, (), ctx.actor.id, ctx)]


def _text(text: str) -> str:
    """Without blanks around it and without lines that say nothing twice in a row."""
    lines = [in_one_line(line) for line in text.strip().splitlines()]
    kept = "\n".join(line for place, line in enumerate(lines) if line or (place and lines[place - 1])).strip()
    if not kept:
        raise MessageBlank
    if len(kept) > TEXT_MAX:
        raise MessageTooLong(length=len(kept), most=TEXT_MAX)
    return kept


def _check_whom(command: PostMessage, members: Members) -> None:
    if members.roles:
        for person_id in command.mentions:
            if person_id not in members.roles:
                raise ChannelPersonUnknown(person_id=person_id)
    if members.known:
        for role in command.roles:
            if role not in members.known:
                raise ChannelRoleUnknown(role=role)


def _call(said: MessagePosted) -> Call | None:
    return call_of(said.tag, urgent=said.urgent, roles=said.roles, people=said.mentions)


def _ladder(state: ChannelState, message_id: str, call: Call, before: Sequence[Any], author: str, ctx: Context) -> list[Fact]:
    """The next step, and those after it for which nobody has to be waited for."""
    seats, steps = Seats(state.in_force, state.on_duty, ctx.members or Members({})), list(before)
    found: list[Fact] = []
    while (reach := next_reach(call, seats, steps, author, ctx.at)) is not None:
        steps.append(reach)
        found.append(MessageReached(message_id=message_id, reach=reach))
        if reach.until > ctx.at:
            break
    return found


def _tend(state: ChannelState, ctx: Context) -> Sequence[Fact]:
    found: list[Fact] = []
    for message_id in state.talk.open:
        message = state.talk.messages[message_id]
        call = _call(message.posted)
        if call is not None and 0 < _until(message) <= ctx.at:
            found += _ladder(state, message_id, call, message.reached, message.by, ctx)
    return found


# what was said
def _known(talk: Talk, message_id: str) -> Message:
    message = talk.messages.get(message_id)
    if message is None or message.stage == "withdrawn":
        raise MessageUnknown(message_id=message_id)
    return message


def _own(talk: Talk, message_id: str, ctx: Context) -> Message:
    message = _known(talk, message_id)
    if message.by != ctx.actor.id:
        raise MessageNotYours
    return message


def _change(message: Message, command: EditMessage | WithdrawMessage) -> Sequence[Fact]:
    message_id = message.posted.message_id
    if isinstance(command, WithdrawMessage):
        return [MessageWithdrawn(message_id=message_id)]
    text = _text(command.text)
    return [] if text == message.text else [MessageEdited(message_id=message_id, text=text)]


def _look(talk: Talk, command: MeetMessage | ReactToMessage | ReadChannel, ctx: Context) -> Sequence[Fact]:
    match command:
        case ReadChannel():
            return _read(talk, command, ctx.actor.id)
        case MeetMessage(message_id=message_id, met=met):
            message, me = _known(talk, message_id), ctx.actor.id
            news = me in message.asked and not message.met_by(me, met)
            return [MessageMet(message_id=message_id, met=met)] if news else []
        case ReactToMessage():
            return _react(_known(talk, command.message_id), command, ctx.actor.id)


def _read(talk: Talk, command: ReadChannel, me: str) -> Sequence[Fact]:
    if command.channel_id not in CHANNELS:
        raise ChannelUnknown(channel_id=command.channel_id)
    newest = min(command.seq, talk.newest.get(command.channel_id, 0))
    if newest <= talk.marks.get((command.channel_id, me), 0):
        return []
    return [ChannelRead(channel_id=command.channel_id, seq=newest)]


def _react(message: Message, command: ReactToMessage, me: str) -> Sequence[Fact]:
    sign, on = command.sign, command.on
    if (me in message.reactions.get(sign, ())) is on:
        return []
    if on and sign not in message.reactions and len(message.reactions) >= SIGNS_MAX:
        raise MessageSigns(most=SIGNS_MAX)
    return [MessageReacted(message_id=command.message_id, sign=sign, on=on)]


# what it asks
def _asking(talk: Talk, message_id: str) -> Message:
    message = _known(talk, message_id)
    if message.stage == "plain":
        raise MessageAsksNothing(message_id=message_id)
    return message


Doing = TakeMessage | LetMessageGo | FinishMessage | ReopenMessage


def _do(state: ChannelState, message: Message, command: Doing, ctx: Context) -> Sequence[Fact]:
    message_id = message.posted.message_id
    if isinstance(command, ReopenMessage):
        if message.stage != "done":
            raise MessageNotDone
        return _again(state, message, MessageReopened(message_id=message_id, reason=_reason(command.reason)), ctx)
    _check_free(message, ctx.actor.id)
    match command:
        case TakeMessage():
            return [] if message.stage == "taken" else [MessageTaken(message_id=message_id)]
        case LetMessageGo(reason=reason):
            let_go = MessageLetGo(message_id=message_id, reason=_reason(reason))
            return _again(state, message, let_go, ctx) if message.stage == "taken" else []
        case FinishMessage(answer=answer):
            return [MessageFinished(message_id=message_id, answer=_reason(answer))]


def _check_free(message: Message, me: str) -> None:
    if message.stage == "done":
        raise MessageDone(person_id=message.stage_by)
    if message.stage == "taken" and message.stage_by != me:
        raise MessageHeld(person_id=message.stage_by)


def _again(state: ChannelState, message: Message, fact: Fact, ctx: Context) -> Sequence[Fact]:
    """It is asked from the first step on."""
    call = _call(message.posted)
    steps = [] if call is None else _ladder(state, message.posted.message_id, call, (), ctx.actor.id, ctx)
    return [fact, *steps]


def _reason(text: str) -> str:
    reason = in_one_line(text)
    if not reason:
        raise MessageNoReason
    return reason
