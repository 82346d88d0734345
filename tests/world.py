"""A show with everything in it, from a seed, on a memory store and a clock of its own: for laws and flows."""

from random import Random
from typing import Any

from kaibo.core.codec import Codec
from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Event
from kaibo.core.feature import Context
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.audience.commands import SealBatch
from kaibo.features.comment.commands import (
    AnswerComment,
    ChooseModel,
    ConfirmReply,
    CorrectComment,
    DismissComment,
    FailReply,
    GiveAnswers,
    ReplyToComment,
    SettleQuestion,
)
from kaibo.features.comment.facts import KnownAnswer
from kaibo.features.comment.training import shipped
from kaibo.features.order.commands import RecordOrders
from kaibo.features.product.commands import AddProduct, EditProduct, PinProduct
from kaibo.features.product.commands import FieldChange as ProductChange
from kaibo.features.product.facts import Doubt, ProductSheet
from kaibo.features.promo.commands import ApprovePromo, ConfirmPromo, FailPromo, ProposePromo, RejectPromo
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion, MessageHost, SetSignal
from kaibo.features.rundown.commands import (
    AddCue,
    AddTime,
    AdLibCue,
    EditCue,
    FieldChange,
    HoldCue,
    JumpToCue,
    MoveCue,
    RemoveCue,
    ResumeCue,
    SkipCue,
)
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, EndShow, PlanShow
from kaibo.sim.audience import Audience, Offer, Rates

START = 1_764_331_200_000
CODEC = Codec([fact for feature in FEATURES for fact in feature.facts])
STREAM = "show/law"
MODEL = shipped()
LIN = Actor(id="lin", role="director")
MEI = Actor(id="mei", role="operations")


