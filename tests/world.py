"""A show with everything in it, from a seed, on a memory store and a clock of its own: for laws and flows."""

from random import Random
from typing import Any

from msgspec.structs import replace

from kaibo.core.codec import Codec
from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Event
from kaibo.core.feature import Context
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.alarm.commands import AnswerAlarm, ApproveMove, ChooseAlarm, ChooseUsualAlarms, ProposeMove, RejectMove
from kaibo.features.alarm.facts import AlarmRule
from kaibo.features.audience.commands import AudienceItem, FinishSource, HearOrders, SealBatch
from kaibo.features.claim.commands import (
    PolicyAsked,
    SetPolicy,
    SettleClaims,
)
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
from kaibo.features.metric.commands import EnterSpend, RemoveSpend, SetTarget, TakeHistory
from kaibo.features.metric.facts import ShowSummary, SpendRow
from kaibo.features.order.commands import CancelOrder, ConfirmCancel, OrderItem, RecordOrders, RefuseCancel
from kaibo.features.order.facts import OrderLine
from kaibo.features.product.commands import AddProduct, EditProduct, ImportProducts, PinProduct, ProductChange, RemoveProduct
from kaibo.features.product.facts import Doubt, ProductSheet
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    ProposePromo,
    RejectPromo,
)
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion, MessageHost, SetSignal
from kaibo.features.readiness.commands import OverrideReadiness, WithdrawReady
from kaibo.features.rundown.commands import (
    AddCue,
    AddTime,
    AdLibCue,
    CueChange,
    EditCue,
    HoldCue,
    ImportRundown,
    JumpToCue,
    MoveCue,
    RemoveCue,
    ResumeCue,
    SkipCue,
)
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, EditShow, EndShow, PlanShow
from kaibo.sim.audience import Audience, Offer, Rates
from tests import world_asks, world_claims, world_draws, world_moderation, world_needs, world_promos, world_shifts, world_tasks
from tests.world_asks import Asking
from tests.world_claims import Claiming
from tests.world_draws import Drawing
from tests.world_moderation import Moderating
from tests.world_needs import Needing
from tests.world_others import Others, unspoken
from tests.world_promos import Promoting
from tests.world_shifts import Shifting
from tests.world_tasks import Tasking

START = 1_764_331_200_000
CODEC = Codec([fact for feature in FEATURES for fact in feature.facts])
STREAM = "show/law"
MODEL = shipped()
LIN = Actor(id="lin", role="director")
SYSTEM = Actor(id="system", role="system")
MEI = Actor(id="mei", role="operations")


OTHERS = unspoken(
    FEATURES,
    [
        thing
        for module in (
            world_asks,
            world_claims,
            world_draws,
            world_moderation,
            world_needs,
            world_promos,
            world_shifts,
            world_tasks,
        )
        for thing in vars(module).values()
    ]
    + list(globals().values()),
)


