"""Stories of the audience stream: each message once, in order, small in the log."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.core.codec import Codec
from kaibo.core.erasing import ERASED, Told, Viewer
from kaibo.core.event import Event
from kaibo.core.stage import CURTAIN_AT, SOMEBODY, Stage
from kaibo.core.stream import StreamFold
from kaibo.features.audience import state
from kaibo.features.audience.columns import KINDS, pack, unpack
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.erasing import UNTOLD, unsaid
from kaibo.features.audience.facts import (
    COMMENT,
    FLOWS,
    AudienceBatch,
    AudienceRepeated,
    AudienceShown,
    Shown,
)
from kaibo.features.audience.feature import FEATURE
from kaibo.features.audience.rules import AudienceShowEnded, AudienceShowUnknown
from kaibo.features.audience.tests.said import AT, PLANNED, batches, comment, enter, lamp_of, seal
from kaibo.features.show.facts import ShowEnded, ShowPlanned


def test_a_batch_holds_what_came_in_the_order_of_platform_time(stage: Stage) -> None:
    late = AudienceItem(kind="click", at=AT + 30, viewer="v2", product_id="serum")
    likes = AudienceItem(kind="like", at=AT + 20, viewer="v1", count=12)
    stage.when(seal(late, comment("嗨 👋", name="小鹿"), likes, enter("v3", AT + 20)))
    (batch,) = batches(stage)
    columns = unpack(batch.columns)
    assert [KINDS[code] for code in columns.kind] == ["comment", "like", "enter", "click"]
    assert columns.at.tolist() == [AT, AT + 20, AT + 20, AT + 30]
    assert columns.viewer.tolist() == [0, 0, 1, 2]
    assert list(columns.new_viewers) == ["v1", "v3", "v2"]
    assert columns.count.tolist() == [1, 12, 1, 1]
    assert columns.products == ("serum",)
    assert columns.product.tolist() == [0, 0, 0, 1]
    assert (columns.texts, columns.names) == (["嗨 👋"], ["小鹿"])
    assert (columns.comments_at, columns.comments_by) == ([AT], [0])
    assert (batch.count, batch.comments, batch.first_at, batch.last_at) == (4, 1, AT, AT + 30)


def test_what_one_viewer_wrote_is_taken_out_and_nobody_elses(stage: Stage) -> None:
    stage.when(seal(enter("v0"), comment("一"), comment("二", viewer="v2"), comment("三")))
    (batch,) = batches(stage)
    viewer = Viewer("v1", frozenset({"shop"}), numbers=frozenset({1}), refs={"2:2": Told(1, "serum")})
    gone = unpack(unsaid(batch, 2, viewer).columns)
    assert (gone.texts, gone.told) == ([ERASED, "二", ERASED], {0: UNTOLD, 2: Told(1, "serum")})
    assert unsaid(batch, 2, Viewer("v0", frozenset({"shop"}), numbers=frozenset({0}))) is batch


def test_what_came_before_is_left_out_and_counted(stage: Stage) -> None:
    stage.when(seal(comment("一", message_id="m1"), comment("一", message_id="m1"), comment("二", message_id="m2")))
    stage.when(seal(comment("二", message_id="m2"), comment("三", message_id="m3")))
    first, second = batches(stage)
    assert (first.count, first.duplicates) == (2, 1)
    assert (second.count, second.duplicates) == (1, 1)
    assert unpack(second.columns).texts == ["三"]


def test_a_batch_of_old_news_only_says_that_its_source_lives(stage: Stage) -> None:
    stage.when(seal(comment("一", message_id="m1"))).when(seal(comment("一", message_id="m1")))
    stage.then(AudienceRepeated(source="shop", room="r1", duplicates=1))
    lamp = lamp_of(stage)
    assert (lamp.events, lamp.duplicates) == (1, 1)


def test_the_oldest_ids_are_forgotten_a_batch_at_a_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "RECENT_IDS_MAX", 2)
    for ids in (("m1",), ("m2", "m3"), ("m1",), ("m3",)):
        stage.when(seal(*(comment("一", message_id=each) for each in ids)))
    assert [batch.count for batch in batches(stage)] == [1, 2, 1, 1]
    assert stage.state.recent["", "r1"].ids == {"m1", "m3"}


def test_items_without_an_id_cannot_be_told_apart_and_are_kept(stage: Stage) -> None:
    stage.when(seal(comment("+1"), comment("+1")))
    assert batches(stage)[0].count == 2


def test_message_ids_belong_to_their_room_and_without_one_to_their_source(stage: Stage) -> None:
    stage.when(seal(comment("一", message_id="m1"))).when(seal(comment("一", message_id="m1"), room="r2"))
    stage.when(seal(comment("一", message_id="m1"), room="")).when(seal(comment("一", message_id="m1"), source="other", room=""))
    assert [batch.count for batch in batches(stage)] == [1, 1, 1, 1]


def test_what_two_sources_tell_of_one_room_counts_once(stage: Stage) -> None:
    stage.when(seal(enter("v1", message_id="e1"), comment("一", message_id="m1")))
    stage.when(seal(comment("一", message_id="m1"), comment("二", message_id="m2"), enter("v2", AT + 1), source="helper"))
    first, second = batches(stage)
    assert (first.count, second.count, second.duplicates) == (2, 2, 1)
    assert (second.source, second.people_of, first.people_of) == ("helper", "shop", "shop")
    assert unpack(second.columns).viewer.tolist() == [0, 1]
    assert {key: row.events for key, row in stage.rows("audience.sources").items()} == {"shop/r1": 2, "helper/r1": 2}


def test_two_platforms_may_use_one_name_for_two_people(stage: Stage) -> None:
    stage.when(seal(enter("v1"))).when(seal(enter("v1"), source="other", room="r9")).when(seal(enter("v1")))
    assert [unpack(batch.columns).viewer.tolist() for batch in batches(stage)] == [[0], [1], [0]]
    assert [batch.viewer_base for batch in batches(stage)] == [0, 1, 2]


def test_a_restart_forgets_no_message(stage: Stage) -> None:
    stage.when(seal(comment("一", message_id="m1"), enter("v2")))
    codec = Codec((AudienceBatch, ShowPlanned))
    again = StreamFold(stage.stream, (FEATURE,))
    for event in stage.events:
        again.apply(codec.unpack(codec.pack(event)))
    assert again.state("audience") == stage.state


def test_nothing_is_taken_for_a_show_that_is_not_there(stage: Stage) -> None:
    Stage(FEATURE).when(seal(enter("v1"))).refused(AudienceShowUnknown)
    stage.given(ShowEnded(show_id="s1")).when(seal(enter("v1", at=stage.at))).refused(AudienceShowEnded)


def test_what_was_said_before_the_end_is_taken_in_for_ten_minutes_more(stage: Stage) -> None:
    end = stage.at + 60_000
    stage.given(ShowEnded(show_id="s1"), at=end)
    last, after = enter("v1", at=end - 1), enter("v2", at=end)
    ten_minutes = 600_000
    stage.when(seal(last, after), at=end + ten_minutes - 1)
    (sealed,) = [event.fact for event in stage.events if isinstance(event.fact, AudienceBatch)]
    assert (sealed.count, sealed.duplicates, sealed.last_at) == (1, 0, end - 1)
    stage.when(seal(after)).refused(AudienceShowEnded)
    stage.when(seal(last), at=end + ten_minutes).refused(AudienceShowEnded)


def shown(count: int, at: int = AT, message_id: str = "", flow: Any = "") -> AudienceItem:
    return AudienceItem(kind="impression", at=at, count=count, message_id=message_id, flow=flow)


def test_impressions_are_sums_by_minute_and_flow_and_nobody_is_a_viewer_by_them(stage: Stage) -> None:
    minute = AT // 60_000
    items = (shown(5, flow="feed", message_id="i1"), shown(7, flow="feed", message_id="i2"), shown(1, AT + 60_000), enter("v1"))
    stage.when(SealBatch(source="shop", items=items), at=CURTAIN_AT + 60_000)
    told, batch = (event.fact for event in stage.events[-2:])
    parts = (Shown(minute=minute, count=12, flow="feed"), Shown(minute=minute + 1, count=1))
    assert told == AudienceShown(source="shop", room="", parts=parts, message_ids=("i1", "i2"))
    assert (batch.count, batch.duplicates, list(unpack(batch.columns).new_viewers)) == (1, 0, ["v1"])
    stage.when(SealBatch(source="shop", items=(shown(5, message_id="i1"),))).then(
        AudienceRepeated(source="shop", room="", duplicates=1)
    )


def test_only_an_impression_has_no_viewer() -> None:
    assert msgspec.convert({"kind": "impression", "at": 1, "count": 3}, AudienceItem).count == 3
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "enter", "at": 1}, AudienceItem)


def test_the_flow_comes_back_and_a_batch_without_one_carries_none(stage: Stage) -> None:
    came = AudienceItem(kind="enter", at=AT, viewer="v1", flow="search")
    stage.when(SealBatch(source="shop", items=(came, enter("v2", AT + 1))))
    assert [FLOWS[code] for code in unpack(stage.events[-1].fact.columns).flow.tolist()] == ["search", ""]
    stage.when(SealBatch(source="shop", items=(enter("v3"),)))
    assert unpack(stage.events[-1].fact.columns).flow.tolist() == [0]


KIND = st.sampled_from(KINDS)


def items_at(instants: st.SearchStrategy[int]) -> st.SearchStrategy[AudienceItem]:
    return st.builds(
        AudienceItem,
        kind=KIND,
        at=instants,
        viewer=st.sampled_from(["a", "b", "c", "d"]),
        text=st.text(max_size=12),
        product_id=st.sampled_from(["", "p1", "p2"]),
        count=st.integers(1, 1_000_000),
        message_id=st.sampled_from(["", "", "m1", "m2", "m3"]),
    )


ITEM = items_at(st.integers(0, 32_503_680_000_000))
CREDIBLE = items_at(st.integers(CURTAIN_AT - 86_400_000, CURTAIN_AT + 5_000))


@settings(max_examples=60, deadline=None)
@given(batches=st.lists(st.lists(CREDIBLE, min_size=1, max_size=12), min_size=1, max_size=5))
def test_every_item_comes_back_as_it_went_in_or_was_there_before(batches: list[list[AudienceItem]]) -> None:
    stage = Stage(FEATURE).given(PLANNED)
    table: list[str] = []
    seen: set[str] = set()
    for items in batches:
        before = stage.seq
        stage.when(seal(*items))
        fresh: list[AudienceItem] = []
        for item in items:
            if not item.message_id or item.message_id not in seen:
                fresh.append(item)
            seen.add(item.message_id)
        found: list[Any] = []
        for event in stage.events[before:]:
            if isinstance(event.fact, AudienceRepeated):
                assert event.fact.duplicates == len(items)
                continue
            columns = unpack(event.fact.columns)
            table.extend(columns.new_viewers)
            texts = iter(columns.texts)
            found = [
                (KINDS[k], at, table[v], next(texts) if k == COMMENT else None, ("", *columns.products)[p], c)
                for k, at, v, p, c in zip(
                    columns.kind, columns.at.tolist(), columns.viewer, columns.product, columns.count.tolist(), strict=True
                )
            ]
        fresh.sort(key=lambda item: item.at)
        assert found == [(i.kind, i.at, i.viewer, i.text if i.kind == "comment" else None, i.product_id, i.count) for i in fresh]
    assert len(table) == len(set(table))


@settings(max_examples=60, deadline=None)
@given(items=st.lists(ITEM, min_size=1, max_size=12), known=st.sets(st.sampled_from(["a", "b"])))
def test_what_was_just_packed_is_what_the_log_gives_back(items: list[AudienceItem], known: set[str]) -> None:
    packed = pack(items, {viewer: number for number, viewer in enumerate(sorted(known))}, len(known))
    unpack.cache_clear()
    at_hand, opened = unpack(packed), unpack.__wrapped__(packed)
    assert at_hand is not opened
    for name in ("texts", "tidied", "names", "new_viewers", "message_ids", "products"):
        assert getattr(at_hand, name) == getattr(opened, name)
    for name in ("kind", "at", "viewer", "product", "count", "flow", "comments"):
        assert np.array_equal(getattr(at_hand, name), getattr(opened, name))


def test_a_batch_is_small_in_the_log() -> None:
    items = [AudienceItem(kind="like", at=AT + n * 3, viewer=f"viewer-{n % 700}", message_id=f"m{n}") for n in range(5000)]
    assert len(pack(items, {}, 0)) < 8 * len(items)


def test_marks_that_turn_the_direction_are_left_out_of_words_and_names() -> None:
    said = AudienceItem(kind="comment", at=AT, viewer="v", name="\u202e小美\u2067 123", text="這個\u202e CBA 多少\u200d錢")
    columns = unpack(pack([said], {}, 0))
    assert (columns.names, columns.texts) == (["小美 123"], ["這個 CBA 多少\u200d錢"])


def test_columns_cannot_be_changed_by_a_reader() -> None:
    columns = unpack(pack([enter("v1")], {}, 0))
    for column in (columns.kind, columns.at, columns.viewer, columns.product, columns.count):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1
    assert columns.at.dtype == np.int64


def test_the_fact_survives_the_log() -> None:
    stage = Stage(FEATURE).given(PLANNED).when(seal(comment("嗨"), enter("v2")))
    codec = Codec((AudienceBatch, ShowPlanned))
    event = Event(stream=stage.stream, seq=2, at=CURTAIN_AT, actor=SOMEBODY, fact=batches(stage)[0])
    assert codec.unpack(codec.pack(event)) == event
    assert codec.from_json(codec.to_json(event)) == event
