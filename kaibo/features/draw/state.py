"""What draws must remember: each draw, who wrote its keyword, who follows, who paid, and who won before."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from kaibo.core.erasing import Told
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
from kaibo.features.order.slices import LEDGER, Change, Ledger, Order
from kaibo.features.show.slices import STAGE, ShowNow

READS = (AudienceBatch,)
OVER = (STAGE, LEDGER)
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
    """By draw_id. Keys are `source/pseudonym`; `viewers` is the show's table of them by number; `won` names the draw they won first.

    `bought`: how many orders stand, by their buyer's key.
    """

    show: ShowNow
    ledger: Ledger
    draws: dict[str, Draw] = field(default_factory=dict[str, Draw])
    viewers: list[str] = field(default_factory=list[str])
    followers: set[str] = field(default_factory=set[str])
    bought: Counter[str] = field(default_factory=Counter[str])
    won: dict[str, str] = field(default_factory=dict[str, str])

    def buyers(self) -> set[str]:
        """Who paid for something and kept any of it, by the key they comment under."""
        return set(self.bought)


def fold(state: DrawState, event: Event[Fact], touched: Touched) -> None:
    """Fold one event."""
    changed(state, event, touched)


def changed(state: DrawState, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Fold one event; the draws whose row may look different now."""
    for change in state.ledger.changes(event.fact, touched):
        _trade(state, change)
    match event.fact:
        case AudienceBatch() as batch:
            return _hear(state, batch)
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


def _trade(state: DrawState, change: Change) -> None:
    """What an order said of its buyer before is taken back."""
    for order, sign in ((change.before, -1), (change.after, 1)):
        if order.buyer and _stands(order):
            account = f"{order.people or change.place[0]}/{order.buyer}"
            state.bought[account] += sign
            if not state.bought[account]:
                del state.bought[account]


def _stands(order: Order) -> bool:
    """Paid for, and neither cancelled nor given back as a whole."""
    if order.paid_at is None or order.cancelled_at is not None:
        return False
    return not order.refunds or (bool(order.has()) and (order.left_minor > 0 or not order.paid_minor))


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


def _says(keyword: str, text: str, told: Told | None) -> bool:
    """Whether a comment has the keyword, or had before its words were erased."""
    return keyword in plain(text) if told is None else keyword in told.keywords


def _enter(state: DrawState, draw: Draw, source: str, columns: Columns) -> bool:
    """Who wrote the keyword in time takes part; the first time counts, by platform time."""
    before = len(draw.entries)
    said = zip(columns.texts, columns.names, columns.comments_at, columns.comments_by, strict=True)
    for index, (text, name, at, number) in enumerate(said):
        if draw.opens_at <= at <= draw.closes_at and _says(draw.keyword, text, columns.told.get(index)):
            key = f"{source}/{state.viewers[number]}"
            known = draw.entries.get(key)
            if known is None or at < known.at:
                draw.entries[key] = Entrant(key=key, name=name, at=at)
    return len(draw.entries) != before


def excluded(state: DrawState, draw: Draw, key: str, buyers: Collection[str]) -> Exclusion | None:
    """Why this one cannot win, as things stand; `buyers` of `state.buyers()`."""
    wanted = draw.rules.conditions
    if key in wanted.staff:
        return "staff"
    if wanted.not_won and key in state.won:
        return "won_before"
    if wanted.followed and key not in state.followers:
        return "not_followed"
    if wanted.bought and key not in buyers:
        return "not_bought"
    return None


def due(state: DrawState) -> tuple[int, Command] | None:
    """The next draw whose time is over."""
    waiting = [(draw.closes_at + GRACE_MS, draw.rules.draw_id) for draw in state.draws.values() if draw.stage == "open"]
    if not waiting:
        return None
    at, draw_id = min(waiting)
    return at, CloseDraw(draw_id=draw_id)
