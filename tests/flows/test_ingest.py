"""From hand-in to log: every message exactly once and in order, however often and in whatever order a platform tells it."""

import asyncio
from random import Random
from typing import Any

from kaibo.app import build
from kaibo.config import Settings
from kaibo.connectors.gather import REORDER_MS, SEAL_ITEMS_MAX, Gatherer
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.kit.engine import Caller, Engine

WHO = Caller(id="w", name="w", roles=frozenset({"owner", "source"}))
SHOW = "show/flood"
PER_S = 2_000
SECONDS = 5


def said(number: int, at: int) -> AudienceItem:
    return AudienceItem(kind="comment", at=at, viewer=f"v{number % 700}", text=f"第{number}句", message_id=f"m{number}")


async def flooded(feed: Any) -> tuple[list[AudienceBatch], Any]:
    """Open a house, let `feed(engine, gatherer, now)` hand in; the batches of the log and the lamp."""
    app = build(Settings(data_dir=None))
    await app.start()
    try:
        now = app.engine.clock()
        await app.engine.submit(SHOW, PlanShow(show_id="flood", title="x", starts_at=now, ends_at=now + 3_600_000), WHO)
        await app.engine.submit(SHOW, AirShow(), WHO)
        await feed(app.engine, app.gatherer, now)
        facts = [event.fact for event in await app.engine.events(SHOW, 0, 10_000)]
        fold = await app.engine.fold(SHOW)
        return [fact for fact in facts if isinstance(fact, AudienceBatch)], fold.rows("audience.sources").get("shop/r")
    finally:
        await app.stop()


def test_two_thousand_comments_a_second_reach_the_log_exactly_once() -> None:
    """Five seconds of them, each second handed in by four pushes, a tenth told twice, all of it shuffled."""
    chance = Random(7)
    count = PER_S * SECONDS

    async def feed(engine: Engine, gatherer: Gatherer, now: int) -> None:
        told = list(range(count))
        told += chance.choices(range(count), k=count // 10)
        chance.shuffle(told)
        pushes = [told[start : start + 500] for start in range(0, len(told), 500)]
        hands = [
            gatherer.add("flood", "shop", "r", tuple(said(n, now - SECONDS * 1000 + n // 2) for n in push), WHO)
            for push in pushes
        ]
        await asyncio.gather(*hands)

    batches, lamp = asyncio.run(flooded(feed))
    ids = [message for batch in batches for message in unpack(batch.columns).message_ids]
    assert sorted(ids) == sorted(f"m{n}" for n in range(count))
    assert sum(batch.comments for batch in batches) == count
    assert (lamp.events, lamp.duplicates) == (count, count // 10)
    assert max(batch.count for batch in batches) <= SEAL_ITEMS_MAX
    for batch in batches:
        assert (unpack(batch.columns).at[1:] >= unpack(batch.columns).at[:-1]).all()


def test_what_comes_a_moment_late_still_finds_its_place() -> None:
    """An item within the reorder window of one already handed in is sealed in order, and is not late."""

    async def feed(engine: Engine, gatherer: Gatherer, now: int) -> None:
        busy = tuple(said(100 + place, now - 5_000 + place) for place in range(100))  # a quiet source waits for nobody
        await gatherer.add("flood", "shop", "r", busy, WHO)
        first = asyncio.create_task(gatherer.add("flood", "shop", "r", (said(1, now), said(2, now - 500)), WHO))
        sealed = asyncio.Event()
        engine.listen(lambda _fold, _events, changed: sealed.set() if "audience.sources" in changed else None)
        await sealed.wait()
        lamp: Any = (await engine.fold(SHOW)).row("audience.sources", "shop/r")
        assert lamp.events == 101
        await asyncio.gather(first, gatherer.add("flood", "shop", "r", (said(3, now - REORDER_MS + 1),), WHO))

    batches, lamp = asyncio.run(flooded(feed))
    assert [list(unpack(batch.columns).message_ids) for batch in batches[1:]] == [["m2"], ["m3", "m1"]]
    assert lamp.late == 0


def test_what_comes_later_still_is_late_and_in_the_log() -> None:
    async def feed(engine: Engine, gatherer: Gatherer, now: int) -> None:
        await gatherer.add("flood", "shop", "r", (said(1, now),), WHO, missed=3)
        await gatherer.add("flood", "shop", "r", (said(2, now - 1), said(3, now + 5)), WHO, missed=4)

    batches, lamp = asyncio.run(flooded(feed))
    assert sum(batch.count for batch in batches) == 3
    assert (lamp.late, lamp.missed) == (1, 7)


def test_whoever_hands_in_hears_the_refusal() -> None:
    async def feed(engine: Engine, gatherer: Gatherer, now: int) -> None:
        answers = await asyncio.gather(
            gatherer.add("nowhere", "shop", "r", (said(1, now),), WHO),
            gatherer.add("flood", "shop", "r", (said(1, now),), WHO),
            return_exceptions=True,
        )
        assert [type(answer).__name__ for answer in answers] == ["NotFound", "NoneType"]

    asyncio.run(flooded(feed))
