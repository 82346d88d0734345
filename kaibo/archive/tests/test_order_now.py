"""The last word of each order in the archive is that of the report, in whatever order a shop told of it."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kaibo.archive.kept import archive_folder
from kaibo.archive.query import Desk
from kaibo.archive.tests.test_query import documented_gmv
from kaibo.archive.write import write_archive
from kaibo.features import FEATURES
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine, OrderRestated
from kaibo.features.show.commands import AirShow
from tests.world import START, World

MINUTE = 60_000


def line(chance: Random) -> OrderLine:
    return OrderLine(product_id="A", quantity=chance.randrange(1, 5), price_minor=100 * chance.randrange(1, 500))


def telling(chance: Random, order_id: str) -> Sequence[OrderItem]:
    """An order that is edited, paid (with a total of its own, perhaps), cancelled and given back in parts, or not."""
    at = START + chance.randrange(20) * MINUTE
    said = [OrderItem(kind="created", order_id=order_id, buyer="b", at=at, lines=(line(chance),))]
    if chance.random() < 0.4:
        said.append(OrderItem(kind="created", order_id=order_id, at=at + 2000, lines=(line(chance),)))
    if chance.random() < 0.8:
        total = chance.choice((None, None, 5_000))
        said.append(OrderItem(kind="paid", order_id=order_id, at=at + 9000, amount_minor=total))
    for after in range(chance.randrange(3)):
        minor = chance.choice((None, 1_000, 2_500))
        said.append(OrderItem(kind="refunded", order_id=order_id, at=at + 20_000 + after * 1000, amount_minor=minor))
    if chance.random() < 0.2:
        said.append(OrderItem(kind="cancelled", order_id=order_id, at=at + 25_000))
    return said


def told(seed: int) -> World:
    world, chance = World(seed), Random(seed)
    world.plan()
    assert world.ask(AirShow())
    said = [item for number in range(40) for item in telling(chance, f"o{number}")]
    chance.shuffle(said)
    world.at = START + 30 * MINUTE
    for item in (*said, *said[:20]):
        world.ask(RecordOrders(platform="shop", items=(item,)))
    return world


@pytest.mark.parametrize("seed", range(4))
def test_the_documented_query_says_what_the_report_says(seed: int, tmp_path: Path) -> None:
    world = told(seed)
    assert any(isinstance(event.fact, OrderRestated) for event in world.events)
    folder = archive_folder(tmp_path, "law")
    write_archive("law", world.events, FEATURES, folder)
    tiles: Any = world.fold.rows("metric.tiles")
    desk = Desk(folder)
    assert tuple(map(int, desk.ask(documented_gmv()).rows[0])) == (tiles["gmv_paid"].value, tiles["refunded"].value)
    (created, orders) = desk.ask("SELECT sum(created_minor), count(*) FROM order_now").rows[0]
    assert (int(created), orders) == (tiles["gmv_created"].value, tiles["orders_created"].value)
