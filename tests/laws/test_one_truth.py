"""All screens name one price, one gift, one stock and one product on air, whatever happened before."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import CancelClaim, ClaimByHand, DecideClaims, PolicyAsked, SetLimit, SetPolicy, SetStock
from kaibo.features.claim.facts import ClaimsDecided
from kaibo.features.metric.commands import SampleFigures, SetTarget
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.commands import AddProduct, EditProduct, PinProduct, ProductChange, RemoveProduct
from kaibo.features.product.facts import ProductSheet
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    ConfirmPromoEnd,
    EndPromo,
    FailPromo,
    FailPromoEnd,
    ProposePromo,
    TakeBackPromo,
)
from kaibo.features.promo.facts import Coupon
from kaibo.features.rundown.commands import AddCue, CueChange, EditCue, JumpToCue
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, EditShow, EndShow, PlanShow
from tests.world import MEI, START, SYSTEM, World, folded, played

SEEDS = (1, 2, 3)
PRODUCTS = ("T1", "T2", "T3", "")


def differences(fold: Any) -> list[str]:
    """What any two screens say differently."""
    found: list[str] = []
    cards, stock = fold.rows("product.cards"), fold.rows("claim.stock")
    host = fold.row("prompter.host", "now")
    for product_id, card in cards.items():
        row = stock[f"{product_id}/"]
        said = {
            "card": (card.price_minor, card.stock_left, card.sold_out, card.oversold),
            "stock": (row.price_minor, row.left, row.sold_out, row.oversold),
        }
        if card.limit != row.limit:
            found.append(f"{product_id}: a buyer may have {card.limit} on the card, {row.limit} at the desk")
        if host.product_id == product_id:
            said["host"] = (host.price_minor, host.stock_left, host.sold_out, host.oversold)
            if host.promo_state in ("", "applied") and host.promo_gift != card.gift:
                found.append(f"{product_id}: the host gives {host.promo_gift!r}, the card {card.gift!r}")
            beside = (card.gift, card.coupon, card.coupon_price_minor)
            if (host.gift, host.coupon, host.coupon_price_minor) != beside:
                found.append(f"{product_id}: the host has {host.gift!r} and {host.coupon}, the card {beside}")
        beyond = sum(each.units for each in fold.rows("claim.oversold").values() if each.product_id == product_id)
        if beyond != row.oversold or (row.left is not None and row.left < 0 and row.oversold != -row.left):
            found.append(f"{product_id}: {row.left} left, oversold {row.oversold}, and {beyond} of named people")
        if row.sold_out is not (row.left is not None and row.left <= 0):
            found.append(f"{product_id}: {row.left} left and sold out {row.sold_out}")
        if len(set(said.values())) > 1:
            found.append(f"{product_id}: {said}")
        found += unlike_the_board(card, [row for row in fold.rows("promo.board").values() if row.product_id == product_id])
    shown = [product_id for product_id, card in cards.items() if card.on_air]
    if shown != ([host.product_id] if host.product_id else []):
        found.append(f"on air: cards {shown}, host {host.product_id}")
    if {product_id for product_id, card in cards.items() if card.pinned} != ({host.product_id} if host.pinned else set()):
        found.append(f"pinned: cards and the host's {host.product_id} {host.pinned}")
    return found


def unlike_the_board(card: Any, promos: list[Any]) -> list[str]:
    """What the card has of promos, and what the board says buyers have of them."""
    standing = {row.kind: row for row in promos if row.stands}
    if len(standing) != sum(row.stands for row in promos) or any(
        row.stage not in ("applied", "ending") for row in standing.values()
    ):
        return [f"{card.product_id}: {promos}"]
    gift, coupon = (standing.get(kind) for kind in ("gift", "coupon"))
    price_minor = standing["price"].price_minor if "price" in standing else card.sheet_price_minor
    said = price_minor, gift.gift if gift else "", coupon.coupon if coupon else None
    has = card.price_minor, card.gift, card.coupon
    return [] if said == has else [f"{card.product_id}: the board says {said}, the card {has}"]


class Studio(World):
    """Three products, four cues, on air; one of the products in two variants."""

    def __init__(self, *, air: bool = True) -> None:
        super().__init__(1)
        self.count = 0
        self.ask(PlanShow(show_id="law", title="一個真相", starts_at=START, ends_at=START + 7_200_000))
        for place, product_id in enumerate(PRODUCTS[:3]):
            variants = ("粉", "白") if place == 2 else ()
            sheet = ProductSheet(
                product_id=product_id, name=f"商品{product_id}", live_price_minor=1000, stock=50, variants=variants
            )
            self.ask(AddProduct(product=sheet))
        after = None
        for product_id in PRODUCTS:
            cue = Cue(cue_id=f"c{product_id}", title=f"環節{product_id}", duration_ms=60_000, product_id=product_id or None)
            self.ask(AddCue(cue=cue, after_cue_id=after))
            after = cue.cue_id
        self.ask(SetPolicy(policy=PolicyAsked(capture="always", cancel_by_comment=True, waitlist=True)))
        if air:
            self.ask(AirShow())
            self.go("T1")

    def next(self) -> str:
        self.at += 1000
        self.count += 1
        return f"n{self.count}"

    def go(self, product_id: str) -> None:
        self.next()
        self.ask(JumpToCue(cue_id=f"c{product_id}"))

    def pin(self, product_id: str) -> None:
        self.next()
        self.ask(PinProduct(product_id=product_id))

    def edit(self, product_id: str, field: str, to: Any) -> None:  # type: ignore[override]
        card: Any = self.fold.row("product.cards", product_id)
        if card is not None:
            self.ask(EditProduct(product_id=product_id, changes=(ProductChange(field=field, was=getattr(card, field), to=to),)))

    def limit(self, product_id: str, where: str, limit: int | None) -> None:
        """How many a buyer may have, said in one of the three places it can be said in."""
        self.next()
        match where:
            case "sheet":
                self.edit(product_id, "per_buyer_limit", limit)
            case "desk":
                self.ask(SetLimit(product_id=product_id, limit=limit))
            case _:
                desk: Any = self.fold.row("claim.desk", "all")
                self.ask(SetPolicy(policy=PolicyAsked.of(replace(desk.policy, per_buyer_limit=limit))))

    def promo(self, product_id: str, **more: Any) -> None:
        promo_id = self.next()
        self.ask(ProposePromo(promo_id=promo_id, product_id=product_id, **more), by=MEI)
        self.ask(ApprovePromo(promo_id=promo_id))
        self.ask(ConfirmPromo(promo_id=promo_id))

    def end(self, place: int, answer: Any, ask: Any = EndPromo) -> None:
        """One of the promos there were, the newest first, is ended; the shop answers."""
        promo_id = [*reversed(self.fold.rows("promo.board")), "none"][place]
        self.next()
        self.ask(ask(promo_id=promo_id), by=MEI)
        if answer is not None:
            self.ask(answer(promo_id=promo_id, **({"code": "shop.away"} if answer is FailPromoEnd else {})))

    def say(self, text: str, at: int | None = None) -> list[Any]:
        """A viewer writes; the decisions it leads to."""
        name = self.next()
        first = len(self.events)
        item = AudienceItem(kind="comment", at=self.at if at is None else at, viewer=name, text=text, message_id=name)
        self.ask(SealBatch(source="sim", items=(item,)))
        sealed = next(event.seq for event in self.events[first:] if isinstance(event.fact, AudienceBatch))
        self.ask(DecideClaims(batch=sealed), by=SYSTEM)
        made = [event.fact for event in self.events[first:] if isinstance(event.fact, ClaimsDecided)]
        return [each for fact in made for each in fact.decisions]

    def about(self, text: str, at: int | None = None) -> str:
        """The product a comment is about, as the desk's row says."""
        self.say(text, at)
        return list(self.fold.rows("comment.window").values())[-1].product_id  # type: ignore[attr-defined]

    def order(
        self, product_id: str = "T1", quantity: int = 1, variant: str = "", kind: Any = "created", order_id: str = ""
    ) -> str:  # type: ignore[override]
        order_id = order_id or self.next()
        line = OrderLine(product_id=product_id, quantity=quantity, price_minor=1000, variant=variant)
        first = len(self.events)
        self.ask(
            RecordOrders(platform="sim", items=(OrderItem(kind=kind, order_id=order_id, at=self.at, buyer="v", lines=(line,)),))
        )
        self.hear(first)
        return order_id

    def left(self, product_id: str) -> set[Any]:
        """What the screens say is left of a product that is on air."""
        host: Any = self.fold.row("prompter.host", "now")
        card: Any = self.fold.row("product.cards", product_id)
        row: Any = self.fold.row("claim.stock", f"{product_id}/")
        assert host.product_id == product_id
        return {host.stock_left, card.stock_left, row.left, self.sampled().whole.get("stock_left")}

    def sampled(self) -> MetricSampled:
        """What alarms look at, as of the next sample."""
        self.say("哈囉")
        self.at += 20_000
        self.ask(SampleFigures(), by=SYSTEM)
        return [event.fact for event in self.events if isinstance(event.fact, MetricSampled)][-1]

    def on_air(self) -> set[str]:
        """The product on air for host, bag, claims, questions and alarms."""
        host: Any = self.fold.row("prompter.host", "now")
        bag = [key for key, card in self.fold.rows("product.cards").items() if card.on_air]  # type: ignore[attr-defined]
        claimed = [each.product_id for each in self.say("+1")]
        return {host.product_id or "", *(bag or [""]), *(claimed or [""]), self.about("這個多少錢"), self.sampled().product_id}


