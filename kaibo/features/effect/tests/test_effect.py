"""Stories and a law of like moves."""

import numpy as np
import pytest

from kaibo.analysis.pooled import pooled
from kaibo.core.stage import Stage
from kaibo.features.effect.commands import KeepEffects
from kaibo.features.effect.facts import EffectsKept, KeptEffect
from kaibo.features.effect.feature import FEATURE


def kept(ref: str, standard: float, kind: str = "price") -> KeptEffect:
    return KeptEffect(ref=ref, kind=kind, log=standard * 0.4, standard=standard)


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE)


def test_a_show_counts_once_and_its_newer_word_instead(stage: Stage) -> None:
    first = (kept("promo:a", 1.0), kept("move:b", -0.5, "pin"))
    stage.when(KeepEffects(show_id="s1", effects=first)).then(EffectsKept(show_id="s1", effects=first))
    stage.when(KeepEffects(show_id="s1", effects=first)).then()
    assert (stage.row("effect.like", "price").count, stage.row("effect.like", "pin").count) == (1, 1)
    stage.when(KeepEffects(show_id="s1", effects=(kept("promo:a", 2.0),)))
    assert stage.row("effect.like", "pin") is None
    assert stage.row("effect.like", "price").count == 1


def test_a_show_of_nothing_is_no_news(stage: Stage) -> None:
    stage.when(KeepEffects(show_id="s1", effects=())).then()


def test_many_small_effects_tell_what_one_cannot_and_until_then_it_says_how_many_more(stage: Stage) -> None:
    stage.when(KeepEffects(show_id="s0", effects=(kept("promo:p", 1.0),)))
    alone = stage.row("effect.like", "price")
    assert (alone.verdict, alone.more) == ("no_clear_effect", 7)
    for number in range(1, 5):
        stage.when(KeepEffects(show_id=f"s{number}", effects=(kept("promo:p", 1.0),)))
    five = stage.row("effect.like", "price")
    assert (five.verdict, five.count, five.shows, five.more) == ("up", 5, 5, None)
    assert 1.48 < five.ratio < 1.5


@pytest.mark.parametrize("count", [2, 5, 20])
def test_of_moves_that_did_nothing_one_pool_in_twenty_is_called_an_effect(count: int) -> None:
    chance = np.random.default_rng(5)
    told = [pooled(row.tolist(), row.tolist()).verdict for row in chance.normal(size=(1500, count))]
    assert 0.03 < 1 - told.count("no_clear_effect") / len(told) < 0.07


def tossed(arm: str, log: float, ref: str = "toss:p") -> KeptEffect:
    return KeptEffect(ref=ref, kind="price", log=log, standard=0.0, arm="now" if arm == "now" else "later")


def test_what_a_coin_chose_is_compared_with_what_it_put_off_and_never_pooled_with_the_others(stage: Stage) -> None:
    for number in range(4):
        effects = (tossed("now", 0.5 + number / 10), tossed("later", number / 10, "toss:q"))
        stage.when(KeepEffects(show_id=f"s{number}", effects=effects))
    row = stage.row("effect.like", "price")
    assert (row.count, row.shows, row.ratio, row.verdict) == (0, 4, None, "too_little")
    assert (row.tossed.now, row.tossed.later, row.tossed.verdict) == (4, 4, "up")
    assert row.tossed.ratio == pytest.approx(np.exp(0.5))
    stage.when(KeepEffects(show_id="s9", effects=(kept("promo:p", 1.0),)))
    assert stage.row("effect.like", "price").count == 1
    assert stage.row("effect.like", "price").tossed == row.tossed
