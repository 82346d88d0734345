"""Stories of a show as a whole, and of the list of shows."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kaibo.core.errors import NotFound
from kaibo.core.event import Actor, Event, Fact
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.show.commands import AirShow, EditShow, EndShow, ListShow, PlanShow
from kaibo.features.show.facts import CrewMember, ShowAired, ShowEdited, ShowEnded, ShowHead, ShowListed, ShowPlanned
from kaibo.features.show.feature import FEATURE
from kaibo.features.show.react import note_in_list
from kaibo.features.show.rules import (
    ShowAlreadyPlanned,
    ShowEndedAlready,
    ShowNotLive,
    ShowNotPlanned,
    ShowNotWaiting,
    ShowTimesBackwards,
    ShowTooLong,
    ShowWrongStream,
    ShowZoneUnknown,
)
from kaibo.features.show.view import ListedShowRow, ShowRow

PLANNER = Actor(id="mei", role="planner")
DIRECTOR = Actor(id="lin", role="director")
HOUR = 3_600_000


def at(text: str, zone: str = "Asia/Taipei") -> int:
    """A wall clock in a zone as ms UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


CREW = (CrewMember(person_id="lin", name="林導", roles=("director",)),)
PLAN = PlanShow(
    show_id="autumn",
    title="秋冬保養專場",
    starts_at=at("2026-11-28T20:00"),
    ends_at=at("2026-11-29T00:30"),
    goal_gmv_minor=80_000_000,
    theme="保養",
    channel="test",
    crew=CREW,
)
PLANNED = ShowPlanned(
    show_id="autumn",
    title="秋冬保養專場",
    starts_at=PLAN.starts_at,
    ends_at=PLAN.ends_at,
    timezone="Asia/Taipei",
    currency="TWD",
    goal_gmv_minor=80_000_000,
    theme="保養",
    channel="test",
    crew=CREW,
)
HEAD = ShowHead(
    show_id="autumn",
    title="秋冬保養專場",
    starts_at=PLAN.starts_at,
    ends_at=PLAN.ends_at,
    timezone="Asia/Taipei",
    state="planned",
)
AIRED = ShowAired(show_id="autumn", head=replace(HEAD, state="live"))
ENDED = ShowEnded(show_id="autumn", head=replace(HEAD, state="ended"))


@pytest.fixture
def show() -> Stage:
    """An empty log."""
    return Stage(FEATURE, "show/autumn")


# planning


def test_a_show_over_midnight_is_planned_on_its_own_empty_log(show: Stage) -> None:
    show.when(PLAN, by=PLANNER)
    show.then(PLANNED)


def test_a_log_holds_one_show(show: Stage) -> None:
    show.given(PLANNED)
    show.when(PLAN, by=PLANNER)
    show.refused(ShowAlreadyPlanned, show_id="autumn")


def test_a_show_is_planned_first_of_all(show: Stage) -> None:
    show.given(ShowListed(**{name: getattr(HEAD, name) for name in HEAD.__struct_fields__}))
    show.when(PLAN, by=PLANNER)
    show.refused(ShowAlreadyPlanned)


def test_a_show_is_planned_on_the_log_of_its_name(show: Stage) -> None:
    show.when(replace(PLAN, show_id="spring"), by=PLANNER)
    show.refused(ShowWrongStream, stream="show/autumn", expected="show/spring")


@pytest.mark.parametrize("name", ["Asia/Taibei", "", "Asia", "../etc/passwd", "UTC+8"])
def test_a_zone_is_one_of_the_worlds(show: Stage, name: str) -> None:
    show.when(replace(PLAN, timezone=name), by=PLANNER)
    assert show.refused(ShowZoneUnknown, timezone=name).status == 422


@pytest.mark.parametrize("length", [0, -HOUR])
def test_a_show_ends_after_it_starts(show: Stage, length: int) -> None:
    show.when(replace(PLAN, ends_at=PLAN.starts_at + length), by=PLANNER)
    show.refused(ShowTimesBackwards, ends_at=PLAN.starts_at + length)


def test_a_show_lasts_a_day_at_most(show: Stage) -> None:
    show.when(replace(PLAN, ends_at=PLAN.starts_at + 24 * HOUR + 1), by=PLANNER)
    show.refused(ShowTooLong, hours_max=24)
    day = PLAN.starts_at + 24 * HOUR
    show.when(replace(PLAN, ends_at=day), by=PLANNER)
    show.then(replace(PLANNED, ends_at=day))


def test_a_show_over_a_change_of_clocks_is_as_long_as_it_is(show: Stage) -> None:
    start, end = at("2026-10-25T01:00", "Europe/Berlin"), at("2026-10-25T04:00", "Europe/Berlin")
    show.when(replace(PLAN, starts_at=start, ends_at=end, timezone="Europe/Berlin"), by=PLANNER)
    show.then(replace(PLANNED, starts_at=start, ends_at=end, timezone="Europe/Berlin"))
    assert end - start == 4 * HOUR


# editing


def test_an_edit_names_what_changed_and_carries_the_whole_head(show: Stage) -> None:
    show.given(PLANNED)
    show.when(EditShow(title="冬季專場", theme="保養"), by=PLANNER)
    show.then(ShowEdited(title="冬季專場", head=replace(HEAD, title="冬季專場")))


def test_an_edit_on_air_says_the_show_is_live(show: Stage) -> None:
    show.given(PLANNED, AIRED)
    show.when(EditShow(title="冬季專場"), by=PLANNER)
    show.then(ShowEdited(title="冬季專場", head=replace(HEAD, title="冬季專場", state="live")))


