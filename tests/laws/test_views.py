"""Laws of every view there is, taken from the registry: a feature added tomorrow is under them without a line here."""

from functools import cache
from typing import Any

import msgspec
import pytest

from kaibo.core.feature import View, tag_of
from kaibo.core.stream import StreamFold, all_rows
from kaibo.features import FEATURES
from kaibo.features.alarm.shown import MOVES
from kaibo.features.promo.facts import PromoEnding
from tests.missing import unwritten
from tests.world import CODEC, STREAM, World, folded, played

SEEDS = (1, 2, 3)
SHOW_VIEWS = [view for feature in FEATURES if "show" in feature.streams for view in feature.views]
LISTED_ELSEWHERE = {
    "show.list",
    "show.going",
    "comment.memory",
    "asking.told",
} | {  # tables of the workspace's stream; nobody is told where a world goes by the table the house came with
    f"charter.{name}" for name in ("head", "draft", "draft_roles", "duties", "roles", "findings", "effects", "signatures")
}


@cache
def world(seed: int) -> World:
    return played(seed)


@cache
def screens(seed: int) -> tuple[StreamFold, list[dict[str, dict[str, Any]]], set[str]]:
    """The fold at the end, what screens show that joined on the way and were fed with patches since, and the views that ever had rows."""
    events = world(seed).events
    fold = StreamFold(STREAM, FEATURES)
    joined: list[dict[str, dict[str, Any]]] = []
    shown: set[str] = set()
    joins = {0, len(events) // 3, len(events) // 2, len(events) - 2}
    for place, event in enumerate(events):
        if place in joins:
            joined.append({name: fold.rows(name) for name in fold.views()})
        for name, keys in fold.project(event).items():
            rows = {key: fold.row(name, key) for key in keys}
            shown.update(name for row in rows.values() if row is not None)
            for screen in joined:
                for key, row in rows.items():
                    if row is None:
                        screen[name].pop(key, None)
                    else:
                        screen[name][key] = row
    return fold, joined, shown


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("view", SHOW_VIEWS, ids=lambda view: view.name)
def test_snapshot_and_the_patches_after_it_are_the_snapshot_at_the_end(view: View, seed: int) -> None:
    fold, joined, _ = screens(seed)
    assert len(joined) == 4
    for screen in joined:
        assert screen[view.name] == fold.rows(view.name)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_log_told_again_gives_the_same_views_to_the_byte(seed: int) -> None:
    events = world(seed).events
    again = [CODEC.from_json(CODEC.to_json(event)) for event in events]
    packed = [CODEC.unpack(CODEC.pack(event)) for event in events]
    first = msgspec.json.encode(all_rows(world(seed).fold), order="deterministic")
    assert msgspec.json.encode(all_rows(folded(again)), order="deterministic") == first
    assert msgspec.json.encode(all_rows(folded(packed)), order="deterministic") == first


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_is_what_its_struct_says(seed: int) -> None:
    """Nobody checks a row when it is made; screens rely on its words all the same."""
    for name, rows in all_rows(world(seed).fold).items():
        for row in rows.values():
            assert msgspec.json.decode(msgspec.json.encode(row), type=type(row)) == row, name


@pytest.mark.parametrize("seed", SEEDS)
def test_the_prompter_and_the_rundown_never_disagree(seed: int) -> None:
    told = World(seed)
    told.plan()
    told.live(0)
    for _ in range(150):
        told.at += 1000
        told.chance.choice([told.run, told.edit])()
        host: Any = told.fold.row("prompter.host", "now")
        air: Any = told.fold.row("rundown.on_air", "now")
        assert (host.cue_id, host.next_title) == (air.cue_id, air.next_title)


def test_the_worlds_of_these_laws_show_every_view_at_work() -> None:
    """A law over empty tables proves nothing: each view has had rows, and every fact but those of rare accidents was written."""
    lacking = unwritten({type(event.fact) for seed in SEEDS for event in world(seed).events})
    assert not lacking, "\n".join(lacking)
    seen = {name for seed in SEEDS for name in screens(seed)[2]}
    never = {view.name for view in SHOW_VIEWS} - seen - LISTED_ELSEWHERE - {"rundown.conflicts"}
    assert never == set()
    facts = {tag_of(type(event.fact)) for seed in SEEDS for event in world(seed).events}
    assert {"rundown.cue_went", "promo.applied", "order.paid", "audience.batch", "comment.answered", "show.ended"} <= facts
    assert {"comment.corrected", "comment.model_chosen", "comment.answers_given"} <= facts
    assert {"promo.ending", "promo.unsaid", "promo.said_again", "promo.ended", "promo.end_failed"} <= facts
    coupons = [event.fact for seed in SEEDS for event in world(seed).events if isinstance(event.fact, PromoEnding)]
    assert {fact.why for fact in coupons} == {"over", "wrong", "expired"}
    assert any(row.spent for seed in SEEDS for row in world(seed).fold.rows(MOVES).values())
    claims = {"decided", "released", "offered", "settled", "sold_out", "restocked", "policy_set", "stock_set"}
    assert {f"claim.{happened}" for happened in claims} <= facts


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("view", [view for view in SHOW_VIEWS if view.whole], ids=lambda view: view.name)
def test_what_a_screen_has_is_the_newest_of_the_whole(view: View, seed: int) -> None:
    assert view.whole is not None
    state = view.whole.state()
    for event in world(seed).events:
        if type(event.fact) in view.reads:
            view.fold(state, event)
    shown = screens(seed)[0].rows(view.name)
    rows = {key: view.get(state, key) for key in view.keys(state)}
    assert list(shown) == list(rows)[-len(shown) :] if shown else not rows
    if view.name != "claim.buyers":  # its rows hold more of a buyer's history
        assert shown == {key: rows[key] for key in shown}
    assert all(list(view.whole.texts(key, row)) for key, row in rows.items())
