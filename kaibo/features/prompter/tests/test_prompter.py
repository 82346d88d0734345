"""Stories of what the host is told, and of what the host's screen shows."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.claim.facts import ClaimsDecided, ClaimsReleased, Decision, Move
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderPaid, OrderRefunded
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoFailed
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion, MessageHost, SetSignal
from kaibo.features.prompter.facts import HostMessaged, QuestionFinished, QuestionHanded, SignalSet
from kaibo.features.prompter.feature import FEATURE
from kaibo.features.prompter.rules import (
    AlreadyHanded,
    PrompterIdTaken,
    QuestionBlank,
    QuestionOver,
    QuestionsFull,
    QuestionUnknown,
)
from kaibo.features.prompter.view import HostRow, QuestionRow
from kaibo.features.rundown.facts import (
    Cue,
    CueAdded,
    CueEdited,
    CueMoved,
    CueRemoved,
    CueSkipped,
    CueWent,
)
from kaibo.features.show.facts import ShowAired, ShowEnded

BLANK: HostRow = Stage(FEATURE).row("prompter.host", "now")

LIN = Actor(id="lin", role="director")
AMY = Actor(id="amy", role="assistant")
HOST = Actor(id="kai", role="host")

SERUM = ProductSheet(
    product_id="serum",
    name="保濕精華",
    list_price_minor=198000,
    live_price_minor=158000,
    stock=100,
    must_not_say=("最有效", "治療"),
)
OPENING = Cue(cue_id="c1", title="開場", duration_ms=60_000, cue_type="interaction")
PITCH = Cue(
    cue_id="c2",
    title="精華講解",
    duration_ms=600_000,
    product_id="serum",
    host_lines=("三層玻尿酸", "不黏"),
    must_not_say=("治療", "第一"),
)
CREAM = Cue(cue_id="c3", title="面霜講解", duration_ms=600_000, product_id="cream")
LINES = (OrderLine(product_id="serum", quantity=3, price_minor=158000),)


def went(cue_id: str) -> CueWent:
    """A cue is on air."""
    return CueWent(cue_id=cue_id, pass_id=f"pass-{cue_id}", via="go", from_cue_id=None)


@pytest.fixture
def host() -> Stage:
    """Three cues, two of them with products, nothing on air yet."""
    return Stage(FEATURE).given(
        ProductAdded(product=SERUM, currency="TWD"),
        ProductAdded(product=ProductSheet(product_id="cream", name="面霜", live_price_minor=90000), currency="TWD"),
        CueAdded(cue=OPENING, after_cue_id=None, rank="a0"),
        CueAdded(cue=PITCH, after_cue_id="c1", rank="a1"),
        CueAdded(cue=CREAM, after_cue_id="c2", rank="a2"),
    )


def now(host: Stage) -> HostRow:
    """The host's screen."""
    row: Any = host.row("prompter.host", "now")
    return row


# what the director and the assistant say


def test_the_director_sends_a_line_and_clears_it(host: Stage) -> None:
    host.when(MessageHost(message_id="m1", text=" 語速慢一點 "), by=LIN, at=CURTAIN_AT + 5)
    host.then(HostMessaged(message_id="m1", text="語速慢一點"))
    assert (now(host).message, now(host).message_at) == ("語速慢一點", CURTAIN_AT + 5)
    host.when(MessageHost(message_id="m2", text=""), by=LIN)
    host.then(HostMessaged(message_id="m2", text=""))
    assert (now(host).message, now(host).message_at) == ("", None)
    host.when(MessageHost(message_id="m3", text=" "), by=LIN).then()


def test_a_line_is_sent_once(host: Stage) -> None:
    host.given(HostMessaged(message_id="m1", text="語速慢一點"))
    host.when(MessageHost(message_id="m1", text="語速慢一點"), by=LIN)
    host.refused(PrompterIdTaken, id="m1")


def test_a_signal_that_stands_is_no_news(host: Stage) -> None:
    host.when(SetSignal(signal="green"), by=LIN).then()
    host.when(SetSignal(signal="red"), by=LIN).then(SignalSet(signal="red"))
    assert now(host).signal == "red"
    host.when(SetSignal(signal="red"), by=LIN).then()