# stories
@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ([("show", 2)], 2),
        ([("show", 2), ("sheet", 6)], 6),
        ([("sheet", 6), ("desk", 2)], 2),
        ([("desk", 3), ("sheet", 6), ("show", 2), ("desk", None)], 6),
        ([("show", 2), ("show", None)], None),
    ],
)
def test_a_buyer_gets_as_many_as_every_screen_says(said: list[tuple[str, int | None]], limit: int | None) -> None:
    studio = Studio()
    for where, units in said:
        studio.limit("T1", where, units)
        assert differences(studio.fold) == []
    assert studio.fold.row("product.cards", "T1").limit == limit  # type: ignore[union-attr]
    assert studio.say("T1+9")[0].got == (9 if limit is None else limit)


def test_stock_set_after_an_order_is_what_all_screens_count_down_from() -> None:
    studio = Studio()
    studio.order(quantity=3)
    studio.edit("T1", "stock", 10)
    assert studio.left("T1") == {7}


def test_stock_that_is_first_told_after_an_order_counts_that_order() -> None:
    studio = Studio()
    studio.edit("T1", "stock", None)
    studio.order(quantity=3)
    assert studio.left("T1") == {None}
    studio.edit("T1", "stock", 10)
    assert studio.left("T1") == {7}


def test_who_said_last_how_many_there_are_is_believed() -> None:
    studio = Studio()
    studio.order(quantity=3)
    studio.ask(SetStock(product_id="T1", stock=5))
    assert studio.left("T1") == {2}
    studio.edit("T1", "name", "新名")
    assert studio.left("T1") == {2}
    studio.edit("T1", "stock", 12)
    assert studio.left("T1") == {9}
    studio.ask(SetStock(product_id="T1", stock=6))
    assert studio.left("T1") == {3}


