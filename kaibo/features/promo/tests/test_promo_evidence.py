"""What speaks for a proposal is kept as it was known: also that it was not measured."""

import msgspec

from kaibo.core.stage import Stage
from kaibo.features.product.facts import ProductAdded
from kaibo.features.promo.commands import ProposePromo
from kaibo.features.promo.facts import Evidence
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.tests.test_promo import LIN, PRICE, SERUM


def test_a_figure_that_nobody_measured_stays_so_for_good() -> None:
    promo = Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))
    evidence = (
        Evidence(metric="online", value=None, unit="count", seq=3),
        Evidence(metric="orders_paid", value=0.0, unit="count", seq=3),
    )
    asked = ProposePromo(
        promo_id="p9", product_id=PRICE.product_id, kind="price", price_minor=PRICE.price_minor, evidence=evidence
    )
    promo.when(asked, by=LIN)
    assert promo.events[-1].fact.evidence == evidence
    assert [each["value"] for each in msgspec.to_builtins(promo.row("promo.board", "p9"))["evidence"]] == [None, 0.0]
