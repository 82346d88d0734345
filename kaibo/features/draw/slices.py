"""CALLS: which keywords viewers are asked to write, and when: a comment that is nothing else takes part in a draw and orders nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.draw.facts import DrawCancelled, DrawClosed, DrawOpened, DrawPrepared
from kaibo.features.draw.lot import plain


@dataclass(slots=True)
class Call:
    """A keyword in one spelling, and from when to when it is asked for (platform time, ms UTC)."""

    keyword: str
    opens_at: int
    closes_at: int


@dataclass(slots=True)
class Calls:
    """`keywords` by draw; `calls` of those that were opened, oldest first."""

    keywords: dict[str, str] = field(default_factory=dict[str, str])
    calls: dict[str, Call] = field(default_factory=dict[str, Call])

    def answered(self, text: str, at: int) -> bool:
        """Whether a comment of an instant is a keyword that was asked for then, and nothing else."""
        if not self.calls:
            return False
        now = [call.keyword for call in self.calls.values() if call.opens_at <= at <= call.closes_at]
        return bool(now) and plain(text) in now


def fold_calls(calls: Calls, event: Event[Fact]) -> Iterable[str]:
    """Opened, and closed sooner than was said."""
    match event.fact:
        case DrawPrepared(draw_id=draw_id, keyword=keyword):
            calls.keywords[draw_id] = plain(keyword)
        case DrawOpened(draw_id=draw_id, opens_at=opens_at, closes_at=closes_at):
            calls.calls[draw_id] = Call(calls.keywords[draw_id], opens_at, closes_at)
        case DrawClosed(draw_id=draw_id, closed_at=closed_at):
            calls.calls[draw_id].closes_at = closed_at or calls.calls[draw_id].closes_at
        case DrawCancelled(draw_id=draw_id) if draw_id in calls.calls:
            calls.calls[draw_id].closes_at = min(calls.calls[draw_id].closes_at, event.at)
        case _:
            pass
    return ()


CALLS: Slice[Calls] = Slice(
    name="draw.calls", reads=(DrawPrepared, DrawOpened, DrawClosed, DrawCancelled), state=Calls, fold=fold_calls
)
