"""What was before air is none of the show's figures of people: who comes, stays and does something counts from going on air on."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceShown, Shown
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_house import tile
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.metric.tests.test_metric_recount import BATCHES
from kaibo.features.show.facts import ShowAired, ShowEnded

AIR = START + 12 * MINUTE + 30_500  # in the middle of a minute, and of a second
NEWEST = START + 25 * MINUTE
SECOND = 1000
AIRED = ShowAired(show_id="s1")


def waiting_room(room: Room) -> Any:
    """A hundred who come, comment and go before air, and two who wait for it."""
    gone = [
        did(kind, f"w{n}", AIR - minutes * MINUTE, flow="ads")
        for n in range(100)
        for kind, minutes in (("enter", 8), ("comment", 8), ("leave", 2))
    ]
    return room.batch(*gone, *(did("enter", f"p{n}", AIR - MINUTE, flow="ads") for n in range(2)))


def evening(*, late: bool) -> Stage:
    """Eight more come a second after air, five of ten buy, one likes 23 s after air; `late`: the waiting room is told after air."""
    room = Room()
    stage = Stage(FEATURE).given(PLANNED, at=START)
    first = waiting_room(room)
    stage.given(*(() if late else (first,)), at=AIR - SECOND).given(AIRED, at=AIR)
    stage.given(*((first,) if late else ()), at=AIR)
    stage.given(room.batch(*(did("enter", f"a{n}", AIR + SECOND, flow="feed") for n in range(8))), at=AIR + SECOND)
    for n in range(5):
        stage.given(created(f"o{n}", f"a{n}", AIR + 2 * SECOND), paid(f"o{n}", f"a{n}", AIR + 2 * SECOND), at=AIR + 2 * SECOND)
    return stage.given(room.batch(did("like", "a0", AIR + 23 * SECOND)), at=AIR + 23 * SECOND)


@pytest.mark.parametrize("late", [False, True], ids=["told then", "told after air"])
def test_a_waiting_room_is_none_of_the_show(late: bool) -> None:
    stage = evening(late=late)
    shown = {name: tile(stage, name).value for name in ("uv", "online", "pcu", "pv", "comments", "conversion", "engagement")}
    assert shown == {"uv": 10, "online": 10, "pcu": 10, "pv": 8, "comments": 0, "conversion": 0.5, "engagement": 0.1}
    assert tile(stage, "stay_s").value == pytest.approx((2 * 24 + 8 * 23) / 10)
    last = {name: tile(stage, name).last_10 for name in ("uv", "pcu", "conversion", "engagement", "comments")}
    assert last == {"uv": 10, "pcu": 10, "conversion": 0.5, "engagement": 0.1, "comments": 0}
    assert tile(stage, "online").last_10 == pytest.approx((2 * 24 + 8 * 23) / 24)
    assert (tile(stage, "uv").prev_10, tile(stage, "online").prev_10) == (None, None)


@pytest.mark.parametrize("late", [False, True], ids=["told then", "told after air"])
def test_who_waits_for_it_comes_in_when_it_goes_on_air(late: bool) -> None:
    stage = evening(late=late)
    rows = stage.rows("metric.retention")
    assert {key: row.entrants for key, row in rows.items()} == {"all": 10, str(AIR // MINUTE): 10}
    flows = stage.rows("metric.flows")
    assert {key: (row.views, row.uv) for key, row in flows.items() if key != "none"} == {"ads": (0, 2), "feed": (8, 8)}
    assert (flows["ads"].conversion, flows["feed"].conversion) == (0, 5 / 8)


def test_before_air_everything_there_is_is_shown() -> None:
    stage = Stage(FEATURE).given(PLANNED, waiting_room(Room()), at=AIR - SECOND)
    assert [tile(stage, name).value for name in ("uv", "pv", "comments", "online", "pcu")] == [102, 102, 100, 2, 100]


@pytest.mark.parametrize("late", [False, True], ids=["told then", "told after air"])
def test_impressions_of_before_air_lead_nobody_in(late: bool) -> None:
    parts = [Shown(minute=AIR // MINUTE - 3, flow="ads", count=900), Shown(minute=AIR // MINUTE, flow="ads", count=100)]
    shown, room = AudienceShown(source="shop", room="", parts=tuple(parts)), Room()
    stage = Stage(FEATURE).given(PLANNED, at=START)
    for fact in (AIRED, shown) if late else (shown, AIRED):
        stage.given(fact, at=AIR)
    stage.given(room.batch(did("enter", "a", AIR + SECOND, flow="ads")), at=AIR + SECOND)
    assert (tile(stage, "imp").value, tile(stage, "enter_rate").value) == (100, 0.01)
    assert stage.row("metric.flows", "ads").impressions == 100


def click(viewer: str, at: int, product_id: str = "serum") -> AudienceItem:
    return did("click", viewer, at, product_id=product_id)


@pytest.mark.parametrize("late", [False, True], ids=["told then", "told after air"])
def test_the_table_of_products_counts_clicks_as_the_tiles_do(late: bool) -> None:
    """Four click ten seconds before air, one of them clicks and buys on air: one click, one clicker, all of whom bought."""
    room, then = Room(), AIR + 10 * SECOND
    early = [click(f"v{n}", AIR - 10 * SECOND, product_id) for n in range(4) for product_id in ("serum", "cream")]
    looked = [did("view", f"v{n}", AIR - 10 * SECOND, product_id="serum") for n in range(4)]
    before = room.batch(*early, *looked, did("view", "v0", AIR - SECOND, product_id="serum"))
    stage = Stage(FEATURE).given(PLANNED, at=START)
    for fact in (AIRED, before) if late else (before, AIRED):
        stage.given(fact, at=AIR)
    if late:
        assert "serum" not in stage.rows("metric.products")
    stage.given(room.batch(did("view", "v0", then, product_id="serum"), click("v0", then)), at=then)
    stage.given(created("o1", "v0", then), paid("o1", "v0", then), at=then)
    row = stage.row("metric.products", "serum")
    assert (row.clicks, row.clickers, row.views, row.click_rate, row.ctor) == (1, 1, 1, 1.0, 1.0)
    tiles = tuple(tile(stage, name).value for name in ("clicks", "pclk_u", "pimp", "click_rate", "ctor"))
    assert tiles == (row.clicks, row.clickers, row.views, row.click_rate, row.ctor)
    assert set(stage.rows("metric.products")) == {"serum"}  # nobody has done anything about the other on air


def test_before_air_the_table_of_products_shows_what_there_is() -> None:
    """And a click that a clock running ahead told before air, of after it, stays."""
    room = Room()
    batch = room.batch(click("a", AIR - 10 * SECOND), click("b", AIR + SECOND))
    stage = Stage(FEATURE).given(PLANNED, batch, at=AIR - SECOND)
    assert (stage.row("metric.products", "serum").clicks, stage.row("metric.products", "serum").clickers) == (2, 2)
    stage.given(AIRED, at=AIR)
    assert (stage.row("metric.products", "serum").clicks, stage.row("metric.products", "serum").clickers) == (1, 1)
    assert (tile(stage, "clicks").value, tile(stage, "pclk_u").value) == (1, 1)


def told_by_minutes(stage: Stage, since: int = AIR) -> tuple[int, ...]:
    """What the curves come to from a minute on: comments, clicks, likes, enters, orders, paid."""
    rows: list[Any] = [row for row in stage.rows("metric.minutes").values() if row.minute >= since // MINUTE]
    fields = ("comments", "clicks", "likes", "enters", "orders_created", "gmv_paid_minor")
    return tuple(sum(getattr(row, name) or 0 for row in rows) for name in fields)


def told_by_tiles(stage: Stage) -> tuple[float, ...]:
    names = ("comments", "clicks", "likes", "pv", "orders_created", "gmv_paid_on_air")
    return tuple(tile(stage, name).value or 0 for name in names)


@pytest.mark.parametrize("late", [False, True], ids=["told then", "told after air"])
def test_the_minutes_on_air_come_to_what_the_tiles_say(late: bool) -> None:
    """Four comment, click and like in the minute of going on air before it; one does after; one a minute before all of that."""
    room, stage = Room(), Stage(FEATURE).given(PLANNED, at=START)
    early = [did(kind, f"v{n}", AIR - 10 * SECOND) for n in range(4) for kind in ("enter", "comment", "click", "like")]
    first = room.batch(did("comment", "v9", AIR - MINUTE), *early)
    for fact in (AIRED, first) if late else (first, AIRED):
        stage.given(fact, at=AIR)
    then = AIR + 5 * SECOND
    stage.given(room.batch(*(did(kind, "v0", then) for kind in ("enter", "comment", "click", "like"))), at=then)
    stage.given(created("o1", "v0", then), paid("o1", "v0", then), at=then)
    assert told_by_tiles(stage) == told_by_minutes(stage) == (1, 1, 1, 1, 1, 20_000)
    assert stage.row("metric.minutes", str(AIR // MINUTE - 1)).comments == 1  # of the waiting room


def test_what_a_clock_ahead_tells_before_air_stands_in_the_minutes_as_in_the_tiles() -> None:
    batch = Room().batch(did("comment", "a", AIR - SECOND), did("comment", "b", AIR + SECOND), did("comment", "c", AIR + MINUTE))
    stage = Stage(FEATURE).given(PLANNED, batch, at=AIR - SECOND)
    assert stage.row("metric.minutes", str(AIR // MINUTE)).comments == 2
    stage.given(AIRED, at=AIR)
    assert told_by_tiles(stage)[0] == told_by_minutes(stage)[0] == 2


@pytest.mark.parametrize("late", [False, True], ids=["told then", "told after the end"])
def test_what_is_paid_after_the_end_is_of_no_minute_on_air(late: bool) -> None:
    """Paid 20 s after the end, and a second order at the very end: the last minute has what was paid by then."""
    stage, end = Stage(FEATURE).given(PLANNED, at=START).given(AIRED, at=AIR), AIR + 10 * MINUTE
    stage.given(created("o1", "a", end - SECOND), created("o2", "b", end), at=end)
    ended, payments = ShowEnded(show_id="s1"), (paid("o1", "a", end + 20 * SECOND), paid("o2", "b", end))
    for facts in ((ended,), payments) if late else (payments, (ended,)):
        stage.given(*facts, at=end)
    row = stage.row("metric.minutes", str(end // MINUTE))
    assert (row.orders_created, row.orders_paid, row.gmv_paid_minor, row.gmv_created_minor) == (2, 1, 20_000, 40_000)
    assert told_by_minutes(stage)[-1] == tile(stage, "gmv_paid_on_air").value == 20_000
    assert tile(stage, "gmv_paid").value == 40_000


def test_money_per_hour_is_of_the_time_it_is_measured_by() -> None:
    """Planned before, and pressed late: what was sold by then is the show's, and no pace of the half hour on air."""
    stage = Stage(FEATURE).given(PLANNED, at=START)
    stage.given(created("o1", "a", START + 1), paid("o1", "a", START + 1), at=START + 1)
    stage.given(AIRED, at=AIR)
    at = AIR + 1799 * SECOND
    stage.given(created("o2", "b", at), paid("o2", "b", at), at=at)
    assert (tile(stage, "gmv_paid").value, tile(stage, "gmv_per_hour").value) == (40_000, 40_000)
    assert (tile(stage, "gmv_per_hour").numerator, tile(stage, "gmv_per_hour").denominator) == (20_000, 1800)


