"""A month is gone through; what people are refused is kept, and not by the thousand; who did what, against the charter."""

import io
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest

from kaibo.core.event import Actor, Event, Fact
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.core.stream import SYSTEM
from kaibo.features.charter.facts import CellChange, Charter, CharterDuty, CharterPublished, CharterRole, Separation
from kaibo.features.charter.slices import HouseCharter, fold_charter
from kaibo.features.promo.facts import PromoApproved, PromoProposed, PromoWithdrawn
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.review.commands import HoldReview, NoteRefusal
from kaibo.features.review.facts import ReviewHeld, ReviewRefused
from kaibo.features.review.feature import FEATURE
from kaibo.features.review.log import ShowLog
from kaibo.features.review.month import Logs, Month, house_acts, review_of
from kaibo.features.review.paper import write_review
from kaibo.features.review.rules import A_DAY_MAX, A_DAY_MS, AGAIN_MS, ReviewTooEarly
from kaibo.features.review.shapes import OPENED_MAX, Proposed, Review
from kaibo.features.review.view import ReviewNowRow
from kaibo.features.roster.facts import RosterAssigned
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowListed, ShowPlanned
from kaibo.features.task.facts import Task, TaskAdded, TaskDone
from kaibo.features.workspace.facts import PersonAdded, PersonRemoved, RolesChanged
from kaibo.kit.words import words

OWNER = Actor(id="owner", role="owner")
LIN = Actor(id="lin", role="director", duty="promo.approve")
MEI = Actor(id="mei", role="operations", duty="promo.propose")
AI = Actor(id="ai", role="assistant", duty="host.question")
NOVEMBER = Month("2025-11", ZoneInfo("Asia/Taipei"))
STARTS = 1_764_500_400_000  # 2025-11-30 19:00 in Taipei
PEOPLE = frozenset({"owner", "lin", "mei", "ai"})
REFUSED = NoteRefusal(
    person_id="mei", roles=("operations",), command="promo.approve", about="promo.approve", code="core.not_allowed", show_id="s1"
)


@pytest.fixture
def house() -> Stage:
    return Stage(FEATURE)


# a month is gone through
def test_who_leads_says_that_a_month_was_gone_through_and_whoever_came_since_is_named(house: Stage) -> None:
    house.given(PersonAdded(person_id="mei", name="小美", roles=("host",)))
    house.given(
        ShowListed(show_id="r", title="彩排", state="ended", starts_at=1, ends_at=2, timezone="Asia/Taipei", rehearsal=True)
    )
    house.given(ShowListed(show_id="s1", title="場", state="ended", starts_at=STARTS, ends_at=STARTS, timezone="Asia/Taipei"))
    assert house.row("review.now", "now") == ReviewNowRow(month="", by="", at=0, people=("mei",), first_at=STARTS)
    house.when(HoldReview(month="2025-11"), by=OWNER, at=STARTS).then(ReviewHeld(month="2025-11"))
    house.given(RolesChanged(person_id="mei", roles=("care",)), PersonRemoved(person_id="ai"))
    assert house.row("review.now", "now") == ReviewNowRow(
        month="2025-11", by="owner", at=STARTS, people=("mei", "ai"), first_at=STARTS
    )


def test_a_month_that_has_not_begun_anywhere_is_not_gone_through(house: Stage) -> None:
    house.when(HoldReview(month="2025-12"), by=OWNER, at=NOVEMBER.to_at).then(ReviewHeld(month="2025-12"))
    house.when(HoldReview(month="2026-01"), by=OWNER, at=NOVEMBER.to_at)
    house.refused(ReviewTooEarly, month="2026-01")


# what was refused
def test_whoever_presses_a_dead_button_ten_times_was_refused_once(house: Stage) -> None:
    told = ReviewRefused(
        person_id="mei",
        roles=("operations",),
        command="promo.approve",
        duty="promo.approve",
        code="core.not_allowed",
        show_id="s1",
    )
    house.when(REFUSED, by=SYSTEM, at=CURTAIN_AT).then(told)
    house.when(REFUSED, by=SYSTEM, at=CURTAIN_AT + AGAIN_MS - 1).then()
    house.when(REFUSED, by=SYSTEM, at=CURTAIN_AT + AGAIN_MS).then(told)


