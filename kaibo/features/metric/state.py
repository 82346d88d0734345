"""What sampling, summarising and handing on must remember."""

from dataclasses import dataclass, field

from kaibo.core.event import Command, Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.alarm.facts import AlarmMoveApproved
from kaibo.features.audience.facts import AudienceBatch, AudienceRepeated
from kaibo.features.claim.slices import Shelf
from kaibo.features.metric.board import Board
from kaibo.features.metric.commands import SampleFigures, SummariseShow
from kaibo.features.metric.facts import MetricSampled, MetricShowNoted, MetricSummarised, ShowSummary
from kaibo.features.metric.shop import Shop
from kaibo.features.metric.slices import Targets
from kaibo.features.order.facts import OrderCreated, OrderPaid
from kaibo.features.product.slices import Offers
from kaibo.features.show.facts import ShowAired
from kaibo.features.show.slices import FINAL_MS, ShowNow

SAMPLE_MS = 20_000  # alarms hold for tens of seconds; three samples a minute are one event in eighty of a quiet log
QUIET_MS = 15 * 60_000  # of a show that nobody hears of, both windows are empty soon after: then once a minute is enough
QUIET_SAMPLE_MS = 60_000
QUIET_MS_MAX = 6 * 3_600_000  # one that was forgotten on air is not sampled for ever
SHOWS_KEPT = 20
LATE_BUYERS_MS = 600_000  # who pays after the end is noted for the next shows with all of the ten minutes, not one by one


@dataclass(slots=True)
class MetricState:
    """On a show's log the figures, what is on air and the approved moves that put money on ads; on the workspace's log what the newest shows came to, by show_id."""

    show: ShowNow
    board: Board
    targets: Targets
    shop: Shop
    heard_at: int = 0
    sampled_at: int = 0
    summaries: int = 0
    final: bool = False
    paid_at: int | None = None  # the first payment told since the newest summary, by the clock of the house
    top_ups: set[str] = field(default_factory=set[str])
    noted: dict[str, tuple[ShowSummary, bytes]] = field(default_factory=dict[str, tuple[ShowSummary, bytes]])


def begin(show: ShowNow, board: Board, targets: Targets, offers: Offers, shelf: Shelf) -> MetricState:
    """Nothing was sampled yet."""
    return MetricState(show, board, targets, Shop(offers, shelf))


def fold(state: MetricState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in."""
    del touched
    state.shop.fold(event)
    match event.fact:
        case AudienceBatch() | AudienceRepeated() | OrderCreated() | OrderPaid():
            state.heard_at = event.at
            if isinstance(event.fact, OrderPaid) and state.summaries:
                state.paid_at = state.paid_at or event.at
        case ShowAired():
            state.heard_at, state.sampled_at = event.at, event.at
        case AlarmMoveApproved(move="ads", move_id=move_id):
            state.top_ups.add(move_id)
        case MetricSampled():
            state.sampled_at = event.at
        case MetricSummarised(final=final):
            state.summaries, state.final, state.paid_at = state.summaries + 1, final, None
        case MetricShowNoted(summary=summary, buyers=buyers):
            _note(state, summary, buyers)
        case _:
            pass


def _note(state: MetricState, summary: ShowSummary, buyers: bytes) -> None:
    """The newest shows alone are kept."""
    state.noted.pop(summary.show_id, None)
    state.noted[summary.show_id] = summary, buyers
    while len(state.noted) > SHOWS_KEPT:
        del state.noted[min(state.noted, key=lambda show_id: state.noted[show_id][0].ended_at)]


def due(state: MetricState) -> tuple[int, Command] | None:
    """A sample every `SAMPLE_MS` of a show that is heard of, fewer of a silent one; a summary at its end, soon after later payments, and seven days later."""
    ended_at = state.show.ended_at
    if state.show.live:
        quiet = state.sampled_at > state.heard_at + QUIET_MS
        at = state.sampled_at + (QUIET_SAMPLE_MS if quiet else SAMPLE_MS)
        return (at, SampleFigures()) if at <= state.heard_at + QUIET_MS_MAX else None
    if ended_at is None or state.final:
        return None
    if not state.summaries:
        return ended_at, SummariseShow()
    late_at = ended_at + FINAL_MS if state.paid_at is None else state.paid_at + LATE_BUYERS_MS
    return min(late_at, ended_at + FINAL_MS), SummariseShow()
