"""Figures at a given pace: sealed batches are folded by the deciding state and all views of `metric`, tiles are read again and again.

Freshness is the time from a batch's arrival to tiles that count it, on one core, before the live channel's own pace.
"""

import time
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from kaibo.core.event import Actor, Event
from kaibo.core.stream import StreamFold
from kaibo.features.audience.columns import CODE, Packed
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.feature import FEATURE
from kaibo.features.show.facts import ShowAired, ShowPlanned

BATCH = 5_000
START = 1_764_331_200_000
READ_S = 0.25  # how often a screen is told
NEW_VIEWERS = 0.02
MIX = {"like": 0.38, "comment": 0.15, "enter": 0.1, "leave": 0.1, "click": 0.08, "view": 0.16, "follow": 0.01, "share": 0.02}
SOURCE = Actor(id="bench", role="source")
_raw = msgspec.msgpack.encode


def batches(rate: int, seconds: float, known: int = 100_000) -> Iterator[AudienceBatch]:
    """What a room of `rate` events a second seals in that time; `known` viewers are met in the first batch."""
    chance = np.random.default_rng(1)
    kinds = np.array([CODE[kind] for kind in MIX], np.uint8)
    share = np.array(list(MIX.values())) / sum(MIX.values())
    base = 0
    for number in range(int(rate * seconds / BATCH)):
        fresh = known if number == 0 else int(BATCH * NEW_VIEWERS)
        kind = chance.choice(kinds, BATCH, p=share)
        at = np.sort(START + int(number * BATCH * 1000 / rate) + chance.integers(0, max(1, BATCH * 1000 // rate), BATCH))
        said = int((kind == CODE["comment"]).sum())
        packed = Packed(
            kind=kind.tobytes(),
            step=np.diff(at.astype("<i8"), prepend=0).tobytes(),
            viewer=chance.integers(0, base + fresh, BATCH).astype("<u4").tobytes(),
            product=chance.integers(1, 21, BATCH).astype("<u4").tobytes(),
            count=np.ones(BATCH, "<u4").tobytes(),
            products=[f"P{place}" for place in range(20)],
            texts=msgspec.Raw(_raw(["好"] * said)),
            names=msgspec.Raw(_raw(["甲"] * said)),
            new_viewers=msgspec.Raw(_raw([f"v{base + place}" for place in range(fresh)])),
            message_ids=msgspec.Raw(_raw([])),
            flow=chance.integers(0, 15, BATCH).astype(np.uint8).tobytes(),
        )
        yield AudienceBatch(
            source="bench", room="", count=BATCH, comments=said, first_at=int(at[0]), last_at=int(at[-1]),
            viewer_base=base, columns=zlib.compress(_raw(packed), 1),
        )  # fmt: skip
        base += fresh


def _house() -> StreamFold:
    fold = StreamFold("show/bench", (FEATURE,))
    plan = ShowPlanned(show_id="bench", title="b", starts_at=START, ends_at=START + 1, timezone="Asia/Taipei", currency="TWD")
    for fact in (plan, ShowAired(show_id="bench")):
        _fold(fold, fact, START)
    return fold


def _fold(fold: StreamFold, fact: Any, at: int) -> None:
    event = Event(stream=fold.stream, seq=fold.seq + 1, at=at, actor=SOURCE, fact=fact)
    fold.apply(event)
    fold.due()
    fold.project(event)


def _read(fold: StreamFold) -> None:
    for view in ("metric.tiles", "metric.products", "metric.flows", "metric.retention"):
        fold.rows(view)


def paced(rate: int, seconds: float = 8.0) -> dict[str, float]:
    """Batches arrive at this pace; a screen reads every quarter of a second, or as soon as the folds let it."""
    told = list(batches(rate, seconds + 1))
    fold = _house()
    warm = int(rate / BATCH)
    for batch in told[:warm]:
        _fold(fold, batch, batch.last_at)
    late: list[float] = []
    waiting: list[float] = []
    began = read_at = time.perf_counter()
    for number, batch in enumerate(told[warm:], 1):
        arrived = began + number * BATCH / rate
        while (now := time.perf_counter()) < arrived:
            time.sleep(min(0.001, arrived - now))
        _fold(fold, batch, batch.last_at)
        waiting.append(arrived)
        if time.perf_counter() - read_at >= READ_S:
            _read(fold)
            read_at = time.perf_counter()
            late += [1000 * (read_at - each) for each in waiting]
            waiting.clear()
    took = time.perf_counter() - began
    return {
        "events_s": round((len(told) - warm) * BATCH / took),
        "freshness_p50_ms": round(float(np.percentile(late, 50)), 1),
        "freshness_p99_ms": round(float(np.percentile(late, 99)), 1),
    }


def limit(seconds: float = 8.0) -> dict[str, float]:
    """As fast as one core folds, a screen reading every quarter of a second of its own time."""
    told = list(batches(200_000, seconds))
    fold = _house()
    _fold(fold, told[0], told[0].last_at)
    began = read_at = time.perf_counter()
    cpu = time.process_time()
    reading = 0.0
    for batch in told[1:]:
        _fold(fold, batch, batch.last_at)
        if (now := time.perf_counter()) - read_at >= READ_S:
            _read(fold)
            read_at = time.perf_counter()
            reading += read_at - now
    took = time.perf_counter() - began
    return {
        "events_s": round((len(told) - 1) * BATCH / took),
        "events_cpu_s": round((len(told) - 1) * BATCH / (time.process_time() - cpu)),
        "reading_share": round(reading / took, 3),
        "viewers": fold.state("metric").board.viewers.size,
    }
