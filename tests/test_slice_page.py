"""The page of slices says of each whose it is, what it reads, and who stands on it."""

from kaibo.core.slice import with_those_below
from kaibo.features import FEATURES
from kaibo.features.metric.slices import TARGETS
from kaibo.kit.slice_page import owner_of, print_slices


def test_every_slice_that_somebody_stands_on_is_on_the_page_once() -> None:
    over = [each for feature in FEATURES for view in feature.views for each in view.over]
    slices = with_those_below([*over, *(each for feature in FEATURES for each in feature.over)])
    page = print_slices(FEATURES)
    assert page.count("\n## ") == len(slices)
    assert [each.name for each in slices if page.count(f"\n`{each.name}`, of {owner_of(each)}. ") != 1] == []


def test_who_stands_on_it_is_named_slices_rules_and_views() -> None:
    part = print_slices(FEATURES).partition("\n## TAKEN\n")[2].partition("\n## ")[0]
    for said in ("`order.taken`, of order. Units by product_id", "- Reads: `order.created`", "- Over: LEDGER\n"):
        assert said in part
    for said in ("- Under slices: STOCK\n", "- Under rules: product\n", "- Under views: `claim.stock`"):
        assert said in part


def test_a_house_without_a_feature_does_not_name_it() -> None:
    assert "- Under rules: metric, alarm\n" in print_slices(FEATURES)
    alone = [feature for feature in FEATURES if feature.name != "alarm"]
    page = print_slices(alone).partition(f"`{TARGETS.name}`, of metric.")[2].partition("\n## ")[0]
    assert "- Under rules: metric\n" in page
    assert "alarm" not in page
