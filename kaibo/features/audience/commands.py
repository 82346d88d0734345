"""What a source may hand in."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from kaibo.core.event import Command

TEXT_LENGTH_MAX = 2000
NAME_LENGTH_MAX = 80
VIEWER_LENGTH_MAX = 128
NOT_SAID = 0  # of an instant: the moment it is told

Kind = Literal["comment", "enter", "leave", "like", "follow", "click", "view", "share", "join", "impression"]
# Where a viewer came from: natural (nothing finer known), feed, short video, live square, nearby, follow, search, profile,
# mall, activity; promoted by the platform's booster; ads; public or private domain; another.
Flow = Literal[
    "", "natural", "feed", "video", "square", "nearby", "follow", "search", "profile", "mall", "activity",
    "promote", "ads", "public", "private", "other",
]  # fmt: skip


class AudienceItem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing a viewer did.

    `at` is platform time (ms UTC), 0 or left out: the moment it is told; `viewer` a pseudonymous id of the platform; `count` for likes and impressions;
    `message_id` makes it once only. `view` is a product shown to a viewer, `join` joining the fan club. `impression` is the
    room shown `count` times to people nobody knows, so it alone has no viewer. `flow` says where the viewer came from.
    There are many of them and they hold only texts and numbers, so the garbage collector need not look.
    """

    kind: Kind
    at: int = NOT_SAID
    viewer: Annotated[str, Meta(max_length=VIEWER_LENGTH_MAX)] = ""
    text: Annotated[str, Meta(max_length=TEXT_LENGTH_MAX)] = ""
    name: Annotated[str, Meta(max_length=NAME_LENGTH_MAX)] = ""
    product_id: Annotated[str, Meta(max_length=64)] = ""
    count: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    message_id: Annotated[str, Meta(max_length=256)] = ""
    flow: Flow = ""

    def __post_init__(self) -> None:
        """Everybody but the unknown people of an impression has a name here. Raises ValueError."""
        if not self.viewer and self.kind != "impression":
            raise ValueError("viewer is missing")


Missed = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class FinishSource(Command, frozen=True, kw_only=True, tag="audience.finish"):
    """The source has come to its end and will say no more: a replay is over, a room was closed. What it says later begins it anew."""

    duty: ClassVar = "audience.ingest"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""


class BeatSource(Command, frozen=True, kw_only=True, tag="audience.beat"):
    """The source is there and has nothing to say: a quiet room is no outage. `tells_leaves`: as of audience.seal."""

    duty: ClassVar = "audience.ingest"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    tells_leaves: bool = False


class HearOrders(Command, frozen=True, kw_only=True, tag="audience.hear_orders"):
    """A source tells of orders: for its lamp and its clock.

    `instants`: all that it says with them, also of viewers, as it says them; else `oldest_at` and `newest_at`, the first and the last
    of them, 0 when it says none. `placed`: those of the new orders. `tells_leaves`: as of audience.seal.
    """

    duty: ClassVar = "order.ingest"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    count: Annotated[int, Meta(ge=1, le=1_000_000)]
    oldest_at: Annotated[int, Meta(ge=0)] = 0
    newest_at: Annotated[int, Meta(ge=0)] = 0
    placed: Annotated[tuple[int, ...], Meta(max_length=5_000)] = ()
    instants: Annotated[tuple[int, ...], Meta(max_length=25_000)] = ()
    tells_leaves: bool = False


class CountRefused(Command, frozen=True, kw_only=True, tag="audience.count_refused"):
    """So many of what a source handed in were refused at the door, by the code of the reason: for its lamp."""

    duty: ClassVar = "audience.ingest"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    codes: Annotated[dict[str, Annotated[int, Meta(ge=1, le=1_000_000)]], Meta(min_length=1, max_length=50)]


class SealBatch(Command, frozen=True, kw_only=True, tag="audience.seal"):
    """Write a batch of audience events into the show's log.

    Items already seen (by message_id) are left out, those of an instant that cannot be are set aside; both are counted.

    `missed`: how many the source knows that it could not hand in since the last batch, None when it cannot know;
    `replies`: the source can bring an answer back to a comment; `moderates`: it can mute viewers and hide comments there;
    `tells_leaves`: it tells who goes, though nobody may have gone yet.
    """

    duty: ClassVar = "audience.ingest"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    items: Annotated[tuple[AudienceItem, ...], Meta(min_length=1, max_length=20_000)]
    lag_ms: int = 0
    missed: Missed | None = None
    replies: bool = False
    moderates: bool = False
    tells_leaves: bool = False