def hand(number: int, **more: Any) -> HandQuestion:
    """A question to the host."""
    return HandQuestion(question_id=f"q{number}", text=f"問題{number}", **more)


def handed(number: int, **more: Any) -> QuestionHanded:
    """It was handed over."""
    return QuestionHanded(question_id=f"q{number}", text=f"問題{number}", answer="", **more)


def test_the_assistant_hands_a_question_with_its_answer(host: Stage) -> None:
    command = HandQuestion(
        question_id="q1", text="敏感肌能用嗎", answer="可以", comment_ref="12:3", product_id="serum", asked_by="小花"
    )
    host.when(command, by=AMY)
    host.then(
        QuestionHanded(
            question_id="q1", text="敏感肌能用嗎", answer="可以", comment_ref="12:3", product_id="serum", asked_by="小花"
        )
    )
    assert host.rows("prompter.questions") == {
        "q1": QuestionRow(
            question_id="q1",
            text="敏感肌能用嗎",
            answer="可以",
            asked_by="小花",
            product_id="serum",
            comment_ref="12:3",
            handed_at=CURTAIN_AT,
            product_name="保濕精華",
        )
    }


def test_three_questions_wait_and_a_fourth_is_refused_until_one_is_answered(host: Stage) -> None:
    host.given(handed(1), handed(2), handed(3))
    host.when(hand(4), by=AMY)
    host.refused(QuestionsFull, max=3)
    host.when(FinishQuestion(question_id="q2"), by=HOST).then(QuestionFinished(question_id="q2", outcome="answered"))
    host.when(hand(4), by=AMY).then(handed(4))
    assert host.rows("prompter.questions").keys() == {"q1", "q3", "q4"}


def test_a_comment_is_handed_once(host: Stage) -> None:
    host.given(handed(1, comment_ref="12:3"))
    host.when(hand(2, comment_ref="12:3"), by=AMY).refused(AlreadyHanded, comment_ref="12:3")
    host.given(QuestionFinished(question_id="q1", outcome="answered"))
    host.when(hand(2, comment_ref="12:3"), by=AMY).refused(AlreadyHanded, comment_ref="12:3")


def test_what_was_taken_back_may_be_handed_again(host: Stage) -> None:
    host.given(handed(1, comment_ref="12:3"), QuestionFinished(question_id="q1", outcome="withdrawn"))
    host.when(hand(2, comment_ref="12:3"), by=AMY).then(handed(2, comment_ref="12:3"))


def test_a_question_has_words_and_an_id_of_its_own(host: Stage) -> None:
    host.when(HandQuestion(question_id="q1", text="  "), by=AMY).refused(QuestionBlank)
    host.given(handed(1), QuestionFinished(question_id="q1", outcome="withdrawn"))
    host.when(hand(1), by=AMY).refused(PrompterIdTaken, id="q1")


def test_a_question_ends_once(host: Stage) -> None:
    host.when(FinishQuestion(question_id="q9"), by=HOST).refused(QuestionUnknown, question_id="q9")
    host.given(handed(1), QuestionFinished(question_id="q1", outcome="answered"))
    host.when(FinishQuestion(question_id="q1"), by=HOST).refused(QuestionOver, question_id="q1")


# what the host sees


def test_an_empty_screen_before_anything_is_planned() -> None:
    assert now(Stage(FEATURE)) == BLANK


def test_the_screen_shows_the_cue_on_air_its_product_and_the_next(host: Stage) -> None:
    assert now(host) == replace(BLANK, next_title="開場")
    host.given(ShowAired(show_id="s1"), went("c1"))
    assert now(host) == replace(
        BLANK,
        show_state="live",
        cue_id="c1",
        cue_title="開場",
        cue_type="interaction",
        next_title="精華講解",
        next_product="保濕精華",
    )
    host.given(went("c2"))
    assert now(host) == HostRow(
        show_state="live",
        cue_id="c2",
        cue_title="精華講解",
        cue_type="product",
        host_lines=("三層玻尿酸", "不黏"),
        must_not_say=("治療", "第一", "最有效"),
        next_title="面霜講解",
        next_product="面霜",
        product_id="serum",
        product_name="保濕精華",
        list_price_minor=198000,
        price_minor=158000,
        currency="TWD",
        stock_left=100,
        sold_out=False,
        promo_state="",
        promo_price_minor=None,
        promo_gift="",
        promo_at=None,
        message="",
        message_at=None,
        signal="green",
    )