def test_stock_set_by_the_order_desk_is_everybodys() -> None:
    studio = Studio()
    studio.ask(SetStock(product_id="T1", stock=5))
    assert studio.left("T1") == {5}
    studio.order(quantity=2)
    studio.ask(ClaimByHand(product_id="T1", buyer="sim/ann", quantity=1))
    assert studio.left("T1") == {2}


def test_what_one_variant_lacks_another_cannot_give() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=2))
    studio.ask(SetStock(product_id="T3", variant="白", stock=3))
    studio.order("T3", 7, "粉")
    assert studio.left("T3") == {3}
    assert studio.fold.row("claim.stock", "T3/粉").left == -5  # type: ignore[union-attr]
    assert not studio.fold.row("prompter.host", "now").sold_out  # type: ignore[union-attr]
    studio.order("T3", 3, "白")
    assert studio.left("T3") == {-5}
    assert studio.fold.row("prompter.host", "now").sold_out  # type: ignore[union-attr]


def test_a_product_that_comes_back_remembers_what_is_held_and_ordered() -> None:
    studio = Studio()
    sheet = ProductSheet(product_id="T9", name="回來", live_price_minor=1000, stock=9)
    studio.ask(AddProduct(product=sheet))
    studio.ask(ClaimByHand(product_id="T9", buyer="sim/ann", quantity=4))
    studio.ask(RemoveProduct(product_id="T9"))
    assert "T9/" not in studio.fold.rows("claim.stock")
    studio.ask(AddProduct(product=sheet))
    studio.pin("T9")
    assert studio.left("T9") == {5}


