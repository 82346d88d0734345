"""A small studio of three products for laws: what its screens say, and where two of them differ."""

from typing import Any

from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import DecideClaims, PolicyAsked, SetLimit, SetPolicy
from kaibo.features.claim.facts import ClaimsDecided
from kaibo.features.metric.commands import SampleFigures
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.commands import AddProduct, EditProduct, PinProduct, ProductChange
from kaibo.features.product.facts import ProductEdited, ProductSheet
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    EndPromo,
    FailPromoEnd,
    ProposePromo,
)
from kaibo.features.rundown.commands import AddCue, JumpToCue
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, PlanShow
from tests.world import MEI, START, STREAM, SYSTEM, World

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
    signs = {product_id: (sign.name, sign.sold_out) for product_id, sign in fold.rows("product.signs").items()}
    if signs != {product_id: (card.name, card.sold_out) for product_id, card in cards.items()}:
        found.append(f"on the wall: {signs}")
    shown = [product_id for product_id, card in cards.items() if card.on_air]
    if shown != ([host.product_id] if host.product_id else []):
        found.append(f"on air: cards {shown}, host {host.product_id}")
    if {product_id for product_id, card in cards.items() if card.pinned} != ({host.product_id} if host.pinned else set()):
        found.append(f"pinned: cards and the host's {host.product_id} {host.pinned}")
    return found


def sheet_price_of(card: Any) -> int | None:
    """What the sheet asks, worked out apart from the house's own rule."""
    return card.list_price_minor if card.live_price_minor is None else card.live_price_minor


def unlike_the_board(card: Any, promos: list[Any]) -> list[str]:
    """What the card has of promos, and what the board says buyers have of them."""
    # A coupon whose time is over is no offer any more, though the shop has not said yet that it took it off.
    stand = [row for row in promos if row.stands and row.end_why != "expired"]
    standing = {row.kind: row for row in stand}
    if len(standing) != len(stand) or any(row.stage not in ("applied", "ending") for row in standing.values()):
        return [f"{card.product_id}: {promos}"]
    gift, coupon = (standing.get(kind) for kind in ("gift", "coupon"))
    price_minor = standing["price"].price_minor if "price" in standing else sheet_price_of(card)
    said = price_minor, gift.gift if gift else "", coupon.coupon if coupon else None
    has = card.price_minor, card.gift, card.coupon
    if said != has:
        return [f"{card.product_id}: the board says {said}, the card {has}"]
    bare = {"price": sheet_price_of(card), "gift": "", "coupon": None}
    now = dict(zip(bare, has, strict=True))
    after = {row.promo_id: tuple((now | ({row.kind: bare[row.kind]} if row.stands else {})).values()) for row in promos}
    told = {row.promo_id: (row.left.price_minor, row.left.gift, row.left.coupon) for row in promos}
    return [] if after == told else [f"{card.product_id}: without them {after}, the board says {told}"]


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

    def once_edited(self, product_id: str, field: str, to: Any) -> None:
        """An edit that a rule refuses today and logs of before hold."""
        sheet = replace(self.fold.state("product").offers.offers[product_id].sheet, **{field: to})
        fact = ProductEdited(product=sheet, fields=(field,))
        event: Event[Any] = Event(stream=STREAM, seq=self.fold.seq + 1, at=self.at, actor=MEI, fact=fact)
        self.fold.apply(event)
        self.fold.project(event)
        self.events.append(event)

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
