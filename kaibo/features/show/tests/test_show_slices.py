"""Stories of what everybody knows of a show: its plan, its currency, and when it was on air."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor, Event, Fact
from kaibo.core.slice import Layer
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowPlanned
from kaibo.features.show.slices import (
    EARLY_MS_MAX,
    PLAN,
    STAGE,
    TOLD_AHEAD_MS_MAX,
    TURN,
    ShowNow,
    ToldAhead,
    ToldInSeconds,
    ToldTooOld,
    fold_stage,
    just_ended,
)

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


EVENING = 1_760_000_000_000  # ms UTC: when the show of the doubtful instants is to begin
LATER = EVENING + 3_600_000


@pytest.mark.parametrize(
    ("at", "now", "why"),
    [
        (EVENING - EARLY_MS_MAX, LATER, None),
        (EVENING - EARLY_MS_MAX - 1, LATER, ToldTooOld),
        (LATER + TOLD_AHEAD_MS_MAX - 1, LATER, None),
        (LATER + TOLD_AHEAD_MS_MAX, LATER, ToldAhead),
        (LATER // 1000, LATER, ToldInSeconds),
        (LATER // 1_000_000, LATER, ToldTooOld),
        (LATER * 1000, LATER, ToldAhead),
        # before it was to begin, a day is counted from now: a rehearsal of last week is told as it happens
        (EVENING - 9 * EARLY_MS_MAX, EVENING - 8 * EARLY_MS_MAX, None),
        (EVENING - 9 * EARLY_MS_MAX - 1, EVENING - 8 * EARLY_MS_MAX, ToldTooOld),
    ],
)
def test_an_instant_that_belongs_to_no_show_is_doubted(show: ShowNow, at: int, now: int, why: type | None) -> None:
    tell(show, replace(PLANNED, starts_at=EVENING, ends_at=EVENING + 7_200_000))
    doubt = show.doubt(at, now)
    assert (doubt and type(doubt), doubt and doubt.data) == (why, why and {"at": at})


def test_it_ends_once_and_an_edit_of_one_that_is_over_is_no_end() -> None:
    layer = Layer([STAGE])
    (show,) = layer.below([STAGE])
    assert isinstance(show, ShowNow)
    told = (PLANNED, ShowAired(show_id="s1"), ShowEdited(title="午場"), ShowEnded(show_id="s1"), ShowEdited(title="早場"))
    ended = [
        just_ended(show, layer.fold(Event(stream="show/s1", seq=seq, at=seq, actor=MEI, fact=fact)))
        for seq, fact in enumerate(told, 1)
    ]
    assert ended == [False, False, False, True, False]
