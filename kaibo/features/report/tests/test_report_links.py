"""Where a number leads: to the events it is made of, whenever they were told."""

from kaibo.core.feature import tag_of
from kaibo.features.channel.facts import MessagePosted, MessageTaken
from kaibo.features.order.facts import OrderCreated, OrderPaid
from kaibo.features.report.sections import sections
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


def test_how_soon_the_team_answered_is_a_table_where_anything_was_asked() -> None:
    assert planned().report().responses == ()
    asked = (
        planned()
        .at(0, ShowAired(show_id="r"))
        .at(1, MessagePosted(message_id="m", channel_id="on_air", text="沒聲音", tag="tech"))
    )
    made = asked.at(1.5, MessageTaken(message_id="m")).report()
    told = {section.title: section for section in sections(made, lambda code, **_: code.removeprefix("report."), "en")}
    assert [row[:5] for row in told["responses"].rows] == [
        ("channel.tag.all", 1, 0, None, 30_000),
        ("channel.tag.tech", 1, 0, None, 30_000),
    ]
