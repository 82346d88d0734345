"""Laws of the figures over whole evenings: a slow recount agrees on windows and cues, and patches show what snapshots show."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.core.event import Fact
from kaibo.core.stage import Stage
from kaibo.features.audience.columns import in_order, pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.feature import FEATURE
from kaibo.features.order.facts import OrderCreated, OrderLine, OrderPaid
from kaibo.features.promo.facts import PromoApplied
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowPlanned

MINUTE = 60_000
START = 29_333_333 * MINUTE  # a whole minute, ms UTC
OF_ORDERS = ("gmv_paid", "gmv_created", "orders_created", "orders_paid", "buyers")
TOLD_BY = {"pv": "enter", "comments": "comment", "likes": "like", "clicks": "click", "follows": "follow"}
VIEWS = ("metric.tiles", "metric.products", "metric.cues", "metric.minutes")
PLANNED = ShowPlanned(show_id="s1", title="週年慶", starts_at=0, ends_at=1, timezone="Asia/Taipei", currency="TWD")


class House:
    """A stage that seals audience items as the house does, and remembers what it was told for the recount."""

    def __init__(self) -> None:
        """A planned show."""
        self.stage = Stage(FEATURE).given(PLANNED, at=START)
        self.viewers: dict[str, int] = {}
        self.items: list[AudienceItem] = []
        self.on_cue: list[tuple[str, AudienceItem]] = []
        self.facts: list[Fact] = []
        self.airs: list[tuple[int, str]] = []
        self.heard_at = START  # the newest event that says something of cues, orders or viewers

    def seal(self, items: Sequence[AudienceItem], at: int | None = None) -> "House":
        """One batch."""
        items = in_order(items)
        base = len(self.viewers)
        columns = pack(items, self.viewers, base)
        for item in items:
            self.viewers.setdefault(item.viewer, len(self.viewers))
            place = bisect_right(self.airs, (item.at, "~")) - 1
            self.on_cue.append((self.airs[place][1] if place >= 0 else "", item))
        self.items += items
        batch = AudienceBatch(
            source="sim",
            room="",
            count=len(items),
            comments=sum(item.kind == "comment" for item in items),
            first_at=items[0].at,
            last_at=items[-1].at,
            viewer_base=base,
            columns=columns,
            tells_leaves=True,
        )
        self.stage.given(batch, at=at if at is not None else max(self.stage.at, items[-1].at))
        self.heard_at = self.stage.at
        return self

    def tell(self, fact: Fact, at: int | None = None) -> "House":
        """Any other fact."""
        self.stage.given(fact, at=at)
        self.facts.append(fact)
        if not isinstance(fact, PromoApplied):
            self.heard_at = self.stage.at
        match fact:
            case CueWent(cue_id=cue_id):
                self.airs.append((self.stage.at, cue_id))
            case _:
                pass
        return self

    def created(self) -> list[OrderCreated]:
        """Orders placed."""
        return [fact for fact in self.facts if isinstance(fact, OrderCreated)]

    def paid(self) -> list[OrderPaid]:
        """Orders paid."""
        return [fact for fact in self.facts if isinstance(fact, OrderPaid)]


def order(kind: type[Any], number: int, at: int, buyer: str, lines: tuple[OrderLine, ...], cue_id: str = "") -> Any:
    """An order placed or paid `at` (ms UTC)."""
    worth = sum(line.price_minor * line.quantity for line in lines)
    return kind(
        order_id=f"o{number}",
        platform="mo",
        buyer=buyer,
        lines=lines,
        amount_minor=worth,
        currency="TWD",
        platform_at=at,
        cue_id=cue_id,
    )


# what may happen, told up to half an hour late

lags = st.integers(0, 30 * 60).map(lambda seconds: seconds * 1000) | st.sampled_from([0, 1, 999, 1000, 60_000])
kinds = st.sampled_from(["comment", "enter", "enter", "leave", "leave", "like", "follow", "click", "view", "share"])
things = st.tuples(lags, kinds, st.sampled_from("abcdef"), st.sampled_from(["", "serum", "soap"]), st.integers(1, 9))
lines = st.lists(
    st.builds(
        OrderLine, product_id=st.sampled_from(["serum", "soap"]), quantity=st.integers(1, 3), price_minor=st.integers(0, 999)
    ),
    min_size=1,
    max_size=3,
).map(tuple)
cue_ids = st.sampled_from(["", "c1", "c2"])
sales = st.tuples(st.sampled_from([OrderCreated, OrderPaid]), lags, st.sampled_from(["", "x", "y"]), lines, cue_ids)
turns = st.one_of(
    st.lists(things, min_size=1, max_size=12),
    sales,
    st.sampled_from(["c1", "c2"]).map(lambda cue_id: CueWent(cue_id=cue_id, pass_id="p", via="go", from_cue_id=None)),
    st.just(PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=1, currency="TWD")),
)
nights = st.lists(st.tuples(st.integers(0, 6 * MINUTE), turns), min_size=1, max_size=14)


def played(night: Iterable[tuple[int, Any]], *, watched: bool = False) -> House:
    """A show in which all this happened; `watched`: a screen is checked after each event."""
    house, now = House(), START + 40 * MINUTE
    for number, (later, turn) in enumerate(night):
        now += later
        match turn:
            case list():
                batch = [
                    AudienceItem(kind=kind, at=now - lag, viewer=viewer, product_id=product_id, count=count)
                    for lag, kind, viewer, product_id, count in turn
                ]
                house.seal(batch, at=now)
            case (kind, lag, buyer, bought, cue_id):
                house.tell(order(kind, number, now - lag, buyer, bought, cue_id), at=now)
            case _:
                house.tell(turn, at=now)
        if watched:
            for view in VIEWS:
                house.stage.rows(view)
    return house


class Recount:
    """The same figures, slowly."""

    def __init__(self, house: House) -> None:
        """Look at all that was told."""
        self.house = house
        self.times = [each.at for each in house.items] + [fact.platform_at for fact in (*house.created(), *house.paid())]
        self.newest = max(self.times, default=0) // MINUTE
        self.moves = moves = sorted(
            (each.at, each.kind == "leave", each.viewer) for each in house.items if each.kind in ("enter", "leave")
        )
        inside: set[str] = set()
        self.curve: dict[int, int] = {}
        for at, leaves, viewer in moves:
            (inside.discard if leaves else inside.add)(viewer)
            self.curve[at // 1000] = len(inside)
        self.online = len(inside)

    def online_at(self, second: int) -> int:
        """Online at the end of a second."""
        return next((count for when, count in reversed(self.curve.items()) if when <= second), 0)

    def watching(self, minutes: range | None) -> set[str]:
        """Who was in the room when these minutes began: they watch, though they say nothing."""
        return set() if minutes is None else self.inside_at(minutes[0] * MINUTE - 1)

    def inside_at(self, instant: int) -> set[str]:
        """Who was in the room at an instant."""
        inside: set[str] = set()
        for at, leaves, viewer in self.moves:
            if at <= instant:
                (inside.discard if leaves else inside.add)(viewer)
        return inside

    def figures(self, minutes: range | None) -> dict[str, float | None]:
        """Every figure of these minutes, or of the whole show, but for online."""
        items = [each for each in self.house.items if minutes is None or each.at // MINUTE in minutes]
        created = [each for each in self.house.created() if minutes is None or each.platform_at // MINUTE in minutes]
        paid = [each for each in self.house.paid() if minutes is None or each.platform_at // MINUTE in minutes]
        kinds = Counter(each.kind for each in items)
        found: dict[str, float | None] = {
            "gmv_paid": sum(each.amount_minor for each in paid),
            "gmv_created": sum(each.amount_minor for each in created),
            "orders_created": len(created),
            "orders_paid": len(paid),
            "uv": len({each.viewer for each in items} | self.watching(minutes)),
            "pv": kinds["enter"],
            "comments": kinds["comment"],
            "likes": sum(each.count for each in items if each.kind == "like"),
            "clicks": kinds["click"],
            "follows": kinds["follow"],
            "buyers": len({each.buyer or each.order_id for each in paid}),
        }
        told = {each.kind for each in self.house.items}
        found |= {name: None for name, kind in TOLD_BY.items() if kind not in told}
        if not told:
            found["uv"] = None
        if not self.house.created() and not self.house.paid():
            found |= dict.fromkeys(OF_ORDERS)
        share = found["buyers"] / found["uv"] if found["buyers"] is not None and found["uv"] and "enter" in told else None
        found["conversion"] = None if share is None or share > 1 else share  # more than all is no share of one crowd
        found["value_per_buyer"] = (
            found["gmv_paid"] / found["buyers"] if found["gmv_paid"] is not None and found["buyers"] else None
        )
        return found


@settings(max_examples=120, deadline=None)
@given(nights)
def test_the_tiles_agree_with_a_recount(night: list[tuple[int, Any]]) -> None:
    """Whole show, and both windows."""
    house = played(night)
    tiles, recount = house.stage.rows("metric.tiles"), Recount(house)
    entered = any(each.kind == "enter" for each in house.items)
    whole = recount.figures(None) | {"online": recount.online, "pcu": max(recount.curve.values(), default=0)}
    whole |= {} if entered else {"online": None, "pcu": None}
    assert {name: tiles[name].value for name in whole} == whole
    began = min(recount.times, default=0) // MINUTE
    for back, field in ((0, "last_10"), (10, "prev_10")):
        minutes = range(recount.newest - 9 - back, recount.newest + 1 - back)
        shown = {name: getattr(tiles[name], field) for name in whole}
        if not recount.times or began > minutes[-1]:
            assert set(shown.values()) == {None}
            continue
        end = min(minutes[-1] * 60 + 59, max(recount.times) // 1000)
        seconds = [recount.online_at(second) for second in range(max(minutes[0], began) * 60, end + 1)]
        online, pcu = shown.pop("online"), shown.pop("pcu")
        assert (online is None, pcu is None) == (not entered, not entered)
        if entered:
            assert online == pytest.approx(sum(seconds) / len(seconds))
            assert pcu == max(recount.online_at(second) for second in range(minutes[0] * 60, minutes[-1] * 60 + 60))
        assert shown == recount.figures(minutes)


@settings(max_examples=80, deadline=None)
@given(nights)
def test_cues_agree_with_a_recount(night: list[tuple[int, Any]]) -> None:
    """By cue, over all its passes."""
    house = played(night)
    recount = Recount(house)
    rows = house.stage.rows("metric.cues")
    ends = [*(at for at, _ in house.airs[1:]), house.heard_at]
    for cue_id, row in rows.items():
        here = [each for on_air, each in house.on_cue if on_air == cue_id]
        paid = [fact for fact in house.paid() if fact.cue_id == cue_id]
        watching = [recount.inside_at(at) for at, aired in house.airs if aired == cue_id]
        assert row.uv == (len({each.viewer for each in here}.union(*watching)) if house.items else None)
        if row.comments is not None:
            assert row.comments == sum(each.kind == "comment" for each in here)
        assert (row.comments is None) == all(each.kind != "comment" for each in house.items)
        ordered = sum(fact.cue_id == cue_id for fact in house.created())
        sold = (len(paid), sum(fact.amount_minor for fact in paid), ordered)
        told = house.created() or house.paid()
        assert (row.orders_paid, row.gmv_paid_minor, row.orders_created) == (sold if told else (None, None, None))
        assert row.on_air_ms == sum(end - at for (at, aired), end in zip(house.airs, ends, strict=False) if aired == cue_id)


@settings(max_examples=60, deadline=None)
@given(nights)
def test_screens_fed_by_patches_show_what_a_snapshot_shows(night: list[tuple[int, Any]]) -> None:
    """After every single event (the stage compares)."""
    played(night, watched=True)
