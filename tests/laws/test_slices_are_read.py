"""Slices are read by everybody and changed by their owner alone: no fold, rule or row of another leaves a mark on one."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from kaibo.core.event import Actor, Event, Fact
from kaibo.core.feature import Feature
from kaibo.core.slice import Slice, Touched
from kaibo.core.stream import StreamFold, all_rows
from kaibo.features import FEATURES
from kaibo.features.order.slices import Taken
from kaibo.features.product.view import CARDS
from kaibo.features.promo.commands import ApprovePromo, ProposePromo
from kaibo.features.promo.facts import PromoApproved
from kaibo.features.promo.feature import FEATURE as PROMO
from kaibo.features.promo.rules import SelfApproval
from kaibo.features.promo.state import PromoState
from tests.world import STREAM, World

OWNER = Actor(id="hua", role="owner")
# What an owner works out when first asked, and keeps until it changes: it says nothing that the slice did not say already.
MEMOS = {
    "Goods": ("_count",),
    "Shelf": ("_shop",),
    "ShopSheet": ("words",),
    "Crowd": ("_curves",),
    "Board": ("_found", "_found_by"),
    "Tasks": ("_holds",),
}
FIRST, EVERY = 3, 50  # of each kind of fact or command, who stands on a slice is watched the first times, and now and then


class Said(pickle.Pickler):
    """What a slice says, in bytes: all of it but memos, and the empty tables that TAKEN hands out before there is an order."""

    def reducer_override(self, obj: Any) -> Any:
        """The parts of an object, without its memos."""
        memos = MEMOS.get(type(obj).__name__, ())
        if not memos and not isinstance(obj, Taken):
            return NotImplemented
        parts = {name: value for name, value in _parts(obj) if name not in memos}
        if isinstance(obj, Taken):
            parts["units"] = {product_id: units for product_id, units in obj.units.items() if units}
        return _made, (type(obj).__name__, parts)


def _parts(held: Any) -> Iterable[tuple[str, Any]]:
    state = held.__reduce_ex__(2)[2]
    by_dict, by_slot = state if isinstance(state, tuple) else (state, None)
    return [*(by_dict or {}).items(), *(by_slot or {}).items()]


def _made(_name: str, parts: dict[str, Any]) -> dict[str, Any]:
    return parts


def said(below: list[Any]) -> bytes:
    """What these slices say now."""
    with BytesIO() as written:
        Said(written, pickle.HIGHEST_PROTOCOL).dump(below)
        return written.getvalue()


class Watch:
    """Features in which every fold, rule and row is watched while it runs. `marks`: who changed what they stand on, and at what."""

    def __init__(self) -> None:
        """Nobody did anything yet."""
        self.marks: list[tuple[str, str]] = []
        self.looked: Counter[str] = Counter()
        self._times: Counter[tuple[str, str]] = Counter()
        self._slices: dict[str, Slice[Any]] = {}

    def features(self, features: Iterable[Feature]) -> list[Feature]:
        """The same, watched."""
        return [self._feature(feature) for feature in features]

    def _feature(self, feature: Feature) -> Feature:
        below: list[Any] = []
        views = tuple(self._standing(view, self._guarded(view.name, "get", held := [], view.get), held) for view in feature.views)
        return replace(
            feature,
            over=self._over(feature.over),
            state=_held(feature.state, below),
            fold=self._guarded(feature.name, "fold", below, feature.fold),
            decide=self._guarded(feature.name, "decide", below, feature.decide),
            due=feature.due and self._guarded(feature.name, "due", below, feature.due),
            views=views,
        )

    def _standing(self, view: Any, get: Callable[..., Any], held: list[Any]) -> Any:
        fold = self._guarded(view.name, "fold", held, view.fold)
        return replace(view, over=self._over(view.over), state=_held(view.state, held), fold=fold, get=get)

    def _over(self, slices: Iterable[Slice[Any]]) -> tuple[Slice[Any], ...]:
        return tuple(self._slices.get(each.name) or self._slice(each) for each in slices)

    def _slice(self, each: Slice[Any]) -> Slice[Any]:
        """Rules and views have one each, of the same slice: what stands below which of them is known by its state."""
        below: dict[int, list[Any]] = {}

        def begin(*states: Any) -> Any:
            state = each.state(*states)
            below[id(state)] = list(states)
            return state

        def fold(state: Any, *told: Any) -> list[str]:
            return list(self._guarded(each.name, "fold", below[id(state)], each.fold)(state, *told))

        found = self._slices[each.name] = replace(each, over=self._over(each.over), state=begin, fold=fold)
        return found

    def _guarded(self, name: str, act: str, below: list[Any], call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(state: Any, *told: Any) -> Any:
            about = _about(told)
            self._times[f"{act} of {name}", about] += 1
            times = self._times[f"{act} of {name}", about]
            if not below or (times > FIRST and times % EVERY):
                return call(state, *told)
            before = said(below)
            try:
                return call(state, *told)
            finally:  # a refusal changes nothing either
                self.looked[act] += 1
                if said(below) != before:
                    self.marks.append((f"{act} of {name}", about))

        return watched


def _held(state: Callable[..., Any], below: list[Any]) -> Callable[..., Any]:
    """Makes a state as ever, and keeps what it stands on."""

    def begin(*states: Any) -> Any:
        below[:] = states
        return state(*states)

    return begin


def _about(told: tuple[Any, ...]) -> str:
    """The kind of the fact or command; rows are all alike."""
    match told:
        case (Event() as event, *_):
            return type(event.fact).__name__
        case (str(), *_) | ():
            return ""
        case _:
            return type(told[0]).__name__


def evening(features: Iterable[Feature]) -> Watch:
    """A whole show, played and looked at by watched features."""
    watch, world = Watch(), World(1)
    world.fold = StreamFold(STREAM, watch.features(features))
    world.plan()
    world.live(160)
    world.rest()
    world.end()
    world.fold.due()
    all_rows(world.fold)
    return watch


def test_nobody_changes_what_they_stand_on() -> None:
    watch = evening(FEATURES)
    assert watch.marks == []
    assert all(watch.looked[act] > 50 for act in ("fold", "decide", "get")), watch.looked


def _wrong(state: Any, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A view that sets right, in the slice itself, the price it shows."""
    for offer in state.offers.offers.values():
        offer.price_minor = 1
    return CARDS.fold(state, event, touched)