def test_a_screen_at_fault_does_not_fill_the_log(house: Stage) -> None:
    for day in (0, 1):
        before = house.seq
        for each in range(A_DAY_MAX + 5):
            refusal = NoteRefusal(person_id=f"p{each}", roles=(), command="c", about="d", code="e")
            house.when(refusal, by=SYSTEM, at=(21_000 + day) * A_DAY_MS)
        assert house.seq - before == A_DAY_MAX


# who did what
def _charter(**duties: dict[str, Any]) -> Charter:
    roles = tuple(CharterRole(role_id=each) for each in ("owner", "director", "assistant", "operations"))
    return Charter(
        roles=roles, duties=tuple(CharterDuty(duty_id=name.replace("__", "."), **said) for name, said in duties.items())
    )


CHARTER = _charter(
    approve__promos={"phases": ("on_air",), "grants": ("promo.approve",), "within_s": 30, "cells": {"director": "RA", "operations": "X"}},
    propose__promos={"phases": ("before", "on_air"), "grants": ("promo.propose",), "cells": {"assistant": "R", "operations": "I", "director": "A"}},
    answer__aloud={"phases": ("on_air",), "grants": ("host.question",), "within_s": 60, "cells": {"director": "R", "assistant": "A"}},
    sort__mail={"phases": ("after",), "grants": ("comment.correct",), "cells": {"assistant": "RA"}},
    know__products={"phases": ("before",), "cells": {"assistant": "RA"}},
)  # fmt: skip


def _house(charter: Charter | None) -> HouseCharter:
    state = HouseCharter()
    if charter is not None:
        fold_charter(
            state, Event(stream="workspace/main", seq=1, at=1, actor=OWNER, fact=CharterPublished(version=1, charter=charter))
        )
    return state


def _review(*told: tuple[Fact, Actor, int], charter: Charter | None = CHARTER, now: int = STARTS + A_DAY_MS) -> Review:
    """Of one show in which this was told, each so many seconds after its planned start."""
    plan = ShowPlanned(
        show_id="s1", title="場", starts_at=STARTS, ends_at=STARTS, timezone="Asia/Taipei", currency="TWD", goal_gmv_minor=0
    )
    log, state = ShowLog("s1", house := _house(charter), PEOPLE), house
    for place, (fact, by, after_s) in enumerate([(plan, LIN, -86_400), *told]):
        log.take(Event(stream="show/s1", seq=place + 1, at=STARTS + after_s * 1000, actor=by, fact=fact))
    return review_of(
        NOVEMBER, Logs(shows=[log], titles={"s1": "場"}, starts={"s1": STARTS}, names={"mei": "小美"}), state, PEOPLE, now
    )


def _proposed(promo_id: str, after_s: int, by: Actor = MEI) -> tuple[Fact, Actor, int]:
    fact = PromoProposed(promo_id=promo_id, product_id="P1", kind="price", price_was_minor=2, price_minor=1, currency="TWD")
    return fact, by, after_s


def _approved(promo_id: str, after_s: int, by: Actor = LIN) -> tuple[Fact, Actor, int]:
    fact = PromoApproved(promo_id=promo_id, product_id="P1", kind="price", price_was_minor=2, price_minor=1, currency="TWD")
    return fact, by, after_s


AIRED = (ShowAired(show_id="s1"), LIN, 0)


def _said(review: Review, duty_id: str) -> tuple[int, int, list[tuple[str, str, str | None, bool, int]]]:
    duty = next(each for each in review.duties if each.duty_id == duty_id)
    return duty.done, duty.drift, [(each.person_id, each.role, each.cell, each.as_written, each.done.count) for each in duty.by]


def test_what_a_role_does_that_the_charter_gives_to_another_is_drift_also_for_whom_answers_for_it() -> None:
    lin = Actor(id="lin", role="director", duty="promo.propose")
    ai = Actor(id="ai", role="assistant", duty="promo.propose")
    review = _review(AIRED, _proposed("p1", 1), _proposed("p2", 2), _proposed("p3", 3, lin), _proposed("p4", 4, ai))
    assert _said(review, "propose.promos") == (
        4, 3, [("mei", "operations", "I", False, 2), ("ai", "assistant", "R", True, 1), ("lin", "director", "A", False, 1)],
    )  # fmt: skip


