"""The curves of a show as SVG, for paper: one unit a chart, one time axis, what the team did marked on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from kaibo.features.report.shapes import Peak, ReportMinute

WIDTH, HEIGHT = 720, 190
LEFT, RIGHT, TOP, BOTTOM = 84, 18, 26, 22  # on the right half of the last time, which stands under its minute
INK, GRID, QUIET = "#1b2430", "#d5dbe3", "#5b6675"
COLOURS = ("#0b5cad", "#b35900", "#00745a")  # Okabe-Ito, darkened until they read on paper
DASH = ("", "6 4", "")
TICKS = 4
ROUND = (1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10)
SIGNS = {"cue": "▶", "promo": "★", "draw": "◆"}  # of the marks drawn; pins come with nearly every cue
LABEL = 8  # letters of a mark's title
LABEL_WIDTH = 104  # so far apart are two labels, or the second is left to its line
STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120)
LABELS_MAX = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its name, the value in each minute, and which colour and dash."""

    name: str
    values: Sequence[float]
    style: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Minutes from `first` to `last`, values from 0 to `top`."""

    first: int
    last: int
    top: float

    def x(self, at: float) -> float:
        """Where a minute is."""
        return LEFT + (at - self.first) / max(1, self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where a value is."""
        return TOP + (1 - value / self.top) * (HEIGHT - TOP - BOTTOM)


def draw(
    minutes: Sequence[ReportMinute],
    lines: Sequence[Line],
    peaks: Sequence[Peak],
    text: Callable[[float], str],
    zone: str,
    family: str,
) -> str:
    """A chart; `text` writes a value of the upright axis, `family` is the face of its letters."""
    frame = Frame(minutes[0].minute, minutes[-1].minute, nice(max((max(line.values, default=0) for line in lines), default=0)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{escape(family)}" font-size="11">',
        *_grid(frame, text),
        *_clock(frame, ZoneInfo(zone)),
        *_marks(frame, minutes),
        *(_line(frame, minutes, line) for line in lines),
        *(_peak(frame, peak) for peak in peaks),
        "</svg>",
    ]
    return "".join(parts)


def nice(value: float) -> float:
    """The next round number above that has round quarters."""
    size = 1.0
    while True:
        for top in ROUND:
            if top * size >= value and top * size >= TICKS:
                return top * size
        size *= 10


def _grid(frame: Frame, text: Callable[[float], str]) -> list[str]:
    found: list[str] = []
    for place in range(TICKS + 1):
        value = frame.top * place / TICKS
        y = frame.y(value)
        found.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
        found.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{QUIET}">{escape(text(value))}</text>')
    return found


def _clock(frame: Frame, zone: ZoneInfo) -> list[str]:
    length = frame.last - frame.first
    step = next((each for each in STEPS_MIN if length / each <= LABELS_MAX), STEPS_MIN[-1])
    found: list[str] = []
    for minute in range(-(-frame.first // step) * step, frame.last + 1, step):
        told = datetime.fromtimestamp(minute * 60, UTC).astimezone(zone).strftime("%H:%M")
        found.append(f'<text x="{frame.x(minute):.1f}" y="{HEIGHT - 6}" text-anchor="middle" fill="{QUIET}">{told}</text>')
    return found


def _marks(frame: Frame, minutes: Sequence[ReportMinute]) -> list[str]:
    found: list[str] = []
    free = 0.0
    for mark in (mark for minute in minutes for mark in minute.marks if mark.kind in SIGNS):
        x = frame.x(mark.at / 60_000)
        dash = "" if mark.kind == "promo" else 'stroke-dasharray="2 3"'
        found.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{HEIGHT - BOTTOM}" stroke="{QUIET}" {dash}/>')
        if x >= free and x + LABEL_WIDTH <= WIDTH:
            free = x + LABEL_WIDTH
            found.append(
                f'<text x="{x + 3:.1f}" y="{TOP - 10}" fill="{INK}" font-size="10">{SIGNS[mark.kind]} {escape(mark.title[:LABEL])}</text>'
            )
    return found


def _line(frame: Frame, minutes: Sequence[ReportMinute], line: Line) -> str:
    points = " ".join(f"{frame.x(row.minute):.1f},{frame.y(value):.1f}" for row, value in zip(minutes, line.values, strict=True))
    dash = f'stroke-dasharray="{DASH[line.style]}"' if DASH[line.style] else ""
    return f'<polyline points="{points}" fill="none" stroke="{COLOURS[line.style]}" stroke-width="1.8" {dash}/>'


def _peak(frame: Frame, peak: Peak) -> str:
    x, y = frame.x(peak.minute), frame.y(peak.value)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#ffffff" stroke="{INK}" stroke-width="1.6"/>'
