"""The newest comments, and the exact counters beside them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

import msgspec
import numpy as np

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import NEWEST_AHEAD_MS_MAX, AudienceBatch, AudienceRepeated, unpack
from kaibo.features.comment.facts import CommentCorrected, Kind, ModelChosen
from kaibo.features.comment.holds import Hold, Holds
from kaibo.features.comment.marks import MARK_FACTS, Mark, Marks
from kaibo.features.comment.reading import KIND_FACTS, Reader, code_of
from kaibo.features.comment.shop_sheet import SHOP, ShopSheet
from kaibo.features.comment.triage import AFTERSALES, CLASSES, ORDER, PRAISE, QUESTION, SPAM
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.moderation.facts import CommentsReleased

WINDOW_MAX = 300
ALL = "all"


class CommentRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """View `comment.window`, key `seq:index`, newest 300 of the show.

    `kind` is question, order, aftersales, praise, spam or other; `product_id` the product it was about when it came, "" if
    none; `corrected` when a person said so; `state` is open, handed, replying, reply_failed, answered or dismissed. `held`
    is why moderation hid it (word, mute, slow, hand) or marked it (mark), "" when it did not.
    """

    at: int
    viewer: str
    name: str
    text: str
    source: str
    kind: Kind
    product_id: str
    state: Mark | Literal["open"]
    corrected: bool = False
    held: Hold | Literal[""] = ""


class CommentCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.counts`, key `all`: exact counts of the whole show, whatever the window holds.

    `hidden`: by moderation now; `last_minute`: comments of the sixty seconds that end with the newest second heard of,
    or with the last heartbeat or sample of the figures: it falls when the chat is quiet.
    """

    comments: int = 0
    questions: int = 0
    orders: int = 0
    aftersales: int = 0
    praise: int = 0
    spam: int = 0
    answered: int = 0
    hidden: int = 0
    last_minute: int = 0


@dataclass(slots=True)
class Window:
    """The newest rows by address, oldest first, and the table of viewers."""

    shop: ShopSheet
    rows: dict[str, CommentRow] = field(default_factory=dict[str, CommentRow])
    viewers: list[str] = field(default_factory=list[str])
    reader: Reader = field(default_factory=Reader)
    marks: Marks = field(default_factory=Marks)
    holds: Holds = field(default_factory=Holds)