def test_an_act_is_judged_in_the_phase_it_was_done_in_and_what_no_duty_speaks_of_is_said() -> None:
    correct = Actor(id="ai", role="assistant", duty="comment.correct")
    late = _review(AIRED, (QuestionFinished(question_id="x", outcome="answered"), correct, 1), (ShowEnded(show_id="s1"), LIN, 2))
    assert (_said(late, "sort.mail")[0], late.outside.count) == (
        0,
        4 - 1,
    )  # plan, aired (LIN acts under promo.approve in no phase of it), sorted
    done = _review(AIRED, (ShowEnded(show_id="s1"), LIN, 2), (QuestionFinished(question_id="x", outcome="answered"), correct, 3))
    assert _said(done, "sort.mail") == (1, 0, [("ai", "assistant", "RA", True, 1)])


def test_idle_is_what_the_log_could_show_and_nobody_did() -> None:
    review = _review(AIRED, _approved("p1", 1))
    assert (review.idle, review.unseen) == (("propose.promos", "answer.aloud", "sort.mail"), ("know.products",))


def test_whoever_acts_while_another_is_on_duty_in_that_role_stood_in() -> None:
    rostered = (RosterAssigned(role_id="director", person_id="lin"), LIN, -100)
    other = Actor(id="mei", role="director", duty="promo.approve")
    nobody_rostered = _proposed("p3", 3)
    review = _review(rostered, AIRED, _approved("p1", 1), _approved("p2", 2, other), nobody_rostered)
    duty = next(each for each in review.duties if each.duty_id == "approve.promos")
    assert sum(each.stood_in for each in review.duties) == duty.stood_in == 1
    assert [(each.person_id, each.stood_in.count) for each in duty.by] == [("lin", 0), ("mei", 1)]


def test_of_the_houses_own_log_what_people_did_in_that_month_is_read_and_nobody_stood_in_for_anybody() -> None:
    mail = Actor(id="ai", role="assistant", duty="comment.correct")
    machine = Actor(id="t1", role="assistant", duty="comment.correct")
    told = [
        Event(
            stream="workspace/main",
            seq=place + 2,
            at=STARTS + after_s * 1000,
            actor=by,
            fact=PersonRemoved(person_id=f"p{place}"),
        )
        for place, (by, after_s) in enumerate([(mail, 60), (machine, 60), (mail, -40 * 86_400)])
    ]
    acts, answered = house_acts(NOVEMBER, told, _house(CHARTER), PEOPLE)
    assert [(act.event.seq, act.duty_id, act.cell, act.stood_in) for act in acts] == [(2, "sort.mail", "RA", False)]
    assert answered == []


def test_machines_are_not_people() -> None:
    assert _said(_review(AIRED, _approved("p1", 1, SYSTEM)), "approve.promos")[0] == 0


# deadlines and answers
def test_an_answer_later_than_the_charter_gives_is_missed_and_one_in_time_is_not() -> None:
    review = _review(AIRED, _proposed("p1", 0), _approved("p1", 30), _proposed("p2", 100), _approved("p2", 131))
    assert [(each.kind, each.person_id, each.due_at, each.done_at) for each in review.missed] == [
        ("promo", "lin", STARTS + 130_000, STARTS + 131_000)
    ]
    [answers] = review.responses
    assert (answers.role, answers.median_ms, answers.slowest_ms, answers.late, answers.answered.count) == (
        "director",
        30_500,
        31_000,
        1,
        2,
    )


def test_what_nobody_answered_is_missed_unless_it_was_taken_back() -> None:
    review = _review(AIRED, _proposed("p1", 0), _proposed("p2", 1), (PromoWithdrawn(promo_id="p2"), MEI, 2))
    assert [(each.kind, each.what, each.done_at, each.seq) for each in review.missed] == [("promo", "p1", None, 3)]


def test_a_question_that_was_withdrawn_was_not_answered() -> None:
    handed = (QuestionHanded(question_id="q1", text="?", answer=""), AI, 0)
    review = _review(AIRED, handed, (QuestionFinished(question_id="q1", outcome="withdrawn"), AI, 90))
    assert (review.responses, review.missed) == ((), ())


