"""What the team did beside the rundown, as tables: each only where there was something."""

from kaibo.features.report.shapes import Report
from kaibo.features.report.table import Column, Say, Section
from kaibo.features.report.team import TeamTable


def team_sections(report: Report, say: Say) -> list[Section]:
    """Comment orders, shifts and hosts, who came and went, how soon the team answered, what was taken in need."""
    found = [_claims(report, say), _parts(report, say), _posts(report, say), _responses(report, say), _takings(report, say)]
    return [each for each in found if each.rows]


def team_tables(report: Report, say: Say) -> tuple[TeamTable, ...]:
    """The same for a screen."""
    return tuple(
        TeamTable(
            title=each.title,
            note=each.note,
            heads=tuple(say(f"report.{column.word}") for column in each.columns),
            kinds=tuple(column.kind for column in each.columns),
            rows=tuple(tuple(row) for row in each.rows),
        )
        for each in team_sections(report, say)
    )


def _role(role: str, say: Say) -> str:
    """By the house's word; a team's own role by its name."""
    word = say(f"role.{role}")
    return role if word == f"role.{role}" else word


def _claims(report: Report, say: Say) -> Section:
    told = report.claims
    columns = (Column("metric"), Column("count", "count"))
    names = ("claimed", "checked_out", "paid", "cancelled", "expired", "waits", "refused")
    rows = [] if told is None else [(say(f"report.claims_{name}"), getattr(told, name)) for name in names]
    return Section(say("report.claims"), columns, rows, say("report.claims_note"))


def _responses(report: Report, say: Say) -> Section:
    """How soon what was asked in channels was seen, taken and done."""
    columns = (
        Column("tag"), Column("asked", "count"), Column("untaken", "count"), Column("seen_ms", "length"), Column("taken_ms", "length"),
        Column("taken_p90_ms", "length"), Column("done_ms", "length"), Column("done_p90_ms", "length", paper=False),
    )  # fmt: skip
    rows = [
        (
            say(f"channel.tag.{one.tag}"), one.asked, one.waits, one.seen_ms, one.taken_ms,
            one.taken_p90_ms, one.done_ms, one.done_p90_ms,
        )
        for one in report.responses
    ]  # fmt: skip
    return Section(say("report.responses"), columns, rows, say("report.responses_note"))


def _parts(report: Report, say: Say) -> Section:
    columns = (
        Column("part"), Column("time", "instant"), Column("air_min", "count"), Column("gmv_paid", "money"), Column("orders_paid", "count"),
        Column("comments", "count"), Column("pcu", "count"),
    )  # fmt: skip
    rows = [
        (
            part.name or say("core.comma").join(report.people.get(each, each) for each in part.people) or say("report.nobodys"),
            part.first_at, part.minutes, part.gmv_paid_minor, part.orders_paid, part.comments, part.peak_online,
        )
        for part in report.parts
    ]  # fmt: skip
    return Section(say("report.parts"), columns, rows)


def _posts(report: Report, say: Say) -> Section:
    columns = (
        Column("time", "instant"),
        Column("role"),
        Column("person"),
        Column("moved"),
        Column("in_place_of"),
        Column("reason"),
    )
    rows = [
        (
            post.at, _role(post.role_id, say), report.people.get(post.person_id, post.person_id),
            say(f"report.left_{post.left}" if post.left else f"report.came_{post.came}"), report.people.get(post.after, post.after),
            post.reason,
        )
        for post in report.posts
    ]  # fmt: skip
    return Section(say("report.posts"), columns, rows, paper=40)


def _takings(report: Report, say: Say) -> Section:
    columns = (
        Column("time", "instant"),
        Column("person"),
        Column("duty"),
        Column("reason"),
        Column("took_long", "length"),
        Column("acts", "count"),
    )
    rows = [
        (
            each.at,
            report.people.get(each.person_id, each.person_id),
            say(f"duty.{each.duty}"),
            each.reason,
            each.until - each.at,
            each.events,
        )
        for each in report.takings
    ]
    return Section(say("report.takings"), columns, rows, paper=40)