def fold_window(window: Window, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Only the last 300 comments of a batch become rows."""
    del touched
    match event.fact:
        case AudienceBatch() as batch:
            window.viewers.extend(unpack(batch.columns).new_viewers)
            return _slide(window, event.seq, batch) if batch.comments else ()
        case CommentCorrected(comment_ref=ref, kind=kind, product_id=product_id):
            row = window.rows.get(ref)
            if row is None:
                return ()
            about = row.product_id if product_id is None else product_id
            window.rows[ref] = msgspec.structs.replace(row, kind=kind, product_id=about, corrected=True)
            return (ref,)
        case _:
            window.reader.fold(event)
            marked = dict.fromkeys((*window.marks.fold(event), *window.holds.fold(event)))
            changed = [ref for ref in marked if ref in window.rows]
            for ref in changed:
                state, held = window.marks.of.get(ref, "open"), window.holds.of.get(ref, "")
                window.rows[ref] = msgspec.structs.replace(window.rows[ref], state=state, held=held)
            return changed


def _slide(window: Window, seq: int, batch: AudienceBatch) -> Iterable[str]:
    columns, read = unpack(batch.columns), window.reader.read(batch)
    first = max(0, batch.comments - WINDOW_MAX)
    instants, viewers = columns.comments_at[first:], columns.comments_by[first:]
    told = {index - first: one for index, one in read.told.items() if index >= first}
    products = window.shop.about_each(read.tidied[first:], instants, told)
    names, texts, source, people, marks = columns.names, columns.texts, batch.source, window.viewers, window.marks.of
    came: list[str] = []
    for index, (at, viewer, product_id) in enumerate(zip(instants, viewers, products, strict=True), first):
        ref = f"{seq}:{index}"
        came.append(ref)
        window.rows[ref] = CommentRow(
            at=at,
            viewer=people[viewer],
            name=names[index],
            text=texts[index],
            source=source,
            kind=CLASSES[read.classes[index]],
            product_id=product_id,
            state=marks.get(ref, "open"),
        )
    gone = list(islice(window.rows, max(0, len(window.rows) - WINDOW_MAX)))
    for ref in gone:
        del window.rows[ref]
    return [*came, *gone]


@dataclass(slots=True)
class Counts:
    """The row, comments by second for the last minute, and the class of every comment (a byte each) for corrections."""

    row: CommentCountRow = field(default_factory=CommentCountRow)
    reader: Reader = field(default_factory=Reader)
    kinds: dict[int, bytearray] = field(default_factory=dict[int, bytearray])
    seconds: Counter[int] = field(default_factory=Counter[int])
    newest: int = 0
    answered: set[str] = field(default_factory=set[str])
    hidden: set[str] = field(default_factory=set[str])
    marks: Marks = field(default_factory=Marks)
    holds: Holds = field(default_factory=Holds)


def fold_counts(counts: Counts, event: Event[Fact]) -> Iterable[str]:
    """Every comment is counted, shown or not."""
    row = counts.row
    match event.fact:
        case AudienceBatch() as batch:
            counts.newest = max(counts.newest, min(batch.last_at, event.at + NEWEST_AHEAD_MS_MAX) // 1000)
            if batch.comments:
                counts.kinds[event.seq] = bytearray(counts.reader.read(batch).classes)
            comments, last_minute = row.comments + batch.comments, _last_minute(counts, batch)
            row = msgspec.structs.replace(row, comments=comments, last_minute=last_minute)
            row = _counted(row, counts.kinds.get(event.seq, b""), 1)
        case AudienceRepeated() | MetricSampled():
            counts.newest = max(counts.newest, event.at // 1000)
            row = msgspec.structs.replace(row, last_minute=_in_last_minute(counts))
        case CommentCorrected(comment_ref=ref, kind=kind):
            seq, _, index = ref.partition(":")
            kinds, place = counts.kinds[int(seq)], int(index)
            row = _counted(row, kinds[place : place + 1], -1)
            kinds[place] = code_of(kind)
            row = _counted(row, kinds[place : place + 1], 1)
        case ModelChosen():
            counts.reader.fold(event)
        case _:
            counts.answered.update(ref for ref in counts.marks.fold(event) if counts.marks.of.get(ref) == "answered")
            for ref in counts.holds.fold(event):
                (counts.hidden.add if counts.holds.hides(ref) else counts.hidden.discard)(ref)
            row = msgspec.structs.replace(row, answered=len(counts.answered), hidden=len(counts.hidden))
    if row == counts.row:
        return ()
    counts.row = row
    return (ALL,)


def _counted(row: CommentCountRow, kinds: bytes | bytearray, by: int) -> CommentCountRow:
    return msgspec.structs.replace(
        row,
        questions=row.questions + by * kinds.count(QUESTION),
        orders=row.orders + by * kinds.count(ORDER),
        aftersales=row.aftersales + by * kinds.count(AFTERSALES),
        praise=row.praise + by * kinds.count(PRAISE),
        spam=row.spam + by * kinds.count(SPAM),
    )


def _last_minute(counts: Counts, batch: AudienceBatch) -> int:
    if batch.comments:
        columns = unpack(batch.columns)
        seconds, numbers = np.unique(columns.at[columns.comments] // 1000, return_counts=True)
        counts.seconds.update(dict(zip(seconds.tolist(), numbers.tolist(), strict=True)))
    return _in_last_minute(counts)


def _in_last_minute(counts: Counts) -> int:
    for second in [second for second in counts.seconds if second <= counts.newest - 60]:
        del counts.seconds[second]
    return sum(number for second, number in counts.seconds.items() if second <= counts.newest)


def window_keys(window: Window) -> Iterable[str]:
    """Addresses in the window."""
    return window.rows.keys()


def window_row(window: Window, ref: str) -> CommentRow | None:
    """One comment."""
    return window.rows.get(ref)


def count_keys(_: Counts) -> Iterable[str]:
    """There is one row."""
    return (ALL,)


def count_row(counts: Counts, key: str) -> CommentCountRow | None:
    """The counters."""
    return counts.row if key == ALL else None


WINDOW = View(
    name="comment.window",
    row=CommentRow,
    reads=(*KIND_FACTS, *MARK_FACTS, CommentsReleased),
    state=Window,
    fold=fold_window,
    keys=window_keys,
    get=window_row,
    duty="comment.read",
    over=(SHOP,),
    pace_ms=30,
)
COUNTS = View(
    name="comment.counts",
    row=CommentCountRow,
    reads=(*KIND_FACTS, *MARK_FACTS, CommentsReleased, AudienceRepeated, MetricSampled),
    state=Counts,
    fold=fold_counts,
    keys=count_keys,
    get=count_row,
    duty="comment.read",
    pace_ms=250,
)