def test_a_confirmed_gift_survives_a_price_edit() -> None:
    studio = Studio()
    studio.promo("T1", kind="gift", gift="小樣")
    studio.promo("T1", kind="price", price_minor=800)
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.promo_state, host.promo_price_minor, host.promo_gift) == ("applied", 800, "小樣")
    studio.edit("T1", "live_price_minor", 900)
    assert studio.fold.row("product.cards", "T1").live_price_minor != 900  # type: ignore[union-attr]
    studio.end(0, ConfirmPromoEnd)
    studio.edit("T1", "live_price_minor", 900)
    studio.go("T2")
    studio.go("T1")
    host = studio.fold.row("prompter.host", "now")
    card: Any = studio.fold.row("product.cards", "T1")
    assert (host.price_minor, host.promo_state, host.promo_price_minor, host.promo_gift) == (900, "applied", None, "小樣")
    assert (card.price_minor, card.gift) == (900, "小樣")


def test_a_promos_price_survives_an_edit_of_the_name() -> None:
    studio = Studio()
    studio.promo("T1", kind="price", price_minor=800)
    studio.edit("T1", "name", "新名字")
    assert differences(studio.fold) == []
    assert studio.fold.row("prompter.host", "now").price_minor == 800  # type: ignore[union-attr]
    assert studio.say("+1")[0].price_minor == 800


def test_a_pin_wins_over_the_cue_on_every_screen() -> None:
    studio = Studio()
    assert studio.on_air() == {"T1"}
    studio.pin("T2")
    assert studio.on_air() == {"T2"}
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.cue_id, host.product_name, host.pinned) == ("cT1", "商品T2", True)


def test_without_its_pin_the_cue_speaks_again() -> None:
    studio = Studio()
    studio.pin("T2")
    studio.pin("")
    assert studio.on_air() == {"T1"}
    assert not studio.fold.row("prompter.host", "now").pinned  # type: ignore[union-attr]


def test_the_next_cue_ends_a_pin() -> None:
    studio = Studio()
    studio.pin("T2")
    studio.go("T3")
    assert differences(studio.fold) == []
    assert studio.fold.row("prompter.host", "now").product_id == "T3"  # type: ignore[union-attr]
    studio.pin("T2")
    assert studio.on_air() == {"T2"}
    studio.go("")
    assert studio.on_air() == {""}


def test_a_late_batch_means_what_was_on_air_when_it_was_written() -> None:
    studio = Studio()
    then = studio.at
    studio.go("T2")
    second = studio.at
    studio.at += 60_000
    assert [each.product_id for each in studio.say("+1", at=then)] == ["T1"]
    assert studio.about("這個多少錢", at=then) == "T1"
    studio.ask(EndShow())
    studio.at += 60_000
    assert [(each.product_id, each.rule) for each in studio.say("+1", at=second)] == [("T2", "claimed")]
    assert studio.about("這個多少錢", at=second) == "T2"


def test_who_ordered_before_a_price_changed_ordered_at_the_price_of_then() -> None:
    studio = Studio()
    then = studio.at
    studio.promo("T1", kind="price", price_minor=800)
    middle = studio.at
    studio.end(0, ConfirmPromoEnd)
    studio.edit("T1", "live_price_minor", 1500)
    assert [studio.say("T1+1", at=at)[0].price_minor for at in (then, middle, studio.at)] == [1000, 800, 1500]


def test_nothing_is_pinned_after_the_end() -> None:
    studio = Studio()
    studio.next()
    studio.ask(EndShow())
    assert not studio.ask(PinProduct(product_id="T2"))
    assert differences(studio.fold) == []


def test_after_the_end_nothing_is_on_air_and_nothing_pinned() -> None:
    studio = Studio()
    studio.pin("T2")
    studio.next()
    studio.ask(EndShow())
    assert differences(studio.fold) == []
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.product_id, host.pinned) == (None, False)