def _greedy(state: Any, key: str) -> Any:
    """A row that is taken out of the slice it is read from."""
    row = CARDS.get(state, key)
    state.offers.offers[key].prices.clear()
    return row


def _hasty(fold: Callable[..., None]) -> Callable[..., None]:
    """A state that ends the show by itself."""

    def wrong(state: PromoState, event: Event[Fact], touched: Touched) -> None:
        if isinstance(event.fact, PromoApproved):
            state.show.ended_at = event.at
        fold(state, event, touched)

    return wrong


def _forward(decide: Callable[..., Sequence[Fact]]) -> Callable[..., Sequence[Fact]]:
    """A rule that notes its own decision before there is a fact of it, and refuses then."""

    def wrong(state: PromoState, command: Any, ctx: Any) -> Sequence[Fact]:
        if isinstance(command, ProposePromo):
            state.offers.offers[command.product_id].gift = "贈品"
            raise SelfApproval(promo_id=command.promo_id)
        return decide(state, command, ctx)

    return wrong


def planted(feature: str, **broken: Any) -> list[Feature]:
    """The house with a feature of which something is not as it should be."""
    return [replace(each, **broken) if each.name == feature else each for each in FEATURES]


@pytest.mark.parametrize(
    ("features", "who"),
    [
        (planted("product", views=(replace(CARDS, fold=_wrong),)), "fold of product.cards"),
        (planted("product", views=(replace(CARDS, get=_greedy),)), "get of product.cards"),
        (planted("promo", fold=_hasty(PROMO.fold)), "fold of promo"),
        (planted("promo", decide=_forward(PROMO.decide)), "decide of promo"),
    ],
    ids=["a view", "a row", "a state", "a rule"],
)
def test_who_writes_to_a_slice_is_seen(features: list[Feature], who: str) -> None:
    watch, world = Watch(), World(1)
    world.fold = StreamFold(STREAM, watch.features(features))
    world.plan()
    world.ask(ProposePromo(promo_id="p1", product_id="P1", kind="gift", gift="化妝棉"))
    world.ask(ApprovePromo(promo_id="p1"), by=OWNER)
    all_rows(world.fold)
    assert {name for name, _ in watch.marks} == {who}