def test_the_next_cue_follows_the_plan_as_it_changes(host: Stage) -> None:
    host.given(went("c1"))
    host.given(CueMoved(cue_id="c3", after_cue_id="c1", rank="a0V"))
    assert now(host).next_title == "面霜講解"
    host.given(CueSkipped(cue_id="c3", skipped=True))
    assert now(host).next_title == "精華講解"
    host.given(CueSkipped(cue_id="c3", skipped=False), CueEdited(cue_id="c3", values={"title": "面霜加碼"}))
    assert now(host).next_title == "面霜加碼"
    host.given(CueRemoved(cue_id="c3"))
    assert now(host).next_title == "精華講解"
    host.given(went("c2"))
    assert now(host).next_title == ""


def test_ranks_compare_as_plain_strings(host: Stage) -> None:
    host.given(went("c1"), CueAdded(cue=replace(CREAM, cue_id="c4", title="大寫在前"), after_cue_id="c1", rank="a0Z"))
    host.given(CueAdded(cue=replace(CREAM, cue_id="c5", title="小寫在後"), after_cue_id="c4", rank="a0a"))
    assert now(host).next_title == "大寫在前"


def test_the_host_reads_new_lines_at_once(host: Stage) -> None:
    host.given(went("c2"), CueEdited(cue_id="c2", values={"host_lines": ["買一送一"], "must_not_say": []}))
    assert now(host).host_lines == ("買一送一",)
    assert now(host).must_not_say == ("最有效", "治療")


def test_the_stock_is_what_orders_left(host: Stage) -> None:
    host.given(went("c2"))
    created = OrderCreated(
        order_id="o1", platform="sim", buyer="b", lines=LINES, amount_minor=474000, currency="TWD", platform_at=CURTAIN_AT
    )
    host.given(created)
    assert now(host).stock_left == 97
    host.given(replace(created, order_id="o2"))
    host.given(OrderCancelled(order_id="o2", lines=LINES, platform_at=CURTAIN_AT))
    paid = OrderPaid(order_id="o1", buyer="b", lines=LINES, amount_minor=474000, currency="TWD", platform_at=CURTAIN_AT)
    host.given(paid)
    assert now(host).stock_left == 97
    host.given(OrderRefunded(order_id="o1", lines=LINES, amount_minor=474000, platform_at=CURTAIN_AT))
    assert now(host).stock_left == 100


def test_orders_of_a_product_off_air_count_when_its_cue_comes(host: Stage) -> None:
    host.given(went("c1"))
    host.given(
        OrderCreated(
            order_id="o1", platform="sim", buyer="b", lines=LINES, amount_minor=1, currency="TWD", platform_at=CURTAIN_AT
        )
    )
    assert now(host).stock_left is None
    host.given(went("c2"))
    assert now(host).stock_left == 97


APPROVED = PromoApproved(
    promo_id="p1", product_id="serum", kind="price", price_was_minor=158000, price_minor=148000, currency="TWD"
)
APPLIED = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=148000, currency="TWD")
FAILED = PromoFailed(promo_id="p1", product_id="serum", code="shop.price_below_floor")


def promo(host: Stage) -> tuple[str, int | None, str, int | None]:
    """State, price, gift of the promo, and the price buyers pay."""
    row = now(host)
    return row.promo_state, row.promo_price_minor, row.promo_gift, row.price_minor


def test_a_promo_is_seen_from_approval_to_the_shops_word(host: Stage) -> None:
    host.given(went("c2"))
    host.given(APPROVED, at=CURTAIN_AT + 1)
    assert promo(host) == ("approved", 148000, "", 158000)
    assert now(host).promo_at == CURTAIN_AT + 1
    host.given(APPLIED, at=CURTAIN_AT + 2)
    assert promo(host) == ("applied", 148000, "", 148000)
    assert now(host).promo_at == CURTAIN_AT + 2


