"""Stories of money on ads: what it cost, what anybody told of it, and what nobody knows."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.metric.commands import (
    EnterSpend,
    RemoveSpend,
)
from kaibo.features.metric.facts import (
    MetricSpendEntered,
    MetricSpendRemoved,
    SpendRow,
)
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_metric import PLANNED, START, paid

ADS = SpendRow(spend_id="a1", at=START, channel="千川", cost_minor=10_000, impressions=2000, clicks=100, gmv_minor=30_000)


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED, at=START)


def tile(stage: Stage, name: str) -> Any:
    return stage.row("metric.tiles", name)


def test_ad_figures_are_unknown_until_somebody_enters_spend(stage: Stage) -> None:
    stage.given(paid("o1", "b1", START))
    assert [tile(stage, name).value for name in ("ad_cost", "roi", "cpm")] == [None, None, None]
    stage.when(EnterSpend(rows=(ADS,))).then(MetricSpendEntered(rows=(ADS,)))
    assert [tile(stage, name).value for name in ("ad_cost", "roi", "ad_roi", "cpm", "cpc", "ad_ctr")] == [
        10_000,
        2,
        3,
        5000,
        100,
        0.05,
    ]


@pytest.mark.parametrize(
    ("told", "figures", "row"),
    [
        ({}, [None, None, None, None], (None, None, None, None)),
        ({"gmv_minor": 30_000}, [3, None, None, None], (None, None, 30_000, 3)),
        ({"impressions": 2000}, [None, 5000, None, None], (2000, None, None, None)),
        ({"clicks": 100}, [None, None, 100, None], (None, 100, None, None)),
        ({"impressions": 2000, "clicks": 0, "gmv_minor": 0}, [0, 5000, None, 0], (2000, 0, 0, 0)),
        ({"impressions": 0, "clicks": 0, "gmv_minor": 0}, [None, None, None, None], (None, None, None, None)),
    ],
)
def test_what_nobody_told_of_an_ad_is_unknown_and_not_nought(
    stage: Stage, told: dict[str, int], figures: list[float | None], row: tuple[float | None, ...]
) -> None:
    """Only its cost, say: it was seen, and brought something."""
    stage.given(MetricSpendEntered(rows=(SpendRow(spend_id="a1", at=START, channel="千川", cost_minor=10_000, **told),)))
    assert [tile(stage, name).value for name in ("ad_roi", "cpm", "cpc", "ad_ctr")] == figures
    found = stage.row("metric.spend", "a1")
    assert (found.impressions, found.clicks, found.gmv_minor, found.roi) == row


def test_a_figure_of_ads_stands_on_the_rows_that_told(stage: Stage) -> None:
    """A top-up whose cost alone is known makes the others look no worse."""
    dumb = SpendRow(spend_id="a2", at=START, channel="Meta", cost_minor=300_000)
    stage.given(MetricSpendEntered(rows=(ADS,)))
    before = [tile(stage, name).value for name in ("ad_roi", "cpm", "cpc", "ad_ctr")]
    stage.given(MetricSpendEntered(rows=(dumb, replace(dumb, spend_id="a3", clicks=7))))
    assert [tile(stage, name).value for name in ("ad_roi", "cpm")] == before[:2]
    assert (tile(stage, "cpc").value, tile(stage, "ad_ctr").value) == (310_000 / 107, before[3])
    assert tile(stage, "ad_cost").value == 610_000


def test_the_same_row_again_is_nothing_new_and_another_replaces_it(stage: Stage) -> None:
    stage.given(MetricSpendEntered(rows=(ADS,)))
    stage.when(EnterSpend(rows=(ADS,))).then()
    more = replace(ADS, cost_minor=20_000)
    stage.when(EnterSpend(rows=(ADS, more))).then(MetricSpendEntered(rows=(more,)))
    assert tile(stage, "ad_cost").value == 20_000
    assert stage.row("metric.spend", "a1").roi == 1.5
    stage.when(RemoveSpend(spend_id="a1")).then(MetricSpendRemoved(spend_id="a1"))
    assert tile(stage, "ad_cost").value is None
    assert stage.rows("metric.spend") == {}


def test_spend_is_never_below_nought() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"spend_id": "a", "at": 1, "channel": "x", "cost_minor": -1}, SpendRow)
