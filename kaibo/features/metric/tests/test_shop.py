"""How long the stock of the product on air lasts: by what orders hold now, and not by what was ever said."""

from typing import Any

from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, SERUM, START, created, paid
from kaibo.features.order.facts import OrderCancelled, OrderEdited, OrderRefunded
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.show.facts import ShowAired

AT = START + 1000
SHEET = ProductSheet(product_id="serum", name="精華", stock=100)
CUE = Cue(cue_id="c1", title="一", duration_ms=1, product_id="serum")
ONE, TWO, THREE, FIVE, EIGHT = (replace(SERUM, quantity=units) for units in (1, 2, 3, 5, 8))


def on_air() -> Stage:
    stage = Stage(FEATURE).given(PLANNED, ProductAdded(product=SHEET, currency="TWD"))
    stage.given(CueAdded(cue=CUE, after_cue_id=None, rank="a"))
    return stage.given(ShowAired(show_id="s1"), CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None), at=START)


def pace(stage: Stage, *facts: Any, at: int = AT + MINUTE) -> float:
    state: Any = stage.given(*facts, at=at).state
    return state.shop.raw(at)["pace_10"]


def test_what_is_edited_away_cancelled_or_given_back_sells_nothing_out() -> None:
    stage = on_air()
    assert pace(stage, created("o1", "b1", AT, line=EIGHT)) == 8
    edit = OrderEdited(
        order_id="o1", platform="shop", buyer="b1", lines=(ONE,), amount_minor=10_000, currency="TWD", platform_at=AT,
        edited_at=AT + 1,
    )  # fmt: skip
    assert pace(stage, edit) == 1
    assert pace(stage, created("o2", "b2", AT, line=FIVE)) == 6
    assert pace(stage, OrderCancelled(order_id="o2", platform="shop", lines=(FIVE,), platform_at=AT + 1)) == 1
    assert pace(stage, created("o3", "b3", AT, line=THREE), paid("o3", "b3", AT + 1, line=THREE)) == 4
    assert pace(stage, OrderRefunded(order_id="o3", platform="shop", lines=(TWO,), amount_minor=20_000, platform_at=AT + 2)) == 2


def test_an_order_sells_in_the_minute_in_which_it_was_placed() -> None:
    """Whenever it is paid, or something of it is told: ten minutes on it is none of the newest ten."""
    stage = on_air()
    assert (
        pace(stage, created("o1", "b1", AT, line=EIGHT), paid("o1", "b1", AT + 5 * MINUTE, line=EIGHT), at=AT + 9 * MINUTE) == 8
    )
    assert pace(stage, at=AT + 10 * MINUTE) == 0
    assert pace(stage, created("o2", "b2", AT + MINUTE, line=THREE), at=AT + 10 * MINUTE) == 3