class Recount:
    """The same of single items."""

    def __init__(self, items: Sequence[AudienceItem]) -> None:
        self.items = [item for item in items if item.at >= AIR]
        moves = sorted((each.at, each.kind == "leave", each.viewer) for each in items if each.kind in ("enter", "leave"))
        self.moves = [move for move in moves if move[0] >= AIR]
        self.there = self._inside([move for move in moves if move[0] < AIR], set())
        self.newest_at = max(AIR, *(item.at for item in items))

    def _inside(self, moves: Sequence[tuple[int, bool, str]], before: set[str]) -> set[str]:
        inside = set(before)
        for _, leaves, viewer in moves:
            (inside.discard if leaves else inside.add)(viewer)
        return inside

    def inside_at(self, at: int) -> set[str]:
        return self._inside([move for move in self.moves if move[0] <= at], self.there)

    def online(self, first: int, last: int) -> list[int]:
        return [len(self.inside_at(second * SECOND + 999)) for second in range(first, last + 1)]

    def viewers(self, first: int, last: int) -> set[str]:
        """Of the minutes from first to last."""
        begun = self.there if first <= AIR // MINUTE else self.inside_at(first * MINUTE - 1)
        return begun | {item.viewer for item in self.items if first <= item.at // MINUTE <= last}

    def stays(self) -> tuple[int, int]:
        """(stays of which it is known whether they lasted a minute, those that did)."""
        begun, lengths, old = dict.fromkeys(self.there, AIR // SECOND), list[int](), self.newest_at // SECOND - 60
        for at, leaves, viewer in self.moves:
            if leaves and viewer in begun:
                since = begun.pop(viewer)
                lengths += [at // SECOND - since] if since <= old else []
            elif not leaves:
                begun.setdefault(viewer, at // SECOND)
        lengths += [self.newest_at // SECOND - since for since in begun.values() if since <= old]
        return len(lengths), sum(length >= 60 for length in lengths)


@settings(max_examples=150, deadline=None)
@given(batches=BATCHES, split=st.integers(0, 6))
def test_figures_of_people_agree_with_a_naive_recount(batches: list[list[AudienceItem]], split: int) -> None:
    """Whatever was told before air, and whatever is told late."""
    stage, room = Stage(FEATURE).given(PLANNED, at=START), Room()
    first, then = batches[:split], batches[split:]
    then += [[item for item in batch if item.at > AIR + MINUTE] for batch in first]  # no clock runs ahead further
    for batch in filter(None, ([item for item in batch if item.at <= AIR + MINUTE] for batch in first)):
        stage.given(room.batch(*batch), at=AIR)
    stage.given(AIRED, at=AIR)
    for batch in filter(None, then):
        stage.given(room.batch(*batch), at=NEWEST)
    stage.given(room.batch(did("enter", "z", NEWEST)), at=NEWEST)
    items = [*(item for batch in batches for item in batch), did("enter", "z", NEWEST)]
    recount, last = Recount(items), NEWEST // MINUTE
    engaged = {item.viewer for item in recount.items if item.kind in ("comment", "like", "share", "follow")}
    told = any(item.kind in ("comment", "like", "share", "follow") for item in items)
    viewers = recount.viewers(0, last)
    assert tile(stage, "uv").value == len(viewers)
    assert tile(stage, "engagement").value == (len(engaged) / len(viewers) if told else None)
    assert tile(stage, "pv").value == sum(item.kind == "enter" for item in recount.items)
    curve = recount.online(AIR // SECOND, recount.newest_at // SECOND)
    assert (tile(stage, "pcu").value, tile(stage, "acu").value) == (max(curve), pytest.approx(sum(curve) / len(curve)))
    stays, lasted = recount.stays()
    assert (tile(stage, "stay_60").denominator, tile(stage, "stay_60").numerator) == (stays, lasted)
    for field, first, end in (("last_10", last - 9, NEWEST // SECOND), ("prev_10", last - 19, (last - 9) * 60 - 1)):
        if min(item.at for item in items) // MINUTE > end // 60:
            assert getattr(tile(stage, "uv"), field) is None  # nobody heard of anything
            continue
        here = recount.online(max(first * 60, AIR // SECOND), end)
        assert getattr(tile(stage, "uv"), field) == len(recount.viewers(first, end // 60))
        assert getattr(tile(stage, "online"), field) == pytest.approx(sum(here) / len(here))
        assert getattr(tile(stage, "pcu"), field) == max(here)


def test_where_nobody_says_through_what_the_room_was_shown_no_flow_has_impressions() -> None:
    shown, room = AudienceShown(source="shop", room="", parts=(Shown(minute=AIR // MINUTE + 1, flow="", count=100),)), Room()
    stage = Stage(FEATURE).given(PLANNED, at=START).given(AIRED, at=AIR).given(shown, at=AIR + MINUTE)
    stage.given(room.batch(did("enter", "a", AIR + MINUTE, flow="ads")), at=AIR + MINUTE)
    rows = stage.rows("metric.flows")
    assert {key: (row.impressions, row.enter_rate) for key, row in rows.items()} == {"ads": (None, None), "none": (100, None)}
    stage.given(replace(shown, parts=(Shown(minute=AIR // MINUTE + 1, flow="ads", count=50),)), at=AIR + 2 * MINUTE)
    assert stage.row("metric.flows", "ads").impressions == 50
