"""What may be asked of a show as a whole."""

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from kaibo.core.event import Command, Mode
from kaibo.features.show.facts import CrewMember, ShowStage

Instant = Annotated[int, Meta(ge=0, le=32503680000000)]
Text = Annotated[str, Meta(max_length=400)]
Title = Annotated[str, Meta(min_length=1, max_length=120)]
MinorGoal = Annotated[int, Meta(ge=0, le=10**15)]


class PlanShow(Command, frozen=True, kw_only=True, tag="show.plan"):
    """Plan a show on its own, empty log `show/<show_id>`. A `rehearsal` 彩排 is one to its end: no platform and no chat hears of it.

    A `simulated` 模擬 show has viewers and a shop that we made up; nobody else ever answers for a shop that is not there.
    """

    duty: ClassVar = "show.plan"
    streams: ClassVar = ("show",)
    opens: ClassVar = True
    show_id: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9-]*(?!\n)$")]
    title: Title
    starts_at: Instant
    ends_at: Instant
    timezone: str = "Asia/Taipei"
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}(?!\n)$")] = "TWD"
    goal_gmv_minor: MinorGoal = 0
    theme: Text = ""
    channel: Text = ""
    crew: Annotated[tuple[CrewMember, ...], Meta(max_length=200)] = ()
    rehearsal: bool = False
    simulated: bool = False

    def opens_as(self) -> Mode:
        """A rehearsal is one from its first event to its last, and so is a simulation."""
        if self.rehearsal:
            return "rehearsal"
        return "simulated" if self.simulated else "live"


class EditShow(Command, frozen=True, kw_only=True, tag="show.edit"):
    """Change the head of a show that has not ended; fields left out stay."""

    duty: ClassVar = "show.plan"
    streams: ClassVar = ("show",)
    title: Title | msgspec.UnsetType = msgspec.UNSET
    starts_at: Instant | msgspec.UnsetType = msgspec.UNSET
    ends_at: Instant | msgspec.UnsetType = msgspec.UNSET
    timezone: str | msgspec.UnsetType = msgspec.UNSET
    goal_gmv_minor: MinorGoal | msgspec.UnsetType = msgspec.UNSET
    theme: Text | msgspec.UnsetType = msgspec.UNSET
    channel: Text | msgspec.UnsetType = msgspec.UNSET


class AirShow(Command, frozen=True, kw_only=True, tag="show.air"):
    """Go on air."""

    duty: ClassVar = "show.run"
    streams: ClassVar = ("show",)


class EndShow(Command, frozen=True, kw_only=True, tag="show.end"):
    """End the show; what is on air stops."""

    duty: ClassVar = "show.run"
    streams: ClassVar = ("show",)


class ListShow(Command, frozen=True, kw_only=True, tag="show.list"):
    """Note in the list of shows how one show stands (done by a reaction, not by people)."""

    duty: ClassVar = "show.list"
    streams: ClassVar = ("workspace",)
    show_id: str
    title: str
    starts_at: int
    ends_at: int
    timezone: str
    state: ShowStage
    rehearsal: bool = False
    simulated: bool = False
