"""The report on A4: a PDF with its curves, in the reader's language, its Chinese letters inside."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kaibo.analysis.definitions import DEFINED
from kaibo.core.money import amount
from kaibo.features.report.charts import COLOURS, DASH, Line, draw
from kaibo.features.report.sections import (
    apart,
    called,
    money_note,
    scope_note,
    sections,
    span,
    times,
    title_of,
    untold_note,
)
from kaibo.features.report.shapes import Report
from kaibo.features.report.table import Column, Kind, Say, Section
from kaibo.kit.typeset import FACES, REGIONS, typeset

TEMPLATE = Path(__file__).with_name("paper.typ")
FIRST = (
    "gmv_paid", "net_sales", "gmv_paid_on_air", "gmv_created", "refunded", "refund_rate", "after_gmv", "before_gmv", "orders_paid",
    "orders_created", "buyers", "value_per_buyer", "conversion", "uv", "pv", "pcu", "comments", "clicks",
)  # fmt: skip


def write_paper(report: Report, say: Say, language: str) -> bytes:
    """Report -> PDF, the same bytes for the same report. `say` turns a code `report.<word>` into a word of `language`."""
    return typeset(TEMPLATE, _told(report, say, language), say("report.emoji"))


def _told(report: Report, say: Say, language: str) -> dict[str, object]:
    show, (lang, region) = report.show, REGIONS[language]
    ink = Ink(show.currency, show.timezone, show.aired_at or show.starts_at)
    return {
        "title": title_of(report, say),
        "made_by": say("report.made_by"),
        "from_log": say("report.from_log", seq=f"{report.generated_seq:,}"),
        "page": say("report.page", page="{page}", pages="{pages}"),
        "nothing": say("report.nothing"),
        "when": _when(report, say, ink),
        "state": money_note(report, say) if show.state == "ended" else say("report.not_final"),
        "fonts": [FACES[language]],
        "lang": lang,
        "region": region,
        "figures": [
            _figure(name, report, say, language, ink)
            for name in FIRST
            if name in report.summary and (name != "before_gmv" or report.summary[name].value)
        ],
        "charts": _charts(report, say, ink, FACES[language]) if report.minutes else [],
        "sections": [_section(section, say, ink) for section in sections(report, say, language) if section.paper],
    }


def _when(report: Report, say: Say, ink: "Ink") -> str:
    show = report.show
    day = ink.day(show.aired_at or show.starts_at)
    if show.aired_at is None or show.ended_at is None:
        return day
    return f"{day}　{say('report.lasted')} {span(show.ended_at - show.aired_at)}"


def _figure(name: str, report: Report, say: Say, language: str, ink: "Ink") -> dict[str, str]:
    figure = report.summary[name]
    note = untold_note(figure.untold, say) or scope_note(figure, say)
    goal = report.show.goal_gmv_minor
    if name == "gmv_paid" and goal > 0 and figure.value is not None:
        note = f"{say('report.goal')} {ink.money(goal)}　{figure.value / goal:.0%}"
    elif figure.denominator is not None and figure.numerator is not None and figure.unit == "ratio":
        amounts = DEFINED[name].counters[0].basis == "money"
        above, below = (ink.money(part) if amounts else f"{part:,.0f}" for part in (figure.numerator, figure.denominator))
        note = f"{above} / {below}" + (f"　{say('report.mixed')}　{note}".rstrip("　") if figure.mixed else "")
    return {"name": called(name, figure, language), "value": ink.figure(figure.value, figure.unit), "note": note}


def _whole(values: Iterable[int | None]) -> Sequence[int]:
    """A curve without a gap; none where it was not measured throughout."""
    found = list(values)
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else ()


def _charts(report: Report, say: Say, ink: "Ink", face: str) -> list[dict[str, object]]:
    rows = report.minutes
    sold = [
        Line(say("report.gmv_paid"), _whole(row.gmv_paid_minor for row in rows), 0),
        Line(say("report.gmv_created"), _whole(row.gmv_created_minor for row in rows), 1),
    ]
    online = [Line(say("report.online"), _whole(row.online for row in rows), 2)]
    found: list[dict[str, object]] = []
    for series, lines in (("gmv_paid", sold), ("online", online)):
        peaks = [peak for peak in report.peaks if peak.series == series]
        text = ink.money if series == "gmv_paid" else _count
        found.append(
            {
                "title": f"{say('report.by_minute')}　{' · '.join(line.name for line in lines)}",
                "svg": draw(rows, lines, peaks, text, report.show.timezone, face) if all(line.values for line in lines) else "",
                "note": untold_note(report.summary[series].untold, say),
                "lines": [{"name": each.name, "colour": COLOURS[each.style], "dashed": bool(DASH[each.style])} for each in lines],
            }
        )
    return found


def _section(section: Section, say: Say, ink: "Ink") -> dict[str, object]:
    kept = [place for place, column in enumerate(section.columns) if column.paper]
    columns = [section.columns[place] for place in kept]
    shown = section.rows[: section.paper]
    note = section.note
    left_out = len(section.rows) - len(shown) + section.more
    if left_out:
        word = "report.more_unlisted" if section.more else "report.more_rows"
        note = f"{note}　{say(word, count=f'{left_out:,}')}".strip()
    return {
        "title": section.title,
        "note": note,
        "head": [say(f"report.{column.word}", minutes=column.minutes) for column in columns],
        "rows": [[ink.cell(row[place], column.kind) for place, column in zip(kept, columns, strict=True)] for row in shown],
        "right": [column.kind != "text" for column in columns],
        "widths": _widths(columns),
    }


WIDE = ("near_it", "product", "cue", "question", "from")


def _widths(columns: Sequence[Column]) -> list[str]:
    return ["wide" if column.word in WIDE else "narrow" for column in columns]


class Ink:
    """Values as people read them, in one show's currency and zone."""

    def __init__(self, currency: str, zone: str, begins_at: int) -> None:
        """Clocks of another day than that of `begins_at` say their day."""
        self._currency = currency
        self._zone = ZoneInfo(zone)
        self._day = self._local(begins_at).date()

    def cell(self, value: Any, kind: Kind) -> str:
        """A value of a table."""
        if value is None:
            return "—"
        match kind:
            case "money":
                return self.money(value)
            case "instant":
                return self._clock(value)
            case "minutes" | "length" | "apart":
                return (apart if kind == "apart" else span)(value)
            case "figure":
                return self.figure(value[0], value[1])
            case "count":
                return _count(value)
            case "ratio":
                return f"{value:.1%}"
            case "times":
                return times(value)
            case "text":
                return str(value)

    def figure(self, value: float | None, unit: str) -> str:
        """A metric in its unit."""
        if value is None:
            return "—"
        match unit:
            case "minor":
                return self.money(value)
            case "ratio":
                return f"{value:.1%}"
            case "times":
                return times(value)
            case "seconds":
                return span(value * 1000)
            case _:
                return _count(value)

    def money(self, minor: float) -> str:
        """`NT$1,480`; the part after the point only where there is one."""
        return amount(minor, self._currency)

    def day(self, at: int) -> str:
        """`2026-11-28 20:00`."""
        return self._local(at).strftime("%Y-%m-%d %H:%M")

    def _clock(self, at: int) -> str:
        local = self._local(at)
        return local.strftime("%H:%M:%S" if local.date() == self._day else "%m-%d %H:%M:%S")

    def _local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone)


def _count(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 10 else f"{value:.1f}"
