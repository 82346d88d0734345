"""Where a number leads: to the events it is made of, whenever they were told."""

from kaibo.core.feature import tag_of
from kaibo.features.order.facts import OrderCreated, OrderPaid
from kaibo.features.report.tests.test_report import planned
from kaibo.features.show.facts import ShowAired, ShowEnded


def test_a_number_of_the_whole_show_leads_to_what_was_told_before_air_and_after_the_end() -> None:
    evening = planned().buys(-5, "early").at(0, ShowAired(show_id="r")).goes(0.5, "c1").buys(2, "1", cue_id="c1")
    evening.at(8, ShowEnded(show_id="r")).buys(12, "late")
    made = evening.report()
    for name in ("gmv_paid", "gmv_created", "after_gmv", "before_gmv"):
        where = made.summary[name].events
        behind = [event.fact for event in evening.events if tag_of(type(event.fact)) in where.types.split(",")]
        assert (where.from_at, where.to_at) == (None, None)
        kind = OrderCreated if name == "gmv_created" else OrderPaid
        assert {fact.order_id for fact in behind if isinstance(fact, kind)} == {"early", "1", "late"}, name
    (product,) = (one for one in made.products if one.product_id == "A")
    assert (product.events.from_at, product.events.to_at) == (None, None)
    assert {"order.created", "order.paid", "order.edited"} <= set(product.events.types.split(","))
