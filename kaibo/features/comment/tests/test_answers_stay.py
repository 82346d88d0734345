"""Stories of an answer that the sheet gives: it is of what was on air when the question was asked."""

from kaibo.core.stage import Stage
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.tests.test_comment import AT, batch
from kaibo.features.product.facts import Doubt, ProductAdded, ProductPinned, ProductSheet
from kaibo.features.show.facts import ShowAired

FILTER = ProductSheet(product_id="K1", name="手沖濾杯", doubts=(Doubt(question="可以進洗碗機嗎", answer="可以，上層即可"),))
KETTLE = ProductSheet(product_id="K2", name="細口壺", doubts=(Doubt(question="可以上電磁爐嗎", answer="可以"),))


def test_the_answer_stays_when_the_host_goes_on_to_the_next_product() -> None:
    stage = Stage(FEATURE).given(
        ProductAdded(product=FILTER, currency="TWD"), ProductAdded(product=KETTLE, currency="TWD"), at=AT - 2000
    )
    stage.given(ShowAired(show_id="s1"), ProductPinned(product_id="K1"), at=AT - 1000)
    stage.given(batch("可以進洗碗機嗎"), at=AT + 10)
    asked = stage.row("comment.questions", f"{stage.seq}:0")
    assert (asked.product_id, asked.answer) == ("K1", "可以，上層即可")
    stage.given(ProductPinned(product_id="K2"), at=AT + 5000)
    later = stage.row("comment.questions", f"{stage.seq - 1}:0")
    assert (later.product_id, later.answer) == ("K1", "可以，上層即可")
