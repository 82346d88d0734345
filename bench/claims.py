"""Claims a second through the whole house, durable, with nobody oversold; beside one row-by-row SQLite UPDATE for each claim."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

import uvloop

from bench.house import quantiles
from kaibo.app import build
from kaibo.config import Settings
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.claim.commands import PolicyAsked, SetPolicy
from kaibo.features.claim.facts import ClaimsDecided
from kaibo.features.product.commands import AddProduct
from kaibo.features.product.facts import ProductSheet
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.kit.engine import Caller
from kaibo.kit.react import SYSTEM

WHO = Caller(id="bench", name="bench", roles=frozenset({"owner"}))
STREAM = "show/bench"
SKUS = 20
UNITS = 2000  # of each product: gone before the run ends, so that refusals and the waitlist are measured too
BATCH = 250  # comments: what a room of 25,000 a second seals in 10 ms
BATCHES = 320
LEAD_MS = 10_000  # so long ago it went on air: comments come as they are written, from a clock that goes right
LATE = 120.0  # seconds after which the run is given up
COMMENTS = 10_000  # for the row-by-row side


def inside() -> dict[str, Any]:
    """Comments are sealed, read, decided, written with fsync, and shown on every view of the house."""
    with tempfile.TemporaryDirectory() as folder:
        found = uvloop.run(_inside(Path(folder)))
        by_row = _row_by_row(Path(folder) / "rows.db")
    return {**found, "row_by_row_per_s": by_row, "ratio_to_rows": round(found["per_s"] / by_row, 1)}


def batches(aired_at: int) -> list[SealBatch]:
    """Each viewer orders one or two of a product; half of them write it in a way of their own."""
    chance = Random(1)
    forms = ("S{}+1", "s{} +1", "S{}+2", "Ｓ{}＋１", "S{}加二", "我要S{}兩個")
    made: list[SealBatch] = []
    for number in range(BATCHES):
        items = tuple(
            AudienceItem(
                kind="comment",
                at=aired_at + number * 10,
                viewer=f"v{number * BATCH + place}",
                name=f"觀眾{place}",
                text=chance.choice(forms).format(chance.randrange(SKUS)),
                message_id=f"m{number * BATCH + place}",
            )
            for place in range(BATCH)
        )
        made.append(SealBatch(source="bench", items=items))
    return made


async def _inside(folder: Path) -> dict[str, Any]:
    app = build(Settings(data_dir=folder / "data"))
    await app.start()
    engine = app.engine
    try:
        real, aired_at = engine.clock, engine.clock() - LEAD_MS
        engine.clock = lambda: aired_at  # before the comments: what is written off the air is no claim
        await engine.submit(
            STREAM, PlanShow(show_id="bench", title="量測", starts_at=aired_at, ends_at=aired_at + 3_600_000), WHO
        )
        for place in range(SKUS):
            sheet = ProductSheet(product_id=f"S{place}", name=f"品{place}", live_price_minor=10_000, stock=UNITS)
            await engine.submit(STREAM, AddProduct(product=sheet), WHO)
        await engine.submit(STREAM, SetPolicy(policy=PolicyAsked(capture="always", hold_minutes=0)), WHO)
        await engine.submit(STREAM, AirShow(), WHO)
        engine.clock = real
        return await _run(engine, batches(aired_at))
    finally:
        await app.stop()


async def _run(engine: Any, made: list[SealBatch]) -> dict[str, Any]:
    decided: dict[int, float] = {}
    claimed: dict[str, int] = {}
    counts = {"claims": 0}
    news = asyncio.Event()

    def on_news(fold: Any, events: Any, changed: Any) -> None:
        del changed
        now = time.perf_counter()
        for event in events:
            if isinstance(event.fact, ClaimsDecided) and fold.stream == STREAM:
                decided[event.fact.batch] = now
                counts["claims"] += len(event.fact.decisions)
                for decision in event.fact.decisions:
                    claimed[decision.product_id] = claimed.get(decision.product_id, 0) + decision.got
        news.set()

    engine.listen(on_news)
    sealed: dict[int, float] = {}
    began, spent = time.perf_counter(), time.process_time()
    for batch in made:
        sent = time.perf_counter()
        receipt = await engine.submit(STREAM, batch, SYSTEM)
        sealed[receipt.seq] = sent
        while len(sealed) - len(decided) > 1:  # a source that waits for its answers: what is measured is no queue of its own
            news.clear()
            await asyncio.wait_for(news.wait(), LATE)
    while len(decided) < BATCHES:
        news.clear()
        await asyncio.wait_for(news.wait(), LATE)
    seconds = max(decided.values()) - began
    busy = time.process_time() - spent
    spans = [(decided[seq] - sent) * 1000 for seq, sent in sealed.items()]
    oversold = sum(max(0, units - UNITS) for units in claimed.values())
    if sum(claimed.values()) < SKUS * UNITS:  # refusing everybody is quick, and oversells nobody
        raise RuntimeError(f"only {sum(claimed.values())} of {SKUS * UNITS} units were claimed")
    return {
        "claims": counts["claims"],
        "per_s": round(counts["claims"] / seconds),
        "per_cpu_s": round(counts["claims"] / busy),
        **quantiles(spans),
        "oversold": oversold,
    }


def _row_by_row(path: Path) -> int:
    """The usual way: for each claim one transaction that takes a unit where one is left, and writes the claim."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE stock (sku TEXT PRIMARY KEY, left INTEGER)")
    db.execute("CREATE TABLE claims (id INTEGER PRIMARY KEY, buyer TEXT, sku TEXT, got INTEGER)")
    db.executemany("INSERT INTO stock VALUES (?, ?)", [(f"S{place}", UNITS) for place in range(SKUS)])
    chance, began = Random(1), time.perf_counter()
    for number in range(COMMENTS):
        sku = f"S{chance.randrange(SKUS)}"
        db.execute("BEGIN IMMEDIATE")
        got = db.execute("UPDATE stock SET left = left - 1 WHERE sku = ? AND left > 0", (sku,)).rowcount
        db.execute("INSERT INTO claims (buyer, sku, got) VALUES (?, ?, ?)", (f"v{number}", sku, got))
        db.execute("COMMIT")
    per_s = round(COMMENTS / (time.perf_counter() - began))
    db.close()
    return per_s