def test_a_task_is_late_when_it_was_done_after_it_was_due_or_is_open_past_it() -> None:
    def task(title: str) -> Task:
        return Task(title=title, role_id="assistant", offset_s=-3600)

    added = [(TaskAdded(task_id=each, task=task(each)), LIN, -80_000) for each in ("early", "late", "open")]
    done: Sequence[tuple[Fact, Actor, int]] = [(TaskDone(task_id="early"), AI, -3600), (TaskDone(task_id="late"), AI, -3599)]
    review = _review(*added, *done)
    assert sorted((each.what, each.done_at, each.person_id) for each in review.missed if each.kind == "task") == [
        ("late", STARTS - 3_599_000, "ai"),
        ("open", None, ""),
    ]


def test_more_duties_on_air_than_anybody_looks_after_are_a_load() -> None:
    duties = {f"d{each}": {"phases": ("on_air",), "cells": {"director": "R"}} for each in range(8)}
    more = {f"e{each}": {"phases": ("on_air",), "cells": {"operations": "R"}} for each in range(5)}
    after = {"f": {"phases": ("after",), "cells": {"operations": "R"}}}
    charter = _charter(**duties, **more, **after)
    both = [(RosterAssigned(role_id=role, person_id="mei"), LIN, -100) for role in ("director", "operations")]
    assert [(each.person_id, each.roles, len(each.duties)) for each in _review(*both, AIRED, charter=charter).loads] == [
        ("mei", ("director", "operations"), 13)
    ]
    assert _review(both[0], AIRED, charter=charter).loads == ()


# what is proposed
def _often(count: int, by: Actor = MEI) -> list[tuple[Fact, Actor, int]]:
    return [_proposed(f"p{each}", each, by) for each in range(count)]


def test_a_duty_that_another_role_does_is_proposed_to_be_theirs_and_who_does_nothing_of_it_is_told() -> None:
    review = _review(AIRED, *_often(5))
    assert review.proposed == (
        Proposed(change=CellChange(duty_id="propose.promos", role_id="operations", was="I", cell="R"), done=5, of=5),
        Proposed(change=CellChange(duty_id="propose.promos", role_id="assistant", was="R", cell="I"), done=0, of=5),
    )


def test_nothing_is_proposed_of_an_accident_of_what_is_forbidden_or_kept_apart() -> None:
    assert _review(AIRED, *_often(4)).proposed == ()
    forbidden = [_approved(f"p{each}", each, Actor(id="mei", role="operations", duty="promo.approve")) for each in range(9)]
    assert _review(AIRED, *forbidden).proposed == ()
    apart = Charter(
        roles=CHARTER.roles, duties=CHARTER.duties, separations=(Separation(separation_id="s", duties=("propose.promos",)),)
    )
    assert _review(AIRED, *_often(9), charter=apart).proposed == ()


def test_a_number_opens_its_newest_events_and_says_how_many_there_are() -> None:
    review = _review(AIRED, *_often(OPENED_MAX + 3))
    [by] = next(each for each in review.duties if each.duty_id == "propose.promos").by
    assert (by.done.count, len(by.done.events), by.done.events[0].seq) == (OPENED_MAX + 3, OPENED_MAX, OPENED_MAX + 5)


# the calendar
@pytest.mark.parametrize(("zone", "begins"), [("Asia/Taipei", 1_761_926_400_000), ("America/New_York", 1_761_969_600_000)])
def test_a_month_begins_where_the_house_is(zone: str, begins: int) -> None:
    month = Month("2025-11", ZoneInfo(zone))
    assert (month.from_at, month.holds(begins), month.holds(begins - 1)) == (begins, True, False)
    assert Month("2025-12", ZoneInfo("UTC")).to_at == Month("2026-01", ZoneInfo("UTC")).from_at


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_it_is_printed_in_every_language_the_same_bytes_for_the_same_month(language: str) -> None:
    review = _review(AIRED, *_often(6), _approved("p1", 99))
    paper = write_review(review, words(language), language)
    assert paper[:5] == b"%PDF-"
    assert paper == write_review(review, words(language), language)


def test_paper_without_a_charter_compares_nothing_and_is_one_page() -> None:
    """Nobody did as it is written, nor otherwise, where nothing is written; and who signs finds the line beside what they sign."""
    review = _review(AIRED, *_often(6), charter=None)
    pages = pypdf.PdfReader(io.BytesIO(write_review(review, words("zh-Hant"), "zh-Hant"))).pages
    told = "".join("".join(page.extract_text().split()) for page in pages)
    assert (review.version, len(review.idle) > 20, len(pages)) == (0, True, 1)
    assert "沒有「應該由誰做」可以比" in told
    assert "另有0項" not in told
