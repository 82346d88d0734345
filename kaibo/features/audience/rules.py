"""How what a source hands in becomes a batch."""

from collections.abc import Sequence
from operator import attrgetter
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.audience.state import AudienceState


class AudienceShowUnknown(Refusal):
    """There is no such show to send viewers to."""

    code = "audience.show_unknown"
    status = 404


class AudienceShowEnded(Refusal):
    """The show is over; what comes later is not part of it."""

    code = "audience.show_ended"


def decide(state: AudienceState, command: SealBatch, ctx: Context) -> Sequence[Fact]:
    """One batch of what is new, in the order of platform time; nothing when all of it was known."""
    match command:
        case SealBatch():
            return _seal(state, command, ctx)
        case _:
            assert_never(command)


def _seal(state: AudienceState, command: SealBatch, ctx: Context) -> Sequence[Fact]:
    if not state.planned:
        raise AudienceShowUnknown
    if state.ended:
        raise AudienceShowEnded
    fresh, ids = _fresh(state, command)
    if not fresh:
        return ()
    fresh.sort(key=attrgetter("at"))  # stable: equal instants keep the order in which they came
    columns, comments = pack(fresh, state.viewers)
    return (
        AudienceBatch(
            source=command.source,
            room=command.room,
            count=len(fresh),
            comments=comments,
            first_at=fresh[0].at,
            last_at=fresh[-1].at,
            viewer_base=len(state.viewers),
            columns=columns,
            duplicates=len(command.items) - len(fresh),
            lag_ms=command.lag_ms or max(0, ctx.at - fresh[-1].at),
            message_ids=tuple(ids),
        ),
    )


def _fresh(state: AudienceState, command: SealBatch) -> tuple[list[AudienceItem], list[str]]:
    """Items not seen before, and their message ids. Items without an id cannot be told apart and are all kept."""
    source, room, seen = command.source, command.room, state.seen
    fresh: list[AudienceItem] = []
    ids: dict[str, None] = {}
    for item in command.items:
        message_id = item.message_id
        if message_id:
            if message_id in ids or (source, room, message_id) in seen:
                continue
            ids[message_id] = None
        fresh.append(item)
    return fresh, list(ids)
