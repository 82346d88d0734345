"""The figures of an archive in one pass are those of SQL, and those of the screens."""

from pathlib import Path
from typing import Any

import pytest

from bench.report import by_duckdb
from kaibo.archive.figures import KEPT, ShowFigures, figures_of
from kaibo.archive.kept import archive_folder
from kaibo.archive.write import write_archive
from kaibo.features import FEATURES
from tests.world import World, evening


@pytest.fixture(scope="module", params=[1, 12])
def world(request: pytest.FixtureRequest) -> World:
    return evening(request.param)


@pytest.fixture(scope="module")
def folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = archive_folder(tmp_path_factory.mktemp("data"), "law")
    write_archive("law", world.events, FEATURES, folder)
    return folder


@pytest.fixture(scope="module")
def figures(folder: Path) -> ShowFigures:
    return figures_of(folder)


def test_one_pass_says_what_sql_says(folder: Path, figures: ShowFigures) -> None:
    assert figures.promos
    assert figures.retention
    assert figures == by_duckdb(folder)


def test_one_pass_says_what_the_screens_say(world: World, figures: ShowFigures) -> None:
    tiles: Any = world.fold.rows("metric.tiles")
    assert (figures.uv, sum(figures.pv.values()), sum(figures.gmv_paid.values()), figures.funnel["paid"]) == tuple(
        tiles[name].value for name in ("uv", "pv", "gmv_paid", "buyers")
    )
    minutes: dict[str, Any] = dict(world.fold.rows("metric.minutes"))
    assert figures.gmv_paid == {int(key): row.gmv_paid_minor for key, row in minutes.items() if row.gmv_paid_minor}
    products: dict[str, Any] = dict(world.fold.rows("metric.products"))
    for sold in figures.products:
        row = products[sold.product_id]
        assert (sold.clicks, sold.units_paid, sold.gmv_paid_minor) == (row.clicks, row.units_paid, row.gmv_paid_minor)


def test_those_who_stayed_longer_are_among_those_who_stayed(figures: ShowFigures) -> None:
    for cohort in figures.retention:
        assert len(cohort.kept) == len(KEPT)
        assert cohort.stays >= cohort.kept[0] >= cohort.kept[1] >= cohort.kept[2] >= cohort.kept[3] >= 0


def test_an_archive_of_nothing_has_figures_too(tmp_path: Path) -> None:
    world = World(1)
    world.plan()
    write_archive("law", world.events, FEATURES, tmp_path / "law")
    empty = figures_of(tmp_path / "law")
    assert (empty.uv, empty.gmv_paid, empty.retention, empty.products, empty.promos) == (0, {}, (), (), ())
    assert set(empty.funnel.values()) == {0}
