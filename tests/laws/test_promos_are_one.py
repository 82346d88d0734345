"""The host reads of every promo what the board says of it, and every button of its card does what it says, whatever happened before."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.features.promo.commands import (
    ApprovePromo,
    EndPromo,
    ProposePromo,
    SayAgainPromo,
    SettlePromoByHand,
    TakeBackPromo,
)
from kaibo.features.promo.facts import Coupon
from tests.laws.studio import Studio, differences
from tests.world import MEI

MOVES = (
    "approved",
    "ending",
    "expired",
    "taking_back",
    "not_taken_back",
)  # what is no news, and stands until the shop has answered
WRONG = ("taking_back", "not_taken_back")
OVER = ("ended", "failed", "lapsed", "replaced")  # nobody does anything with them
GIVES: dict[str, tuple[dict[str, Any], ...]] = {
    "price": ({"price_minor": 900}, {"price_minor": 800}),
    "gift": ({"gift": "小樣"}, {"gift": "袋子"}),
    "coupon": (
        {"coupon": Coupon(name="甲券", amount_minor=50)},
        {"coupon": Coupon(name="乙券", amount_minor=60, lasts_ms=9_000)},
    ),
}


def heard(studio: Studio) -> list[tuple[object, ...]]:
    """What the host reads of promos that move, of the product on air; of others what is wrong."""
    host: Any = studio.fold.row("prompter.host", "now")
    lines = [(host.promo_state, host.promo_kind, host.promo_price_minor, host.promo_gift, host.promo_coupon, "")]
    lines += [(one.state, one.kind, one.price_minor, one.gift, one.coupon, one.product_name) for one in host.promos_besides]
    return sorted((line for line in lines if line[0] in MOVES), key=repr)


def told(studio: Studio) -> list[tuple[object, ...]]:
    """The same as the board says it."""
    host: Any = studio.fold.row("prompter.host", "now")
    lines: list[tuple[object, ...]] = []
    for row in studio.fold.rows("promo.board").values():
        on_air = row.product_id == host.product_id  # type: ignore[attr-defined]
        if row.reads not in (MOVES if on_air else WRONG):  # type: ignore[attr-defined]
            continue
        price = row.price_minor if row.kind == "price" else None  # type: ignore[attr-defined]
        name = "" if on_air else f"商品{row.product_id}"  # type: ignore[attr-defined]
        lines.append((row.reads, row.kind, price, row.gift, row.coupon, name))  # type: ignore[attr-defined]
    return sorted(lines, key=repr)


def offered(row: Any) -> set[type]:
    """The buttons of its card, as PromoEnd.vue has them; of one whose time is up only the end, which the shop is asked for by itself."""
    wrong = row.reads == "not_taken_back"
    waits = row.stage == "applied" and row.reads == "taking_back"
    beside = row.stage != "approved" and row.applied_at is not None and not row.stands and not row.spent
    found: set[type] = set()
    if (wrong or waits) and not beside and not row.spent:
        found.add(SayAgainPromo)
    if row.stage == "applied" and row.reads in ("applied", "stays") and row.waits_for == "":
        found.add(EndPromo)
    there = row.reads in ("applied", "stays", "approved", "not_taken_back") or (row.stage == "ending" and row.end_why == "over")
    if there and row.reads != "expired":
        found.add(TakeBackPromo)
    return found


STEPS = st.one_of(
    st.tuples(st.just("go"), st.sampled_from(["T1", "T2", ""])),
    st.tuples(st.just("propose"), st.sampled_from(["price", "gift", "coupon"]), st.integers(0, 1)),
    st.tuples(st.just("approve"), st.integers(0, 3)),
    st.tuples(st.just("approve"), st.integers(0, 1)),
    st.tuples(st.just("on"), st.sampled_from(["price", "gift", "coupon"]), st.integers(0, 1)),
    st.tuples(st.just("hand"), st.integers(0, 3), st.sampled_from(["on", "off"]), st.booleans()),
    st.tuples(st.just("hand"), st.integers(0, 1), st.sampled_from(["on", "off"]), st.booleans()),
    st.tuples(st.just("do"), st.integers(0, 3), st.sampled_from([EndPromo, TakeBackPromo, TakeBackPromo, SayAgainPromo])),
    st.tuples(st.just("wait"), st.sampled_from([1_000, 10_000])),
)


def step(studio: Studio, what: str, *more: Any) -> None:
    newest: list[Any] = [row for row in reversed(studio.fold.rows("promo.board").values()) if row.reads not in OVER]  # type: ignore[attr-defined]
    if what in ("approve", "hand", "do") and (more[0] >= len(newest)):
        return
    match what, *more:
        case "go", product_id:
            studio.go(product_id)
        case "propose" | "on", kind, place:
            promo_id = studio.next()
            studio.ask(ProposePromo(promo_id=promo_id, product_id="T1", kind=kind, **GIVES[kind][place]), by=MEI)
            if what == "on":
                studio.ask(ApprovePromo(promo_id=promo_id))
                studio.ask(SettlePromoByHand(promo_id=promo_id, now="on"))
        case "approve", place:
            studio.ask(ApprovePromo(promo_id=newest[place].promo_id))
        case "hand", place, now, done:
            promo_id = newest[place].promo_id
            studio.ask(SettlePromoByHand(promo_id=promo_id, now=now, done=done, reason="" if done else "鎖"))
        case "do", place, command:
            row = newest[place]
            may = command in offered(row)
            did = studio.ask(command(promo_id=row.promo_id))
            assert did or not may, (command, row)
            assert command is not SayAgainPromo or may is did, row
        case "wait", ms:
            studio.at += ms
        case _:
            raise AssertionError(what)
    studio.ring()


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_host_and_board_say_one_thing_of_every_promo(steps: list[tuple[Any, ...]]) -> None:
    studio = Studio()
    studio.go("T1")
    for each in steps:
        step(studio, *each)
        assert heard(studio) == told(studio), each
        assert differences(studio.fold) == [], each
