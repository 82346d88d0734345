"""Reads a recorded chat and hands it in as it happened."""

import asyncio
import csv
import gzip
import io
import math
import zlib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from kaibo.core.errors import Refusal
from kaibo.features.audience.commands import AudienceItem
from kaibo.kit.charset import decode

BATCH_S = 0.25
TEXT_LENGTH_MAX = 2000

Sink = Callable[[tuple[AudienceItem, ...]], Awaitable[None]]


class NotAChat(Refusal):
    """The file has no columns t_s, viewer, text, or a row without a time."""

    code = "file.not_a_chat"
    status = 422
    why: str


def read_chat(path: Path) -> Iterator[tuple[float, str, str]]:
    """(seconds from the start, viewer, text) for each row of a CSV or CSV.gz in whatever encoding. Raises NotAChat."""
    try:
        rows = csv.DictReader(io.StringIO(_text(path), newline=""))
        if not {"t_s", "viewer", "text"} <= set(rows.fieldnames or ()):
            raise NotAChat(why="t_s, viewer, text")
        for row in rows:
            seconds = float(row["t_s"])
            if not math.isfinite(seconds):
                raise NotAChat(why=f"t_s {row['t_s']}")
            yield seconds, row["viewer"][:64] or "?", row["text"][:TEXT_LENGTH_MAX]
    except (ValueError, TypeError, OSError, EOFError, zlib.error, csv.Error) as error:
        raise NotAChat(why=str(error)) from error


def _text(path: Path) -> str:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        read = decode(file.read())
    if read is None:
        raise NotAChat(why=path.name)
    return read.text


async def replay(
    path: Path, sink: Sink, *, speed: float, clock: Callable[[], int], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> int:
    """Hand the chat to `sink` in batches, `speed` times as fast as it was; the platform time is the moment of replay. Gives the number of comments."""
    began = clock()
    batch: list[AudienceItem] = []
    count = 0
    for seconds, viewer, text in read_chat(path):
        at = began + int(seconds * 1000 / speed)
        while at > clock() + BATCH_S * 1000:
            if batch:
                await sink(tuple(batch))
                batch.clear()
            await sleep(min(BATCH_S, (at - clock()) / 1000))
        count += 1
        batch.append(
            AudienceItem(kind="comment", at=at, viewer=viewer, text=text, message_id=f"{path.name[:64]}:{began}:{count}")
        )
        if len(batch) >= 1000:
            await sink(tuple(batch))
            batch.clear()
    if batch:
        await sink(tuple(batch))
    return count
