"""What happened to a show as a whole."""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

ShowStage = Literal["planned", "live", "ended"]


class CrewMember(msgspec.Struct, frozen=True, kw_only=True):
    """A person on this show, as known when the crew was set."""

    person_id: str
    name: str
    roles: tuple[str, ...]


class ShowHead(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of shows says of a show, as it stood at a fact."""

    show_id: str
    title: str
    starts_at: int
    ends_at: int
    timezone: str
    state: ShowStage
    rehearsal: bool = False
    simulated: bool = False


class ShowPlanned(Fact, frozen=True, kw_only=True, tag="show.planned"):
    """A show exists. `starts_at` and `ends_at` are instants (ms UTC); `timezone` is an IANA name for display and planning."""

    show_id: str
    title: str
    starts_at: int
    ends_at: int
    timezone: str
    currency: str
    goal_gmv_minor: int = 0
    theme: str = ""
    channel: str = ""
    crew: tuple[CrewMember, ...] = ()
    rehearsal: bool = False
    simulated: bool = False


class ShowEdited(Fact, frozen=True, kw_only=True, tag="show.edited"):
    """The show's head now reads so (only the named fields changed); `head` is the whole, so that readers need no history."""

    title: str | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    timezone: str | None = None
    goal_gmv_minor: int | None = None
    theme: str | None = None
    channel: str | None = None
    head: ShowHead | None = None


class ShowAired(Fact, frozen=True, kw_only=True, tag="show.aired"):
    """The show went on air."""

    show_id: str
    head: ShowHead | None = None


class ShowEnded(Fact, frozen=True, kw_only=True, tag="show.ended"):
    """The show is over."""

    show_id: str
    head: ShowHead | None = None


class ShowListed(Fact, frozen=True, kw_only=True, tag="show.listed"):
    """Workspace log: what the list of shows says of one show now. `state` is planned, live or ended."""

    show_id: str
    title: str
    starts_at: int
    ends_at: int
    timezone: str
    state: str
    rehearsal: bool = False
    simulated: bool = False
