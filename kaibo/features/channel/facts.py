"""What the team said to each other, whom it reached, and how far what had to be done about it got."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact

StepKind = Literal["named", "does", "stands_in", "answers", "everybody"]
Met = Literal["arrived", "seen"]


class Reach(msgspec.Struct, frozen=True):
    """One step of the ladder: whose it is now. `roles` of the charter, `people` of them who are on duty; nobody: it reached nobody.

    `until` (ms UTC): when the next step is due; 0: this one is the last.
    """

    kind: StepKind
    roles: tuple[str, ...]
    people: tuple[str, ...]
    until: int = 0


class MessagePosted(Fact, frozen=True, kw_only=True, tag="channel.posted"):
    """Somebody said something to the team. `thread`: the message it belongs under, "" none.

    `tag` says what it is about and whose it is, `urgent` that it cannot wait, `mentions` (person_ids) and `roles` whom it is for.
    """

    message_id: str
    channel_id: str
    text: str
    tag: str = ""
    urgent: bool = False
    thread: str = ""
    mentions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class MessageReached(Fact, frozen=True, kw_only=True, tag="channel.reached"):
    """What has to be done about a message is now also theirs: nobody took it before."""

    message_id: str
    reach: Reach


class MessageMet(Fact, frozen=True, kw_only=True, tag="channel.met"):
    """Whoever it is for has it on a screen (`arrived`), or looked at it (`seen`)."""

    message_id: str
    met: Met


class MessageTaken(Fact, frozen=True, kw_only=True, tag="channel.taken"):
    """Somebody does it: nobody else is asked any more. `after`: who had it before, "" nobody."""

    message_id: str
    after: str = ""


class MessageLetGo(Fact, frozen=True, kw_only=True, tag="channel.let_go"):
    """Whoever took it cannot do it after all, and says why: it is asked again from the first step."""

    message_id: str
    reason: str


class MessageFinished(Fact, frozen=True, kw_only=True, tag="channel.finished"):
    """It is done; `answer` says how."""

    message_id: str
    answer: str


class MessageReopened(Fact, frozen=True, kw_only=True, tag="channel.reopened"):
    """It was not done after all: it is asked again from the first step."""

    message_id: str
    reason: str


class MessageEdited(Fact, frozen=True, kw_only=True, tag="channel.edited"):
    """Whoever wrote it says it otherwise; whom it is for stays."""

    message_id: str
    text: str


class MessageWithdrawn(Fact, frozen=True, kw_only=True, tag="channel.withdrawn"):
    """Whoever wrote it took it back: that something was said stays, and what was asked is asked no more."""

    message_id: str


Sign = Literal["ok", "thanks", "eyes", "question"]


class MessageReacted(Fact, frozen=True, kw_only=True, tag="channel.reacted"):
    """A sign on a message, or (`on` false) no longer."""

    message_id: str
    sign: Sign
    on: bool = True


class ChannelRead(Fact, frozen=True, kw_only=True, tag="channel.read_to"):
    """Somebody read a channel up to the message of this seq."""

    channel_id: str
    seq: int


FACTS = (
    MessagePosted,
    MessageReached,
    MessageMet,
    MessageTaken,
    MessageLetGo,
    MessageFinished,
    MessageReopened,
    MessageEdited,
    MessageWithdrawn,
    MessageReacted,
    ChannelRead,
)


QUOTES = re.compile(r"\s*[>＞]+\s*")


def _unsaid(text: str, seq: int, viewer: Viewer) -> str:
    """Line by line: a comment that is pasted stands on a line of its own, or behind a sign of quotation."""
    return "\n".join(_unsaid_line(line, seq, viewer) for line in viewer.unsaid(text, seq).split("\n"))


def _unsaid_line(line: str, seq: int, viewer: Viewer) -> str:
    quoted = QUOTES.match(line)
    head = quoted[0] if quoted else ""
    return head + viewer.unsaid(line[len(head) :], seq)


def _said(fact: MessagePosted, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, text=_unsaid(fact.text, seq, viewer))


def _edited(fact: MessageEdited, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, text=_unsaid(fact.text, seq, viewer))


def _finished(fact: MessageFinished, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, answer=viewer.unsaid(fact.answer, seq))


def _let_go(fact: MessageLetGo, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


def _reopened(fact: MessageReopened, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


ERASES: Mapping[type[Fact], Eraser] = {
    MessagePosted: _said,
    MessageEdited: _edited,
    MessageFinished: _finished,
    MessageLetGo: _let_go,
    MessageReopened: _reopened,
}