# the law
@cache
def world(seed: int) -> World:
    return played(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_screens_agree_after_every_event_of_a_world(seed: int) -> None:
    fold = folded([])
    for event in world(seed).events:
        fold.project(event)
        assert differences(fold) == [], event


PRODUCT = st.sampled_from(PRODUCTS[:3])
STEPS = st.one_of(
    st.tuples(st.just("go"), st.sampled_from(PRODUCTS)),
    st.tuples(st.just("pin"), st.sampled_from(PRODUCTS)),
    st.tuples(st.just("price"), PRODUCT, st.sampled_from([None, 900, 1000, 1200])),
    st.tuples(st.just("list_price"), PRODUCT, st.sampled_from([None, 1500])),
    st.tuples(st.just("name"), PRODUCT, st.sampled_from(["甲", "乙"])),
    st.tuples(st.just("stock"), PRODUCT, st.sampled_from([None, 0, 3, 10])),
    st.tuples(st.just("desk"), PRODUCT, st.sampled_from(["", "粉", "白"]), st.sampled_from([None, 0, 2, 5])),
    st.tuples(st.just("limit"), PRODUCT, st.sampled_from(["sheet", "desk", "show"]), st.sampled_from([None, 2, 5])),
    st.tuples(st.just("promo"), PRODUCT, st.sampled_from([800, 700])),
    st.tuples(st.just("gift"), PRODUCT, st.sampled_from(["小樣", "袋子"])),
    st.tuples(st.just("coupon"), PRODUCT, st.sampled_from([50, 300]), st.sampled_from([0, 900])),
    st.tuples(st.just("end"), st.integers(0, 2), st.sampled_from([ConfirmPromoEnd, ConfirmPromoEnd, FailPromoEnd, None])),
    st.tuples(st.just("take_back"), PRODUCT, st.sampled_from([600, 500]), st.permutations([ConfirmPromo, ConfirmPromoEnd])),
    st.tuples(st.just("refused"), PRODUCT),
    st.tuples(st.just("say"), st.sampled_from(["+1", "T1+2", "T3粉+1", "T3+4", "T1取消", "T2+9"])),
    st.tuples(st.just("hand"), PRODUCT, st.sampled_from(["", "粉"]), st.integers(1, 4)),
    st.tuples(st.just("back"), st.integers(1, 12)),
    st.tuples(st.just("order"), PRODUCT, st.sampled_from(["", "粉", "黑"]), st.integers(1, 4)),
    st.tuples(st.just("undo"), st.sampled_from(["cancelled", "paid", "refunded"]), st.integers(0, 4)),
    st.tuples(st.just("cue"), st.sampled_from(PRODUCTS), st.sampled_from([None, "T1", "T2"])),
)


def step(studio: Studio, orders: list[tuple[str, str, str, int]], what: str, *more: Any) -> None:
    match what, *more:
        case "go", product_id:
            studio.go(product_id)
        case "pin", product_id:
            studio.pin(product_id)
        case (("price" | "list_price" | "name" | "stock"), product_id, to):
            field = {"price": "live_price_minor", "list_price": "list_price_minor"}.get(what, what)
            studio.edit(product_id, field, to)
        case "desk", product_id, variant, stock:
            studio.ask(SetStock(product_id=product_id, variant=variant, stock=stock))
        case "limit", product_id, where, limit:
            studio.limit(product_id, where, limit)
        case "promo", product_id, price:
            studio.promo(product_id, kind="price", price_minor=price)
        case "gift", product_id, gift:
            studio.promo(product_id, kind="gift", gift=gift)
        case "coupon", product_id, off, least:
            studio.promo(product_id, kind="coupon", coupon=Coupon(name="券", amount_minor=off, min_spend_minor=least))
        case "end", place, answer:
            studio.end(min(place, len(studio.fold.rows("promo.board"))), answer)
        case "take_back", product_id, price, answers:
            promo_id = studio.next()
            studio.ask(ProposePromo(promo_id=promo_id, product_id=product_id, kind="price", price_minor=price), by=MEI)
            studio.ask(ApprovePromo(promo_id=promo_id))
            studio.ask(TakeBackPromo(promo_id=promo_id), by=MEI)
            for said in answers:
                studio.ask(said(promo_id=promo_id))
        case "refused", product_id:
            promo_id = studio.next()
            studio.ask(ProposePromo(promo_id=promo_id, product_id=product_id, kind="price", price_minor=650), by=MEI)
            studio.ask(ApprovePromo(promo_id=promo_id))
            studio.ask(FailPromo(promo_id=promo_id, code="shop.sold_out"))
        case "say", text:
            studio.say(text)
        case "hand", product_id, variant, quantity:
            studio.ask(ClaimByHand(product_id=product_id, variant=variant, buyer=f"sim/{studio.next()}", quantity=quantity))
        case "back", number:
            studio.ask(CancelClaim(claim_id=f"h{number}"))
        case "order", product_id, variant, quantity:
            orders.append((studio.order(product_id, quantity, variant), product_id, variant, quantity))
        case "undo", kind, place:
            if place < len(orders):
                order_id, product_id, variant, quantity = orders[place]
                studio.order(product_id, quantity, variant, kind, order_id)
        case "cue", cue, product_id:
            row: Any = studio.fold.row("rundown.cues", f"c{cue}")
            change = CueChange(field="product_id", was=row.cue.product_id, to=product_id)
            studio.ask(EditCue(cue_id=f"c{cue}", changes=(change,)))
        case _:
            raise AssertionError(what)
    studio.ring()


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_all_screens_agree_after_any_history(steps: list[tuple[Any, ...]]) -> None:
    studio = Studio()
    orders: list[tuple[str, str, str, int]] = []
    for each in steps:
        step(studio, orders, *each)
        assert differences(studio.fold) == [], each
    host: Any = studio.fold.row("prompter.host", "now")
    assert {each.product_id for each in studio.say("+1")} == ({host.product_id} if host.product_id else set())
    assert studio.about("這個多少錢") == (host.product_id or "")
    assert studio.sampled().product_id == (host.product_id or "")
    assert studio.sampled().whole.get("stock_left") == studio.fold.row("prompter.host", "now").stock_left  # type: ignore[union-attr]


def test_a_target_that_somebody_set_outlives_the_goal_of_the_show_for_tiles_and_alarms() -> None:
    studio = Studio()
    studio.ask(EditShow(goal_gmv_minor=100))
    assert targets(studio) == {100.0}
    studio.ask(SetTarget(metric="gmv_paid", value=70))
    studio.ask(EditShow(goal_gmv_minor=200))
    assert targets(studio) == {70.0}
    studio.ask(SetTarget(metric="gmv_paid", value=None))
    assert targets(studio) == {200.0}


def targets(studio: Studio) -> set[float | None]:
    tile: Any = studio.fold.row("metric.tiles", "gmv_paid")
    return {tile.target, studio.fold.state("alarm").known.targets.get("gmv_paid")}


# what an order and a claim have in common is counted once
def placed(studio: Studio, buyer: str, quantity: int, *, product_id: str = "T1", variant: str = "", settle: bool = True) -> str:
    order_id = studio.next()
    line = OrderLine(product_id=product_id, quantity=quantity, price_minor=1000, variant=variant)
    first = len(studio.events)
    items = (OrderItem(kind="created", order_id=order_id, at=studio.at, buyer=buyer, lines=(line,)),)
    studio.ask(RecordOrders(platform="sim", items=items))
    if settle:
        studio.hear(first)
    return order_id


def hold(studio: Studio, buyer: str, quantity: int, product_id: str = "T1", variant: str = "") -> None:
    studio.next()
    studio.ask(ClaimByHand(product_id=product_id, variant=variant, buyer=f"sim/{buyer}", quantity=quantity))


def settled(studio: Studio, order_id: str, buyer: str, quantity: int) -> None:
    line = OrderLine(product_id="T1", quantity=quantity, price_minor=1000)
    studio.settle("sim", order_id, "checked_out", buyer, (line,))


def test_a_claim_that_became_an_order_is_counted_once_also_before_it_is_settled() -> None:
    studio = Studio()
    hold(studio, "ann", 30)
    hold(studio, "bob", 10)
    assert studio.left("T1") == {10}
    order_id = placed(studio, "ann", 30, settle=False)
    assert studio.left("T1") == {10}
    row: Any = studio.fold.row("claim.stock", "T1/")
    assert (row.held, row.ordered) == (10, 30)
    settled(studio, order_id, "ann", 30)
    row = studio.fold.row("claim.stock", "T1/")
    assert (row.held, row.ordered, row.left) == (10, 30, 10)


def test_more_than_was_held_is_taken_from_what_is_left() -> None:
    studio = Studio()
    hold(studio, "ann", 3)
    order_id = placed(studio, "ann", 5, settle=False)
    assert studio.left("T1") == {45}
    settled(studio, order_id, "ann", 5)
    assert studio.left("T1") == {45}


def test_a_hold_given_back_before_its_order_is_settled_gives_nothing_twice() -> None:
    studio = Studio()
    hold(studio, "ann", 4)
    order_id = placed(studio, "ann", 4, settle=False)
    studio.ask(CancelClaim(claim_id="h1"))
    assert studio.left("T1") == {46}
    settled(studio, order_id, "ann", 4)
    assert studio.left("T1") == {46}
    row: Any = studio.fold.row("claim.stock", "T1/")
    assert (row.held, row.ordered) == (0, 4)


def test_a_refund_gives_back_the_variant_the_claim_was_of() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=5))
    hold(studio, "ann", 4, "T3", "粉")
    order_id = placed(studio, "ann", 4, product_id="T3")
    assert studio.fold.row("claim.stock", "T3/粉").left == 1  # type: ignore[union-attr]
    for kind in ("paid", "refunded"):
        studio.order("T3", 4, "", kind, order_id)
    assert studio.fold.row("claim.stock", "T3/粉").left == 5  # type: ignore[union-attr]
    assert studio.fold.row("claim.stock", "T3/白").left == 45  # type: ignore[union-attr]


