"""Reads a recorded chat and hands it in as it happened."""

import asyncio
import csv
import gzip
import io
import zlib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kaibo.core.errors import Refusal
from kaibo.features.audience.commands import TEXT_LENGTH_MAX, VIEWER_LENGTH_MAX, AudienceItem
from kaibo.features.audience.shown import cut
from kaibo.kit.charset import decode

BATCH_S = 0.25
HEADER_LENGTH_MAX = 120  # of a header that is none: enough to know it by
T_S_MAX = 172_800  # two days: no show is so long, and nobody waits for a row that is

Sink = Callable[[tuple[AudienceItem, ...]], Awaitable[None]]
Odd = Callable[[int, str], None]


class NotAChat(Refusal):
    """The file has no columns t_s, viewer, text, or no row with a time."""

    code = "file.not_a_chat"
    status = 422
    why: str


class Line(NamedTuple):
    """One comment of a recorded chat: where it stands in the file, seconds from the start, who, what."""

    number: int
    t_s: float
    viewer: str
    text: str


def read_lines(path: Path, odd: Odd) -> Iterator[Line]:
    """The comments of a CSV or CSV.gz in whatever encoding; `odd(line, why)` hears of rows that are none. Raises NotAChat where no row is one."""
    good, first = 0, ""
    try:
        text = _text(path)
        mark = max(",;\t", key=text.partition("\n")[0].count)  # as spreadsheets of other countries save it
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
        names = rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]  # people write `t_s, viewer, text`
        if not {"t_s", "viewer", "text"} <= set(names):
            raise NotAChat(why=", ".join(names)[:HEADER_LENGTH_MAX])
        for row in rows:
            line = _line(rows.line_num, row)
            if isinstance(line, str):
                first = first or f"{rows.line_num}: {line}"
                odd(rows.line_num, line)
                continue
            good += 1
            yield line
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise NotAChat(why=str(error)) from error
    if first and not good:
        raise NotAChat(why=first)


def _line(number: int, row: dict[str, str | None]) -> Line | str:
    """A row as a comment, or why it is none."""
    moment, viewer, text = row["t_s"], row["viewer"], row["text"]
    if moment is None or viewer is None or text is None:
        return "t_s, viewer, text"
    try:
        t_s = float(moment)
    except ValueError:
        return f"t_s {moment[:40]}"
    if not abs(t_s) <= T_S_MAX:
        return f"t_s {moment[:40]}"
    return Line(number, t_s, viewer.strip()[:VIEWER_LENGTH_MAX] or "?", cut(text.strip(), TEXT_LENGTH_MAX))


def read_chat(path: Path) -> Iterator[tuple[float, str, str]]:
    """(seconds from the start, viewer, text) of each comment. Raises NotAChat."""
    for line in read_lines(path, _unheard):
        yield line.t_s, line.viewer, line.text


def _unheard(_line: int, _why: str) -> None:
    """Nobody asks which rows are none."""


def _text(path: Path) -> str:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        read = decode(file.read())
    if read is None:
        raise NotAChat(why=path.name)
    return read.text


async def replay(
    path: Path,
    sink: Sink,
    *,
    speed: float,
    clock: Callable[[], int],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    odd: Odd = _unheard,
) -> int:
    """Hand the chat to `sink` in batches, `speed` times as fast as it was; the platform time is the moment of replay. Gives the number of comments.

    `odd(line, why)` hears of rows that are no comments. The line of an item is the last part of its message id.
    """
    began = clock()
    batch: list[AudienceItem] = []
    count = 0
    for line in read_lines(path, odd):
        at = began + int(line.t_s * 1000 / speed)
        while at > clock() + BATCH_S * 1000:
            if batch:
                await sink(tuple(batch))
                batch.clear()
            await sleep(min(BATCH_S, (at - clock()) / 1000))
        count += 1
        message_id = f"{path.name[:64]}:{began}:{line.number}"
        batch.append(AudienceItem(kind="comment", at=at, viewer=line.viewer, text=line.text, message_id=message_id))
        if len(batch) >= 1000:
            await sink(tuple(batch))
            batch.clear()
    if batch:
        await sink(tuple(batch))
    return count


def line_of(item: AudienceItem) -> int:
    """Where a replayed item stands in its file."""
    return int(item.message_id.rpartition(":")[2])
