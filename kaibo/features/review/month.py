"""A month's review, summed up of the logs of its shows and of the house; pure: what was read comes in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from kaibo.core.event import Event, Fact
from kaibo.features.charter.facts import CharterDuty
from kaibo.features.charter.slices import HouseCharter, answerable, doing, too_many
from kaibo.features.review.calls import Calls
from kaibo.features.review.facts import ReviewRefused
from kaibo.features.review.judging import cell_of, done_as_written, written
from kaibo.features.review.log import Act, Answered, ShowLog, opened_of
from kaibo.features.review.propose import proposed
from kaibo.features.review.shapes import (
    OPENED_MAX,
    Counted,
    DoneBy,
    DutyDone,
    Load,
    MissedDeadline,
    Opened,
    RefusedBy,
    Response,
    Review,
    ReviewedShow,
)

MISSED_MAX: Final = 200  # lines of what was missed: beyond it the number says how many


@dataclass(frozen=True)
class Month:
    """`2026-11` in a zone."""

    name: str
    zone: ZoneInfo

    @property
    def from_at(self) -> int:
        """Its first instant (ms UTC)."""
        return self._begins(self.name)

    @property
    def to_at(self) -> int:
        """The first instant (ms UTC) after it."""
        year, month = map(int, self.name.split("-"))
        return self._begins(f"{year + month // 12:04}-{month % 12 + 1:02}")

    def _begins(self, name: str) -> int:
        year, month = map(int, name.split("-"))
        return int(datetime(year, month, 1, tzinfo=self.zone).timestamp() * 1000)

    def holds(self, at: int) -> bool:
        """Whether an instant (ms UTC) is in it."""
        return self.from_at <= at < self.to_at


@dataclass
class Logs:
    """What a review is made of. `titles` and `starts` of the shows by show_id; `names` of people."""

    shows: list[ShowLog] = field(default_factory=list[ShowLog])
    house: list[Event[Fact]] = field(default_factory=list[Event[Fact]])
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    starts: Mapping[str, int] = field(default_factory=dict[str, int])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    rehearsals: int = 0
    left_out: int = 0


def review_of(month: Month, logs: Logs, house: HouseCharter, people: frozenset[str], now: int) -> Review:
    """The month as it stands `now` (ms UTC)."""
    acts, answered = house_acts(month, logs.house, house, people)
    acts += [act for log in logs.shows for act in log.acts]
    answered += [each for log in logs.shows for each in log.answered]
    proofs = [each for log in logs.shows for each in log.proofs] + [opened_of("", event) for event in logs.house]
    duties = tuple(_duty(duty, acts, proofs) for duty in (*house.stands.duties, *_of_before(house, acts)))
    missed = sorted(_missed(logs, answered, now), key=lambda each: each.due_at, reverse=True)
    return Review(
        month=month.name,
        zone=month.zone.key,
        from_at=month.from_at,
        to_at=month.to_at,
        version=house.version,
        shows=tuple(_show(log, logs) for log in logs.shows),
        rehearsals=logs.rehearsals,
        left_out=logs.left_out,
        duties=duties,
        idle=tuple(each.duty_id for each in duties if each.seen and not each.done and not each.proven.count),
        unseen=tuple(each.duty_id for each in duties if not each.seen),
        outside=counted(act.event for act in acts if not act.duty_id),
        missed=tuple(missed[:MISSED_MAX]),
        missed_all=len(missed),
        refused=_refused(month, logs),
        loads=_loads(logs.shows),
        responses=_responses(answered),
        proposed=proposed(house.stands, duties) if house.version else (),
        taken=counted(each for log in logs.shows for each in log.taken),
        names=dict(logs.names),
        titles=dict(logs.titles),
    )


def counted(events: Iterable[Opened]) -> Counted:
    """A number, and the newest of its events."""
    every = sorted(events, key=lambda each: (each.at, each.show_id, each.seq), reverse=True)
    return Counted(count=len(every), events=tuple(every[:OPENED_MAX]))


def house_acts(
    month: Month, events: Sequence[Event[Fact]], house: HouseCharter, people: frozenset[str]
) -> tuple[list[Act], list[Answered]]:
    """What people did in the house's own log in that month, by what the house went by at that instant."""
    acts: list[Act] = []
    answered: list[Answered] = []
    calls = Calls()
    for event in events:
        answer = calls.take(event)
        if not month.holds(event.at) or event.actor.id not in people:
            continue
        charter, opened = written(house.at(event.at)[0]), opened_of("", event)
        role = event.actor.role
        duty = charter.of(event.actor.duty, None, role)
        acts.append(
            Act(opened, "" if duty is None else duty.duty_id, cell_of(duty, role), done_as_written(duty, role), stood_in=False)
        )
        if answer is not None:
            kind = answer.call.kind
            answered.append(Answered(kind.name, opened, answer.took_ms, charter.within_ms(kind.duty, None)))
    return acts, answered


