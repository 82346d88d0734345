"""What sealing must remember: who was seen, and which messages came lately."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.audience.columns import unpack
from kaibo.features.audience.facts import (
    NEWEST_AHEAD_MS_MAX,
    AudienceBatch,
    AudienceOrdersTold,
    AudienceRepeated,
    AudienceShown,
    AudienceSourceFinished,
)
from kaibo.features.audience.slices import Clocks, Rooms
from kaibo.features.show.slices import ShowNow

RECENT_IDS_MAX = 200_000  # of one source and room: over half an hour of a platform that pushes its most, 100 a second


@dataclass(slots=True)
class Recent:
    """The newest message ids of one place, forgotten batch by batch."""

    ids: set[str] = field(default_factory=set[str])
    batches: deque[Sequence[str]] = field(default_factory=deque[Sequence[str]])

    def remember(self, ids: Sequence[str]) -> None:
        """Add the ids of one batch; none of them is known yet."""
        self.ids.update(ids)
        self.batches.append(ids)
        while len(self.ids) > RECENT_IDS_MAX and len(self.batches) > 1:
            self.ids.difference_update(self.batches.popleft())


@dataclass(slots=True)
class AudienceState:
    """What sealing remembers.

    `viewers`: number by pseudonym, by source (two platforms may use one name for two people); `recent` by the place of `place_of`; `finished`: who said that it is at its end and nothing
    since.

    `sealed_to`: the platform time up to which a source and room is sealed; what comes with an older one is late.
    """

    show: ShowNow
    rooms: Rooms
    clocks: Clocks
    viewer_count: int = 0
    viewers: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    recent: dict[tuple[str, str], Recent] = field(default_factory=dict[tuple[str, str], Recent])
    finished: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    sealed_to: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])


def place_of(source: str, room: str) -> tuple[str, str]:
    """Where a message id means one message: a room, whoever tells of it; without a room, the source."""
    return ("", room) if room else (source, "")


def fold(state: AudienceState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in: O(its new viewers and message ids)."""
    del touched
    match event.fact:
        case (
            AudienceBatch(source=source, room=room)
            | AudienceRepeated(source=source, room=room)
            | AudienceShown(source=source, room=room)
            | AudienceOrdersTold(source=source, room=room)
        ):
            state.finished.discard((source, room))
        case AudienceSourceFinished(source=source, room=room):
            state.finished.add((source, room))
        case _:
            pass
    match event.fact:
        case AudienceBatch() as batch:
            columns = unpack(batch.columns)
            fresh = columns.new_viewers
            known = state.viewers.setdefault(batch.people_of, {})
            known.update(zip(fresh, range(batch.viewer_base, batch.viewer_base + len(fresh)), strict=True))
            state.viewer_count = batch.viewer_base + len(fresh)
            place = (batch.source, batch.room)
            state.sealed_to[place] = max(state.sealed_to.get(place, 0), min(batch.last_at, event.at + NEWEST_AHEAD_MS_MAX))
            if columns.message_ids:
                state.recent.setdefault(place_of(batch.source, batch.room), Recent()).remember(columns.message_ids)
        case AudienceShown(source=source, room=room, message_ids=message_ids) if message_ids:
            state.recent.setdefault(place_of(source, room), Recent()).remember(message_ids)
        case _:
            pass
