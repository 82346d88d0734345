"""A refusal names things as people do: no id of the machine stands in its text, while its data keep it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from kaibo.core.feature import Feature
from kaibo.core.stage import Stage
from kaibo.features import FEATURES
from kaibo.features.metric.facts import MetricSpendEntered, SpendRow
from kaibo.kit.naming import named
from kaibo.kit.words import words
from tests.served import ask, do, served

MADE_UP = re.compile(
    r"\{\w*(?:move|claim|reply|action|question|alarm|rule|show|token|raise|note)_id\}"
)  # ids that nobody ever reads

AS_IT_IS = {  # ids that are said as they are, with why
    "order_id": "the shop's own number: people look an order up by it",
    "erasure_id": "of an erasure that is not there; a screen asks only for those that it shows",
    "line_id": "of two lines sent with one id; a screen gives each its own",
}
METRIC = next(feature for feature in FEATURES if feature.name == "metric")


def test_a_cue_on_air_and_a_product_in_use_are_called_by_their_names() -> None:
    with served() as house:
        owner = house.owner()
        do(owner, "show", "s1", "show.plan", show_id="s1", title="x", starts_at=0, ends_at=3_600_000)
        do(owner, "show", "s1", "product.add", product={"product_id": "A1", "name": "晨光面霜", "live_price_minor": 100})
        for number, title in enumerate(("開場", "面霜")):
            cue = {"cue_id": f"c{number}", "title": title, "duration_ms": 60_000, "product_id": "A1" if number else None}
            do(owner, "show", "s1", "rundown.add_cue", cue=cue, after_cue_id="c0" if number else None)
        do(owner, "show", "s1", "show.air")
        do(owner, "show", "s1", "rundown.go", expect_cue_id="c0")
        live = ask(owner, "show", "s1", "rundown.remove_cue", cue_id="c0").json()
        assert (live["data"], live["message"]) == ({"cue_id": "c0"}, "環節「開場」正在播出，不能移動、刪除、跳過或重新開始")
        stale = ask(owner, "show", "s1", "rundown.go", expect_cue_id="c0").json()
        assert stale["message"] == "下一個環節已經是「面霜」，不是「開場」"
        used = ask(owner, "show", "s1", "product.remove", product_id="A1").json()
        assert "晨光面霜" in used["message"]
        alone = ask(owner, "workspace", "main", "workspace.remove_person", person_id="owner").json()
        assert "負責人" in alone["message"]
        assert "owner" not in alone["message"]


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_no_text_asks_for_an_id_that_nobody_reads(language: str) -> None:
    assert [code for code, text in words(language).items() if MADE_UP.search(text)] == []


def nameless(said: Mapping[str, str], features: Iterable[Feature]) -> list[str]:
    """`promo.replaced: promo_id` for each id that a text asks for and no feature gives a name."""
    names = {key for feature in features for key in feature.names}
    holes = [(code, hole) for code, text in said.items() for hole in re.findall(r"\{(\w+_id)\}", text)]
    return [f"{code}: {hole}" for code, hole in holes if not any(_ends(hole, key) for key in (*names, *AS_IT_IS))]


def _ends(hole: str, key: str) -> bool:
    return hole == key or hole.endswith(f"_{key}")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_every_id_that_a_text_asks_for_has_a_name(language: str) -> None:
    said = words(language)
    assert nameless(said, FEATURES) == []
    assert nameless({**said, "toy.gone": "{other_toy_id}"}, FEATURES) == ["toy.gone: other_toy_id"]
    holes = {hole for text in said.values() for hole in re.findall(r"\{(\w+_id)\}", text)}
    assert {key for key in AS_IT_IS if not any(_ends(hole, key) for hole in holes)} == set()


@pytest.mark.parametrize("key", ["cue_id", "person_id", "product_id", "promo_id", "spend_id"])
def test_a_name_that_is_given_no_more_is_missed(key: str) -> None:
    without = [replace(each, names={name: each.names[name] for name in each.names if name != key}) for each in FEATURES]
    lost = nameless(words("zh-Hant"), without)
    assert lost
    assert all(_ends(line.partition(": ")[2], key) for line in lost)


def test_what_a_move_was_spent_on_is_called_by_its_channel() -> None:
    row = SpendRow(spend_id="move-m1", at=1, channel="千川", cost_minor=100, impressions=0, clicks=0, gmv_minor=0)
    stage = Stage(METRIC).given(MetricSpendEntered(rows=(row,)))
    assert named({"move_id": "m1", "spend_id": "move-m1"}, stage.fold, FEATURES) == {"move_id": "m1", "spend_id": "千川"}