class World:
    """Asks a folded stream for things; refusals are part of life. `events` is the log that came of it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.fold = StreamFold(STREAM, FEATURES)
        self.at = START
        self.events: list[Event[Any]] = []
        self.audience = Audience(seed, rates=Rates(arrivals=3, comments=0.05, clicks=0.05, buys_per_click=0.4))
        self.asked = 0

    def ask(self, command: Command, by: Actor = LIN) -> bool:
        ctx = Context(stream=STREAM, seq=self.fold.seq, at=self.at, actor=by, roles=frozenset({by.role}))
        try:
            made = self.fold.decide(command, ctx)
        except Refusal:
            return False
        for event in made:
            self.fold.project(event)
            self.events.append(event)
        return True

    def plan(self) -> None:
        show = PlanShow(show_id="law", title="法則場", starts_at=START, ends_at=START + 7_200_000, goal_gmv_minor=100_000)
        self.ask(show)
        for place in range(3):
            sheet = ProductSheet(
                product_id=f"P{place}",
                name=f"商品{'甲乙丙'[place]} {place}00ml",
                cost_minor=5000,
                live_price_minor=10_000 + place * 1000,
                stock=200,
                doubts=(Doubt(question="敏感肌可以用嗎", answer="可以"),),
            )
            self.ask(AddProduct(product=sheet))
        known = KnownAnswer(question="敏感肌能用嗎", answer="可以，先試耳後", product_id="P1", show_id="s0", show_title="上一場")
        self.ask(GiveAnswers(answers=(known,)))
        after = None
        for place in range(6):
            hard = place == 4
            cue = Cue(
                cue_id=f"c{place}",
                title=f"環節{place}",
                duration_ms=60_000 * (place + 1),
                product_id=f"P{place % 3}" if place % 2 else None,
                host_lines=("一", "二"),
                start_mode="hard" if hard else "soft",
                start_at=START + 900_000 if hard else None,
            )
            self.ask(AddCue(cue=cue, after_cue_id=after))
            after = cue.cue_id

    def live(self, steps: int) -> None:
        self.ask(AirShow())
        for _ in range(steps):
            self.at += self.chance.randrange(200, 9000)
            self.chance.choice([self.run, self.run, self.edit, self.crowd, self.crowd, self.crowd, self.trade, self.talk])()

    def cue(self) -> str:
        return f"c{self.chance.randrange(6)}"

    def run(self) -> None:
        self.asked += 1
        self.ask(
            self.chance.choice(
                [
                    JumpToCue(cue_id=self.cue()),
                    HoldCue(),
                    ResumeCue(),
                    SkipCue(cue_id=self.cue(), skipped=self.chance.random() < 0.6),
                    AddTime(delta_ms=self.chance.choice([-30_000, 30_000, 60_000])),
                    AdLibCue(cue_id=f"x{self.asked}", title="臨時", duration_ms=20_000),
                ]
            )
        )

    def edit(self) -> None:
        self.asked += 1
        cue_id = self.cue()
        row: Any = self.fold.row("rundown.cues", cue_id)
        was = row.cue.duration_ms if row else 0
        self.ask(
            self.chance.choice(
                [
                    EditCue(
                        cue_id=cue_id,
                        changes=(FieldChange(field="duration_ms", was=was, to=self.chance.randrange(1, 9) * 30_000),),
                    ),
                    MoveCue(cue_id=cue_id, after_cue_id=self.chance.choice([None, self.cue()])),
                    RemoveCue(cue_id=f"x{self.chance.randrange(self.asked)}"),
                    PinProduct(product_id=f"P{self.chance.randrange(3)}"),
                    EditProduct(product_id="P0", changes=(ProductChange(field="stock", was=200, to=150),)),
                ]
            )
        )

    def crowd(self) -> None:
        offer = Offer(f"P{self.chance.randrange(3)}", "商品甲", 10_000, 10_000, 50)
        step = self.audience.step(self.at, self.chance.uniform(0.2, 5), offer, [offer])
        if step.items:
            self.ask(SealBatch(source="sim", items=tuple(step.items), replies=True))
        if step.orders:
            self.ask(RecordOrders(platform="sim", items=tuple(step.orders)))

    def trade(self) -> None:
        self.asked += 1
        promo_id = f"p{self.chance.randrange(max(1, self.asked))}"
        ask = self.chance.choice(
            [
                ProposePromo(
                    promo_id=f"p{self.asked}", product_id=f"P{self.chance.randrange(3)}", kind="price", price_minor=9000
                ),
                ProposePromo(promo_id=f"p{self.asked}", product_id="P1", kind="gift", gift="小樣"),
                ApprovePromo(promo_id=promo_id),
                ApprovePromo(promo_id=promo_id),
                ConfirmPromo(promo_id=promo_id),
                FailPromo(promo_id=promo_id, code="shop.sold_out"),
                RejectPromo(promo_id=promo_id),
            ]
        )
        self.ask(ask, by=MEI if isinstance(ask, ProposePromo) else LIN)

    def talk(self) -> None:
        self.asked += 1
        if self.asked % 4 == 0:  # in the middle of the show: what was read before stays as it was told
            self.ask(ChooseModel(version=MODEL.version, weights=MODEL.packed))
        refs = [key for key in self.fold.rows("comment.questions") if ":" in key] or ["1:0"]
        ref = self.chance.choice(refs)
        waiting = list(self.fold.rows("prompter.questions")) or ["q0"]
        self.ask(
            self.chance.choice(
                [
                    HandQuestion(question_id=f"q{self.asked}", text="可以嗎？", answer="可以", comment_ref=ref),
                    FinishQuestion(
                        question_id=self.chance.choice(waiting), outcome=self.chance.choice(["answered", "withdrawn"])
                    ),
                    AnswerComment(comment_ref=ref, answer="可以的", also=self.chance.random() < 0.5),
                    self.correction(),
                    self.correction(),
                    DismissComment(comment_ref=ref, also=self.chance.random() < 0.5),
                    ReplyToComment(reply_id=f"r{self.asked}", comment_ref=ref, text="可以的", also=True),
                    ConfirmReply(reply_id=f"r{self.chance.randrange(self.asked)}"),
                    FailReply(reply_id=f"r{self.chance.randrange(self.asked)}", code="reply.blocked"),
                    SettleQuestion(question_id=f"q{self.chance.randrange(self.asked)}"),
                    MessageHost(message_id=f"m{self.asked}", text="快一點"),
                    SetSignal(signal=self.chance.choice(["green", "yellow", "red"])),
                ]
            )
        )

    def correction(self) -> CorrectComment:
        refs = list(self.fold.rows("comment.window")) or ["1:0"]
        kind = self.chance.choice(["question", "order", "aftersales", "praise", "other", "spam"])
        return CorrectComment(comment_ref=self.chance.choice(refs), kind=kind, product_id=self.chance.choice([None, "", "P1"]))

    def end(self) -> None:
        self.at += 1000
        self.ask(EndShow())


def played(seed: int, steps: int = 120) -> World:
    """A whole show from a seed."""
    world = World(seed)
    world.plan()
    world.live(steps)
    world.end()
    return world


def folded(events: list[Event[Any]]) -> StreamFold:
    """A fresh fold of some events."""
    fold = StreamFold(STREAM, FEATURES)
    for event in events:
        fold.apply(event)
        fold.project(event)
    return fold
