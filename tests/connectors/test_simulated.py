"""The platform that is not there: the same seed is the same evening, and its shop says yes or no as a shop would."""

import asyncio
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kaibo.app import App
from kaibo.connectors.simulated.inbound import feed, offers_of
from kaibo.demo import Demo
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.comment.commands import ReplyToComment
from kaibo.features.comment.facts import CommentReplySent
from kaibo.features.moderation.commands import HideComments, SetSlow
from kaibo.features.order.cancels_view import CANCELLATIONS
from kaibo.features.order.commands import CancelOrder, OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.commands import AddProduct, EditProduct, ProductChange
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.shown import CARDS
from kaibo.features.promo.commands import ApprovePromo, EndPromo, ExpirePromos, ProposePromo, SettlePromoByHand, TakeBackPromo
from kaibo.features.promo.facts import Coupon
from kaibo.features.promo.shown import BOARD
from kaibo.features.rundown.commands import AddCue, GoCue
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, EndShow, PlanShow
from kaibo.kit.react import SYSTEM
from kaibo.sim.audience import Audience, Offer
from tests.connectors.house import DIRECTOR, NOW, OPERATIONS, SHOW, facts, opened, plan, told
from tests.served import ROOT

OFFERS = [Offer("A", "護手霜 30ml", 9000, 10_000, 40), Offer("B", "洗髮露 500ml", 20_000, 20_000)]
SHEET = ProductSheet(product_id="A", name="護手霜", cost_minor=5000, list_price_minor=12_000, live_price_minor=10_000, stock=1)


def evening(seed: int, steps: int = 300) -> list[object]:
    audience = Audience(seed)
    return [audience.step(NOW + n * 1000, 1.0, OFFERS[n // 150 % 2], OFFERS) for n in range(1, steps + 1)]


def digest(seed: int) -> str:
    """What a whole evening comes to."""
    return hashlib.sha256(msgspec.json.encode([[s.items, s.orders] for s in evening(seed)])).hexdigest()  # type: ignore[attr-defined]


def test_the_same_seed_is_the_same_evening() -> None:
    assert evening(5) == evening(5)
    assert evening(5) != evening(6)


def test_it_is_the_same_in_every_process() -> None:
    script = "from tests.connectors.test_simulated import digest; print(digest(5))"
    found = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert found == {digest(5)}


def test_it_behaves_like_people() -> None:
    """Nobody is heard who never came (an impression is nobody yet); an order is created before it is paid or cancelled, and that happens once."""
    came: set[str] = set()
    created: dict[str, OrderItem] = {}
    settled: set[str] = set()
    for step in evening(9, 900):
        came.update(item.viewer for item in step.items if item.kind == "enter")  # type: ignore[attr-defined]
        assert came >= {item.viewer for item in step.items if item.kind != "impression"}  # type: ignore[attr-defined]
        for order in step.orders:  # type: ignore[attr-defined]
            if order.kind == "created":
                assert order.order_id not in created
                created[order.order_id] = order
            else:
                assert order.order_id not in settled
                settled.add(order.order_id)
                assert order.lines == created[order.order_id].lines
                assert order.at >= created[order.order_id].at
    assert settled
    assert len(created) >= len(settled)


def test_a_lower_price_sells_more() -> None:
    def orders(price: int) -> int:
        audience = Audience(3)
        offer = Offer("A", "護手霜", price, 10_000)
        steps = [audience.step(NOW + n * 1000, 1.0, offer, [offer]) for n in range(1, 900)]
        return sum(order.kind == "created" for step in steps for order in step.orders)

    assert orders(7000) > 1.5 * orders(10_000)


async def settled(app: App, promo: ProposePromo) -> tuple[str, str]:
    """Propose and approve; what the shop said."""
    await app.engine.submit(SHOW, promo, OPERATIONS)
    await app.engine.submit(SHOW, ApprovePromo(promo_id=promo.promo_id), DIRECTOR)
    while True:
        row = (await app.engine.fold(SHOW)).row("promo.board", promo.promo_id)
        assert row is not None
        if row.stage not in ("proposed", "approved"):  # type: ignore[attr-defined]
            return row.stage, row.failure  # type: ignore[attr-defined]
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("price", "said"), [(9000, ("applied", "")), (5000, ("applied", "")), (4999, ("failed", "shop.price_below_cost"))]
)
def test_the_shop_sells_at_cost_and_not_below(price: int, said: tuple[str, str]) -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=SHEET))
        assert await settled(app, ProposePromo(promo_id="p", product_id="A", kind="price", price_minor=price)) == said
        card = (await app.engine.fold(SHOW)).row("product.cards", "A")
        assert card.price_minor == (price if said[0] == "applied" else 10_000)  # type: ignore[union-attr]

    told(story)


