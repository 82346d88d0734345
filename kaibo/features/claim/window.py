"""WINDOW: when comments were orders where a show takes them between open and close. It closes with the show, and stays so."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.claim.facts import ClaimWindowClosed, ClaimWindowOpened
from kaibo.features.show.slices import STAGE, ShowNow

TURN = "turn"  # what is touched: it opened or closed


@dataclass(slots=True)
class Span:
    """An open window: from, and to (None: still open), ms UTC."""

    opened_at: int
    closed_at: int | None = None

    def covers(self, at: int) -> bool:
        """Whether an instant lies in it."""
        return self.opened_at <= at and (self.closed_at is None or at < self.closed_at)


@dataclass(slots=True)
class Windows:
    """All there were, oldest first."""

    show: ShowNow
    spans: list[Span] = field(default_factory=list[Span])

    @property
    def is_open(self) -> bool:
        """Whether it is open now."""
        return bool(self.spans) and self.spans[-1].closed_at is None

    def covered(self, at: int) -> bool:
        """Whether it was open at an instant (ms UTC)."""
        # Asked for every order of a batch, and the newest one nearly always answers.
        return any(span.covers(at) for span in reversed(self.spans))


def fold_window(windows: Windows, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Opened, closed, or over with the show; a log in which somebody opened it after the end says nothing by that."""
    del touched
    was_open = windows.is_open
    if isinstance(event.fact, ClaimWindowOpened) and not (was_open or windows.show.ended):
        windows.spans.append(Span(event.at))
    elif was_open and (isinstance(event.fact, ClaimWindowClosed) or windows.show.ended):
        windows.spans[-1].closed_at = event.at
    return () if windows.is_open is was_open else (TURN,)


WINDOW: Slice[Windows] = Slice(
    name="claim.window",
    reads=(ClaimWindowOpened, ClaimWindowClosed),
    state=Windows,
    fold=fold_window,
    over=(STAGE,),
)