def _of_before(house: HouseCharter, acts: Iterable[Act]) -> list[CharterDuty]:
    """Duties that were done by a charter that no longer stands: nothing that was done is left out."""
    known = {duty.duty_id for duty in house.stands.duties}
    gone = sorted({act.duty_id for act in acts if act.duty_id} - known)
    return [CharterDuty(duty_id=each, phases=("before", "on_air", "after"), grants=("",)) for each in gone]


def _show(log: ShowLog, logs: Logs) -> ReviewedShow:
    return ReviewedShow(
        show_id=log.show_id,
        title=logs.titles.get(log.show_id, log.show_id),
        starts_at=logs.starts.get(log.show_id, 0),
        events=len(log.acts),
    )


def _duty(duty: CharterDuty, acts: Sequence[Act], proofs: Sequence[Opened]) -> DutyDone:
    mine = [act for act in acts if act.duty_id == duty.duty_id]
    return DutyDone(
        duty_id=duty.duty_id,
        title=duty.title,
        phases=duty.phases,
        does=tuple(role for role in duty.cells if role in doing(duty)),
        answers=tuple(role for role in duty.cells if role in answerable(duty)),
        seen=bool(duty.grants or duty.evidence),
        done=len(mine),
        drift=sum(not act.as_written for act in mine),
        stood_in=sum(act.stood_in for act in mine),
        proven=counted(each for each in proofs if each.type in duty.evidence),
        by=_done_by(mine),
    )


def _done_by(acts: Sequence[Act]) -> tuple[DoneBy, ...]:
    sorts: dict[tuple[str, str, str, bool], list[Act]] = {}
    for act in acts:
        sorts.setdefault((act.event.person_id, act.event.role, act.cell or "", act.as_written), []).append(act)
    found = [
        DoneBy(
            person_id=person,
            role=role,
            cell=each[0].cell,
            as_written=as_written,
            done=counted(act.event for act in each),
            stood_in=counted(act.event for act in each if act.stood_in),
        )
        for (person, role, _, as_written), each in sorts.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.done.count, each.person_id, each.role)))


def _missed(logs: Logs, answered: Iterable[Answered], now: int) -> Iterable[MissedDeadline]:
    for each in answered:
        if each.within_ms and each.took_ms > each.within_ms:
            asked_at = each.event.at - each.took_ms
            yield _late(each.kind, each.event, asked_at + each.within_ms)
    for log in logs.shows:
        for left in log.waiting(now):
            yield MissedDeadline(
                kind=left.call.kind.name,
                what=left.call.key,
                show_id=log.show_id,
                role="",
                person_id="",
                due_at=left.call.at + left.within_ms,
                done_at=None,
                seq=left.call.seq,
            )
        for task in log.late_tasks(now):
            yield MissedDeadline(
                kind="task",
                what=task.title,
                show_id=log.show_id,
                role=task.role,
                person_id=task.person_id,
                due_at=task.due_at,
                done_at=task.done_at,
                seq=task.seq,
            )


def _late(kind: str, event: Opened, due_at: int) -> MissedDeadline:
    return MissedDeadline(
        kind=kind,
        what="",
        show_id=event.show_id,
        role=event.role,
        person_id=event.person_id,
        due_at=due_at,
        done_at=event.at,
        seq=event.seq,
    )


def _refused(month: Month, logs: Logs) -> tuple[RefusedBy, ...]:
    """Those in the month's shows, and in the house in that month."""
    shows = {log.show_id for log in logs.shows}
    sorts: dict[tuple[str, str, str, str], list[Opened]] = {}
    for event in logs.house:
        fact = event.fact
        if isinstance(fact, ReviewRefused) and (fact.show_id in shows or (not fact.show_id and month.holds(event.at))):
            opened = Opened(
                show_id="",
                seq=event.seq,
                at=event.at,
                type="review.refused",
                person_id=fact.person_id,
                role=", ".join(fact.roles),
            )
            sorts.setdefault((fact.person_id, fact.command, fact.duty, fact.code), []).append(opened)
    found = [
        RefusedBy(person_id=person, command=command, duty=duty, code=code, times=counted(each))
        for (person, command, duty, code), each in sorts.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.times.count, each.person_id, each.command)))


def _loads(shows: Iterable[ShowLog]) -> tuple[Load, ...]:
    found = [
        Load(person_id=each.person_id, show_id=log.show_id, at=each.at, roles=each.roles, duties=each.duties)
        for log in shows
        for each in log.loads.values()
        if too_many(len(each.duties))
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.duties), each.show_id, each.person_id)))


def _responses(answered: Iterable[Answered]) -> tuple[Response, ...]:
    sorts: dict[tuple[str, str], list[Answered]] = {}
    for each in answered:
        sorts.setdefault((each.kind, each.event.role), []).append(each)
    return tuple(_response(kind, role, each) for (kind, role), each in sorted(sorts.items()))


def _response(kind: str, role: str, answered: Sequence[Answered]) -> Response:
    took = [each.took_ms for each in answered]
    asked = [each for each in answered if each.within_ms]
    return Response(
        kind=kind,
        role=role,
        median_ms=round(median(took)),
        slowest_ms=max(took),
        late=sum(each.took_ms > each.within_ms for each in asked) if asked else None,
        answered=counted(each.event for each in answered),
    )
