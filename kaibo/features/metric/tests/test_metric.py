"""Stories of the live figures."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.analysis.definitions import TILED
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem, Kind
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.view import CueFigureRow, MinuteRow, TileRow
from kaibo.features.order.facts import OrderCreated, OrderLine, OrderPaid, OrderRefunded
from kaibo.features.promo.facts import PromoApplied, PromoEnded
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowEnded, ShowPlanned

MINUTE = 60_000
START = CURTAIN_AT - CURTAIN_AT % MINUTE
PLANNED = ShowPlanned(
    show_id="s1", title="秋冬保養專場", starts_at=START, ends_at=START + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)
SERUM = OrderLine(product_id="serum", quantity=2, price_minor=10_000)


class Room:
    """Seals batches by hand: viewers get their numbers as the audience feature gives them."""

    def __init__(self, *, tells_leaves: bool = True) -> None:
        self.known: dict[str, int] = {}
        self.tells_leaves = tells_leaves

    def batch(self, *items: AudienceItem) -> AudienceBatch:
        ordered = sorted(items, key=lambda item: item.at)
        base = len(self.known)
        columns = pack(ordered, dict(self.known), base)
        for item in ordered:
            self.known.setdefault(item.viewer, len(self.known))
        return AudienceBatch(
            source="shop",
            room="",
            count=len(items),
            comments=sum(item.kind == "comment" for item in items),
            first_at=ordered[0].at,
            last_at=ordered[-1].at,
            viewer_base=base,
            columns=columns,
            tells_leaves=self.tells_leaves,
        )


def did(kind: Kind, viewer: str, at: int = START, **more: Any) -> AudienceItem:
    return AudienceItem(kind=kind, viewer=viewer, at=at, **more)


def created(order_id: str, buyer: str, at: int, cue_id: str = "", line: OrderLine = SERUM) -> OrderCreated:
    worth = line.quantity * line.price_minor
    return OrderCreated(
        order_id=order_id,
        platform="shop",
        buyer=buyer,
        lines=(line,),
        amount_minor=worth,
        currency="TWD",
        platform_at=at,
        cue_id=cue_id,
    )


def paid(order_id: str, buyer: str, at: int, cue_id: str = "", line: OrderLine = SERUM) -> OrderPaid:
    worth = line.quantity * line.price_minor
    return OrderPaid(
        order_id=order_id,
        platform="shop",
        buyer=buyer,
        lines=(line,),
        amount_minor=worth,
        currency="TWD",
        platform_at=at,
        cue_id=cue_id,
    )


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED, at=START)


def value(stage: Stage, name: str) -> float | None:
    tile: TileRow = stage.row("metric.tiles", name)
    return tile.value


def test_before_anything_happens_every_tile_is_there(stage: Stage) -> None:
    tiles = stage.rows("metric.tiles")
    assert set(tiles) == {definition.name for definition in TILED}
    assert tiles["gmv_paid"] == TileRow(
        value=None, last_10=None, prev_10=None, change=None, unit="minor", currency="TWD", at=0, untold=("order",)
    )
    assert tiles["conversion"].value is None


def test_created_and_paid_are_two_series_and_a_refund_takes_nothing_back(stage: Stage) -> None:
    stage.given(created("o1", "b1", START), created("o2", "b2", START), paid("o1", "b1", START + 1))
    stage.given(OrderRefunded(order_id="o1", lines=(SERUM,), amount_minor=20_000, platform_at=START + 2, platform="shop"))
    assert [value(stage, name) for name in ("gmv_created", "gmv_paid", "orders_created", "orders_paid")] == [40_000, 20_000, 2, 1]


def test_who_comments_without_entering_is_a_viewer_but_not_online(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1"), did("comment", "v2", text="嗨")))
    assert [value(stage, name) for name in ("uv", "pv", "online", "comments")] == [2, 1, 1, 1]


def test_online_counts_people_not_moves(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1"), did("enter", "v1", START + 10), did("leave", "v9", START + 20)))
    assert (value(stage, "online"), value(stage, "pv")) == (1, 2)
    stage.given(room.batch(did("leave", "v1", START + 2000), did("leave", "v1", START + 3000)))
    assert (value(stage, "online"), value(stage, "pcu")) == (0, 1)


def test_a_move_that_comes_late_is_put_where_it_belongs(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("leave", "v1", START + MINUTE)))
    stage.given(room.batch(did("enter", "v1", START), did("enter", "v2", START)))
    assert (value(stage, "online"), value(stage, "pcu")) == (1, 2)
    assert stage.row("metric.minutes", str(START // MINUTE)).online == 2
    assert stage.row("metric.minutes", str(START // MINUTE + 1)).online == 1


def test_ratios_say_what_they_are_made_of_and_are_none_over_nothing(stage: Stage, room: Room) -> None:
    stage.given(paid("o1", "b1", START))
    assert stage.row("metric.tiles", "conversion").value is None
    stage.given(room.batch(*(did("enter", f"v{n}") for n in range(4))), paid("o2", "b1", START + 5))
    conversion = stage.row("metric.tiles", "conversion")
    assert (conversion.value, conversion.numerator, conversion.denominator) == (0.25, 1, 4)
    each = stage.row("metric.tiles", "value_per_buyer")
    assert (each.value, each.numerator, each.denominator, each.unit) == (40_000, 40_000, 1, "minor")


def test_an_order_that_hides_its_buyer_stands_for_one_buyer(stage: Stage) -> None:
    stage.given(paid("o1", "", START), paid("o2", "", START), paid("o3", "b1", START), paid("o4", "b1", START))
    assert value(stage, "buyers") == 3


def test_windows_of_ten_minutes_end_at_the_newest_minute(stage: Stage, room: Room) -> None:
    for minute in range(15):
        at = START + minute * MINUTE
        stage.given(
            room.batch(did("comment", f"v{minute % 3}", at), did("like", "v0", at, count=5)), paid(f"o{minute}", "b1", at), at=at
        )
    tiles = stage.rows("metric.tiles")
    assert (tiles["comments"].value, tiles["comments"].last_10, tiles["comments"].prev_10) == (15, 10, 5)
    assert (tiles["likes"].last_10, tiles["likes"].prev_10) == (50, 25)
    assert (tiles["uv"].value, tiles["uv"].last_10, tiles["uv"].prev_10) == (3, 3, 3)
    assert (tiles["gmv_paid"].last_10, tiles["gmv_paid"].prev_10) == (200_000, 100_000)
    assert (tiles["buyers"].last_10, tiles["buyers"].prev_10) == (1, 1)
    assert tiles["value_per_buyer"].last_10 == 200_000


def test_a_window_before_the_first_thing_is_unknown_not_zero(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1")))
    assert stage.row("metric.tiles", "uv").prev_10 is None


def test_the_online_tile_gives_the_mean_of_each_window(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1", START), did("enter", "v2", START + 30_000), did("like", "v1", START + 59_999)))
    assert stage.row("metric.tiles", "online").last_10 == pytest.approx(1.5)


def test_a_platform_clock_far_ahead_does_not_move_the_windows(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("comment", "v1", START), did("comment", "v3", START)), at=START)
    stage.given(room.batch(did("comment", "v2", START + 1_000 * MINUTE)), at=START)
    tile = stage.row("metric.tiles", "comments")
    assert (tile.value, tile.last_10) == (3, 2)


def test_products_tell_clicks_orders_units_and_a_spark(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("click", "v1", product_id="serum"), did("view", "v1", product_id="mask")), at=START)
    two = OrderLine(product_id="serum", quantity=1, price_minor=5_000, variant="大")
    order = replace(created("o1", "b1", START), lines=(SERUM, two), amount_minor=25_000)
    stage.given(order, paid("o2", "b2", START))
    row = stage.row("metric.products", "serum")
    assert (row.clicks, row.orders_created, row.orders_paid, row.units_paid, row.buyers) == (1, 1, 1, 2, 1)
    assert (row.gmv_created_minor, row.gmv_paid_minor, row.last_order_at) == (25_000, 20_000, START)
    assert row.spark == (*([0] * 29), 20_000)
    assert (row.views, row.clickers, row.click_rate, row.ctor) == (0, 1, None, 1.0)
    shown = stage.row("metric.products", "mask")
    assert (shown.views, shown.clicks, shown.click_rate, shown.ctor) == (1, 0, 0.0, None)
    stage.given(room.batch(did("like", "v1", START + MINUTE)), at=START + MINUTE)
    assert stage.row("metric.products", "serum").spark == (*([0] * 28), 20_000, 0)


def test_a_cue_owns_what_was_ordered_and_said_while_it_was_on_air(stage: Stage, room: Room) -> None:
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), at=START)
    stage.given(CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1"), at=START + MINUTE)
    said = (did("comment", "v1", START - 1), did("comment", "v1", START + 1), did("comment", "v1", START + 2))
    stage.given(room.batch(*said, did("comment", "v2", START + MINUTE)), at=START + MINUTE + 500)
    stage.given(created("o1", "b1", START + 1, "c1"), paid("o1", "b1", START + MINUTE + 400, "c1"))
    stage.given(CueWent(cue_id="c1", pass_id="p3", via="jump", from_cue_id="c2"), at=START + 2 * MINUTE)
    stage.given(ShowEnded(show_id="s1"), at=START + 3 * MINUTE)
    stage.given(room.batch(did("comment", "v3", START + 3 * MINUTE + 1)), at=START + 3 * MINUTE + 1)
    assert stage.rows("metric.cues") == {
        "c1": CueFigureRow(
            cue_id="c1",
            orders_created=1,
            orders_paid=1,
            gmv_created_minor=20_000,
            gmv_paid_minor=20_000,
            comments=2,
            uv=1,
            on_air_ms=2 * MINUTE,
            buyers=1,
            conversion=None,  # who only watches is not told of
            gmv_per_hour_minor=600_000,
        ),
        "c2": CueFigureRow(
            cue_id="c2",
            orders_created=0,
            orders_paid=0,
            gmv_created_minor=0,
            gmv_paid_minor=0,
            comments=1,
            uv=1,
            on_air_ms=MINUTE,
            conversion=None,
            gmv_per_hour_minor=0.0,
        ),
    }


def test_minutes_carry_the_marks_of_cues_and_promos(stage: Stage, room: Room) -> None:
    applied = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=9_000, currency="TWD")
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), applied, at=START + 10)
    stage.given(
        room.batch(did("enter", "v1"), did("click", "v1", product_id="serum"), did("comment", "v1")), paid("o1", "b1", START)
    )
    assert stage.rows("metric.minutes") == {
        str(START // MINUTE): MinuteRow(
            minute=START // MINUTE,
            gmv_paid_minor=20_000,
            gmv_created_minor=0,
            orders_created=0,
            orders_paid=1,
            online=1,
            enters=1,
            comments=1,
            likes=None,  # no source tells of likes
            clicks=1,
            marks=("cue:c1", "promo:p1"),
        )
    }


def test_a_promo_that_was_on_marks_the_minute_of_its_end(stage: Stage) -> None:
    ended = PromoEnded(promo_id="p1", product_id="serum", kind="price", why="over", was_on=True)
    stage.given(ended, replace(ended, promo_id="p2", why="wrong", was_on=False), at=START + MINUTE)
    assert stage.row("metric.minutes", str(START // MINUTE + 1)).marks == ("promo_end:p1",)
