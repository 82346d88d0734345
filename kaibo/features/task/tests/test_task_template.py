"""The template goes by the charter of the house, and by the time that is left: nobody's task and no task too late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaibo.core.event import Actor
from kaibo.core.feature import Copying, Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.charter.facts import Charter, CharterDuty, CharterRole
from kaibo.features.charter.shipped import charter_of, fixed, seven
from kaibo.features.charter.slices import owners
from kaibo.features.show.facts import ShowAired, ShowPlanned
from kaibo.features.task.carry import carried
from kaibo.features.task.commands import UseTemplate
from kaibo.features.task.facts import Task, TaskAdded, TaskDone
from kaibo.features.task.feature import FEATURE
from kaibo.features.task.shipped import template

PIN = Actor(id="pin", role="owner")
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
TRADE = {each.key: each for each in template()}


def planned(left_ms: int, charter: Charter | None = None) -> Stage:
    members = None if charter is None else Members({}, owners=owners(charter))
    show = ShowPlanned(
        show_id="s1", title="今晚", starts_at=CURTAIN_AT + left_ms, ends_at=CURTAIN_AT + left_ms + 9,
        timezone="Asia/Taipei", currency="TWD",
    )  # fmt: skip
    return Stage(FEATURE, members=members).given(show)


def tasks(stage: Stage) -> dict[str, Task]:
    return {key: row.task for key, row in stage.rows("task.list").items()}


def used(left_ms: int, charter: Charter | None = None) -> dict[str, Task]:
    stage = planned(left_ms, charter)
    stage.when(UseTemplate(), by=PIN)
    return tasks(stage)


@pytest.mark.parametrize("preset", ["two", "four", "seven"])
def test_every_task_is_of_a_role_that_the_charter_has(preset):
    charter = charter_of(preset, None)
    found = used(20 * DAY_MS, charter)
    assert found.keys() == TRADE.keys()
    assert {each.role_id for each in found.values()} <= {each.role_id for each in charter.roles}


def test_who_took_a_role_over_has_its_tasks():
    four, two = used(20 * DAY_MS, charter_of("four", None)), used(20 * DAY_MS, charter_of("two", None))
    assert {four[key].role_id for key in ("venue", "light", "network", "script")} == {"director"}
    assert {four[key].role_id for key in ("answers", "samples", "promises")} == {"assistant"}
    assert {two[key].role_id for key in ("script", "walk", "last_look")} == {"owner"}
    assert {two[key].role_id for key in ("venue", "samples", "answers", "review")} == {"operations"}
    assert (two["points"].role_id, two["targets"].role_id) == ("host", "operations")


@pytest.mark.parametrize("charter", [fixed(), seven(), None])
def test_a_full_house_has_them_as_the_trade_does(charter):
    assert {key: each.role_id for key, each in used(20 * DAY_MS, charter).items()} == {
        key: each.role for key, each in TRADE.items()
    }


def test_a_charter_of_own_roles_has_them_by_its_duties_and_commands():
    roles = tuple(CharterRole(role_id=each) for each in ("boss", "stock_keeper", "host"))
    cells = {"set.targets": {"boss": "A", "host": "I"}, "count.samples": {"boss": "A", "stock_keeper": "R", "host": "I"}}
    duties = tuple(CharterDuty(duty_id=key, phases=("before",), cells=each) for key, each in cells.items())
    own = CharterDuty(duty_id="own.list", phases=("on_air",), grants=("product.pin",), cells={"stock_keeper": "RA"})
    tasking = CharterDuty(duty_id="own.plans", phases=("before",), grants=("task.plan",), cells={"boss": "RA"})
    found = used(20 * DAY_MS, Charter(roles=roles, duties=(*duties, own, tasking), separations=()))
    assert (found["targets"].role_id, found["samples"].role_id, found["goods"].role_id) == (
        "boss",
        "stock_keeper",
        "stock_keeper",
    )
    assert (found["venue"].role_id, found["points"].role_id) == ("boss", "host")


def test_of_a_show_planned_for_tonight_nothing_is_late_and_what_is_not_required_is_left_out():
    stage = planned(8 * HOUR_MS)
    stage.when(UseTemplate(), by=PIN)
    rows = stage.rows("task.list")
    assert min(row.due_at for row in rows.values()) > CURTAIN_AT
    hurried = [key for key, row in rows.items() if row.task.hurried]
    assert hurried == [key for key, each in TRADE.items() if each.required and each.offset_s < -8 * 3600]
    dues = [rows[key].due_at for key in hurried]
    assert dues == sorted(dues)
    assert dues[-1] <= CURTAIN_AT + 7.5 * HOUR_MS + 60_000
    assert rows["network"].due_at == CURTAIN_AT + 2 * HOUR_MS
    left_out = {key for key, each in TRADE.items() if not each.required and each.offset_s < 0}
    assert TRADE.keys() - rows.keys() == left_out
    counts = stage.row("task.counts", "tasks")
    assert (counts.hurried, counts.left_out) == (len(hurried), len(left_out))
    stage.when(UseTemplate(), by=PIN).then()
    stage.given(TaskDone(task_id=hurried[0]))
    assert stage.row("task.counts", "tasks").hurried == len(hurried) - 1  # what is done hurries nobody


def test_of_a_show_in_time_nothing_is_said():
    stage = planned(20 * DAY_MS)
    stage.when(UseTemplate(), by=PIN)
    counts = stage.row("task.counts", "tasks")
    assert (counts.all, counts.hurried, counts.left_out) == (len(TRADE), 0, 0)


def test_of_a_show_on_air_only_what_comes_after_it_is_left():
    stage = planned(-HOUR_MS).given(ShowAired(show_id="s1"))
    stage.when(UseTemplate(), by=PIN)
    assert tasks(stage).keys() == {"promises", "return_samples", "review"}


def test_a_show_that_is_to_begin_and_did_not_has_half_an_hour():
    stage = planned(-HOUR_MS)
    stage.when(UseTemplate(), by=PIN)
    rows = stage.rows("task.list")
    assert {key for key, row in rows.items() if row.due_at <= CURTAIN_AT} == set()
    assert max(row.due_at for row in rows.values() if row.task.hurried) <= CURTAIN_AT + 31 * 60_000


@given(st.integers(-3 * 24 * 60, 20 * 24 * 60))
def test_whenever_it_is_planned_nothing_before_air_is_late_or_before_what_comes_first(left_min):
    found = used(left_min * 60_000)
    assert all(each.offset_s > -left_min * 60 or each.offset_s > 0 for each in found.values())
    assert all(found[first].offset_s <= each.offset_s for each in found.values() for first in each.depends_on)


def test_one_that_comes_back_still_waits_for_what_is_there():
    stage = planned(20 * DAY_MS)
    stage.when(UseTemplate(), by=PIN)
    here = tasks(stage)
    other = planned(20 * DAY_MS).given(*(TaskAdded(task_id=key, task=each) for key, each in here.items() if key != "pictures"))
    other.when(UseTemplate(), by=PIN)
    assert tasks(other)["pictures"].depends_on == ("samples",)


def test_a_show_like_another_for_tonight_is_as_far_as_it_can_be_done():
    own = Task(title="訂便當", role_id="assistant", offset_s=-3 * 86_400)
    stage = planned(20 * DAY_MS).given(TaskAdded(task_id="own", task=own))
    stage.when(UseTemplate(), by=PIN)
    tonight = planned(4 * HOUR_MS)
    for command in carried(stage.state, Copying(title="昨天", later_ms=0, left_ms=4 * HOUR_MS)):
        tonight.when(command, by=PIN)
    found = tonight.rows("task.list")
    assert (found["own"].task.hurried, "rivals" in found) == (True, False)
    assert min(row.due_at for row in found.values()) > CURTAIN_AT
    again = {each.task_id: each.task for each in carried(tonight.state, Copying(title="今晚", later_ms=0, left_ms=20 * DAY_MS))}
    assert again["samples"] == tasks(stage)["samples"]