def test_an_edit_that_changes_nothing_is_no_fact(show: Stage) -> None:
    show.given(PLANNED)
    show.when(EditShow(title="秋冬保養專場"), by=PLANNER)
    show.then()


def test_an_edit_follows_the_rules_of_a_plan(show: Stage) -> None:
    show.given(PLANNED)
    show.when(EditShow(ends_at=PLAN.starts_at), by=PLANNER)
    show.refused(ShowTimesBackwards)
    show.when(EditShow(timezone="Mars/Olympus"), by=PLANNER)
    show.refused(ShowZoneUnknown)


def test_a_show_that_ended_is_not_edited(show: Stage) -> None:
    show.given(PLANNED, AIRED, ENDED)
    show.when(EditShow(title="冬季專場"), by=PLANNER)
    show.refused(ShowEndedAlready, show_id="autumn")


# running


def test_a_show_goes_on_air_and_ends(show: Stage) -> None:
    show.given(PLANNED)
    show.when(AirShow(), by=DIRECTOR)
    show.then(AIRED)
    show.when(EndShow(), by=DIRECTOR)
    show.then(ENDED)


def test_only_a_planned_show_goes_on_air(show: Stage) -> None:
    show.given(PLANNED, AIRED)
    show.when(AirShow(), by=DIRECTOR)
    show.refused(ShowNotWaiting, state="live")
    show.given(ENDED)
    show.when(AirShow(), by=DIRECTOR)
    show.refused(ShowNotWaiting, state="ended")


def test_only_a_show_on_air_ends(show: Stage) -> None:
    show.given(PLANNED)
    show.when(EndShow(), by=DIRECTOR)
    show.refused(ShowNotLive, state="planned")
    show.given(AIRED, ENDED)
    show.when(EndShow(), by=DIRECTOR)
    show.refused(ShowNotLive, state="ended")


@pytest.mark.parametrize("command", [EditShow(title="x"), AirShow(), EndShow()])
def test_what_was_never_planned_is_not_found(show: Stage, command: EditShow | AirShow | EndShow) -> None:
    show.when(command, by=DIRECTOR)
    show.refused(ShowNotPlanned, stream="show/autumn")


def test_the_head_follows_the_show(show: Stage) -> None:
    assert show.rows("show.head") == {}
    show.given(PLANNED)
    row = ShowRow(
        show_id="autumn",
        title="秋冬保養專場",
        state="planned",
        starts_at=PLAN.starts_at,
        ends_at=PLAN.ends_at,
        timezone="Asia/Taipei",
        currency="TWD",
        goal_gmv_minor=80_000_000,
        theme="保養",
        channel="test",
        crew=CREW,
        aired_at=None,
        ended_at=None,
    )
    assert show.row("show.head", "show") == row
    show.given(ShowEdited(title="冬季專場", theme=""))
    row = replace(row, title="冬季專場", theme="")
    assert show.row("show.head", "show") == row
    show.given(AIRED, at=CURTAIN_AT + 1)
    show.given(ENDED, at=CURTAIN_AT + 2)
    assert show.row("show.head", "show") == replace(row, state="ended", aired_at=CURTAIN_AT + 1, ended_at=CURTAIN_AT + 2)


# the list


def list_show(state: str = "planned", title: str = "秋冬保養專場") -> ListShow:
    """What a reaction asks of the workspace."""
    return ListShow(
        show_id="autumn",
        title=title,
        starts_at=PLAN.starts_at,
        ends_at=PLAN.ends_at,
        timezone="Asia/Taipei",
        state=state,
    )


@pytest.mark.parametrize(
    ("fact", "command"),
    [
        (PLANNED, list_show()),
        (ShowEdited(title="冬季專場", head=replace(HEAD, title="冬季專場")), list_show(title="冬季專場")),
        (AIRED, list_show("live")),
        (ENDED, list_show("ended")),
    ],
)
def test_each_fact_alone_says_what_the_list_shall_say(fact: Fact, command: ListShow) -> None:
    event = Event(stream="show/autumn", seq=7, at=CURTAIN_AT, actor=PLANNER, fact=fact)
    assert note_in_list(event) == [("workspace/main", command)]


def test_the_list_notes_news_and_passes_over_what_it_knows() -> None:
    workspace = Stage(FEATURE, "workspace/main")
    listed = ShowListed(
        show_id="autumn",
        title="秋冬保養專場",
        starts_at=PLAN.starts_at,
        ends_at=PLAN.ends_at,
        timezone="Asia/Taipei",
        state="planned",
    )
    workspace.when(list_show()).then(listed)
    workspace.when(list_show()).then()
    workspace.when(list_show("live")).then(replace(listed, state="live"))
    assert workspace.rows("show.list") == {
        "autumn": ListedShowRow(
            show_id="autumn",
            title="秋冬保養專場",
            state="live",
            starts_at=PLAN.starts_at,
            ends_at=PLAN.ends_at,
            timezone="Asia/Taipei",
        )
    }


def test_what_has_ended_stays_on_the_list_and_leaves_what_goes_on() -> None:
    workspace = Stage(FEATURE, "workspace/main")
    workspace.when(list_show("live"))
    assert workspace.rows("show.going") == workspace.rows("show.list") != {}
    workspace.when(list_show("ended"))
    assert (list(workspace.rows("show.list")), workspace.rows("show.going")) == (["autumn"], {})


def test_the_list_is_the_workspaces(show: Stage) -> None:
    show.when(list_show())
    show.refused(NotFound, kind="command", id="show.list")
