"""The monthly review counts what the log says: counted again here by hand, event by event, over whole shows made by chance."""

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor, Command, Event
from kaibo.core.feature import fact_of, tag_of
from kaibo.features.charter.facts import Charter, CharterPublished
from kaibo.features.charter.shipped import fixed, seven
from kaibo.features.charter.slices import HouseCharter, fold_charter
from kaibo.features.review.log import ShowLog
from kaibo.features.review.month import Logs, Month, review_of
from kaibo.features.review.routes import MACHINE
from kaibo.features.review.shapes import OPENED_MAX, Review
from kaibo.features.workspace.charter import CHARTER, CREW
from tests.world import LIN, START, SYSTEM, World

PEOPLE = ("lin", "mei", "ai", "owner")
MONTH = Month("2025-11", ZoneInfo("Asia/Taipei"))


class Charted(World):
    """Its events say under which duty they were brought about, as the engine writes it; what no person may say, no person says."""

    def ask(self, command: Command, by: Actor = LIN, taking: str | None = None) -> bool:
        by = by if CHARTER[command.duty] & CREW else SYSTEM
        return super().ask(command, by=replace(by, duty=command.duty), taking=taking)


def reviewed(world: World, now: int) -> Review:
    house = HouseCharter()
    published = CharterPublished(version=1, charter=seven())
    fold_charter(house, Event(stream="workspace/main", seq=1, at=1, actor=LIN, fact=published))
    log = ShowLog("law", house, frozenset(PEOPLE))
    for event in world.events:
        if tag_of(fact_of(event)) not in MACHINE:
            log.take(event)
    return review_of(MONTH, Logs(shows=[log]), house, frozenset(PEOPLE), now)


@pytest.fixture(scope="module", params=range(4))
def show(request: Any) -> tuple[World, Review]:
    world = Charted(request.param)
    world.plan()
    world.live(200)
    world.rest()
    world.end()
    return world, reviewed(world, world.at + 1)


def standing(events: list[Event[Any]]) -> list[tuple[str, Charter]]:
    """The phase and the charter that each event was brought about in: a show takes others up."""
    found, phase, charter = [], "before", seven()
    for event in events:
        found.append((phase, charter))
        tag = tag_of(fact_of(event))
        phase = {"show.aired": "on_air", "show.ended": "after"}.get(tag, phase)
        if tag == "charter.adopted":
            charter = event.fact.charter or fixed()
    return found


def test_every_act_is_counted_once_under_its_duty_by_who_did_it(show: tuple[World, Review]) -> None:
    world, review = show
    done: Counter[tuple[str, str, str]] = Counter()
    drift: Counter[str] = Counter()
    for event, (phase, charter) in zip(world.events, standing(world.events), strict=True):
        if event.actor.id not in PEOPLE:
            continue
        rows = [duty for duty in charter.duties if event.actor.duty in duty.grants and phase in duty.phases]
        own = [duty for duty in rows if duty.cells.get(event.actor.role) in ("R", "RA")]
        duty_id = (own or rows)[0].duty_id if rows else ""
        done[duty_id, event.actor.id, event.actor.role] += 1
        drift[duty_id] += not own
    counted = {(duty.duty_id, by.person_id, by.role): by.done.count for duty in review.duties for by in duty.by}
    assert counted == {key: count for key, count in done.items() if key[0]}
    assert review.outside.count == sum(count for key, count in done.items() if not key[0])
    assert {duty.duty_id: duty.drift for duty in review.duties if duty.drift} == {
        key: count for key, count in drift.items() if key and count
    }
    assert sum(done.values()) > 100


def test_the_events_a_number_opens_are_those_it_counted(show: tuple[World, Review]) -> None:
    world, review = show
    by_seq = {event.seq: event for event in world.events}
    for duty in review.duties:
        for by in duty.by:
            opened = [by_seq[each.seq] for each in by.done.events]
            assert len(opened) == min(by.done.count, OPENED_MAX)
            assert {(each.actor.id, each.actor.role) for each in opened} == {(by.person_id, by.role)}


def test_what_waited_for_an_answer_is_timed_from_its_call(show: tuple[World, Review]) -> None:
    world, review = show
    asked: dict[str, int] = {}
    took: list[tuple[int, int]] = []
    for event, (phase, charter) in zip(world.events, standing(world.events), strict=True):
        fact = event.fact
        match tag_of(fact_of(event)):
            case "promo.proposed":
                asked[fact.promo_id] = event.at
            case "promo.approved" | "promo.rejected" | "promo.tossed" if fact.promo_id in asked:
                since = asked.pop(fact.promo_id)
                took += [(event.at - since, given(charter, phase))] if event.actor.id in PEOPLE else []
            case "promo.withdrawn":
                asked.pop(fact.promo_id, None)
            case _:
                pass
    answers = [each for each in review.responses if each.kind == "promo"]
    assert sum(each.answered.count for each in answers) == len(took)
    assert max((each.slowest_ms for each in answers), default=0) == max((ms for ms, _ in took), default=0)
    assert sum(each.late or 0 for each in answers) == sum(0 < within < ms for ms, within in took)
    within = given(standing(world.events)[-1][1], "on_air")
    left = [each for each in review.missed if each.kind == "promo" and each.done_at is None]
    assert {each.what for each in left} == {key for key, at in asked.items() if within and at + within < world.at + 1}


def given(charter: Charter, phase: str) -> int:
    """How long (ms) a charter gives for a yes or no to a promo; 0 where it says nothing."""
    said = [duty.within_s for duty in charter.duties if "promo.approve" in duty.grants and phase in duty.phases]
    return 1000 * min((each for each in said if each), default=0)


def test_late_tasks_are_those_done_after_they_were_due_or_open_past_it(show: tuple[World, Review]) -> None:
    world, _ = show
    later = reviewed(world, START + 400 * 86_400_000)
    rows = world.fold.rows("task.list").values()
    done_at = {event.fact.task_id: event.at for event in world.events if tag_of(fact_of(event)) == "task.done"}
    late = [row for row in rows if row.state != "done" or done_at[row.task_id] > row.due_at]
    told = [each for each in later.missed if each.kind == "task"]
    assert later.missed_all >= len(late)
    assert {(each.what, each.due_at) for each in told} <= {(row.task.title, row.due_at) for row in late}
    if later.missed_all == len(later.missed):
        assert len(told) == len(late)


def test_nothing_that_a_person_brought_about_is_left_unread(show: tuple[World, Review]) -> None:
    world, review = show
    by_people = [event for event in world.events if event.actor.id in PEOPLE]
    assert {tag_of(fact_of(event)) for event in by_people}.isdisjoint(MACHINE)
    assert review.shows[0].events == len(by_people)