def test_a_failed_promo_stays_until_the_next_cue(host: Stage) -> None:
    host.given(went("c2"), APPROVED, FAILED)
    assert promo(host) == ("failed", 148000, "", 158000)
    host.given(went("c3"), went("c2"))
    assert promo(host) == ("", None, "", 158000)


def test_a_failed_promo_stays_until_the_next_promo(host: Stage) -> None:
    host.given(went("c2"), APPROVED, FAILED, replace(APPROVED, promo_id="p2", price_minor=152000))
    assert promo(host) == ("approved", 152000, "", 158000)
    host.given(went("c3"), went("c2"))
    assert promo(host) == ("approved", 152000, "", 158000)


def test_behind_a_failure_the_promo_that_stands_comes_back(host: Stage) -> None:
    host.given(went("c2"), APPROVED, APPLIED, replace(APPROVED, promo_id="p2", price_minor=100))
    host.given(replace(FAILED, promo_id="p2"))
    assert promo(host) == ("failed", 100, "", 148000)
    host.given(went("c2"))
    assert promo(host) == ("applied", 148000, "", 148000)


def test_a_gift_beside_a_price_keeps_both(host: Stage) -> None:
    gift = PromoApproved(
        promo_id="g1",
        product_id="serum",
        kind="gift",
        price_was_minor=148000,
        price_minor=148000,
        currency="TWD",
        gift="旅行組",
    )
    host.given(went("c2"), APPROVED, APPLIED, gift)
    assert promo(host) == ("approved", None, "旅行組", 148000)
    host.given(PromoApplied(promo_id="g1", product_id="serum", kind="gift", price_minor=148000, currency="TWD", gift="旅行組"))
    assert promo(host) == ("applied", 148000, "旅行組", 148000)


def test_a_price_set_by_hand_ends_the_promo(host: Stage) -> None:
    host.given(went("c2"), APPROVED, APPLIED)
    host.given(ProductEdited(product=replace(SERUM, name="新名字"), fields=("name",)))
    assert promo(host) == ("applied", 148000, "", 148000)
    host.given(ProductEdited(product=replace(SERUM, live_price_minor=150000), fields=("live_price_minor",)))
    assert promo(host) == ("", None, "", 150000)


def test_only_the_promo_of_the_product_on_air_is_shown(host: Stage) -> None:
    host.given(went("c3"), APPROVED)
    assert promo(host) == ("", None, "", 90000)


def test_a_product_taken_off_the_list_shows_no_price(host: Stage) -> None:
    host.given(went("c2"), ProductRemoved(product_id="serum"))
    row = now(host)
    assert (row.product_id, row.product_name, row.price_minor, row.stock_left) == ("serum", "", None, None)


def test_after_the_end_the_screen_is_calm(host: Stage) -> None:
    host.given(went("c1"), ShowEnded(show_id="s1"))
    row = now(host)
    assert (row.cue_id, row.cue_title, row.next_title) == (None, "", "")


def held(product_id: str, units: int) -> ClaimsDecided:
    """Somebody's claim took so many."""
    decision = Decision(
        claim_id="h1", ref="", buyer="live/ann", name="", product_id=product_id, variant="", asked=units, got=units, waits=0,
        rule="by_hand", price_minor=None, currency="TWD", at=0, hold_until=0, text="",
    )  # fmt: skip
    return ClaimsDecided(batch=0, decisions=(decision,))


def let_go(product_id: str, units: int) -> ClaimsReleased:
    """And gave so many back."""
    move = Move(claim_id="h1", buyer="live/ann", product_id=product_id, variant="", units=units, waits=0)
    return ClaimsReleased(why="by_hand", items=(move,))


def test_what_is_claimed_out_is_not_promised_any_more(host: Stage) -> None:
    host.given(ShowAired(show_id="s1"), went("c2"))
    assert not now(host).sold_out
    host.given(held("serum", 100))
    assert now(host).sold_out
    host.given(let_go("serum", 1))
    assert not now(host).sold_out
