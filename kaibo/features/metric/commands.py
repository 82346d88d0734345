"""What may be asked of the figures."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.metric.facts import ShowSummary, SpendRow

ShowId = Annotated[str, Meta(min_length=1, max_length=64)]


class SetTarget(Command, frozen=True, kw_only=True, tag="metric.set_target"):
    """Set or clear (None) what a figure of the whole show shall reach, in the figure's unit."""

    duty: ClassVar = "metric.target"
    streams: ClassVar = ("show",)
    metric: Annotated[str, Meta(min_length=1, max_length=40)]
    value: Annotated[float, Meta(ge=0, le=10**15)] | None


class EnterSpend(Command, frozen=True, kw_only=True, tag="metric.enter_spend"):
    """Enter ad spend by hand or from a file; a row whose id is known replaces the one before."""

    duty: ClassVar = "metric.spend"
    streams: ClassVar = ("show",)
    rows: Annotated[tuple[SpendRow, ...], Meta(min_length=1, max_length=500)]
    filename: Annotated[str, Meta(max_length=120)] = ""


class RemoveSpend(Command, frozen=True, kw_only=True, tag="metric.remove_spend"):
    """Take a row of ad spend out."""

    duty: ClassVar = "metric.spend"
    streams: ClassVar = ("show",)
    spend_id: Annotated[str, Meta(min_length=1, max_length=64)]


class SampleFigures(Command, frozen=True, kw_only=True, tag="metric.sample"):
    """Write the figures down as they stand (a timer's command)."""

    duty: ClassVar = "metric.keep"
    streams: ClassVar = ("show",)


class SummariseShow(Command, frozen=True, kw_only=True, tag="metric.summarise"):
    """Write down what the show came to (a timer's command, at the end and seven days after)."""

    duty: ClassVar = "metric.keep"
    streams: ClassVar = ("show",)


class NoteShow(Command, frozen=True, kw_only=True, tag="metric.note_show"):
    """Note what a show came to (done by a reaction)."""

    duty: ClassVar = "metric.keep"
    streams: ClassVar = ("workspace",)
    summary: ShowSummary
    buyers: bytes = b""


class HandHistory(Command, frozen=True, kw_only=True, tag="metric.hand_history"):
    """Give a show what earlier shows came to (done by a reaction)."""

    duty: ClassVar = "metric.keep"
    streams: ClassVar = ("workspace",)
    show_id: ShowId


class TakeHistory(Command, frozen=True, kw_only=True, tag="metric.take_history"):
    """Keep what earlier shows came to (done by a reaction)."""

    duty: ClassVar = "metric.keep"
    streams: ClassVar = ("show",)
    shows: Annotated[tuple[ShowSummary, ...], Meta(max_length=7)]
    buyers: bytes = b""
    buyers_shows: int = 0
