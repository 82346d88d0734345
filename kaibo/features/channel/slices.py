"""TALK: every message of a show, whom it reached, who looked at it, and how far what it asks is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.channel.facts import (
    FACTS,
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
    Met,
    Reach,
)

# `plain` asks nothing of anybody; `open`: nobody took it yet.
Back = Literal["", "let_go", "reopened"]  # why it is asked again
Stage = Literal["plain", "open", "taken", "done", "withdrawn"]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How far a message got with one whom it is for; instants in ms UTC, 0 not yet."""

    arrived_at: int = 0
    seen_at: int = 0


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it stands: `by` whom and `at` when (ms UTC) it was said, in which role; `stage` since `stage_at`, by `stage_by`.

    `reached` step by step, first first, since it was asked last; `looks` by person_id of those it is for; `words`: the answer it was done
    with, or why it is asked again. `back`: how it came to be asked again. `reactions`: by sign, who set it. `seen_at`, `taken_at`, `done_at`: the first time each (0: never yet).
    """

    posted: MessagePosted
    seq: int
    at: int
    by: str
    role: str
    text: str
    stage: Stage
    stage_at: int
    stage_by: str = ""
    words: str = ""
    back: Back = ""
    edited_at: int = 0
    reached: tuple[Reach, ...] = ()
    looks: dict[str, Look] = {}
    reactions: dict[str, tuple[str, ...]] = {}
    seen_at: int = 0
    taken_at: int = 0
    done_at: int = 0

    @property
    def asked(self) -> frozenset[str]:
        """Whose it is, or was, by person_id."""
        return frozenset(person for reach in self.reached for person in reach.people).union(self.posted.mentions)

    @property
    def unsettled(self) -> bool:
        """Still news: nobody took it back, and what it asks nobody took."""
        return self.stage in ("plain", "open")

    @property
    def knows(self) -> frozenset[str]:
        """Who need not be told of it anew: whoever wrote it, and who let it go or opened it again."""
        return frozenset({self.by, self.stage_by})

    def met_by(self, person_id: str, met: Met) -> bool:
        """Whether somebody has it on a screen, or looked at it."""
        look = self.looks.get(person_id)
        return look is not None and (met == "arrived" or look.seen_at > 0)


@dataclass(slots=True)
class Talk:
    """Messages by message_id, oldest first (`order`); `open`: those that nobody took yet, `taken`: those that are being done; how many of each channel are at which stage.

    `marks`: up to which seq each person read a channel; `newest`: the seq of the last message of each.
    """

    messages: dict[str, Message] = field(default_factory=dict[str, Message])
    order: list[str] = field(default_factory=list[str])
    open: dict[str, None] = field(default_factory=dict[str, None])
    taken: dict[str, None] = field(default_factory=dict[str, None])
    stages: dict[str, Counter[Stage]] = field(default_factory=dict[str, Counter[Stage]])
    marks: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    newest: dict[str, int] = field(default_factory=dict[str, int])


def mark_key(channel_id: str, person_id: str) -> str:
    """`read on_air/ai`: beside the ids of messages, which have no blank."""
    return f"read {channel_id}/{person_id}"


def fold_talk(talk: Talk, event: Event[Fact]) -> Iterable[str]:
    """The message that changed; a read mark by its own key."""
    fact: Any = event.fact
    match fact:
        case MessagePosted(message_id=message_id):
            asks = bool(fact.tag or fact.urgent)
            talk.newest[fact.channel_id] = event.seq
            talk.marks[fact.channel_id, event.actor.id] = event.seq  # who writes has read
            message = Message(
                posted=fact, seq=event.seq, at=event.at, by=event.actor.id, role=event.actor.role, text=fact.text,
                stage="open" if asks else "plain", stage_at=event.at,
            )  # fmt: skip
            _put(talk, message_id, message)
            return (message_id, mark_key(fact.channel_id, event.actor.id))
        case ChannelRead(channel_id=channel_id, seq=seq):
            talk.marks[channel_id, event.actor.id] = seq
            return (mark_key(channel_id, event.actor.id),)
        case _:
            _put(talk, fact.message_id, _moved(talk.messages[fact.message_id], event))
            return (fact.message_id,)


def _put(talk: Talk, message_id: str, message: Message) -> None:
    before, stages = talk.messages.get(message_id), talk.stages.setdefault(message.posted.channel_id, Counter())
    if before is None:
        talk.order.append(message_id)
    else:
        stages[before.stage] -= 1
    stages[message.stage] += 1
    talk.messages[message_id] = message
    for stage, ids in (("open", talk.open), ("taken", talk.taken)):
        if message.stage == stage:
            ids[message_id] = None
        else:
            ids.pop(message_id, None)


def _moved(message: Message, event: Event[Fact]) -> Message:
    match event.fact:
        case MessageReached(reach=reach):
            return replace(message, reached=(*message.reached, reach))
        case MessageMet(met=met):
            return _met(message, event.actor.id, met, event.at)
        case MessageReacted(sign=sign, on=on):
            return _reacted(message, sign, event.actor.id, on=on)
        case MessageEdited(text=text):
            return replace(message, text=text, edited_at=event.at)
        case MessageWithdrawn():
            return replace(message, text="", stage="withdrawn", stage_at=event.at, stage_by=event.actor.id, words="")
        case _:
            return _turned(message, event)


def _turned(message: Message, event: Event[Fact]) -> Message:
    by, at = event.actor.id, event.at
    match event.fact:
        case MessageTaken():
            return replace(message, stage="taken", stage_at=at, stage_by=by, words="", taken_at=message.taken_at or at)
        case MessageFinished(answer=answer):
            took, done = message.taken_at or at, message.done_at or at
            return replace(message, stage="done", stage_at=at, stage_by=by, words=answer, taken_at=took, done_at=done)
        case MessageLetGo(reason=reason) | MessageReopened(reason=reason) as fact:
            back: Back = "let_go" if isinstance(fact, MessageLetGo) else "reopened"
            return replace(message, stage="open", stage_at=at, stage_by=by, words=reason, back=back, reached=())
        case _:
            return message


def _met(message: Message, person_id: str, met: Met, at: int) -> Message:
    before = message.looks.get(person_id, Look())
    arrived_at, seen_at = before.arrived_at or at, before.seen_at or (at if met == "seen" else 0)
    look = Look(arrived_at=arrived_at, seen_at=seen_at)
    return replace(message, looks={**message.looks, person_id: look}, seen_at=message.seen_at or seen_at)


def _reacted(message: Message, sign: str, person_id: str, *, on: bool) -> Message:
    people = tuple(each for each in message.reactions.get(sign, ()) if each != person_id)
    people = (*people, person_id) if on else people
    others = {each: held for each, held in message.reactions.items() if each != sign}
    return replace(message, reactions={**others, sign: people} if people else others)


TALK: Slice[Talk] = Slice(name="channel.talk", reads=FACTS, state=Talk, fold=fold_talk)
