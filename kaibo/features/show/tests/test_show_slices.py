"""Stories of what everybody knows of a show: its plan, its currency, and when it was on air."""

import pytest

from kaibo.core.event import Actor, Event, Fact
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowPlanned
from kaibo.features.show.slices import PLAN, TURN, ShowNow, fold_stage

MEI = Actor(id="mei", role="planner")
PLANNED = ShowPlanned(show_id="s1", title="夜場", starts_at=1000, ends_at=9000, timezone="Asia/Taipei", currency="JPY")


@pytest.fixture
def show() -> ShowNow:
    return ShowNow()


def tell(show: ShowNow, fact: Fact, at: int = 0) -> tuple[str, ...]:
    return tuple(fold_stage(show, Event(stream="show/s1", seq=1, at=at, actor=MEI, fact=fact)))


def test_before_its_plan_a_show_has_neither_money_nor_time(show: ShowNow) -> None:
    assert (show.currency, show.starts_at, show.ends_at, show.live, show.ended) == ("", 0, 0, False, False)
    assert tell(show, ShowEdited(title="早場")) == ()
    assert tell(show, PLANNED) == (PLAN,)
    assert (show.currency, show.starts_at, show.ends_at) == ("JPY", 1000, 9000)


def test_it_is_on_air_from_the_first_millisecond_to_the_last_but_one(show: ShowNow) -> None:
    tell(show, PLANNED)
    assert not show.aired(1000)
    assert tell(show, ShowAired(show_id="s1"), at=2000) == (TURN,)
    assert (show.live, show.ended) == (True, False)
    assert [show.aired(at) for at in (1999, 2000, 2001, 99_999)] == [False, True, True, True]
    assert tell(show, ShowEnded(show_id="s1"), at=5000) == (TURN,)
    assert (show.live, show.ended, show.ended_at) == (False, True, 5000)
    assert [show.aired(at) for at in (1999, 2000, 4999, 5000)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "早場"),
        ("starts_at", 2000),
        ("ends_at", 8000),
        ("timezone", "Asia/Tokyo"),
        ("goal_gmv_minor", 500),
        ("theme", "秋"),
        ("channel", "fb"),
    ],
)
def test_an_edit_changes_what_it_names_and_nothing_else(show: ShowNow, field: str, value: object) -> None:
    tell(show, PLANNED)
    assert tell(show, ShowEdited(**{field: value})) == (PLAN,)
    assert show.plan is not None
    changed = {name for name in ShowPlanned.__struct_fields__ if getattr(show.plan, name) != getattr(PLANNED, name)}
    assert (changed, getattr(show.plan, field)) == ({field}, value)
