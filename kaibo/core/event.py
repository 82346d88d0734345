"""Facts and the envelope they travel in."""

from typing import ClassVar, Generic, Literal, TypeVar

import msgspec

Mode = Literal["live", "rehearsal", "simulated"]
StreamKind = Literal["workspace", "show"]


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Something that happened. Past tense, frozen, public for ever; the tag is `feature.happened`."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it, acting in which role, under which duty of the charter."""

    id: str
    role: str
    duty: str = ""


F_co = TypeVar("F_co", bound=Fact, covariant=True)


class Event(msgspec.Struct, Generic[F_co], frozen=True, kw_only=True, omit_defaults=True):
    """A fact in its place in one log.

    `seq` counts from 1 without gaps in its stream; `at` is an instant in milliseconds since 1970 UTC;
    `cause` is the seq of the event of the same stream that led to it; `key` and `digest` stand on the
    first event of a command that came with an idempotency key. `mode` is the same in a whole log: a rehearsal is
    planned as one, and nothing of it may reach a platform or a chat; a simulated show has no platform and no shop but those we made up,
    and only where nothing is real do they answer. `taking`: who did it had no right of their own to it, and took the duty in need; the
    id of that taking.
    """

    stream: str
    seq: int
    at: int
    actor: Actor
    fact: F_co
    mode: Mode = "live"
    cause: int | None = None
    key: str | None = None
    digest: str | None = None
    taking: str | None = None


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """What a person or a connector asks for; the tag is `feature.verb`, `duty` says who may.

    Only a command that `opens` may be the first on a stream: everything else needs a show that was planned.
    `streams` are the kinds of stream that take it; None stands for all those of its feature. `routed`: over HTTP a route of its feature
    alone asks it, which looks at what no rule can.
    """

    duty: ClassVar[str] = ""
    opens: ClassVar[bool] = False
    streams: ClassVar[tuple[StreamKind, ...] | None] = None
    routed: ClassVar[bool] = False

    def opens_as(self) -> Mode:
        """The mode of the log that this command opens; all its later events have the mode of the first."""
        return "live"