class World(Asking, Claiming, Drawing, Moderating, Needing, Promoting, Shifting, Tasking, Others):
    """Asks a folded stream for things; refusals are part of life. `events` is the log that came of it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.fold = StreamFold(STREAM, FEATURES)
        self.at = START
        self.events: list[Event[Any]] = []
        self.audience = Audience(seed, rates=Rates(arrivals=3, comments=0.05, clicks=0.05, buys_per_click=0.4))
        self.asked = 0
        self.seed, self.spare = seed, OTHERS

    def ask(self, command: Command, by: Actor = LIN, taking: str | None = None) -> bool:
        ctx = Context(stream=STREAM, seq=self.fold.seq, at=self.at, actor=by, roles=frozenset({by.role}), taking=taking)
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
        earlier = ShowSummary(
            show_id="before", title="上一場", ended_at=START, currency="TWD", raw={"gmv_paid": 500_000.0, "uv": 90.0}
        )
        self.ask(TakeHistory(shows=(earlier,), buyers_shows=1), by=SYSTEM)
        self.ask(ChooseUsualAlarms())
        often = AlarmRule(
            alarm_id="often", metric="uv", window="last_10", side="above", against="value", threshold=3,
            hold_s=20, cool_s=30, move="pin",
        )  # fmt: skip
        self.ask(ChooseAlarm(rule=often))
        self.ask(OverrideReadiness(reason="都是法則"))
        self.ask(WithdrawReady())
        self.ask(OverrideReadiness(reason="都是法則"))
        self.ask(AirShow())
        self.ask(SetPolicy(policy=PolicyAsked(capture="always", hold_minutes=2, cancel_by_comment=True)))
        jobs = [
            self.run,
            self.run,
            self.edit,
            self.crowd,
            self.crowd,
            self.crowd,
            self.trade,
            self.trade,
            self.talk,
            self.claim,
            self.shout,
            self.figure,
            self.draw,
            self.moderate,
        ]
        for _ in range(steps):
            self.at += self.chance.randrange(200, 9000)
            self.chance.choice(jobs)()
            self.others()
            self.task()
            self.shift()
            self.need()
            self.wait_for_a_yes()
            self.ring()
        if steps:
            self.late_trouble()
            self.ring()

    def ring(self) -> None:
        """What is due is done, as the timers do it."""
        for feature in self.fold.due():
            for _ in range(5):
                wanted = self.fold.due()[feature]
                if wanted is None or wanted[0] > self.at:
                    break
                self.ask(wanted[1], by=SYSTEM)

    def figure(self) -> None:
        self.asked += 1
        spend_id = f"a{self.chance.randrange(3)}"
        row = SpendRow(spend_id=spend_id, at=self.at, channel="千川", cost_minor=self.asked * 100, impressions=900, clicks=20)
        self.ask(
            self.chance.choice(
                [
                    EnterSpend(rows=(row,)),
                    EnterSpend(rows=(row,)),
                    RemoveSpend(spend_id=spend_id),
                    SetTarget(metric="conversion", value=self.chance.choice([None, 0.05])),
                    *self.moves(),
                ]
            ),
            by=MEI,
        )
        self.ask(self.chance.choice([ApproveMove, RejectMove])(move_id=f"v{self.chance.randrange(self.asked + 1)}"))

    def moves(self) -> list[Command]:
        """What the alarms that were raised lead to."""
        raised = list(self.fold.rows("alarm.raises"))
        if not raised:
            return []
        raise_id = self.chance.choice(raised)
        return [
            ProposeMove(move_id=f"v{self.asked}", raise_id=raise_id, move="pin", product_id="P1"),
            ProposeMove(move_id=f"v{self.asked}", raise_id=raise_id, move="answer", text="可以嗎？"),
            ProposeMove(move_id=f"v{self.asked}", raise_id=raise_id, move="reorder", cue_id=self.cue()),
            AnswerAlarm(raise_id=raise_id, promo_id=f"p{self.asked}"),
        ]

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
                        changes=(CueChange(field="duration_ms", was=was, to=self.chance.randrange(1, 9) * 30_000),),
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
        first = len(self.events)
        if step.items:
            self.ask(SealBatch(source="sim", items=tuple(step.items), replies=True))
        if first % 17 == 0:
            self.ask(FinishSource(source="sim"))
        if step.orders:
            self.ask(HearOrders(source="sim", count=len(step.orders), newest_at=max(order.at for order in step.orders)))
            self.ask(RecordOrders(platform="sim", items=tuple(step.orders)))
        self.hear(first)
        self.screen(first)

    def settle(self, platform: str, order_id: str, stage: Any, buyer: str = "", lines: Any = ()) -> None:
        self.ask(SettleClaims(platform=platform, order_id=order_id, stage=stage, buyer=buyer, lines=lines), by=SYSTEM)

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

    def rest(self) -> None:
        """What chance seldom brings: every other fact of a show at least once."""
        self.at += 1000
        self.ask(EditShow(theme="雙十一"))
        self.ask(AddProduct(product=ProductSheet(product_id="PX", name="臨時品", live_price_minor=100)))
        self.ask(PinProduct(product_id="PX"))
        self.ask(RemoveProduct(product_id="PX"))  # refused: the host shows it
        self.ask(PinProduct(product_id=""))
        self.ask(RemoveProduct(product_id="PX"))
        sheet = ProductSheet(product_id="PY", name="匯入品", live_price_minor=5000, stock=9)
        self.ask(ImportProducts(filename="p.csv", currency="TWD", products=(sheet,), notes=("第 3 列：庫存看不懂",)))
        cues = (Cue(cue_id="i1", title="匯入", duration_ms=60_000), Cue(cue_id="i2", title="多的", duration_ms=60_000))
        self.ask(ImportRundown(filename="r.csv", cues=cues, notes=("第 9 列：時間看不懂",)))
        self.ask(RemoveCue(cue_id="i2"))
        self.ask(JumpToCue(cue_id="i1"))
        self.ask(HoldCue())
        self.at += 5000
        self.ask(ResumeCue())
        self.settle_promos()
        self.toss_promos()
        self.end_promos()
        line = (OrderLine(product_id="PY", quantity=1, price_minor=5000),)
        for kind, order_id in (
            ("created", "z1"),
            ("paid", "z1"),
            ("refunded", "z1"),
            ("created", "z2"),
            ("cancelled", "z2"),
            ("refunded", "z9"),
        ):
            self.ask(
                RecordOrders(platform="sim", items=(OrderItem(kind=kind, order_id=order_id, at=self.at, buyer="v", lines=line),))
            )
        self.retell(line)
        said = tuple(
            AudienceItem(kind="comment", at=self.at, viewer=f"y{n}", text="匯入品有貨嗎", message_id=f"y{n}") for n in range(2)
        )
        self.ask(SealBatch(source="sim", items=said))
        self.ask(AnswerComment(comment_ref=f"{self.fold.seq}:0"))
        self.ask(DismissComment(comment_ref=f"{self.fold.seq - 1}:1"))
        self.order()

    def retell(self, line: tuple[OrderLine, ...]) -> None:
        """An order is edited, told after its payment, refunded in part and cancelled; and somebody tells of another year."""
        two = (replace(line[0], quantity=2),)
        for kind, order_id, before_ms, lines in (
            ("created", "z3", 900, line),
            ("created", "z3", 800, two),
            ("paid", "z3", 700, ()),
            ("refunded", "z3", 600, line),
            ("cancelled", "z3", 500, ()),
            ("paid", "z4", 700, line),
            ("created", "z4", 900, two),
        ):
            item = OrderItem(kind=kind, order_id=order_id, at=self.at - before_ms, buyer="v", lines=lines)
            self.ask(RecordOrders(platform="sim", items=(item,)))
        self.ask(SealBatch(source="sim", items=(AudienceItem(kind="enter", at=1, viewer="ghost"),)))
        self.cancel(line)

    def cancel(self, line: tuple[OrderLine, ...]) -> None:
        """Of two orders that are to be cancelled the back office lets one be."""
        for order_id in ("z5", "z6"):
            item = OrderItem(kind="created", order_id=order_id, at=self.at, buyer="v", lines=line)
            self.ask(RecordOrders(platform="sim", items=(item,)))
            self.ask(CancelOrder(platform="sim", order_id=order_id, reason="超賣"))
        self.ask(ConfirmCancel(platform="sim", order_id="z5"))
        self.ask(RefuseCancel(platform="sim", order_id="z6", reason="已出貨"))

    def end(self) -> None:
        self.at += 1000
        self.ask(EndShow())
        self.ring()


def played(seed: int, steps: int = 160) -> World:
    """A whole show from a seed."""
    world = World(seed)
    world.plan()
    world.live(steps)
    world.rest()
    world.end()
    return world


def evening(seed: int, steps: int = 200) -> World:
    """A whole show with a price that the shop confirmed half way."""
    world = World(seed)
    world.plan()
    world.live(steps)
    for promo_id in list(world.fold.rows("promo.board")):  # what still waits must not stand in the way
        world.ask(RejectPromo(promo_id=promo_id))
        world.ask(ConfirmPromo(promo_id=promo_id))
    world.ask(ProposePromo(promo_id="half", product_id="P1", kind="price", price_minor=8500), by=MEI)
    world.ask(ApprovePromo(promo_id="half"))
    world.ask(ConfirmPromo(promo_id="half"))
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
