"""What happened to the figures: targets, money spent on ads, and what shows leave to later shows."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kaibo.core.event import Fact

Number = Annotated[int, Meta(ge=0, le=10**15)]

Counters = dict[str, float]  # raw counters by name, see kaibo/analysis/counters.py; one that is unknown is not there


class SpendRow(msgspec.Struct, frozen=True, kw_only=True):
    """Money spent on one ad plan. `at` is the instant it is entered for (ms UTC); `gmv_minor` what the ad platform claims.

    `impressions`, `clicks`, `gmv_minor`: None where nobody told.

    `move_id`: the approved move of an alarm that it was spent for, "" for none; a move is paid for by one row.
    """

    spend_id: Annotated[str, Meta(min_length=1, max_length=64)]
    at: Annotated[int, Meta(ge=0, le=32503680000000)]
    channel: Annotated[str, Meta(max_length=80)]
    cost_minor: Number
    impressions: Number | None = None
    clicks: Number | None = None
    gmv_minor: Number | None = None
    note: Annotated[str, Meta(max_length=200)] = ""
    move_id: Annotated[str, Meta(max_length=64)] = ""


class ShowSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a show came to: its raw counters at the end, and how its sums grew (`course`, see kaibo/analysis/course.py).

    Who is counted once however often (viewers, buyers) has no course; nor have summaries of before there was one.
    """

    show_id: str
    title: str
    ended_at: int
    currency: str
    raw: Counters
    course: dict[str, tuple[float, ...]] = {}


class MetricTargetSet(Fact, frozen=True, kw_only=True, tag="metric.target_set"):
    """A figure of the whole show shall reach `value` (in the figure's unit); None: no target any more."""

    metric: str
    value: float | None


class MetricSpendEntered(Fact, frozen=True, kw_only=True, tag="metric.spend_entered"):
    """Ad spend was entered by hand or from a file; a row whose id was entered before replaces that one."""

    rows: tuple[SpendRow, ...]
    filename: str = ""


class MetricSpendRemoved(Fact, frozen=True, kw_only=True, tag="metric.spend_removed"):
    """A row of ad spend was wrong."""

    spend_id: str


class MetricSampled(Fact, frozen=True, kw_only=True, tag="metric.sampled"):
    """The figures as the team saw them at this instant: raw counters of the whole show and of both windows of ten minutes.

    `last_10` and `prev_10` are None before anything happened in them. `product_id` is on air, "" for none.
    """

    at: int
    whole: Counters
    last_10: Counters | None
    prev_10: Counters | None
    product_id: str = ""


class MetricSummarised(Fact, frozen=True, kw_only=True, tag="metric.summarised"):
    """The show came to this. `buyers` are 32-bit fingerprints of its buyers (sorted u4, zlib); `final` after seven days."""

    summary: ShowSummary
    buyers: bytes = b""
    final: bool = False


class MetricShowNoted(Fact, frozen=True, kw_only=True, tag="metric.show_noted"):
    """Workspace log: what a show came to, for the shows after it."""

    summary: ShowSummary
    buyers: bytes = b""


class MetricHistoryHanded(Fact, frozen=True, kw_only=True, tag="metric.history_handed"):
    """Workspace log: a show was given what earlier shows came to, newest first, and who bought in them."""

    show_id: str
    shows: tuple[ShowSummary, ...]
    buyers: bytes = b""
    buyers_shows: int = 0


class MetricHistoryTaken(Fact, frozen=True, kw_only=True, tag="metric.history_taken"):
    """The show's own log now holds the workspace's last shows (at most seven), so that it can be read alone for ever.

    `buyers` are 32-bit fingerprints of the buyers of `buyers_shows` earlier shows. Of n known buyers a new one is taken
    for an old one with probability n / 2^32.
    """

    shows: tuple[ShowSummary, ...]
    buyers: bytes = b""
    buyers_shows: int = 0
