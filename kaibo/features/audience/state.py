"""What sealing must remember: who was seen, and which messages."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.audience.columns import unpack
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

MESSAGES_REMEMBERED = 200_000  # platforms repeat within seconds; at 2,000 comments a second this is more than a minute


@dataclass(slots=True)
class AudienceState:
    """`viewers`: pseudonym -> dense number. `seen`: (source, room, message id) of late, oldest first in `order`."""

    planned: bool = False
    ended: bool = False
    viewers: dict[str, int] = field(default_factory=dict[str, int])
    seen: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    order: deque[tuple[str, str, str]] = field(default_factory=deque[tuple[str, str, str]])


def fold(state: AudienceState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case ShowPlanned():
            state.planned = True
        case ShowAired():
            state.ended = False
        case ShowEnded():
            state.ended = True
        case AudienceBatch() as batch:
            viewers = state.viewers
            for pseudonym in unpack(batch).new_viewers:
                viewers[pseudonym] = len(viewers)
            _remember(state, batch)
        case _:
            pass


def _remember(state: AudienceState, batch: AudienceBatch) -> None:
    for message_id in batch.message_ids:
        place = (batch.source, batch.room, message_id)
        if place not in state.seen:
            state.seen.add(place)
            state.order.append(place)
    while len(state.order) > MESSAGES_REMEMBERED:
        state.seen.discard(state.order.popleft())
