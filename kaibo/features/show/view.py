"""The head of a show, and the workspace's list of shows."""

import msgspec

from kaibo.features.show.facts import CrewMember


class ShowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `show.head`, one row, key `show`. `state` is planned, live or ended."""

    show_id: str
    title: str
    state: str
    starts_at: int
    ends_at: int
    timezone: str
    currency: str
    goal_gmv_minor: int
    theme: str
    channel: str
    crew: tuple[CrewMember, ...]
    aired_at: int | None
    ended_at: int | None


class ListedShowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `show.list` of the workspace stream, key show_id."""

    show_id: str
    title: str
    state: str
    starts_at: int
    ends_at: int
    timezone: str
