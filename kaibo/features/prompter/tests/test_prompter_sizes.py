"""Stories of sizes: the host is told which are gone while others are left."""

from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.claim.facts import ClaimStockSet
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.product.feature import FEATURE as PRODUCT
from kaibo.features.prompter.tests.test_prompter import CREAM, host, now, went
from kaibo.features.rundown.facts import CueAdded

__all__ = ["host"]  # the fixture

SHIRT = ProductSheet(product_id="shirt", name="襯衫", variants=("S", "M", "L"), stock=30)


def sized(host: Stage, *left: tuple[str, int]) -> None:
    """A shirt on air, with stock of its own in these sizes."""
    host.given(
        ProductAdded(product=SHIRT, currency="TWD"),
        CueAdded(cue=replace(CREAM, cue_id="c9", product_id="shirt"), after_cue_id="c3", rank="a9"),
    )
    host.given(*(ClaimStockSet(product_id="shirt", variant=variant, stock=stock) for variant, stock in left), went("c9"))


def bought(host: Stage, order_id: str, variant: str, units: int) -> None:
    """A shop sold so many."""
    lines = (OrderLine(product_id="shirt", quantity=units, price_minor=1, variant=variant),)
    host.given(
        OrderCreated(
            order_id=order_id, platform="sim", buyer="b", lines=lines, amount_minor=1, currency="TWD", platform_at=CURTAIN_AT
        )
    )


def test_a_size_that_is_gone_is_named_while_others_are_left(host: Stage) -> None:
    sized(host, ("S", 3), ("M", 2), ("L", 1))
    assert now(host).sizes == ()
    bought(host, "o1", "M", 5)
    bought(host, "o2", "L", 1)
    row = now(host)
    assert (row.sold_out, row.stock_left, row.oversold) == (False, 3, 3)
    assert [(size.variant, size.left, size.oversold) for size in row.sizes] == [("S", 3, 0), ("M", -3, 3), ("L", 0, 0)]
    bag = Stage(PRODUCT).given(*(event.fact for event in host.events))
    assert bag.row("product.cards", "shirt").sizes == row.sizes
    bought(host, "o3", "S", 3)
    assert (now(host).sold_out, now(host).sizes) == (True, ())


def test_sizes_that_share_are_one(host: Stage) -> None:
    sized(host, ("M", 2))
    bought(host, "o1", "M", 2)
    assert [(size.variant, size.left) for size in now(host).sizes] == [("", 28), ("M", 0)]
