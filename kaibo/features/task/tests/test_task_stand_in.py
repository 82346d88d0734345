"""A task is of whoever is on duty in its role, also for somebody else; until they no longer are."""

from dataclasses import replace

from kaibo.core.feature import Members
from kaibo.core.stage import Stage
from kaibo.features.charter.facts import Charter, CharterAdopted
from kaibo.features.roster.facts import RosterAbsent, RosterAssigned, RosterTaken
from kaibo.features.show.facts import ShowAired, ShowEnded
from kaibo.features.task.commands import FinishTask, TakeTask, TickLine
from kaibo.features.task.facts import TaskDone, TaskTaken, TaskTicked
from kaibo.features.task.feature import FEATURE
from kaibo.features.task.rules import TaskNotYours
from kaibo.features.task.tests.test_task import AI, COUNT, HOST, PHOTO, PIN, PLANNED, SIDES, YU, added
from kaibo.features.task.view import theirs
from kaibo.features.workspace.slices import Member, Names

MEMBERS = Members(
    {each.id: frozenset({each.role}) for each in (PIN, AI, YU, HOST)}, stand_ins={"assistant": frozenset({"planner"})}
)
AWAY = RosterAbsent(role_id="assistant", person_id="ai", reason="發燒", stand_in_id="pin")


def test_who_is_on_duty_for_somebody_does_the_tasks_of_the_role_until_the_end_of_the_show() -> None:
    show = Stage(FEATURE, members=MEMBERS).given(PLANNED, RosterAssigned(role_id="assistant", person_id="ai"))
    show.given(added("a", PHOTO, checklist=SIDES), added("b", COUNT), added("c", COUNT))
    show.when(TakeTask(task_id="a"), by=PIN)
    show.refused(TaskNotYours, role="assistant")
    show.given(AWAY)
    show.when(TakeTask(task_id="a"), by=PIN).then(TaskTaken(task_id="a"))
    show.when(TickLine(task_id="a", line_id="front"), by=PIN).then(TaskTicked(task_id="a", line_id="front", ticked=True))
    show.when(FinishTask(task_id="b"), by=PIN).then(TaskDone(task_id="b"))
    show.when(FinishTask(task_id="c"), by=HOST)
    show.refused(TaskNotYours)
    show.given(ShowAired(show_id="s1"), ShowEnded(show_id="s1"))
    show.when(FinishTask(task_id="c"), by=PIN)
    show.refused(TaskNotYours)


def test_who_took_a_role_in_need_does_its_tasks_and_who_gave_it_back_does_not() -> None:
    show = Stage(FEATURE, members=MEMBERS).given(PLANNED, RosterAssigned(role_id="assistant", person_id="ai"), added("a", COUNT))
    show.given(RosterTaken(role_id="assistant", person_id="pin", from_person_id="ai", reason="斷線"))
    show.when(TakeTask(task_id="a"), by=PIN).then(TaskTaken(task_id="a"))
    show.given(added("b", COUNT))
    show.given(RosterTaken(role_id="assistant", person_id="ai", from_person_id="pin", reason="回來了"))
    show.when(FinishTask(task_id="a"), by=PIN).then(TaskDone(task_id="a"))  # in their hands
    show.when(FinishTask(task_id="b"), by=PIN)
    show.refused(TaskNotYours)


def test_whose_list_a_task_is_on() -> None:
    """In whose hands it is; in nobody's, it is of all who hold the role."""
    names = Names(members={who: Member(who, ("assistant",), 1) for who in ("ai", "pin", "yu")})
    show = Stage(FEATURE, members=MEMBERS).given(PLANNED, RosterAssigned(role_id="assistant", person_id="ai"), added("a", COUNT))

    def on_lists() -> list[str]:
        row, on_duty = show.row("task.list", "a"), show.state.on_duty
        return [who for who in ("ai", "pin") if theirs(row, who, frozenset({"assistant"}), names, on_duty)]

    assert not theirs(show.row("task.list", "a"), "ai", frozenset({"host"}), names, show.state.on_duty)
    assert on_lists() == ["ai", "pin"]
    show.given(TaskTaken(task_id="a"), by=AI)
    assert on_lists() == ["ai"]
    names.members["ai"] = replace(names.members["ai"], lost=frozenset({"assistant"}))
    assert on_lists() == ["ai", "pin"]
    names.members["ai"] = replace(names.members["ai"], lost=frozenset({"host"}))
    assert on_lists() == ["ai"]
    show.given(AWAY)
    assert on_lists() == ["ai", "pin"]  # who is absent has no hands
    show.given(RosterAssigned(role_id="assistant", person_id="ai"))
    gone = names.members.pop("ai")
    assert (gone.roles, on_lists()) == (("assistant",), ["ai", "pin"])


def test_a_show_on_air_asks_its_own_charter_who_stands_in() -> None:
    show = Stage(FEATURE, members=MEMBERS).given(
        PLANNED, ShowAired(show_id="s1"), CharterAdopted(version=1, charter=Charter(roles=(), duties=()))
    )
    show.given(RosterAssigned(role_id="assistant", person_id="ai"), AWAY, added("a", COUNT))
    show.when(FinishTask(task_id="a"), by=PIN)
    show.refused(TaskNotYours)
