"""A show's log as Parquet files: read once from front to back, in bounded memory, the same files from the same log."""

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from kaibo.archive.kept import ABOUT, Archived, alone, sweep
from kaibo.archive.sink import Sink, Words
from kaibo.archive.tables import TABLES
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Feature, fact_of, tag_of
from kaibo.core.stream import StreamFold
from kaibo.features.audience.facts import FLOWS, KINDS, AudienceBatch, unpack
from kaibo.features.order.facts import TRADED, Traded
from kaibo.features.order.shown import COUNTS
from kaibo.features.order.slices import LEDGER, Order
from kaibo.features.product.shown import CARDS
from kaibo.features.promo.shown import BOARD
from kaibo.features.report.shown import PASSES
from kaibo.features.rundown.shown import CUES
from kaibo.features.show.shown import HEAD

# The rows of these views become tables, and the orders below the last of them; no other view is folded.
VIEWS = (HEAD, CUES, PASSES, BOARD, CARDS, COUNTS)


def write_archive(show_id: str, events: Iterable[Event[Fact]], features: Sequence[Feature], folder: Path) -> Archived:
    """Write the whole log of a show into `folder`, which appears at once or not at all.

    Readers see the old files until the new ones are complete: `folder` is a link that is turned to them in one step.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        sweep(folder)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            about = _fill(show_id, events, features, made)
            (made / ABOUT).write_bytes(msgspec.json.encode(about))
            made.chmod(0o755)
            _turn(folder, made)
        except BaseException:
            shutil.rmtree(made)
            raise
        sweep(folder)
    return about


def _turn(folder: Path, made: Path) -> None:
    link = made.with_suffix(".link")
    link.symlink_to(made.name, target_is_directory=True)
    link.replace(folder)


def _fill(show_id: str, events: Iterable[Event[Fact]], features: Sequence[Feature], folder: Path) -> Archived:
    sinks = {table.name: Sink(table, folder) for table in TABLES}
    fold = StreamFold(f"show/{show_id}", _lean(features))
    for event in events:
        fold.project(event)
        _take(sinks, event)
    _end(sinks, fold)
    for sink in sinks.values():
        sink.close()
    sizes = {name: (folder / f"{name}.parquet").stat().st_size for name in sinks}
    return Archived(show_id=show_id, seq=fold.view_seq, rows={name: sink.rows for name, sink in sinks.items()}, bytes=sizes)


def _lean(features: Sequence[Feature]) -> list[Feature]:
    """The features with only the views the archive needs: nothing decides here."""
    kept = [(feature, tuple(view for view in feature.views if view in VIEWS)) for feature in features]
    return [replace(feature, facts=(), reads=(), commands=(), views=views) for feature, views in kept if views]


# facts as they come
def _take(sinks: dict[str, Sink], event: Event[Fact]) -> None:
    fact = event.fact
    actor = event.actor
    tag = tag_of(fact_of(event))
    sinks["events"].add(
        [event.seq], [event.at], [tag], [actor.id], [actor.role], [actor.duty], [event.mode], [event.cause], [_payload(fact)]
    )
    match fact:
        case AudienceBatch():
            _take_batch(sinks, event.seq, fact)
        case _ if isinstance(fact, TRADED):
            _take_order(sinks, event.seq, tag.partition(".")[2], fact)
        case _:
            pass


def _payload(fact: Fact) -> str:
    if isinstance(fact, AudienceBatch):
        told = {"type": "audience.batch", **msgspec.structs.asdict(fact)}
        del told["columns"]
        return msgspec.json.encode(told).decode()
    return msgspec.json.encode(fact).decode()


def _take_batch(sinks: dict[str, Sink], seq: int, batch: AudienceBatch) -> None:
    columns = unpack(batch.columns)
    size = len(columns.at)
    places = np.arange(size, dtype=np.int32)
    sinks["audience"].add(
        np.full(size, seq, np.int64),
        places,
        columns.at,
        Words(columns.kind.astype(np.int32), KINDS),
        columns.viewer.astype(np.int32),
        Words(columns.product.astype(np.int32) - 1, columns.products),
        columns.count.astype(np.int32),
        Words(columns.flow.astype(np.int32), FLOWS),
        batch.source,
        batch.room,
    )
    fresh = columns.new_viewers
    if fresh:
        numbers = np.arange(batch.viewer_base, batch.viewer_base + len(fresh), dtype=np.int32)
        sinks["viewers"].add(numbers, list(fresh), seq)
    said = columns.comments
    if len(said):
        sinks["comments"].add(
            np.full(len(said), seq, np.int64),
            np.arange(len(said), dtype=np.int32),
            said.astype(np.int32),
            columns.at[said],
            columns.viewer[said].astype(np.int32),
            list(columns.names),
            list(columns.texts),
            batch.source,
        )


def _take_order(sinks: dict[str, Sink], seq: int, what: str, fact: Traded) -> None:
    sinks["orders"].add(
        [seq],
        [what],
        [fact.platform_at],
        [fact.platform],
        [fact.order_id],
        [getattr(fact, "buyer", "")],
        [getattr(fact, "amount_minor", None)],
        [getattr(fact, "currency", "")],
        [getattr(fact, "cue_id", "")],
    )
    for place, line in enumerate(fact.lines):
        told = [seq], [place], [what], [fact.platform_at], [fact.platform], [fact.order_id]
        sinks["order_lines"].add(*told, [line.product_id], [line.variant], [line.quantity], [line.price_minor])


# what views know at the end
def _end(sinks: dict[str, Sink], fold: StreamFold) -> None:
    for head in fold.rows(HEAD).values():
        _row(sinks["shows"], head, last_seq=fold.view_seq)
    for card in fold.rows(CARDS).values():
        _row(sinks["products"], card)
    for no, row in enumerate(sorted(fold.rows(CUES).values(), key=lambda row: row.rank), 1):
        _row(sinks["cues"], row.cue, no=no, status=row.status, planned_ms=row.cue.duration_ms)
    for one in sorted(fold.rows(PASSES).values(), key=lambda one: one.seq):
        _row(sinks["passes"], one)
    for promo in sorted(fold.rows(BOARD).values(), key=lambda promo: (promo.proposed_at, promo.promo_id)):
        _row(sinks["promos"], promo)
    for (platform, order_id), order in fold.slice(LEDGER).orders.items():
        if order.placed_at is not None:
            _row(sinks["order_now"], order, platform=platform, order_id=order_id, late=_late(order))


def _late(order: Order) -> str:
    return "order" if order.late else "payment" if order.late_payment else ""


def _row(sink: Sink, row: object, **more: object) -> None:
    """A row whose columns are the fields of the same name."""
    names = [column.name for column in sink.table.columns]
    sink.add(*([more[name] if name in more else getattr(row, name)] for name in names))
