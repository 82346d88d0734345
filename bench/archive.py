"""Audience events a second from a log to Parquet, bytes for each, and how much memory the writing takes."""

import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from bench.ingest import BATCH, _bodies
from kaibo.archive.write import write_archive
from kaibo.connectors.ingest.inbound import IngestBody
from kaibo.core.codec import Codec
from kaibo.core.event import Actor, Event
from kaibo.features import FEATURES
from kaibo.features.audience.columns import in_order, pack
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.show.facts import ShowPlanned

EVENTS = 1_000_000
WHO = Actor(id="bench", role="source")
STREAM = "show/bench"


def _log(bodies: list[bytes]) -> list[bytes]:
    """The log as the store keeps it."""
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])
    plan = ShowPlanned(show_id="bench", title="x", starts_at=0, ends_at=1, timezone="Asia/Taipei", currency="TWD")
    log = [codec.pack(Event(stream=STREAM, seq=1, at=0, actor=WHO, fact=plan))]
    known: dict[str, int] = {}
    for place in range(EVENTS // BATCH):
        items = in_order(msgspec.json.decode(bodies[place % len(bodies)], type=IngestBody).items)
        base = len(known)
        columns = pack(items, known, base)
        for item in items:
            known.setdefault(item.viewer, len(known))
        fact = AudienceBatch(
            source="bench",
            room="r",
            count=len(items),
            comments=sum(item.kind == "comment" for item in items),
            first_at=items[0].at,
            last_at=items[-1].at,
            viewer_base=base,
            columns=columns,
        )
        log.append(codec.pack(Event(stream=STREAM, seq=place + 2, at=0, actor=WHO, fact=fact)))
    return log


def measure() -> dict[str, Any]:
    """One process, from the store's bytes to files on disk."""
    log = _log(_bodies(40))
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])

    def events() -> Iterator[Event[Any]]:
        return (codec.unpack(body) for body in log)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        about = write_archive("bench", events(), FEATURES, Path(folder) / "bench")
        seconds = time.perf_counter() - began
    size = sum(about.bytes.values())
    return {
        "events": about.rows["audience"],
        "per_s": round(about.rows["audience"] / seconds),
        "bytes_per_event": round(size / about.rows["audience"], 2),
        "bytes_per_event_log": round(sum(map(len, log)) / about.rows["audience"], 2),
        "grew_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
    }
