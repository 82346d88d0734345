"""The part of a world's show in which promos are proposed, settled by the shop, and ended."""

from random import Random

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.alarm.commands import ApproveMove, ProposeMove
from kaibo.features.metric.commands import EnterSpend
from kaibo.features.metric.facts import SpendRow
from kaibo.features.product.commands import EditProduct, ProductChange
from kaibo.features.promo.coin import LATER_MS
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    ConfirmPromoEnd,
    EndPromo,
    FailPromo,
    FailPromoEnd,
    ProposePromo,
    RejectPromo,
    SayAgainPromo,
    TakeBackPromo,
    WithdrawPromo,
)
from kaibo.features.promo.facts import Coupon

LIN = Actor(id="lin", role="director")
MEI = Actor(id="mei", role="operations")


class Promoting:
    """Promos by chance, and every way in which one can go at least once."""

    chance: Random
    fold: StreamFold
    at: int
    asked: int

    def ask(self, command: Command, by: Actor = LIN) -> bool:
        """The world asks its fold."""
        raise NotImplementedError

    def ring(self) -> None:
        """What is due is done."""
        raise NotImplementedError

    def trade(self) -> None:
        self.asked += 1
        promo_id = self.chance.choice(list(self.fold.rows("promo.board"))[-3:] or ["none"])
        ask = self.chance.choice(
            [
                ProposePromo(
                    promo_id=f"p{self.asked}", product_id=f"P{self.chance.randrange(3)}", kind="price", price_minor=9000
                ),
                ProposePromo(promo_id=f"p{self.asked}", product_id="P1", kind="gift", gift="小樣"),
                ProposePromo(
                    promo_id=f"p{self.asked}",
                    product_id="P1",
                    kind="coupon",
                    coupon=Coupon(name="券", percent_bp=1500, until=self.at + 60_000),
                ),
                EndPromo(promo_id=promo_id),
                TakeBackPromo(promo_id=promo_id),
                ConfirmPromoEnd(promo_id=promo_id),
                FailPromoEnd(promo_id=promo_id, code="shop.unreachable"),
                ApprovePromo(promo_id=promo_id),
                ApprovePromo(promo_id=promo_id),
                ConfirmPromo(promo_id=promo_id),
                FailPromo(promo_id=promo_id, code="shop.sold_out"),
                RejectPromo(promo_id=promo_id),
            ]
        )
        self.ask(ask, by=MEI if isinstance(ask, ProposePromo) else LIN)

    def settle_promos(self) -> None:
        """Confirmed, failed, rejected, withdrawn."""
        for promo_id, answer in (("y1", ConfirmPromo), ("y2", FailPromo), ("y3", RejectPromo), ("y4", WithdrawPromo)):
            gift = f"贈品{promo_id}"
            self.ask(ProposePromo(promo_id=promo_id, product_id="PY", kind="gift", gift=gift), by=MEI)
            if answer in (ConfirmPromo, FailPromo):
                self.ask(ApprovePromo(promo_id=promo_id))
            more = {"code": "shop.sold_out"} if answer is FailPromo else {}
            self.ask(answer(promo_id=promo_id, **more), by=MEI if answer is WithdrawPromo else LIN)
        self.unsay_promos()

    def unsay_promos(self) -> None:
        """One that is on is wrong, or its time is up, while the shop has another of its kind to answer."""
        for promo_id, price in (("u1", 4_900), ("u2", 4_800)):
            self.ask(ProposePromo(promo_id=promo_id, product_id="PY", kind="price", price_minor=price), by=MEI)
            self.ask(ApprovePromo(promo_id=promo_id))
            if promo_id == "u1":
                self.ask(ConfirmPromo(promo_id=promo_id))
        self.ask(TakeBackPromo(promo_id="u1"))
        self.ask(FailPromo(promo_id="u2", code="shop.sold_out"))
        self.ring()
        self.ask(ConfirmPromoEnd(promo_id="u1"))

    def toss_promos(self) -> None:
        """A coin over each until one says later: its price moves meanwhile, and it cannot be approved at its time."""
        for number in range(64):
            promo_id = f"t{number}"
            self.ask(ProposePromo(promo_id=promo_id, product_id="PY", kind="price", price_minor=4_000 + number), by=MEI)
            self.ask(ApprovePromo(promo_id=promo_id, toss=True))
            self.at += 1
            if self.fold.rows("promo.board")[promo_id].toss == "later":
                moved = ProductChange(field="live_price_minor", was=5000, to=7_777)
                self.ask(EditProduct(product_id="PY", changes=(moved,)))
                self.at += LATER_MS
                self.ring()
                return
            self.ask(FailPromo(promo_id=promo_id, code="shop.busy"))

    def end_promos(self) -> None:
        """A gift the shop does not end and then does; a coupon that runs out; and what was really spent for more ads."""
        self.ask(EndPromo(promo_id="y1"), by=MEI)
        self.ask(FailPromoEnd(promo_id="y1", code="shop.unreachable"))
        self.ask(TakeBackPromo(promo_id="y1", reason="看錯"), by=MEI)
        self.ask(FailPromoEnd(promo_id="y1", code="shop.unreachable"))
        self.ask(SayAgainPromo(promo_id="y1"))
        self.ask(TakeBackPromo(promo_id="y1", reason="送錯"), by=MEI)
        self.ask(ConfirmPromoEnd(promo_id="y1"))
        coupon = Coupon(name="週年券", amount_minor=500, min_spend_minor=4000, until=self.at + 1000)
        self.ask(ProposePromo(promo_id="y5", product_id="PY", kind="coupon", coupon=coupon), by=MEI)
        self.ask(ApprovePromo(promo_id="y5"))
        self.ask(ConfirmPromo(promo_id="y5"))
        self.at += 2000
        self.ring()
        self.ask(ConfirmPromoEnd(promo_id="y5"))
        raised = next(iter(self.fold.rows("alarm.raises")), "")
        self.ask(
            ProposeMove(move_id="ads", raise_id=raised, move="ads", text="加投 300", cost_minor=30_000, channel="直播間"), by=MEI
        )
        self.ask(ApproveMove(move_id="ads"))
        row = SpendRow(spend_id="move-ads", at=self.at, channel="千川", cost_minor=30_000, move_id="ads")
        self.ask(EnterSpend(rows=(row,)), by=MEI)
