"""The channels of a show as everybody sees them: what was said, whom it reached, how far it is; and up to where each one read."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.channel.facts import Reach
from kaibo.features.channel.ladder import CHANNELS
from kaibo.features.channel.responses_view import RESPONSES
from kaibo.features.channel.slices import TALK, Back, Look, Message, Stage, Talk

SHOWN_MAX = 400  # newest messages on a screen; what is not done stays beyond them


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `channel.messages`, key message_id: the newest of a show, and all that is not done yet. View `channel.calls`: the latter alone.

    `by` (person_id) in which `role` and `at` when (ms UTC) it was said, `seq` its place in the log. `stage` since `stage_at`, by `stage_by`;
    `words`: the answer it was done with, or why it is asked again, and by what (`back`). `reached`: whose it is, step by step; `looks` of those, by person_id.
    """

    message_id: str
    channel_id: str
    seq: int
    at: int
    by: str
    role: str
    text: str
    tag: str
    urgent: bool
    thread: str
    mentions: tuple[str, ...]
    roles: tuple[str, ...]
    stage: Stage
    stage_at: int
    stage_by: str
    words: str
    back: Back
    edited_at: int
    reached: tuple[Reach, ...]
    looks: dict[str, Look]
    reactions: dict[str, tuple[str, ...]]


class ReadRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `channel.marks`, key `channel_id/person_id`: the seq of the newest message that somebody read there."""

    channel_id: str
    person_id: str
    seq: int


class RoomRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `channel.rooms`, key channel_id: how much was said there, how much of what was asked nobody took, and how much is done.

    `older`: messages that no screen shows any more; `newest`: seq of the last one, 0 none.
    """

    channel_id: str
    messages: int
    open: int
    taken: int
    done: int
    newest: int
    older: int


def fold_messages(talk: Talk, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The one that changed, and one that fell off the end."""
    del event
    moved = touched.of(TALK)
    fallen = talk.order[-SHOWN_MAX - 1 : -SHOWN_MAX]
    return (moved | set(fallen)) & talk.messages.keys() if moved else ()


def _shown(talk: Talk) -> Iterable[str]:
    return dict.fromkeys((*talk.open, *talk.taken, *talk.order[-SHOWN_MAX:]))


def _row(talk: Talk, key: str) -> MessageRow | None:
    message = talk.messages.get(key)
    if message is None or not (message.stage in ("open", "taken") or _is_new(talk, key)):
        return None
    return _row_of(message)


def _is_new(talk: Talk, key: str) -> bool:
    return len(talk.order) <= SHOWN_MAX or talk.messages[key].seq >= talk.messages[talk.order[-SHOWN_MAX]].seq


def _row_of(message: Message) -> MessageRow:
    posted = message.posted
    return MessageRow(
        message_id=posted.message_id,
        channel_id=posted.channel_id,
        seq=message.seq,
        at=message.at,
        by=message.by,
        role=message.role,
        text=message.text,
        tag=posted.tag,
        urgent=posted.urgent,
        thread=posted.thread,
        mentions=posted.mentions,
        roles=posted.roles,
        stage=message.stage,
        stage_at=message.stage_at,
        stage_by=message.stage_by,
        words=message.words,
        back=message.back,
        edited_at=message.edited_at,
        reached=message.reached,
        looks=message.looks,
        reactions=message.reactions,
    )


def fold_calls(talk: Talk, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The messages that changed: asked, taken, or not any more."""
    del event
    return touched.of(TALK) & talk.messages.keys()


def _call(talk: Talk, key: str) -> MessageRow | None:
    message = talk.messages.get(key)
    return _row_of(message) if message is not None and message.stage in ("open", "taken") else None


def fold_marks(talk: Talk, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Somebody read further."""
    del talk, event
    return {key.removeprefix("read ") for key in touched.of(TALK) if key.startswith("read ")}


def _mark(talk: Talk, key: str) -> ReadRow | None:
    channel_id, _, person_id = key.partition("/")
    seq = talk.marks.get((channel_id, person_id))
    return None if seq is None else ReadRow(channel_id=channel_id, person_id=person_id, seq=seq)


def fold_rooms(talk: Talk, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The channels of what changed, and of what fell off the end of the screens with it."""
    return {talk.messages[key].posted.channel_id for key in fold_messages(talk, event, touched)}


def _room(talk: Talk, key: str) -> RoomRow | None:
    if key not in CHANNELS:
        return None
    stages = talk.stages.get(key, Counter[Stage]())
    shown = sum(talk.messages[each].posted.channel_id == key for each in _shown(talk))
    return RoomRow(
        channel_id=key,
        messages=stages.total(),
        open=stages["open"],
        taken=stages["taken"],
        done=stages["done"],
        newest=talk.newest.get(key, 0),
        older=stages.total() - shown,
    )


MESSAGES = View(
    name="channel.messages",
    row=MessageRow,
    reads=(),
    state=itself,
    fold=fold_messages,
    keys=_shown,
    get=_row,
    duty="channel.read",
    over=(TALK,),
)
CALLS = View(
    name="channel.calls",
    row=MessageRow,
    reads=(),
    state=itself,
    fold=fold_calls,
    keys=lambda talk: (*talk.open, *talk.taken),
    get=_call,
    duty="channel.read",
    over=(TALK,),
)
MARKS = View(
    name="channel.marks",
    row=ReadRow,
    reads=(),
    state=itself,
    fold=fold_marks,
    keys=lambda talk: [f"{channel_id}/{person_id}" for channel_id, person_id in talk.marks],
    get=_mark,
    duty="channel.read",
    over=(TALK,),
)
ROOMS = View(
    name="channel.rooms",
    row=RoomRow,
    reads=(),
    state=itself,
    fold=fold_rooms,
    keys=lambda talk: CHANNELS,  # noqa: ARG005  each show has them
    get=_room,
    duty="channel.read",
    over=(TALK,),
)
VIEWS = (MESSAGES, CALLS, MARKS, ROOMS, RESPONSES)
