"""The audience stream: hundreds to tens of thousands of small things a second, sealed in batches."""

import msgspec

from kaibo.core.event import Fact
from kaibo.features.audience.columns import (
    CLICK,
    COMMENT,
    ENTER,
    FLOW_CODE,
    FLOWS,
    FOLLOW,
    JOIN,
    KINDS,
    LEAVE,
    LIKE,
    NO_PRODUCT,
    SHARE,
    VIEW,
    Columns,
    unpack,
)
from kaibo.features.audience.script import tidy

# A platform's clock may run ahead so far; what claims to be later must neither make all the rest late nor stop a counter.
NEWEST_AHEAD_MS_MAX = 5_000

# The columns are part of the fact: readers take them from here.
__all__ = [
    "CLICK",
    "COMMENT",
    "ENTER",
    "FLOWS",
    "FLOW_CODE",
    "FOLLOW",
    "JOIN",
    "KINDS",
    "LEAVE",
    "LIKE",
    "NEWEST_AHEAD_MS_MAX",
    "NO_PRODUCT",
    "SHARE",
    "VIEW",
    "AudienceBatch",
    "AudienceOrdersTold",
    "AudienceRefused",
    "AudienceRepeated",
    "AudienceShown",
    "AudienceSourceFinished",
    "Columns",
    "Shown",
    "plain_ref",
    "tidy",
    "unpack",
]


class AudienceBatch(Fact, frozen=True, kw_only=True, tag="audience.batch"):
    """Audience events of one source sealed together, columnar and compressed.

    `columns` is zlib over msgpack, read with `unpack`; items are sorted by platform time. Counts stand outside so that
    readers who need only them do not unpack. A comment's address is `(seq, index)`, index among the batch's comments.
    `viewer_base` is how many viewers the show knew before; `new_viewers` in the columns extend the show's table
    of pseudonyms, so a viewer is a small dense number everywhere in this log. The message ids are in the columns too:
    what is told twice is known again after a restart. `late` items are older than what this source had sealed before;
    `missed` were lost on the way as far as the source knows (None: it cannot know); `replies`: it takes answers back;
    `moderates`: it can mute and hide there; `tells_leaves`: it tells who goes, so that whoever came and did not go is there. Two sources of one room speak of the same people: `platform` is then the source whose
    pseudonyms these are ("": this one). `skew_ms`: the clock of the source is so far ahead, and every instant was set right by
    it; `moved`: items of the future that were taken at the moment they were told. `behind_ms`: that clock is so far behind, and every
    instant was set forward by it, but none past the end of the show.
    """

    source: str
    room: str
    count: int
    comments: int
    first_at: int
    last_at: int
    viewer_base: int
    columns: bytes
    duplicates: int = 0
    lag_ms: int = 0
    late: int = 0
    missed: int | None = None
    replies: bool = False
    moderates: bool = False
    platform: str = ""
    skew_ms: int = 0
    moved: int = 0
    behind_ms: int = 0
    tells_leaves: bool = False

    @property
    def people_of(self) -> str:
        """The source that the pseudonyms of its viewers belong to."""
        return self.platform or self.source


def plain_ref(ref: str) -> str:
    """One address of a comment, one spelling: `007:01` -> `7:1`."""
    seq, _, index = ref.partition(":")
    return f"{int(seq)}:{int(index)}"


class AudienceRepeated(Fact, frozen=True, kw_only=True, tag="audience.repeated"):
    """A source handed in only what was known already, or nothing (no `duplicates`): nothing new, but it is alive. `tells_leaves`: as of AudienceBatch."""

    source: str
    room: str
    duplicates: int
    tells_leaves: bool = False


class AudienceRefused(Fact, frozen=True, kw_only=True, tag="audience.refused"):
    """So many of what a source handed in were refused, by the code of the reason."""

    source: str
    room: str
    codes: dict[str, int]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The room was shown `count` times in one minute (since 1970, platform time), to people who came by `flow`."""

    minute: int
    count: int
    flow: str = ""


class AudienceOrdersTold(Fact, frozen=True, kw_only=True, tag="audience.orders_told"):
    """A source told of orders: it is alive. How many things of them, and the newest instant as it said it (ms UTC), 0 for none.

    `behind_ms`: its clock is so far behind, and the orders were set forward by it; `skew_ms`: it is so far ahead; `before_air`: so many were placed before the show.
    `tells_leaves`: as of AudienceBatch.
    """

    source: str
    room: str
    count: int
    newest_at: int = 0
    behind_ms: int = 0
    skew_ms: int = 0
    before_air: int = 0
    tells_leaves: bool = False


class AudienceShown(Fact, frozen=True, kw_only=True, tag="audience.shown"):
    """Room impressions a source told of: nobody knows to whom, so they are sums and never viewers. `tells_leaves`: as of AudienceBatch."""

    source: str
    room: str
    parts: tuple[Shown, ...]
    message_ids: tuple[str, ...] = ()
    tells_leaves: bool = False


class AudienceSourceFinished(Fact, frozen=True, kw_only=True, tag="audience.source_finished"):
    """A source said that it is at its end: silence is no outage from here on."""

    source: str
    room: str
