"""What travels on the live channel, in both directions. `type` says which message it is."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

VIEWS_MAX = 96
Stream = Annotated[str, Meta(max_length=80)]


# what a client says
class Subscribe(msgspec.Struct, frozen=True, tag="subscribe"):
    """Show me these views of a stream; the value is the last seq I have, or null. Replaces my subscription to the stream."""

    stream: Stream
    views: Annotated[dict[str, int | None], Meta(max_length=VIEWS_MAX)]


class Unsubscribe(msgspec.Struct, frozen=True, tag="unsubscribe"):
    """No more of this stream."""

    stream: Stream


class Here(msgspec.Struct, frozen=True, tag="here"):
    """I look at this stream in this role; `editing` is the field I have open."""

    stream: Stream
    role: Annotated[str, Meta(max_length=40)] = ""
    editing: Annotated[str, Meta(max_length=160)] | None = None


class Ping(msgspec.Struct, frozen=True, tag="ping"):
    """How late is it? `t` comes back."""

    t: float = 0.0


ClientMessage = Subscribe | Unsubscribe | Here | Ping


# what the server says
class Table(msgspec.Struct, frozen=True):
    """Rows of a view by key, encoded once for everybody; null: the row is gone."""

    rows: msgspec.Raw


Tables = dict[str, Table]


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, tag="snapshot"):
    """These views as they are at `seq`, whole; `at` is the server's clock (ms UTC)."""

    stream: str
    seq: int
    at: int
    views: Tables


class Patch(msgspec.Struct, frozen=True, kw_only=True, tag="patch"):
    """The rows that changed since the message that ended at `after`."""

    stream: str
    after: int
    seq: int
    at: int
    views: Tables


class CaughtUp(msgspec.Struct, frozen=True, kw_only=True, tag="caught_up"):
    """The rows that changed while the line was lost, which was `missed` events."""

    stream: str
    after: int
    missed: int
    seq: int
    at: int
    views: Tables


class PresentPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who looks at a stream since `since` (ms UTC); `editing` is the field they have open."""

    person_id: str
    name: str
    role: str
    since: int
    editing: str | None


class Present(msgspec.Struct, frozen=True, kw_only=True, tag="presence"):
    """Everybody who looks at a stream now."""

    stream: str
    people: list[PresentPerson]


class Pong(msgspec.Struct, frozen=True, kw_only=True, tag="pong"):
    """The answer to a ping: its `t`, and the server's clock (ms UTC)."""

    t: float
    at: int


class RefusedMessage(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """A rule said no: its code, its data, and words in the client's language. `views`: of a subscription, those that are not shown to it."""

    code: str
    data: dict[str, Any]
    message: str
    views: tuple[str, ...] = ()


ServerMessage = Snapshot | Patch | CaughtUp | Present | Pong | RefusedMessage
