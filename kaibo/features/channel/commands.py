"""What may be said in a channel, and of what was said there."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.channel.facts import Met, Sign

Id = Annotated[str, Meta(min_length=1, max_length=64)]
MessageId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z._-]+(?!\n)$")]
Name = Annotated[str, Meta(max_length=64)]
Text = Annotated[str, Meta(max_length=4000)]
Why = Annotated[str, Meta(max_length=500)]


class PostMessage(Command, frozen=True, kw_only=True, tag="channel.post"):
    """Say something in a channel of the show; with a `tag`, or `urgent`, it is somebody's until they took it."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    channel_id: Name
    text: Text
    tag: Name = ""
    urgent: bool = False
    thread: Name = ""
    mentions: Annotated[tuple[Id, ...], Meta(max_length=20)] = ()
    roles: Annotated[tuple[Id, ...], Meta(max_length=20)] = ()


class EditMessage(Command, frozen=True, kw_only=True, tag="channel.edit"):
    """Say it otherwise; whoever wrote it alone."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    text: Text


class WithdrawMessage(Command, frozen=True, kw_only=True, tag="channel.withdraw"):
    """Take back what one wrote."""

    duty: ClassVar = "channel.post"
    message_id: MessageId


class MeetMessage(Command, frozen=True, kw_only=True, tag="channel.meet"):
    """A screen of whoever it is for says by itself that it has it, and when they look at it."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    met: Met


class TakeMessage(Command, frozen=True, kw_only=True, tag="channel.take"):
    """I do it. `after`: the person who has it, when somebody does: it is taken over in front of everybody, and never by mistake."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    after: Name = ""


class LetMessageGo(Command, frozen=True, kw_only=True, tag="channel.let_go"):
    """I cannot do it after all."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    reason: Why


class FinishMessage(Command, frozen=True, kw_only=True, tag="channel.finish"):
    """It is done, and how."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    answer: Why


class ReopenMessage(Command, frozen=True, kw_only=True, tag="channel.reopen"):
    """It is not done."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    reason: Why


class ReactToMessage(Command, frozen=True, kw_only=True, tag="channel.react"):
    """Set a sign on a message, or take it off."""

    duty: ClassVar = "channel.post"
    message_id: MessageId
    sign: Sign
    on: bool = True


class ReadChannel(Command, frozen=True, kw_only=True, tag="channel.read_to"):
    """Read up to here."""

    duty: ClassVar = "channel.post"
    channel_id: Name
    seq: Annotated[int, Meta(ge=1)]


class TendChannel(Command, frozen=True, kw_only=True, tag="channel.tend"):
    """The house's own: what nobody took in time is also the next one's."""

    duty: ClassVar = "channel.keep"


COMMANDS = (
    PostMessage,
    EditMessage,
    WithdrawMessage,
    MeetMessage,
    TakeMessage,
    LetMessageGo,
    FinishMessage,
    ReopenMessage,
    ReactToMessage,
    ReadChannel,
    TendChannel,
)
