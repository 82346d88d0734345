"""Gathering: one log entry for many items, every message once, and everybody hears whether theirs is safe."""

import asyncio
from pathlib import Path

import pytest

from kaibo.app import App
from kaibo.connectors.gather import SEAL_ITEMS_MAX, Gatherer
from kaibo.core.errors import NotAllowed
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.audience.rules import AudienceShowEnded
from kaibo.features.show.commands import EndShow
from tests.connectors.house import DIRECTOR, NOW, OPERATIONS, SHOW, SOURCE, facts, plan, told


def items(start: int, count: int) -> tuple[AudienceItem, ...]:
    return tuple(
        AudienceItem(kind="comment", at=NOW + n, viewer=f"v{n % 50}", text=f"第{n}句", message_id=f"m{n}")
        for n in range(start, start + count)
    )


def test_what_comes_together_is_one_entry_of_its_source() -> None:
    async def story(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=0)
        asks = [gatherer.add("s", "a", "r", items(n * 10, 10), SOURCE) for n in range(5)]
        asks += [gatherer.add("s", "b", "b", items(0, 3), SOURCE), gatherer.add("s", "a", "other", items(0, 2), SOURCE)]
        await asyncio.gather(*asks)
        batches = await facts(app, AudienceBatch)
        assert {(batch.source, batch.room): batch.count for batch in batches} == {
            ("a", "r"): 50,
            ("b", "b"): 3,
            ("a", "other"): 2,
        }
        assert len(batches) == 3

    told(story)


def test_a_message_counts_once_within_a_batch_across_batches_and_after_a_restart(tmp_path: Path) -> None:
    async def before(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=0)
        await asyncio.gather(*(gatherer.add("s", "a", "r", items(0, 5), SOURCE) for _ in range(3)))
        await gatherer.add("s", "a", "r", items(3, 5), SOURCE)

    async def after(app: App) -> None:
        gatherer = Gatherer(app.engine, round_s=0)
        await gatherer.add("s", "a", "r", items(0, 8), SOURCE)
        await gatherer.add("s", "a", "r", items(7, 2), SOURCE)
        await gatherer.add("s", "b", "b", items(0, 1), SOURCE)  # another room has its own ids
        batches = await facts(app, AudienceBatch)
        assert [(batch.source, batch.count, batch.duplicates) for batch in batches] == [
            ("a", 5, 10),
            ("a", 3, 2),
            ("a", 1, 1),
            ("b", 1, 0),
        ]
        fold = await app.engine.fold(SHOW)
        assert len(fold.rows("comment.window")) == 10

    told(before, tmp_path)
    told(after, tmp_path)


def test_a_flood_is_cut_into_entries_of_a_bounded_size() -> None:
    async def story(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=60)  # full is full: nobody waits for the clock
        await gatherer.add("s", "a", "r", items(0, 2 * SEAL_ITEMS_MAX + 7), SOURCE)
        assert [batch.count for batch in await facts(app, AudienceBatch)] == [SEAL_ITEMS_MAX, SEAL_ITEMS_MAX, 7]
        first = asyncio.create_task(gatherer.add("s", "a", "r", items(50_000, SEAL_ITEMS_MAX - 1), SOURCE))
        await asyncio.sleep(0)
        assert not first.done()
        await gatherer.add("s", "a", "r", items(90_000, 1), SOURCE)
        await first
        assert [batch.count for batch in await facts(app, AudienceBatch)][3:] == [SEAL_ITEMS_MAX]

    told(story)


def test_a_line_of_a_quiet_source_waits_for_nobody() -> None:
    async def story(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=60)
        for place in range(3):
            await gatherer.add("s", "a", "r", items(place, 1), SOURCE)
        assert [batch.count for batch in await facts(app, AudienceBatch)] == [1, 1, 1]

    told(story)


def test_a_busy_source_is_gathered_in_rounds_and_quiet_again_it_waits_for_nobody() -> None:
    async def story(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=0.2)
        await gatherer.add("s", "a", "r", items(0, 200), SOURCE)
        late = items(300, 1)[0]
        asks = [asyncio.create_task(gatherer.add("s", "a", "r", (each,), SOURCE)) for each in (late, *items(200, 1))]
        await asyncio.sleep(0)
        assert not any(ask.done() for ask in asks)
        await asyncio.gather(*asks)
        batches = await facts(app, AudienceBatch)
        assert [batch.count for batch in batches] == [200, 1, 1]  # the newest tenth of a second waited for what came late
        await gatherer.add("s", "a", "r", items(400, 1), SOURCE)
        assert len(await facts(app, AudienceBatch)) == 4

    told(story)


def test_everybody_who_waits_hears_the_refusal() -> None:
    async def story(app: App) -> None:
        await plan(app, EndShow())
        gatherer = Gatherer(app.engine, round_s=0)
        answers = await asyncio.gather(
            *(gatherer.add("s", "a", "r", items(n, 1), SOURCE) for n in range(3)), return_exceptions=True
        )
        assert [type(answer) for answer in answers] == [AudienceShowEnded] * 3
        assert await facts(app, AudienceBatch) == []

    told(story)


def test_one_callers_lack_of_rights_is_not_anothers() -> None:
    async def story(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=0)
        yes = asyncio.create_task(gatherer.add("s", "a", "r", items(0, 1), SOURCE))
        no = [asyncio.create_task(gatherer.add("s", "a", "r", items(1, 1), who)) for who in (OPERATIONS, DIRECTOR)]
        await yes
        for each in no:
            with pytest.raises(NotAllowed):
                await each
        assert [batch.count for batch in await facts(app, AudienceBatch)] == [1]

    told(story)


def test_who_hangs_up_takes_nothing_with_them() -> None:
    async def story(app: App) -> None:
        await plan(app)
        gatherer = Gatherer(app.engine, round_s=0)
        gone = asyncio.create_task(gatherer.add("s", "a", "r", items(0, 1), SOURCE))
        stays = asyncio.create_task(gatherer.add("s", "a", "r", items(1, 1), SOURCE))
        await asyncio.sleep(0)
        gone.cancel()
        await stays
        assert [batch.count for batch in await facts(app, AudienceBatch)] == [2]

    told(story)