@pytest.mark.parametrize(
    ("off", "least", "said"),
    [(5000, 0, ("applied", "")), (5001, 0, ("failed", "shop.price_below_cost")), (9000, 20_000, ("applied", ""))],
)
def test_the_shop_gives_out_a_coupon_that_leaves_the_cost(off: int, least: int, said: tuple[str, str]) -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=SHEET))
        coupon = Coupon(name="券", amount_minor=off, min_spend_minor=least)
        assert await settled(app, ProposePromo(promo_id="p", product_id="A", kind="coupon", coupon=coupon)) == said

    told(story)


async def ended(app: App, command: EndPromo | TakeBackPromo) -> tuple[str, str, int | None]:
    """End a promo; what the shop said, and what buyers pay."""
    await app.engine.submit(SHOW, command, OPERATIONS)
    while True:
        fold = await app.engine.fold(SHOW)
        row, card = fold.row(BOARD, command.promo_id), fold.row(CARDS, "A")
        assert row is not None
        assert card is not None
        if row.stage != "ending":
            return row.stage, row.end_failure, card.price_minor
        await asyncio.sleep(0)


def test_the_shop_ends_a_price_and_sells_at_the_sheets_again() -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=SHEET))
        await settled(app, ProposePromo(promo_id="p", product_id="A", kind="price", price_minor=9000))
        assert await ended(app, EndPromo(promo_id="p")) == ("ended", "", 10_000)

    told(story)


def test_the_shop_does_not_go_back_to_less_than_the_cost() -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=msgspec.structs.replace(SHEET, live_price_minor=4000)))
        await settled(app, ProposePromo(promo_id="p", product_id="A", kind="price", price_minor=9000))
        assert await ended(app, EndPromo(promo_id="p")) == ("applied", "shop.price_below_cost", 9000)
        change = ProductChange(field="live_price_minor", was=4000, to=8000)
        await app.engine.submit(SHOW, EditProduct(product_id="A", changes=(change,)), OPERATIONS)
        assert await ended(app, TakeBackPromo(promo_id="p")) == ("ended", "", 8000)

    told(story)


def test_a_coupon_runs_out_by_the_clock() -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=SHEET))
        coupon = Coupon(name="券", amount_minor=1000, until=NOW + 60_000)
        await settled(app, ProposePromo(promo_id="p", product_id="A", kind="coupon", coupon=coupon))
        assert (await app.engine.fold(SHOW)).due()["promo"] == (NOW + 60_000, ExpirePromos())

    told(story)


def test_the_shop_does_not_sell_what_is_gone() -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=SHEET))
        order = OrderItem(
            kind="created",
            order_id="o",
            at=NOW,
            buyer="v",
            lines=(OrderLine(product_id="A", quantity=1, price_minor=1),),
            currency="TWD",
        )
        await app.engine.submit(SHOW, RecordOrders(platform="p", items=(order,)), SYSTEM)
        promo = ProposePromo(promo_id="p", product_id="A", kind="gift", gift="小樣")
        assert await settled(app, promo) == ("failed", "shop.sold_out")

    told(story)  # fmt: skip


@pytest.mark.parametrize(("simulated", "state"), [(True, "cancelled"), (False, "created")])
def test_a_made_up_shop_cancels_what_it_is_asked_to_and_no_real_one(*, simulated: bool, state: str) -> None:
    async def story(app: App) -> None:
        await plan(app, AddProduct(product=SHEET), simulated=simulated)
        line = OrderLine(product_id="A", quantity=1, price_minor=1)
        order = OrderItem(kind="created", order_id="o", at=NOW, buyer="v", lines=(line,))
        await app.engine.submit(SHOW, RecordOrders(platform="p", items=(order,)), SYSTEM)
        await app.engine.submit(SHOW, CancelOrder(platform="p", order_id="o", reason="超賣"), OPERATIONS)
        await app.following.settled()
        row = (await app.engine.fold(SHOW)).row(CANCELLATIONS, "p/o")
        assert row is not None
        assert (row.state, row.stage, row.settled_by) == (state, "done" if simulated else "waiting", "")

    told(story)


HAND = ProposePromo(promo_id="p", product_id="A", kind="price", price_minor=9000)


