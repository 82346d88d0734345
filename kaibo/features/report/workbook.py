"""The report as a workbook: one sheet per table, numbers as numbers, in the reader's language."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from kaibo.core.money import to_major
from kaibo.features.report.report import Report

Say = Callable[[str], str]
HEAD = PatternFill("solid", fgColor="E8EDF5")
WIDTH_MAX = 40


def write_workbook(report: Report, say: Say) -> bytes:
    """Report -> xlsx. `say` turns a code `report.<word>` into a word of the reader's language."""
    book = Workbook()
    book.remove(book.active)  # pyright: ignore[reportArgumentType]
    currency, zone = report.show.currency, ZoneInfo(report.show.timezone)

    def money(minor: float | None) -> float | None:
        return None if minor is None else float(to_major(int(minor), currency))

    def clock(at: int | None) -> str:
        return "" if at is None else datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")

    _sheet(book, say("report.summary"), _words(say, "metric", "value"), _summary(report, say, money))
    _sheet(
        book,
        say("report.minutes"),
        _words(say, "time", "gmv_paid", "gmv_created", "orders_created", "orders_paid", "online", "comments", "clicks", "marks"),
        (
            (
                clock(m.minute * 60_000), money(m.gmv_paid_minor), money(m.gmv_created_minor), m.orders_created, m.orders_paid,
                m.online, m.comments, m.clicks, "；".join(f"{say('report.' + mark.kind)} {mark.title}" for mark in m.marks),
            )
            for m in report.minutes
        ),
    )  # fmt: skip
    _sheet(
        book,
        say("report.products"),
        _words(
            say, "product_id", "product", "clicks", "orders_created", "orders_paid", "units_paid", "gmv_created", "gmv_paid",
            "buyers", "stock_left",
        ),
        (
            (
                p.product_id, p.name, p.clicks, p.orders_created, p.orders_paid, p.units_paid, money(p.gmv_created_minor),
                money(p.gmv_paid_minor), p.buyers, p.stock_left,
            )
            for p in report.products
        ),
    )  # fmt: skip
    _sheet(
        book,
        say("report.cues"),
        _words(say, "no", "cue", "went_at", "ended_at", "planned_min", "actual_min", "diff_min", "goal", "gmv_paid", "orders_paid"),
        (
            (
                c.no, c.title, clock(c.passes[0].went_at) if c.passes else "", clock(c.passes[-1].ended_at) if c.passes else "",
                round(c.planned_ms / 60_000, 2), round(c.actual_ms / 60_000, 2),
                None if c.diff_ms is None else round(c.diff_ms / 60_000, 2), money(c.goal_gmv_minor), money(c.gmv_paid_minor),
                c.orders_paid,
            )
            for c in report.cues
        ),
    )  # fmt: skip
    _sheet(book, say("report.promos"), _promo_head(say), (_promo(p, money, clock, say, report.people) for p in report.promos))
    _sheet(
        book,
        say("report.questions"),
        _words(say, "question", "count", "handed", "answered", "product_id"),
        ((q.text, q.count, q.handed, q.answered, q.product_id) for q in report.questions),
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(report: Report, say: Say, money: Callable[[int | float | None], float | None]) -> Iterable[Sequence[Any]]:
    title = report.show.title
    yield say("report.title"), f"{title}（{say('report.rehearsal')}）" if report.show.rehearsal else title
    for name, figure in report.summary.items():
        value = money(figure.value) if figure.unit == "minor" else figure.value
        yield say(f"report.{name}"), value


def _promo_head(say: Say) -> list[str]:
    return _words(
        say, "product", "kind", "price_was", "price", "gift", "stage", "proposed_by", "settled_by", "applied_at",
        "before_orders", "before_gmv", "after_orders", "after_gmv",
    )  # fmt: skip


def _promo(
    p: Any,
    money: Callable[[int | float | None], float | None],
    clock: Callable[[int | None], str],
    say: Say,
    people: dict[str, str],
) -> Sequence[Any]:
    before, after = p.before, p.after
    return (
        p.name, say(f"report.{p.kind}"), money(p.price_was_minor), money(p.price_minor), p.gift, say(f"report.{p.stage}"),
        people.get(p.proposed_by, p.proposed_by), people.get(p.settled_by, p.settled_by), clock(p.applied_at),
        before.orders_paid if before else None, money(before.gmv_paid_minor) if before else None,
        after.orders_paid if after else None, money(after.gmv_paid_minor) if after else None,
    )  # fmt: skip


def _words(say: Say, *names: str) -> list[str]:
    return [say(f"report.{name}") for name in names]


def _sheet(book: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet: Any = book.create_sheet(title[:31])
    sheet.append(list(head))
    for row in rows:
        sheet.append([_safe(value) for value in row])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), HEAD
    sheet.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, 1):
        widest = max((sum(2 if ord(char) > 0x2E80 else 1 for char in str(cell.value or "")) for cell in column), default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDTH_MAX, widest + 2)


def _safe(value: Any) -> Any:
    """A viewer's words must stay words: a spreadsheet would run a text that begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
