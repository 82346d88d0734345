"""What is missing before air is named with its place, and nobody says ready over it but who answers for it."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.facts import AudienceBatch, AudienceRepeated
from kaibo.features.claim.facts import ClaimPolicySet, ClaimStockSet, Policy
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.product.facts import Doubt, ProductAdded, ProductSheet
from kaibo.features.readiness.commands import DeclareReady, OverrideReadiness, WithdrawReady
from kaibo.features.readiness.facts import Missing, ReadinessDeclared, ReadinessWithdrawn
from kaibo.features.readiness.feature import FEATURE
from kaibo.features.readiness.items import ReadinessRow, Subject
from kaibo.features.readiness.rules import ReadinessMissing, ReadinessNotSaid, ReadinessReasonBlank, ReadinessTooLate
from kaibo.features.readiness.view import CODES
from kaibo.features.rundown.facts import Cue, CueAdded, CueEdited
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowPlanned
from kaibo.features.task.facts import Task, TaskAdded, TaskBlocked, TaskDone

HOUR_MS = 3_600_000
LIN = Actor(id="lin", role="director")
PLAN = ShowPlanned(
    show_id="s1", title="週年慶", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + HOUR_MS, timezone="Asia/Taipei", currency="TWD",
    goal_gmv_minor=100,
)  # fmt: skip
POT = ProductSheet(product_id="A01", name="手沖壺", live_price_minor=29900, stock=180)
CUE = Cue(cue_id="c1", title="手沖壺", duration_ms=HOUR_MS, product_id="A01", host_lines=("好用",))
CLAIMS = ClaimPolicySet(policy=Policy(capture="always"))
BATCH = AudienceBatch(source="fb", room="r", count=2, comments=1, first_at=1, last_at=1, viewer_base=0, columns=b"")
ORDER = OrderCreated(
    order_id="o1",
    platform="shop",
    buyer="b",
    lines=(OrderLine("A01", 29900, 1),),
    amount_minor=29900,
    currency="TWD",
    platform_at=1,
)


def put(cue: Cue, rank: str = "a0") -> CueAdded:
    return CueAdded(cue=cue, rank=rank, after_cue_id=None)


def pot(**more: Any) -> ProductAdded:
    return ProductAdded(product=replace(POT, **more), currency="TWD")


@pytest.fixture
def show() -> Stage:
    """A show that lacks nothing."""
    return Stage(FEATURE).given(PLAN, pot(), put(CUE), CLAIMS, BATCH, ORDER)


def missing(show: Stage) -> dict[str, ReadinessRow]:
    rows = show.rows("readiness.items")
    assert set(rows) <= set(CODES), "a code that no screen is told of when it goes"
    return rows  # type: ignore[return-value]


def test_what_lacks_nothing_is_said_to_be_ready_once(show: Stage) -> None:
    assert missing(show) == {}
    show.when(DeclareReady(), by=LIN).then(ReadinessDeclared())
    assert show.row("readiness.declared", "ready").by == "lin"
    show.when(DeclareReady(), by=LIN).then()
    show.when(WithdrawReady(), by=LIN).then(ReadinessWithdrawn())
    show.when(WithdrawReady(), by=LIN)
    show.refused(ReadinessNotSaid)
    assert show.rows("readiness.declared") == {}


def test_an_empty_show_lacks_products_and_cues() -> None:
    found = missing(Stage(FEATURE).given(PLAN))
    assert [code for code, row in found.items() if row.weight == "act"] == ["no_products", "no_cues"]
    assert set(found) == {"no_products", "no_cues", "no_source", "claims_undecided"}


@pytest.mark.parametrize(
    ("given", "weight", "found"),
    [
        (pot(product_id="B", live_price_minor=None), "act", {"product_without_price": Subject(product_id="B", name="手沖壺", column="live_price_minor", count=1)}),
        (pot(product_id="B", list_price_minor=100), "act", {"price_over_list": Subject(product_id="B", name="手沖壺", column="live_price_minor", count=1)}),
        (pot(product_id="B", doubts=(Doubt(question="?"), Doubt(question="!"))), "act", {"doubt_without_answer": Subject(product_id="B", name="手沖壺", column="doubts", count=2)}),
        (pot(product_id="B", stock=None), "watch", {"product_without_stock": Subject(product_id="B", name="手沖壺", column="stock", count=1)}),
        (pot(product_id="B", stock=0), "watch", {"product_sold_out": Subject(product_id="B", name="手沖壺", column="stock", count=1)}),
    ],
)  # fmt: skip
def test_a_product_is_named_with_what_it_lacks(show: Stage, given: ProductAdded, weight: str, found: dict[str, Subject]) -> None:
    rows = missing(show.given(given))
    assert rows.pop("product_unused").subjects[0].product_id == "B"
    assert {code: row.subjects[0] for code, row in rows.items()} == found
    assert {row.weight for row in rows.values()} == {weight}


def test_stock_that_the_team_set_is_stock(show: Stage) -> None:
    show.given(pot(product_id="B", stock=None), ClaimStockSet(product_id="B", variant="", stock=5))
    assert "product_without_stock" not in missing(show)


@pytest.mark.parametrize(
    ("cue", "code", "weight", "text"),
    [
        (replace(CUE, product_id=None, extra={"商品編號": "T99"}), "cue_code_unknown", "act", "T99"),
        (replace(CUE, product_id=None, extra={"SKU": "T99"}), "cue_code_unknown", "act", "T99"),
        (replace(CUE, product_id=None, extra={"備註": "T99"}), "cue_without_product", "watch", ""),
        (replace(CUE, must_not_say=("根治",), host_lines=("可以根治",)), "forbidden_words", "act", "根治"),
        (replace(CUE, host_lines=()), "cue_without_lines", "watch", ""),
    ],
)
def test_a_cue_is_named_with_what_it_lacks(show: Stage, cue: Cue, code: str, weight: str, text: str) -> None:
    rows = missing(show.given(put(replace(cue, cue_id="c2", duration_ms=0), "a1")))
    assert {one: row.subjects for one, row in rows.items()} == {
        code: (Subject(cue_id="c2", place=2, name="手沖壺", column="host_lines" if "lines" in code or "words" in code else "product_id", text=text),)
    }  # fmt: skip
    assert rows[code].weight == weight


@pytest.mark.parametrize(
    ("duration_ms", "code", "weight", "by_ms"),
    [
        (HOUR_MS + 60_000, "over_length", "act", 60_000),
        (HOUR_MS - 120_000, "under_length", "watch", 120_000),
        (HOUR_MS + 29_000, None, "", 0),
    ],
)
def test_the_length_of_the_rundown_fits_the_show(
    show: Stage, duration_ms: int, code: str | None, weight: str, by_ms: int
) -> None:
    rows = missing(show.given(CueEdited(cue_id="c1", values={"duration_ms": duration_ms})))
    assert [(row.code, row.weight, row.by_ms) for row in rows.values()] == ([] if code is None else [(code, weight, by_ms)])


@pytest.mark.parametrize(
    ("later_ms", "code", "weight"),
    [(600_000, "starts_later", "watch"), (-600_000, "starts_earlier", "watch"), (2 * HOUR_MS, "starts_later", "act")],
)
def test_a_first_cue_that_is_fixed_begins_with_the_show(show: Stage, later_ms: int, code: str, weight: str) -> None:
    show.given(CueEdited(cue_id="c1", values={"start_mode": "hard", "start_at": CURTAIN_AT}))
    assert missing(show) == {}
    show.given(ShowEdited(starts_at=CURTAIN_AT - later_ms, ends_at=CURTAIN_AT - later_ms + HOUR_MS))
    row = missing(show)[code]
    assert (row.weight, row.by_ms, row.subjects[0].cue_id) == (weight, abs(later_ms), "c1")


def test_a_fixed_start_that_is_run_into_is_counted(show: Stage) -> None:
    show.given(CueEdited(cue_id="c1", values={"duration_ms": HOUR_MS // 2}))
    fixed = replace(CUE, cue_id="c2", start_mode="hard", start_at=CURTAIN_AT + HOUR_MS // 4, duration_ms=HOUR_MS * 3 // 4)
    assert missing(show.given(put(fixed, "a1")))["overlap"].count == 1


def test_required_tasks_are_done_and_none_is_stuck(show: Stage) -> None:
    task = Task(title="拍照", role_id="assistant", offset_s=0, required=True)
    show.given(TaskAdded(task_id="a", task=task), TaskAdded(task_id="b", task=replace(task, required=False)))
    assert {code: row.count for code, row in missing(show).items()} == {"tasks_open": 1}
    show.given(TaskBlocked(task_id="b", why="x"), TaskDone(task_id="a"))
    assert {code: row.count for code, row in missing(show).items()} == {"tasks_blocked": 1}


def test_who_tells_nothing_yet_is_named() -> None:
    show = Stage(FEATURE).given(PLAN, pot(), put(CUE), CLAIMS)
    assert set(missing(show)) == {"no_source"}
    show.given(AudienceRepeated(source="fb", room="r", duplicates=0))
    assert [subject.text for subject in missing(show)["source_silent"].subjects] == ["comments", "orders", "audience"]
    show.given(BATCH)
    assert [subject.text for subject in missing(show)["source_silent"].subjects] == ["orders"]
    assert missing(show.given(ORDER)) == {}


def test_a_simulated_show_says_that_its_viewers_are_made_up() -> None:
    show = Stage(FEATURE).given(replace(PLAN, simulated=True), pot(), put(CUE), CLAIMS)
    assert set(missing(show)) == {"source_simulated"}


def test_comment_orders_that_are_off_are_named(show: Stage) -> None:
    assert set(missing(show.given(ClaimPolicySet(policy=Policy(capture="off"))))) == {"claims_off"}


def test_ready_waits_for_what_is_required_and_not_for_what_is_advised(show: Stage) -> None:
    show.given(pot(product_id="B", stock=None))
    show.when(DeclareReady(), by=LIN).then(ReadinessDeclared())
    show.given(pot(product_id="C", live_price_minor=None), pot(product_id="D", live_price_minor=None))
    show.when(DeclareReady(), by=LIN)
    show.refused(ReadinessMissing, count=2)


def test_it_is_overridden_with_a_reason_and_with_what_was_missing(show: Stage) -> None:
    show.given(pot(product_id="B", live_price_minor=None))
    for unseen in (" \n", "\u200b", "\x00\u2800"):
        show.when(OverrideReadiness(reason=unseen), by=LIN)
        show.refused(ReadinessReasonBlank)
    fact = ReadinessDeclared(missing=(Missing(code="product_without_price", count=1),), reason="現場報價")
    show.when(OverrideReadiness(reason=" 現場報價\n"), by=LIN).then(fact)
    row = show.row("readiness.declared", "ready")
    assert (row.by, row.missing, row.reason) == ("lin", fact.missing, fact.reason)


def test_what_lacks_nothing_is_not_overridden(show: Stage) -> None:
    show.when(OverrideReadiness(reason="because"), by=LIN).then(ReadinessDeclared())


def test_on_air_nobody_asks_any_more(show: Stage) -> None:
    show.given(pot(product_id="B", live_price_minor=None), ShowAired(show_id="s1"))
    assert missing(show) == {}
    show.when(DeclareReady(), by=LIN)
    show.refused(ReadinessTooLate)
