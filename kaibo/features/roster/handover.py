"""The hand-over sheet 交接單: what is going on, filled from what the features show, in the order of risk; at any seq of the log."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from kaibo.core.stream import StreamFold
from kaibo.features.alarm import shown as alarm
from kaibo.features.audience import shown as audience
from kaibo.features.channel import shown as channel
from kaibo.features.claim import shown as claim
from kaibo.features.comment import shown as comment
from kaibo.features.draw import shown as draw
from kaibo.features.note import shown as note
from kaibo.features.order import shown as order
from kaibo.features.product import shown as product
from kaibo.features.promo import shown as promo
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.roster.view import BOARD, GAPS
from kaibo.features.rundown import shown as rundown
from kaibo.features.task import shown as task

SectionName = Literal["air", "price", "holds", "stock", "promised", "open", "trouble", "tried", "crew", "own"]
LineKind = Literal[
    "on_air", "next", "promo_price", "promo_gift", "promo_coupon", "held", "waiting", "oversold", "stock_low",
    "promo_proposed", "promo_to_shop", "promo_ending", "promo_failed", "move_proposed", "draw_open", "question", "reply_failed", "task_open", "task_blocked", "note", "message_open", "message_taken",
    "alarm", "odd_orders", "source_silent", "trying", "offer", "role_empty", "own",
]  # fmt: skip
SECTION_MAX = 40  # lines: beyond them a number says how many more there are
STOCK_UNDER = 20
LEFT_OVER: tuple[SectionName, ...] = ("holds", "promised", "open", "own")  # the rest ended with the show


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line, `key` by which it is ticked and asked about. What is not of its kind is "", 0 or None.

    `subject`: of what it is, as people call it; `text`: in somebody's words; `person_id`: whose it is; `at` (ms UTC): until when, or since.
    """

    key: str
    kind: LineKind
    subject: str = ""
    text: str = ""
    count: int = 0
    amount_minor: int | None = None
    currency: str = ""
    at: int | None = None
    person_id: str = ""
    verdict: str = ""
    ratio: float | None = None


