"""Sealing: every message once, in the order of platform time; what was seen before is left out and counted."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.audience.columns import in_order, pack
from kaibo.features.audience.commands import AudienceItem, BeatSource, CountRefused, FinishSource, HearOrders, SealBatch
from kaibo.features.audience.facts import (
    AudienceBatch,
    AudienceOrdersTold,
    AudienceRefused,
    AudienceRepeated,
    AudienceShown,
    AudienceSourceFinished,
    Shown,
)
from kaibo.features.audience.state import AudienceState, place_of
from kaibo.features.audience.timing import AT, AudienceShowEnded, Refused, judge, set_right

AudienceCommand = SealBatch | FinishSource | BeatSource | HearOrders | CountRefused
NOBODY: dict[str, int] = {}
NOTHING: frozenset[str] = frozenset()
MINUTE_MS = 60_000


class AudienceShowUnknown(Refusal):
    """There is no such show to send viewers to."""

    code = "audience.show_unknown"
    status = 404


def decide(state: AudienceState, command: AudienceCommand, ctx: Context) -> Sequence[Fact]:
    """One batch and the room's impressions; when everything in it was seen before, only the news that it was."""
    match command:
        case SealBatch():
            return _seal(state, command, ctx)
        case FinishSource():
            return _finish(state, command)
        case BeatSource():
            return _beat(state, command)
        case HearOrders():
            return _hear_orders(state, command, ctx.at)
        case CountRefused():
            return (AudienceRefused(source=command.source, room=command.room, codes=command.codes),)
        case _:
            assert_never(command)


def _beat(state: AudienceState, command: BeatSource) -> Sequence[Fact]:
    """A sign of life; after the show all lamps rest anyway."""
    if state.show.plan is None:
        raise AudienceShowUnknown
    if state.show.ended:
        return ()
    return (AudienceRepeated(source=command.source, room=command.room, duplicates=0, tells_leaves=command.tells_leaves),)


def _finish(state: AudienceState, command: FinishSource) -> Sequence[Fact]:
    """Said once; after the show all lamps rest anyway."""
    if state.show.plan is None:
        raise AudienceShowUnknown
    if state.show.ended or (command.source, command.room) in state.finished:
        return ()
    return (AudienceSourceFinished(source=command.source, room=command.room),)


def _hear_orders(state: AudienceState, command: HearOrders, now: int) -> Sequence[Fact]:
    """A sign of life while the show is not over, and how its clock goes; after it only that the source tells of a room: whose buyers they are."""
    if state.show.plan is None or (state.show.ended and not _new_teller(state, command)):
        return ()
    instants = command.instants or tuple(filter(None, (command.oldest_at, command.newest_at)))
    going, begins_at = state.clocks.speaking((command.source, command.room), instants, now), state.show.begins_at
    return (
        AudienceOrdersTold(
            source=command.source,
            room=command.room,
            count=command.count,
            newest_at=max(instants, default=0),
            behind_ms=going.behind_ms,
            skew_ms=going.skew_ms,
            before_air=0 if begins_at is None else sum(going.right(at) < begins_at for at in command.placed),
            tells_leaves=command.tells_leaves,
        ),
    )


def _new_teller(state: AudienceState, command: HearOrders) -> bool:
    return bool(command.room) and command.source not in state.rooms.tellers.get(command.room, ())


def _parted(items: Sequence[AudienceItem]) -> tuple[list[AudienceItem], list[AudienceItem]]:
    """What people did, and what they were shown."""
    return [item for item in items if item.kind != "impression"], [item for item in items if item.kind == "impression"]


def _seal(state: AudienceState, command: SealBatch, ctx: Context) -> Sequence[Fact]:
    if state.show.plan is None:
        raise AudienceShowUnknown
    told, refused = judge(state.show, command.items, ctx.at)
    if not told and all(isinstance(why, AudienceShowEnded) for _, why in refused):
        raise AudienceShowEnded
    news = _set_aside(command, refused) if refused else ()
    return (*news, *_take(state, command, told, ctx.at)) if told else news


def _set_aside(command: SealBatch, refused: Sequence[Refused]) -> Sequence[Fact]:
    codes = Counter(why.code for _, why in refused)
    return (AudienceRefused(source=command.source, room=command.room, codes=dict(codes)),)


def _take(state: AudienceState, command: SealBatch, told: Sequence[AudienceItem], now: int) -> Sequence[Fact]:
    place = (command.source, command.room)
    recent = state.recent.get(place_of(*place))
    going = state.clocks.speaking(place, list(map(AT, told)), now)
    told = set_right(told, going, state.show.ended_at)
    items = in_order(_unseen(told, recent.ids if recent else NOTHING))
    kinds = [item.kind for item in items]
    items, shown = _parted(items) if "impression" in kinds else (items, [])
    impressions = (_shown(command, shown),) if shown else ()
    if not items:
        if impressions:
            return impressions
        again = AudienceRepeated(
            source=command.source, room=command.room, duplicates=len(told), tells_leaves=command.tells_leaves
        )
        return (again,)
    people_of = state.rooms.people_of(command.source, command.room)
    return (
        *impressions,
        AudienceBatch(
            source=command.source,
            room=command.room,
            count=len(items),
            comments=kinds.count("comment"),
            first_at=items[0].at,
            last_at=items[-1].at,
            viewer_base=state.viewer_count,
            columns=pack(items, state.viewers.get(people_of, NOBODY), state.viewer_count),
            duplicates=len(told) - len(items) - len(shown),
            lag_ms=command.lag_ms or max(0, now - items[-1].at),
            late=bisect_left(items, state.sealed_to.get(place, 0), key=attrgetter("at")),
            missed=command.missed,
            replies=command.replies,
            moderates=command.moderates,
            tells_leaves=command.tells_leaves,
            platform="" if people_of == command.source else people_of,
            skew_ms=going.skew_ms,
            moved=going.future,
            behind_ms=going.behind_ms,
        ),
    )


def _shown(command: SealBatch, items: Sequence[AudienceItem]) -> AudienceShown:
    """Summed by minute and flow, in that order."""
    sums: dict[tuple[int, str], int] = {}
    for item in items:
        key = item.at // MINUTE_MS, item.flow
        sums[key] = sums.get(key, 0) + item.count
    return AudienceShown(
        source=command.source,
        room=command.room,
        parts=tuple(Shown(minute=minute, flow=flow, count=count) for (minute, flow), count in sorted(sums.items())),
        message_ids=tuple(item.message_id for item in items if item.message_id),
        tells_leaves=command.tells_leaves,
    )


def _unseen(items: Sequence[AudienceItem], seen: set[str] | frozenset[str]) -> Sequence[AudienceItem]:
    """Items without a message id, and of each message id the first, unless it was seen in an earlier batch."""
    ids = list(filter(None, [item.message_id for item in items]))
    if len(once := set(ids)) == len(ids) and once.isdisjoint(seen):
        return items
    taken: set[str] = set()
    kept: list[AudienceItem] = []
    for item in items:
        if item.message_id:
            if item.message_id in seen or item.message_id in taken:
                continue
            taken.add(item.message_id)
        kept.append(item)
    return kept
