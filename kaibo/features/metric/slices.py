"""BOARD: raw counters of the show, counted once for all tables of figures and for the samples that alarms look at."""

from collections.abc import Iterable

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.metric.board import READS, Board


def fold_board(board: Board, event: Event[Fact]) -> Iterable[str]:
    """Touches nothing by name: whoever shows figures reads the same facts, and is called for those it shows something of."""
    board.fold(event)
    return ()


BOARD: Slice[Board] = Slice(name="metric.board", reads=READS, state=Board, fold=fold_board)