async def asked_of_the_platform(app: App, **plan: bool) -> tuple[str, str, str, list[CommentReplySent]]:
    """A show in which a promo, a slow mode, a hidden comment and a reply wait for a word of the platform; how each stands after a while."""
    planned = PlanShow(show_id="s", title="場", starts_at=NOW, ends_at=NOW + 3_600_000, **plan)
    say = AudienceItem(kind="comment", at=NOW, viewer="v", name="小鹿", text="多少錢", message_id="m")
    for command in (planned, AirShow(), AddProduct(product=SHEET)):
        await app.engine.submit(SHOW, command, DIRECTOR)
    batch = await app.engine.submit(SHOW, SealBatch(source="simulated", items=(say,), replies=True, moderates=True), SYSTEM)
    ref = f"{batch.events[0]}:0"
    await app.engine.submit(SHOW, HAND, OPERATIONS)
    for command in (
        ApprovePromo(promo_id="p"),
        SetSlow(action_id="slow", seconds=10),
        HideComments(action_id="hide", comment_refs=(ref,)),
        ReplyToComment(reply_id="r", comment_ref=ref, text="90 元"),
    ):
        await app.engine.submit(SHOW, command, DIRECTOR)
    await app.following.settled()
    fold = await app.engine.fold(SHOW)
    board, log = fold.row(BOARD, "p"), fold.rows("moderation.log")
    assert board is not None
    return board.stage, log["slow"].platform, log["hide"].platform, await facts(app, CommentReplySent)  # type: ignore[attr-defined]


@pytest.mark.parametrize("plan", [{"simulated": True}, {"rehearsal": True}])
def test_where_nothing_is_real_the_simulated_platform_answers(plan: dict[str, bool]) -> None:
    async def story(app: App) -> None:
        stage, slow, hidden, replies = await asked_of_the_platform(app, **plan)
        assert (stage, slow, hidden, len(replies)) == ("applied", "done", "done", 1)

    told(story)


def test_of_a_real_show_the_simulated_platform_says_nothing_and_a_persons_word_counts() -> None:
    async def story(app: App) -> None:
        stage, slow, hidden, replies = await asked_of_the_platform(app)
        assert (stage, slow, hidden, replies) == ("approved", "asked", "asked", [])
        before = (await app.engine.fold(SHOW)).row(CARDS, "A")
        assert before is not None
        assert before.price_minor == 10_000
        await app.engine.submit(SHOW, SettlePromoByHand(promo_id="p", now="on"), OPERATIONS)
        fold = await app.engine.fold(SHOW)
        row, card = fold.row(BOARD, "p"), fold.row(CARDS, "A")
        assert row is not None
        assert card is not None
        assert (row.stage, row.applied_by, row.applied_at, card.price_minor) == ("applied", OPERATIONS.id, NOW, 9000)
        await app.engine.submit(SHOW, EndPromo(promo_id="p"), DIRECTOR)
        await app.following.settled()
        row = (await app.engine.fold(SHOW)).row(BOARD, "p")
        assert row is not None
        assert (row.stage, row.stands) == ("ending", True)

    told(story)


def test_the_offer_on_air_is_the_product_of_the_cue() -> None:
    async def story(app: App) -> None:
        await plan(
            app,
            AddProduct(product=SHEET),
            AddProduct(product=msgspec.structs.replace(SHEET, product_id="B", live_price_minor=None, list_price_minor=None)),
            AddCue(cue=Cue(cue_id="c", title="護手霜", duration_ms=60_000, product_id="A")),
        )
        assert offers_of(await app.engine.fold(SHOW))[0] is None
        await app.engine.submit(SHOW, GoCue(expect_cue_id="c"), DIRECTOR)
        on_air, others = offers_of(await app.engine.fold(SHOW))
        assert on_air == Offer("A", "護手霜", 10_000, 10_000, 1)
        assert others == [on_air]  # what has no price is not for sale

    told(story)


def test_the_crowd_goes_home_when_the_show_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaibo.connectors.simulated.inbound.STEP_S", 0)

    async def story(app: App) -> None:
        await plan(app)
        fed = asyncio.create_task(feed(app.engine, app.gatherer, "s", Audience(1)))
        await asyncio.sleep(0)
        await app.engine.submit(SHOW, EndShow(), DIRECTOR)
        await fed

    told(story)


def test_the_demo_of_a_seed_is_always_the_same(tmp_path: Path) -> None:
    async def made(data: Path, seed: int) -> list[tuple[int, bytes]]:
        async with opened(data) as app:
            demo = Demo(seed=seed, minutes=3, app=app)
            await demo.prepare()
            stream = f"show/{demo.show_id}"
            # two reactions to one event answer in either order; what happened, and when, is the same
            return sorted((event.at, msgspec.json.encode(event.fact)) for event in await app.engine.events(stream, 0, 100_000))

    one, two, other = (asyncio.run(made(tmp_path / str(place), seed)) for place, seed in enumerate((1, 1, 2)))
    assert len(one) > 100
    assert one == two
    assert one != other
