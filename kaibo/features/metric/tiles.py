"""The tiles: every figure for the newest ten minutes, the ten before, the whole show, the last seven shows, and its target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from kaibo.analysis.counters import Telling
from kaibo.analysis.course import figure_at
from kaibo.analysis.definitions import TILED, Definition, Unit
from kaibo.analysis.evaluate import FULL_S, NOTHING, Figure, Raw, as_long_as, evaluate, figure, median
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.metric.board import READS, Board
from kaibo.features.metric.facts import ShowSummary
from kaibo.features.metric.slices import BOARD, TARGETS, Targets
from kaibo.features.show.slices import STAGE, ShowNow

Span = Literal["value", "last_10", "prev_10"]
SPANS: tuple[Span, ...] = ("value", "last_10", "prev_10")
NAMES = tuple(definition.name for definition in TILED)


class TileRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.tiles`, key = name of a figure of docs/metrics.md.

    `value` whole show, `last_10` / `prev_10` the two ten-minute windows that end at the newest minute seen (for online: its
    mean there), `change` of the one against the other, as a share, as if they were as long on air, `median_7` the median of what the workspace's last `median_shows` shows came to, `target` what was set.
    `median_same_time`: a sum, as it stood in those shows after as long on air as this one; else what the whole shows came to.
    `unit` is minor, count, number, ratio, times or seconds. What nobody can know is None: a ratio over nothing, a window before the
    first thing that happened, a median without earlier shows. `numerator` / `denominator` are the counters of a ratio.
    `mixed`: its two counters are not of one crowd there. It is None where it would be more than all, or where below the line only some of
    the people stand, because not all sources tell who comes in; buyers whom no source of viewers knows, or whose source does not tell what
    stands below (clicks), are a share with the mark. `partly`: it is of the viewers of those alone that do. `instead`: the counter that
    stands in for that of the figure. What orders come to is known `as_of` (the server's clock), and stands still from `final_at` on (None
    while the show is not over).
    What no source tells of is None in all of them, and `untold` says what would have to be told. With a value, it stands on the assumption
    that nothing of this happened (nobody left); `untold_windows`: both windows alone do.
    `error` is the relative standard error: 0 while exact. `at` is the newest instant heard of.
    """

    value: float | None
    last_10: float | None
    prev_10: float | None
    change: float | None
    unit: Unit
    currency: str
    at: int
    numerator: float | None = None
    denominator: float | None = None
    median_7: float | None = None
    median_shows: int = 0
    median_same_time: bool = False
    target: float | None = None
    error: float = 0.0
    mixed: tuple[Span, ...] = ()
    as_of: int = 0
    final_at: int | None = None
    untold: tuple[Telling, ...] = ()
    untold_windows: tuple[Telling, ...] = ()
    partly: bool = False
    instead: str = ""


@dataclass(slots=True)
class Wall:
    """The board, the targets, and the rows once somebody has looked."""

    board: Board
    targets: Targets
    rows: dict[str, TileRow] | None = None


def fold_tiles(wall: Wall, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """All tiles carry the newest instant, so all of them change."""
    del event, touched
    wall.rows = None
    return NAMES


def tile_rows(wall: Wall) -> dict[str, TileRow]:
    """All tiles as they stand now."""
    if wall.rows is None:
        look = _Look.at(wall.board)
        wall.rows = {each.name: _row(wall, each, look) for each in TILED}
    return wall.rows


class _Look(NamedTuple):
    """What all tiles of one moment stand on: the counters, the earlier shows (`alike`: of one currency), and the instants."""

    whole: Raw
    last: Raw | None
    before: Raw | None
    currency: str
    newest_at: int
    as_of: int
    final_at: int | None
    alike: Sequence[ShowSummary]
    shows: Sequence[ShowSummary]

    @staticmethod
    def at(board: Board) -> "_Look":
        """The board as it stands."""
        alike = [show for show in board.history if show.currency == board.currency]
        return _Look(
            board.raw_whole(),
            board.raw_window(0),
            board.raw_window(1),
            board.currency,
            board.clock.at,
            board.as_of,
            board.final_at,
            alike,
            board.history,
        )


def _row(wall: Wall, each: Definition, look: _Look) -> TileRow:
    board, whole, windows = wall.board, look.whole, each.window == "all"
    shows, same_time = _earlier(each, look.alike if each.unit == "minor" else look.shows, whole)
    value = figure(each, whole)
    last_10, prev_10 = (figure(each, look.last), figure(each, look.before)) if windows else (NOTHING, NOTHING)
    return TileRow(
        value=value.value,
        last_10=last_10.value,
        prev_10=prev_10.value,
        change=_change(last_10.value, each, look),
        unit=each.unit,
        currency=look.currency,
        at=look.newest_at,
        numerator=value.over if each.denominator else None,
        denominator=value.below,
        median_7=median(shows) if shows else None,
        median_shows=sum(came is not None for came in shows) if shows else 0,
        median_same_time=same_time,
        target=wall.targets.get(each.name),
        mixed=_mixed(board, each, (value, last_10, prev_10)),
        as_of=look.as_of,
        final_at=look.final_at,
        untold=board.untold(each),
        untold_windows=board.untold_windows(each) if windows else (),
        partly=board.of_some(each),
        instead=_instead(each, whole),
        error=0.0 if board.exact else sum(board.error(counter.name) ** 2 for counter in each.counters) ** 0.5,
    )


def _change(now: float | None, each: Definition, look: _Look) -> float | None:
    """Of a figure that has no windows `now` is None; of windows of which one was on air for a part of its time nobody can say."""
    short = any(raw is not None and raw.get("live_s", FULL_S) < FULL_S for raw in (look.last, look.before))
    before = None if short else as_long_as(each, look.before, look.last)
    return None if now is None or not before else (now - before) / before


def _mixed(board: Board, each: Definition, figures: Sequence[Figure]) -> tuple[Span, ...]:
    return tuple([span for span, found in zip(SPANS, figures, strict=True) if board.mixes(each, found)])


def _earlier(each: Definition, shows: Sequence[ShowSummary], whole: Raw) -> tuple[list[float | None], bool]:
    """What earlier shows came to; a sum by now, where they kept how it grew. People who did something are no viewers of theirs, nor of this one."""
    if each.numerator == "uv":
        counter = _instead(each, whole) or each.numerator
        return [show.raw.get(counter) for show in shows], False
    elapsed = whole.get("live_s")
    then = [figure_at(each, show.course, elapsed, show.raw) for show in shows] if elapsed is not None else []
    if any(value is not None for value in then):
        return then, True
    return [evaluate(each, show.raw) for show in shows], False


def _instead(each: Definition, whole: Raw) -> str:
    """People who did something, where it is not known of all who came: they have a name of their own."""
    return "did_u" if each.numerator == "uv" and "uv" not in whole and "did_u" in whole else ""


def _keys(_: Wall) -> Iterable[str]:
    return NAMES


def _get(wall: Wall, key: str) -> TileRow | None:
    return tile_rows(wall).get(key)


def _begin(board: Board, targets: Targets, _: ShowNow) -> Wall:
    return Wall(board, targets)


TILES = View(
    name="metric.tiles",
    row=TileRow,
    reads=READS,
    state=_begin,
    fold=fold_tiles,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=500,
    over=(BOARD, TARGETS, STAGE),
)