def test_orders_that_name_no_variant_come_out_of_the_total_where_every_variant_has_its_own_stock() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=5))
    studio.ask(SetStock(product_id="T3", variant="白", stock=6))
    studio.order("T3", 3)
    assert studio.left("T3") == {8}
    studio.order("T3", 9, "黑")
    assert studio.left("T3") == {-1}
    assert [each.rule for each in studio.say("T3粉+1")] == ["waitlisted"]


def test_what_was_held_of_a_variant_there_was_comes_out_of_the_product() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=5))
    hold(studio, "ann", 3, "T3", "粉")
    studio.edit("T3", "variants", ["白"])
    assert studio.left("T3") == {47}
    assert studio.ask(SetStock(product_id="T3", variant="粉", stock=None))
    assert studio.left("T3") == {47}


@pytest.mark.parametrize("paid", [3, 5, 8])
def test_no_order_gives_back_more_than_it_took(paid: int) -> None:
    studio = Studio()
    order_id = studio.order("T1", 5)
    studio.order("T1", paid, "", "paid", order_id)
    assert studio.left("T1") == {50 - paid}
    studio.order("T1", 99, "", "refunded", order_id)
    assert studio.left("T1") == {50}


def test_those_who_wait_are_served_by_hand_too_where_comments_are_no_orders() -> None:
    studio = Studio()
    studio.ask(SetPolicy(policy=PolicyAsked(capture="off")))
    studio.ask(SetStock(product_id="T1", stock=1))
    hold(studio, "ann", 1)
    hold(studio, "bob", 1)
    assert studio.fold.row("claim.stock", "T1/").waits == 1  # type: ignore[union-attr]
    studio.ask(SetStock(product_id="T1", stock=5))
    studio.ring()
    assert studio.fold.row("claim.stock", "T1/").waits == 0  # type: ignore[union-attr]
    assert studio.left("T1") == {3}


def test_nobody_waits_behind_a_variant_that_is_gone() -> None:
    studio = Studio()
    studio.ask(SetStock(product_id="T3", stock=1))
    hold(studio, "ann", 1, "T3", "粉")
    hold(studio, "bob", 1, "T3", "粉")
    studio.edit("T3", "variants", ["白"])
    studio.ask(SetStock(product_id="T3", stock=9))
    assert [each.rule for each in studio.say("T3白+1")] == ["claimed"]
