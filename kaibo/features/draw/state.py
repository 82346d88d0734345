"""What draws must remember: each draw, who wrote its keyword, who follows, who paid, and who won before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from kaibo.core.event import Command, Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import FOLLOW, AudienceBatch, Columns, unpack
from kaibo.features.draw.commands import CloseDraw
from kaibo.features.draw.facts import (
    DrawCancelled,
    DrawClosed,
    DrawOpened,
    DrawPrepared,
    DrawRedrawn,
    DrawRun,
    DrawSeedKept,
    DrawStage,
    Entrant,
    Exclusion,
    SeedBy,
    Winner,
)
from kaibo.features.draw.lot import plain
from kaibo.features.order.facts import OrderPaid
from kaibo.features.show.slices import ShowNow

READS = (AudienceBatch, OrderPaid)
Advance: TypeAlias = DrawOpened | DrawClosed | DrawRun | DrawRedrawn | DrawCancelled
GRACE_MS = 3000  # comments written in time may still be on their way


@dataclass(slots=True)
class Draw:
    """One draw. `entries` by key, first come first; `winners` by rank, `dropped` ranks did not take their prize."""

    rules: DrawPrepared
    stage: DrawStage = "prepared"
    keyword: str = ""
    opens_at: int = 0
    closes_at: int = 0
    entries: dict[str, Entrant] = field(default_factory=dict[str, Entrant])
    closed: DrawClosed | None = None
    ran: DrawRun | None = None
    winners: list[Winner] = field(default_factory=list[Winner])
    dropped: dict[int, str] = field(default_factory=dict[int, str])
    reason: str = ""
    drawn_at: int | None = None
    seed_by: SeedBy = "unknown"
    closed_at: int = 0
    listed_at: int = 0
    passed: dict[str, None] = field(default_factory=dict[str, None])
    redraws: list[DrawRedrawn] = field(default_factory=list[DrawRedrawn])


@dataclass(slots=True)
class DrawState:
    """By draw_id. Keys are `source/pseudonym`; `viewers` is the show's table of them by number; `won` names the draw they won first."""

    show: ShowNow
    draws: dict[str, Draw] = field(default_factory=dict[str, Draw])
    viewers: list[str] = field(default_factory=list[str])
    followers: set[str] = field(default_factory=set[str])
    buyers: set[str] = field(default_factory=set[str])
    won: dict[str, str] = field(default_factory=dict[str, str])


def fold(state: DrawState, event: Event[Fact], touched: Touched) -> None:
    """Fold one event."""
    changed(state, event, touched)


def changed(state: DrawState, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Fold one event; the draws whose row may look different now."""
    if touched:  # the show, and no draw
        return ()
    match event.fact:
        case AudienceBatch() as batch:
            return _hear(state, batch)
        case OrderPaid(platform=platform, buyer=buyer):
            state.buyers.add(f"{platform}/{buyer}")
            return ()
        case DrawPrepared(draw_id=draw_id) as rules:
            state.draws[draw_id] = Draw(rules, keyword=plain(rules.keyword), seed_by=rules.seed_by)
            return (draw_id,)
        case DrawSeedKept(draw_id=draw_id):
            state.draws[draw_id].seed_by = "house"
            return (draw_id,)
        case DrawOpened() | DrawClosed() | DrawRun() | DrawRedrawn() | DrawCancelled() as fact:
            return _advance(state, state.draws[fact.draw_id], fact, event.at)
        case _:
            return ()


def _advance(state: DrawState, draw: Draw, fact: Advance, at: int) -> Iterable[str]:
    match fact:
        case DrawOpened(opens_at=opens_at, closes_at=closes_at):
            draw.stage, draw.opens_at, draw.closes_at = "open", opens_at, closes_at
        case DrawClosed():
            draw.stage, draw.closed = "closed", fact
            draw.listed_at = fact.listed_at or at
            draw.closed_at = fact.closed_at or min(draw.closes_at, at)
        case DrawRun(winners=winners):
            draw.stage, draw.ran = "drawn", fact
            _won(state, draw, winners, fact.passed, at)
        case DrawRedrawn(rank=rank, reason=reason, winner=winner):
            draw.dropped[rank] = reason
            draw.redraws.append(fact)
            _won(state, draw, () if winner is None else (winner,), fact.passed, at)
        case DrawCancelled(reason=reason):
            draw.stage, draw.reason = "cancelled", reason
    return (fact.draw_id,)


def _won(state: DrawState, draw: Draw, winners: Iterable[Winner], passed: Iterable[str], at: int) -> None:
    draw.drawn_at = at
    draw.passed.update(dict.fromkeys(passed))
    for winner in winners:
        draw.winners.append(winner)
        state.won.setdefault(winner.key, draw.rules.draw_id)


def _hear(state: DrawState, batch: AudienceBatch) -> Iterable[str]:
    columns = unpack(batch.columns)
    state.viewers.extend(columns.new_viewers)
    for number in columns.viewer[columns.kind == FOLLOW].tolist():
        state.followers.add(f"{batch.people_of}/{state.viewers[number]}")
    waiting = [draw for draw in state.draws.values() if draw.stage == "open"]
    if not waiting or not batch.comments:
        return ()
    return {draw.rules.draw_id for draw in waiting if _enter(state, draw, batch.people_of, columns)}


def _enter(state: DrawState, draw: Draw, source: str, columns: Columns) -> bool:
    """Who wrote the keyword in time takes part; the first time counts, by platform time."""
    before = len(draw.entries)
    for text, name, at, number in zip(columns.texts, columns.names, columns.comments_at, columns.comments_by, strict=True):
        if draw.opens_at <= at <= draw.closes_at and draw.keyword in plain(text):
            key = f"{source}/{state.viewers[number]}"
            known = draw.entries.get(key)
            if known is None or at < known.at:
                draw.entries[key] = Entrant(key=key, name=name, at=at)
    return len(draw.entries) != before


def excluded(state: DrawState, draw: Draw, key: str) -> Exclusion | None:
    """Why this one cannot win, as things stand."""
    wanted = draw.rules.conditions
    if key in wanted.staff:
        return "staff"
    if wanted.not_won and key in state.won:
        return "won_before"
    if wanted.followed and key not in state.followers:
        return "not_followed"
    if wanted.bought and key not in state.buyers:
        return "not_bought"
    return None


def due(state: DrawState) -> tuple[int, Command] | None:
    """The next draw whose time is over."""
    waiting = [(draw.closes_at + GRACE_MS, draw.rules.draw_id) for draw in state.draws.values() if draw.stage == "open"]
    if not waiting:
        return None
    at, draw_id = min(waiting)
    return at, CloseDraw(draw_id=draw_id)
