"""Stories of a draw whose keyword is how viewers order: while it is asked for, it orders nothing."""

import pytest

from kaibo.features.claim.tests.room import Room
from kaibo.features.draw.facts import Conditions, DrawCancelled, DrawClosed, DrawOpened, DrawPrepared, Prize
from kaibo.features.product.facts import ProductPinned


@pytest.fixture
def room() -> Room:
    """A01 is on air, and a draw by +1 is open for five minutes."""
    room = Room()
    prepared = DrawPrepared(
        draw_id="d", title="抽", keyword="+1", minutes=5, prizes=(Prize(name="杯", count=1),), conditions=Conditions(), commitment="",
    )  # fmt: skip
    opened = DrawOpened(draw_id="d", opens_at=room.stage.at, closes_at=room.stage.at + 300_000)
    room.stage.given(ProductPinned(product_id="A01"), prepared, opened)
    return room


@pytest.mark.parametrize("text", ["+1", "＋１", " + 1 ", "➕1"])
def test_the_keyword_alone_takes_part_and_orders_nothing(room: Room, text: str) -> None:
    assert room.say(("ann", text)) == []
    assert room.stock("A01/").held == 0


def test_whoever_says_more_orders(room: Room) -> None:
    assert room.got(("ann", "A01+1"), ("bob", "+2")) == [("claimed", 1, 0), ("claimed", 2, 0)]


@pytest.mark.parametrize("end", ["time", "hand", "cancelled"])
def test_when_it_is_over_it_orders_again_by_when_it_was_written(room: Room, end: str) -> None:
    at = room.stage.at
    if end == "hand":
        closed = DrawClosed(draw_id="d", entrants=(), excluded=(), entrants_hash="", closed_at=at + 60_000, listed_at=at + 60_000)
        room.stage.given(closed, at=at + 60_000)
    elif end == "cancelled":
        room.stage.given(DrawCancelled(draw_id="d", reason=""), at=at + 60_000)
    over = at + (300_000 if end == "time" else 60_000)
    assert room.say(("ann", "+1"), at=over) == []
    assert room.got(("ann", "+1"), at=over + 1) == [("claimed", 1, 0)]