class SheetSection(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of one kind of risk; `more` were too many to say."""

    name: SectionName
    lines: tuple[SheetLine, ...]
    more: int = 0


class HandOverSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet as it stood after `seq` events, at the instant `at` (ms UTC); stock is low under `under`. `withheld`: parts that the reader may not see."""

    show_id: str
    seq: int
    at: int
    under: int
    sections: tuple[SheetSection, ...]
    withheld: tuple[SectionName, ...] = ()


class LeftOver(msgspec.Struct, frozen=True, kw_only=True):
    """What the last of an earlier show left to the house, as it stands today; `show_id` "" where nobody left anything."""

    show_id: str = ""
    title: str = ""
    sections: tuple[SheetSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sheet is drawn from: a fold, the instant (ms UTC), and from where on stock is low."""

    fold: StreamFold
    at: int
    under: int

    def name_of(self, product_id: str) -> str:
        """As the team calls a product; its id where it left the list."""
        card = self.fold.row(product.CARDS, product_id)
        return product_id if card is None else card.name


def draw_sheet(desk: Desk, show_id: str, duties: Collection[str]) -> HandOverSheet:
    """The sheet for somebody with these duties: a part of which they may read nothing is named, not shown."""
    lines: dict[SectionName, list[SheetLine]] = {}
    withheld: dict[SectionName, None] = {}
    for name, duty, drawn in DRAWN:
        if duty in duties:
            lines.setdefault(name, []).extend(drawn(desk))
        else:
            withheld[name] = None
    sections = (_section(name, found) for name, found in lines.items())
    return HandOverSheet(
        show_id=show_id,
        seq=desk.fold.view_seq,
        at=desk.at,
        under=desk.under,
        sections=tuple(sections),
        withheld=tuple(name for name in withheld if name not in lines),
    )


def left_over(sheet: HandOverSheet, title: str) -> LeftOver:
    """What of a show that is over somebody has still to see to."""
    sections = tuple(each for each in sheet.sections if each.name in LEFT_OVER and each.lines)
    return LeftOver(show_id=sheet.show_id, title=title, sections=sections)


def _section(name: SectionName, lines: list[SheetLine]) -> SheetSection:
    return SheetSection(name=name, lines=tuple(lines[:SECTION_MAX]), more=max(0, len(lines) - SECTION_MAX))


def _air(desk: Desk) -> Iterator[SheetLine]:
    row = desk.fold.row(rundown.ON_AIR, "now")
    if row is None:
        return
    if row.cue_id:
        yield SheetLine(key=f"on_air/{row.cue_id}", kind="on_air", subject=row.title, at=row.due_at)
    if row.next_cue_id:
        yield SheetLine(key=f"next/{row.next_cue_id}", kind="next", subject=row.next_title, at=row.due_at)


def _prices(desk: Desk) -> Iterator[SheetLine]:
    """What buyers have now."""
    kinds: dict[str, LineKind] = {"price": "promo_price", "gift": "promo_gift", "coupon": "promo_coupon"}
    for promo_id, row in desk.fold.rows(promo.BOARD).items():
        if row.stands:
            yield SheetLine(
                key=f"promo/{promo_id}",
                kind=kinds[row.kind],
                subject=desk.name_of(row.product_id),
                text=row.gift if row.coupon is None else row.coupon.name,
                amount_minor=row.price_minor if row.kind == "price" else None,
                currency=row.currency,
                at=None if row.coupon is None else row.coupon.until,
                person_id=row.settled_by,
            )


def _holds(desk: Desk) -> Iterator[SheetLine]:
    """What is held, who waits, and what was promised beyond the stock."""
    until: dict[str, int] = {}
    for claimed in desk.fold.rows(claim.CLAIMS).values():
        if claimed.held:
            until[claimed.product_id] = min(claimed.hold_until, until.get(claimed.product_id, claimed.hold_until))
    for row in desk.fold.rows(claim.STOCK).values():
        if row.variant:
            continue
        counts: tuple[tuple[LineKind, int], ...] = (("held", row.held), ("waiting", row.waits), ("oversold", row.oversold))
        for kind, count in counts:
            if count:
                at = until.get(row.product_id) if kind == "held" else None
                yield SheetLine(key=f"{kind}/{row.product_id}", kind=kind, subject=row.name, count=count, at=at)


def _stock(desk: Desk) -> Iterator[SheetLine]:
    """What is low, the scarcest first."""
    low = [
        row for row in desk.fold.rows(claim.STOCK).values() if not row.variant and row.left is not None and row.left < desk.under
    ]
    for row in sorted(low, key=lambda row: row.left or 0):
        yield SheetLine(
            key=f"stock/{row.product_id}",
            kind="stock_low",
            subject=row.name,
            count=max(0, row.left or 0),
            at=row.empty_at if (row.empty_at or 0) > desk.at else None,
        )


def _promised(desk: Desk) -> Iterator[SheetLine]:
    """Said and not yet true: what waits for somebody's yes, or for the shop."""
    kinds: dict[str, LineKind] = {
        "proposed": "promo_proposed", "approved": "promo_to_shop", "ending": "promo_ending", "failed": "promo_failed",
    }  # fmt: skip
    for promo_id, row in desk.fold.rows(promo.BOARD).items():
        if row.stage in kinds:
            yield SheetLine(
                key=f"promised/{promo_id}",
                kind=kinds[row.stage],
                subject=desk.name_of(row.product_id),
                text=row.gift or row.reason,
                amount_minor=row.price_minor if row.kind == "price" else None,
                currency=row.currency,
                at=row.settled_at or row.proposed_at,
                person_id=row.settled_by or row.proposed_by,
            )


def _moves(desk: Desk) -> Iterator[SheetLine]:
    for move_id, row in desk.fold.rows(alarm.MOVES).items():
        if row.stage == "proposed":
            yield SheetLine(
                key=f"move/{move_id}",
                kind="move_proposed",
                subject=row.move,
                text=row.text,
                at=row.proposed_at,
                person_id=row.proposed_by,
            )


def _draws(desk: Desk) -> Iterator[SheetLine]:
    for draw_id, row in desk.fold.rows(draw.BOARD).items():
        if row.stage not in ("drawn", "cancelled"):
            yield SheetLine(key=f"draw/{draw_id}", kind="draw_open", subject=row.title, text=row.keyword, at=row.closes_at)


def _questions(desk: Desk) -> Iterator[SheetLine]:
    """What viewers wait for, whoever asked longest first."""
    rows = [(key, row) for key, row in desk.fold.rows(comment.QUESTIONS).items() if isinstance(row, comment.OpenQuestionRow)]
    for key, row in sorted(rows, key=lambda each: each[1].at):
        kind: LineKind = "reply_failed" if row.state == "reply_failed" else "question"
        yield SheetLine(key=f"question/{key}", kind=kind, subject=row.name, text=row.text, count=row.count, at=row.at)


def _tasks(desk: Desk) -> Iterator[SheetLine]:
    for task_id, row in sorted(desk.fold.rows(task.LIST).items(), key=lambda each: each[1].due_at):
        if row.state != "done":
            kind: LineKind = "task_blocked" if row.state == "blocked" else "task_open"
            person = row.taken_by or row.task.person_id
            yield SheetLine(
                key=f"task/{task_id}", kind=kind, subject=row.task.title, text=row.why, at=row.due_at, person_id=person
            )


def _messages(desk: Desk) -> Iterator[SheetLine]:
    """What the team was asked and is not done: what nobody took first, then by who has it."""
    kinds: dict[str, LineKind] = {"open": "message_open", "taken": "message_taken"}
    rows = [row for row in desk.fold.rows(channel.MESSAGES).values() if row.stage in kinds]
    for row in sorted(rows, key=lambda row: (row.stage != "open", not row.urgent, row.at)):
        yield SheetLine(
            key=f"message/{row.message_id}",
            kind=kinds[row.stage],
            text=row.text.replace("\n", " "),
            at=row.at,
            person_id=row.stage_by if row.stage == "taken" else "",
        )


def _note(desk: Desk) -> Iterator[SheetLine]:
    row = desk.fold.row(note.PINNED, "now")
    if row is not None:
        yield SheetLine(key=f"note/{row.note_id}", kind="note", text=row.text, at=row.at, person_id=row.by)


def _alarms(desk: Desk) -> Iterator[SheetLine]:
    for raise_id, row in desk.fold.rows(alarm.RAISES).items():
        if row.cleared_at is None:
            name = desk.name_of(row.product_id) if row.product_id else ""
            yield SheetLine(key=f"alarm/{raise_id}", kind="alarm", subject=row.metric, text=name, at=row.raised_at)


def _odd(desk: Desk) -> Iterator[SheetLine]:
    row = desk.fold.row(order.COUNTS, "all")
    if row is not None and row.odd:
        yield SheetLine(key="odd_orders", kind="odd_orders", count=row.odd)


def _silent(desk: Desk) -> Iterator[SheetLine]:
    """Sources that are out, by their own rhythm."""
    for key, row in desk.fold.rows(audience.SOURCES).items():
        if row.open and row.finished_at is None and desk.at - row.sealed_at > row.quiet_after_ms:
            yield SheetLine(key=f"silent/{key}", kind="source_silent", subject=row.source, text=row.room, at=row.sealed_at)


def _tried(desk: Desk) -> Iterator[SheetLine]:
    """What is being tried, and how it looks so far."""
    for key, row in desk.fold.rows(alarm.EFFECTS).items():
        if not row.measured:
            subject = desk.name_of(row.product_id) if row.product_id else ""
            yield SheetLine(
                key=f"tried/{key}",
                kind="trying",
                subject=subject,
                text=row.move,
                at=row.at,
                verdict=row.verdict,
                ratio=row.ratio,
                count=row.needed or 0,
            )


def _crew(desk: Desk) -> Iterator[SheetLine]:
    """Roles that wait for somebody, and those that nobody does."""
    for row in desk.fold.rows(BOARD).values():
        if row.offer is not None:
            yield SheetLine(
                key=f"offer/{row.offer.offer_id}", kind="offer", subject=row.role_id, at=row.offer.at, person_id=row.person_id
            )
    for role in desk.fold.rows(GAPS):
        yield SheetLine(key=f"empty/{role}", kind="role_empty", subject=role)


def _own(desk: Desk) -> Iterator[SheetLine]:
    """What those who leave wrote themselves, and what the last of them left to the house."""
    on_duty = desk.fold.slice(ON_DUTY)
    offers = sorted(on_duty.offers.values(), key=lambda one: one.at)
    said = [(one.offer_id, one.from_person_id, one.lines, one.at) for one in offers]
    for key, person, lines, at in (*said, *((each.key, each.person_id, each.lines, each.since) for each in on_duty.closed())):
        for place, text in enumerate(lines):
            yield SheetLine(key=f"own/{key}/{place}", kind="own", text=text, at=at, person_id=person)


Drawn = Callable[[Desk], Iterable[SheetLine]]
DRAWN: tuple[tuple[SectionName, str, Drawn], ...] = (
    ("air", rundown.ON_AIR.duty, _air),
    ("price", promo.BOARD.duty, _prices),
    ("holds", claim.CLAIMS.duty, _holds),
    ("stock", claim.STOCK.duty, _stock),
    ("promised", promo.BOARD.duty, _promised),
    ("promised", alarm.MOVES.duty, _moves),
    ("promised", draw.BOARD.duty, _draws),
    ("open", comment.QUESTIONS.duty, _questions),
    ("open", task.LIST.duty, _tasks),
    ("open", channel.MESSAGES.duty, _messages),
    ("open", note.PINNED.duty, _note),
    ("trouble", alarm.RAISES.duty, _alarms),
    ("trouble", order.COUNTS.duty, _odd),
    ("trouble", audience.SOURCES.duty, _silent),
    ("tried", alarm.EFFECTS.duty, _tried),
    ("crew", BOARD.duty, _crew),
    ("own", BOARD.duty, _own),
)
