"""A show's end is noted for the shows after it; a show that is planned, or goes on air, gets what earlier shows came to."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, Reaction
from kaibo.features.metric.commands import HandHistory, NoteShow, TakeHistory
from kaibo.features.metric.facts import MetricHistoryHanded, MetricSummarised
from kaibo.features.show.facts import ShowAired, ShowPlanned


def carry(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    """A rehearsal leaves nothing to later shows, but learns from earlier ones."""
    match event.fact:
        case MetricSummarised(summary=summary, buyers=buyers) if event.mode == "live":
            return [(WORKSPACE, NoteShow(summary=summary, buyers=buyers))]
        case ShowPlanned(show_id=show_id) | ShowAired(show_id=show_id):
            return [(WORKSPACE, HandHistory(show_id=show_id))]
        case MetricHistoryHanded() as handed:
            history = TakeHistory(shows=handed.shows, buyers=handed.buyers, buyers_shows=handed.buyers_shows)
            return [(f"show/{handed.show_id}", history)]
        case _:
            return []


HISTORY = Reaction(name="history", reads=(MetricSummarised, ShowPlanned, ShowAired, MetricHistoryHanded), decide=carry)
