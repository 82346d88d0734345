"""Who may say what, take what, and whose it is when nobody took it in time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

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
    Reach,
)
from kaibo.features.channel.ladder import CHANNELS, TAGS, Call, Seats, call_of, joined, next_reach
from kaibo.features.channel.refusals import (
    ChannelPersonUnknown,
    ChannelRoleUnknown,
    ChannelTagUnknown,
    ChannelUnknown,
    MessageAsksNothing,
    MessageBlank,
    MessageDone,
    MessageHeld,
    MessageIdTaken,
    MessageNoReason,
    MessageNotDone,
    MessageNotYours,
    MessageTooLong,
    MessageUnknown,
)
from kaibo.features.channel.slices import Message, Talk
from kaibo.features.charter.slices import InForce
from kaibo.features.roster.slices import OnDuty
from kaibo.features.show.slices import ShowNow

ChannelCommand = (
    PostMessage | EditMessage | WithdrawMessage | MeetMessage | TakeMessage | LetMessageGo | FinishMessage | ReopenMessage
    | ReactToMessage | ReadChannel | TendChannel
)  # fmt: skip
TEXT_MAX = 2000


@dataclass(slots=True)
class ChannelState:
    """What was said, the charter the show goes by, who is on duty, and how the show stands."""

    talk: Talk
    in_force: InForce
    on_duty: OnDuty
    show: ShowNow

    def asking(self) -> list[Message]:
        """What nobody took yet and is still asked: the end of the show ends what was asked before it."""
        ended_at = self.show.ended_at
        waits = [self.talk.messages[each] for each in self.talk.open]
        return waits if ended_at is None else [each for each in waits if each.at > ended_at]


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
    """The first message that nobody took in time; at once where somebody came on duty in a role that was asked."""
    seats, instants = _seats(state), list[int]()
    for message in state.asking():
        instants += [_until(message)] if _until(message) else []
        instants += [message.stage_at] if joined(seats, message.reached, message.knows) else []
    return (min(instants), TendChannel()) if instants else None


def _until(message: Message) -> int:
    return message.reached[-1].until if message.reached else 0


# saying
def _post(state: ChannelState, command: PostMessage, ctx: Context) -> Sequence[Fact]:
    text, members = _text(command.text), ctx.members or Members({})
    if command.channel_id not in CHANNELS:
        raise ChannelUnknown(channel_id=command.channel_id)
    if (known := state.talk.messages.get(command.message_id)) is not None:
        if (known.by, known.posted.text, known.posted.channel_id) == (ctx.actor.id, text, command.channel_id):
            return []  # sent again after a lost answer
        raise MessageIdTaken(message_id=command.message_id)
    thread = _thread(state.talk, command)
    if command.tag and command.tag not in TAGS:
        raise ChannelTagUnknown(tag=command.tag)
    _check_whom(command, members)
    said = MessagePosted(
        message_id=command.message_id,
        channel_id=command.channel_id,
        text=text,
        tag=command.tag,
        urgent=command.urgent,
        thread=thread,
        mentions=tuple(dict.fromkeys(command.mentions)),
        roles=tuple(dict.fromkeys(command.roles)),
    )
    call = _call(said)
    if call is None:
        return [said]
    return [said, *_ladder(state, said.message_id, call, (), {ctx.actor.id}, ctx)]


def _thread(talk: Talk, command: PostMessage) -> str:
    """The first message of the thread, in the same channel."""
    if not command.thread:
        return ""
    parent = _known(talk, command.thread)
    if parent.posted.channel_id != command.channel_id:
        raise MessageUnknown(message_id=command.thread)
    return parent.posted.thread or command.thread


def _text(text: str) -> str:
    """Without signs nobody sees, blanks around it and lines that say nothing twice in a row."""
    lines = [_line(line) for line in text.strip().splitlines()]
    kept = "\n".join(line for before, line in zip(("", *lines), lines, strict=False) if line or before).strip()
    if not kept:
        raise MessageBlank
    if len(kept) > TEXT_MAX:
        raise MessageTooLong(length=len(kept), most=TEXT_MAX)
    return kept


def _line(line: str) -> str:
    return in_one_line("".join(each for each in line if each == "\t" or each >= " "))


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


def _ladder(
    state: ChannelState, message_id: str, call: Call, before: Sequence[Reach], knows: Collection[str], ctx: Context
) -> list[Fact]:
    """The next step, and those after it for which nobody has to be waited for."""
    seats, steps = _seats(state, ctx), list(before)
    found: list[Fact] = []
    while (reach := next_reach(call, seats, steps, knows, ctx.at)) is not None:
        steps.append(reach)
        found.append(MessageReached(message_id=message_id, reach=reach))
        if reach.until > ctx.at:
            break
    return found


def _seats(state: ChannelState, ctx: Context | None = None) -> Seats:
    members = None if ctx is None else ctx.members
    return Seats(state.in_force, state.on_duty, members or Members({}))


def _tend(state: ChannelState, ctx: Context) -> Sequence[Fact]:
    found: list[Fact] = []
    for message in state.asking():
        message_id, call = message.posted.message_id, _call(message.posted)
        if call is None:
            continue
        before = list(message.reached)
        if came := joined(_seats(state), before, message.knows):
            late = Reach(before[-1].kind, (), came, before[-1].until)
            before.append(late)
            found.append(MessageReached(message_id=message_id, reach=late))
        if 0 < _until(message) <= ctx.at:
            found += _ladder(state, message_id, call, before, {message.by}, ctx)
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
    if message.stage == "done":  # how it was done is of what was asked then
        raise MessageDone(person_id=message.stage_by)
    if isinstance(command, WithdrawMessage):
        if message.stage == "taken":
            raise MessageHeld(person_id=message.stage_by)
        return [MessageWithdrawn(message_id=message_id)]
    text = _text(command.text)
    return [] if text == message.text else [MessageEdited(message_id=message_id, text=text)]


def _look(talk: Talk, command: MeetMessage | ReactToMessage | ReadChannel, ctx: Context) -> Sequence[Fact]:
    match command:
        case ReadChannel():
            return _read(talk, command, ctx.actor.id)
        case MeetMessage(message_id=message_id, met=met):
            message, me = _known(talk, message_id), ctx.actor.id
            asked = me in message.asked or not ctx.roles.isdisjoint(message.posted.roles)
            news = asked and not message.met_by(me, met)
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
    match command:
        case ReopenMessage(reason=reason):
            if message.stage != "done":
                raise MessageNotDone
            return _again(state, message, MessageReopened(message_id=message_id, reason=_reason(reason)), ctx)
        case TakeMessage(after=after):
            _check_free(message, ctx.actor.id, over=after == message.stage_by)
            return _take(message, ctx.actor.id)
        case LetMessageGo(reason=reason):
            _check_free(message, ctx.actor.id)
            let_go = MessageLetGo(message_id=message_id, reason=_reason(reason))
            return _again(state, message, let_go, ctx) if message.stage == "taken" else []
        case FinishMessage(answer=answer):
            _check_free(message, ctx.actor.id)
            return [MessageFinished(message_id=message_id, answer=_reason(answer))]


def _take(message: Message, me: str) -> Sequence[Fact]:
    taken = message.stage == "taken"
    if taken and message.stage_by == me:
        return []
    return [MessageTaken(message_id=message.posted.message_id, after=message.stage_by if taken else "")]


def _check_free(message: Message, me: str, *, over: bool = False) -> None:
    if message.stage == "done":
        raise MessageDone(person_id=message.stage_by)
    if message.stage == "taken" and message.stage_by != me and not over:
        raise MessageHeld(person_id=message.stage_by)


def _again(state: ChannelState, message: Message, fact: Fact, ctx: Context) -> Sequence[Fact]:
    """It is asked from the first step on."""
    call = _call(message.posted)
    steps = [] if call is None else _ladder(state, message.posted.message_id, call, (), {message.by, ctx.actor.id}, ctx)
    return [fact, *steps]


def _reason(text: str) -> str:
    reason = in_one_line(text)
    if not reason:
        raise MessageNoReason
    return reason
