"""What the team did beside the rundown: comment orders, who was on duty when, who was absent, what was taken in need. Each from the rows of its owner."""

from collections.abc import Mapping

import msgspec

from kaibo.features.channel.shown import ResponseRow
from kaibo.features.claim.shown import ClaimNumbersRow
from kaibo.features.roster.shown import RosterRow, ShiftFigures
from kaibo.features.taking.shown import TakingRow


class ReportTaking(msgspec.Struct, frozen=True, kw_only=True):
    """A duty somebody took in need at `at`, until it was given back or over (`until`, ms UTC); `events` in the log because of it."""

    duty: str
    person_id: str
    reason: str
    at: int
    until: int
    events: int


class ReportPost(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who came to a role in another's place (`came`), or left it (`left`), `at` an instant (ms UTC); `after` whose place, "" nobody's."""

    role_id: str
    person_id: str
    came: str
    left: str
    after: str
    at: int
    reason: str


class ReportResponse(msgspec.Struct, frozen=True, kw_only=True):
    """What the team was asked in channels by `tag` (`all`, `urgent`), how many of it `waits`, and in how long it was seen, taken, done (ms; None: never)."""

    tag: str
    asked: int
    waits: int
    seen_ms: int | None
    taken_ms: int | None
    taken_p90_ms: int | None
    done_ms: int | None
    done_p90_ms: int | None


class ReportPart(msgspec.Struct, frozen=True, kw_only=True):
    """What the minutes of a shift (`name`) or of the hosts on duty together (`people`) brought."""

    name: str
    people: tuple[str, ...]
    minutes: int
    first_at: int | None
    gmv_paid_minor: int | None
    orders_paid: int | None
    comments: int | None
    peak_online: int | None


class ReportClaims(msgspec.Struct, frozen=True, kw_only=True):
    """Comment orders in units: ever held, of these in an order, paid and come back (`expired`: the hold was over); waiting now; `refused` orders."""

    claimed: int
    checked_out: int
    paid: int
    cancelled: int
    expired: int
    waits: int
    refused: int


class TeamTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the report in the words of who asks: a kind for each column (count, money in minor units, instant and length in ms, text)."""

    title: str
    note: str
    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def takings_of(rows: Mapping[str, TakingRow]) -> tuple[ReportTaking, ...]:
    """In the order they were taken."""
    return tuple(
        ReportTaking(
            duty=row.duty,
            person_id=row.person_id,
            reason=row.reason,
            at=row.at,
            until=row.until if row.ended_at is None else row.ended_at,
            events=row.events,
        )
        for row in sorted(rows.values(), key=lambda row: row.at)
    )


def responses_of(rows: Mapping[str, ResponseRow]) -> tuple[ReportResponse, ...]:
    """In all, what was urgent, and by tag."""
    return tuple(
        ReportResponse(
            tag=row.tag,
            asked=row.asked,
            waits=row.waits,
            seen_ms=row.seen_ms,
            taken_ms=row.taken_ms,
            taken_p90_ms=row.taken_p90_ms,
            done_ms=row.done_ms,
            done_p90_ms=row.done_p90_ms,
        )
        for row in rows.values()
    )


def posts_of(rows: Mapping[str, RosterRow]) -> tuple[ReportPost, ...]:
    """Hand-overs, take-overs, stand-ins and absences, in their order; who came as planned and stayed is not named."""
    moved = [row for row in rows.values() if row.left or row.came in ("accepted", "taken", "stand_in")]
    return tuple(
        ReportPost(
            role_id=row.role_id,
            person_id=row.person_id,
            came=row.came,
            left=row.left,
            after=row.after,
            at=row.since,
            reason=row.reason,
        )
        for row in sorted(moved, key=lambda row: row.since)
    )


def parts_of(figures: ShiftFigures | None, names: Mapping[str, str]) -> tuple[ReportPart, ...]:
    """By shift (`names` by shift_id) and by host, where there was more than one; one host of one show is the show."""
    if figures is None:
        return ()
    lists = (figures.shifts if names else (), figures.hosts if len(figures.hosts) > 1 else ())
    return tuple(
        ReportPart(
            name=names.get(part.key, ""),
            people=part.people,
            minutes=part.minutes,
            first_at=part.first_at,
            gmv_paid_minor=part.gmv_paid_minor,
            orders_paid=part.orders_paid,
            comments=part.comments,
            peak_online=part.peak_online,
        )
        for parts in lists
        for part in parts
        if part.minutes
    )


def claims_of(row: ClaimNumbersRow | None) -> ReportClaims | None:
    """None where nothing was ordered by comment."""
    if row is None or not (row.claimed or row.waits or row.refused):
        return None
    return ReportClaims(
        claimed=row.claimed,
        checked_out=row.checked_out,
        paid=row.paid,
        cancelled=row.cancelled,
        expired=row.expired,
        waits=row.waits,
        refused=row.refused,
    )
