"""When targets are set and spend is entered; how samples and summaries are made and handed on."""

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from kaibo.analysis.definitions import DEFINED
from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.metric.board import Raw
from kaibo.features.metric.commands import (
    EnterSpend,
    HandHistory,
    NoteShow,
    RemoveSpend,
    SampleFigures,
    SetTarget,
    SummariseShow,
    TakeHistory,
)
from kaibo.features.metric.facts import (
    MetricHistoryHanded,
    MetricHistoryTaken,
    MetricSampled,
    MetricShowNoted,
    MetricSpendEntered,
    MetricSpendRemoved,
    MetricSummarised,
    MetricTargetSet,
    ShowSummary,
)
from kaibo.features.metric.people import opened, packed, short
from kaibo.features.metric.state import MetricState, due
from kaibo.features.show.slices import FINAL_MS

MetricCommand = SetTarget | EnterSpend | RemoveSpend | SampleFigures | SummariseShow | NoteShow | HandHistory | TakeHistory
SHOWS = 7
BUYERS_MAX = 250_000  # 4 bytes each: what a show's log carries of earlier buyers stays below a megabyte


class MetricUnknown(Refusal):
    """There is no such figure to set a target for."""

    code = "metric.unknown"
    status = 404
    metric: str


class MetricNoShow(Refusal):
    """There is no planned show here."""

    code = "metric.no_show"
    status = 404


class MetricSpendUnknown(Refusal):
    """No ad spend was entered under this id."""

    code = "metric.spend_unknown"
    status = 404
    spend_id: str


class MetricMoveUnknown(Refusal):
    """Money was put on ads for a move that nobody approved, or that is none."""

    code = "metric.move_unknown"
    status = 404
    move_id: str


class MetricMoveSpent(Refusal):
    """What was spent for this move was entered already, and is not counted twice: change that row."""

    code = "metric.move_spent"
    move_id: str
    spend_id: str


def decide(state: MetricState, command: MetricCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case NoteShow(summary=summary, buyers=buyers):
            known = state.noted.get(summary.show_id)
            return [] if known == (summary, buyers) else [MetricShowNoted(summary=summary, buyers=buyers)]
        case HandHistory(show_id=show_id):
            return _hand(state, show_id)
        case _ if state.show.plan is None:
            raise MetricNoShow
        case SetTarget():
            return _target(command)
        case EnterSpend():
            return _spend(state, command)
        case RemoveSpend(spend_id=spend_id):
            return _remove_spend(state, spend_id)
        case SampleFigures():
            return _sample(state, ctx)
        case SummariseShow():
            return _summarise(state, ctx)
        case TakeHistory():
            return [MetricHistoryTaken(shows=command.shows, buyers=command.buyers, buyers_shows=command.buyers_shows)]
        case _:
            assert_never(command)


def _remove_spend(state: MetricState, spend_id: str) -> Sequence[Fact]:
    if spend_id not in state.board.spend:
        raise MetricSpendUnknown(spend_id=spend_id)
    return [MetricSpendRemoved(spend_id=spend_id)]


def _target(command: SetTarget) -> Sequence[Fact]:
    definition = DEFINED.get(command.metric)
    if definition is None or definition.window not in ("all", "whole"):
        raise MetricUnknown(metric=command.metric)
    return [MetricTargetSet(metric=command.metric, value=None if command.value is None else float(command.value))]


def _spend(state: MetricState, command: EnterSpend) -> Sequence[Fact]:
    spent = {row.move_id: row.spend_id for row in state.board.spend.values() if row.move_id}
    for row in command.rows:
        if row.move_id and row.move_id not in state.top_ups:
            raise MetricMoveUnknown(move_id=row.move_id)
        if row.move_id and spent.setdefault(row.move_id, row.spend_id) != row.spend_id:
            raise MetricMoveSpent(move_id=row.move_id, spend_id=spent[row.move_id])
    news = tuple(row for row in command.rows if state.board.spend.get(row.spend_id) != row)
    return [MetricSpendEntered(rows=news, filename=command.filename)] if news else []


def _sample(state: MetricState, ctx: Context) -> Sequence[Fact]:
    wanted = due(state)
    if wanted is None or not isinstance(wanted[1], SampleFigures) or ctx.at < wanted[0]:
        return []
    board = state.board
    whole, last, before = board.raw_whole() | board.measured(state.shop.raw(ctx.at)), board.raw_window(0), board.raw_window(1)
    return [
        MetricSampled(
            at=ctx.at,
            whole=_told(board.sure(whole)),
            last_10=None if last is None else _told(board.sure(last)),
            prev_10=None if before is None else _told(board.sure(before)),
            product_id=state.shop.product_id,
        )
    ]


def _told(raw: Raw) -> Raw:
    """As they stand in the log and come back from it: 7.0, never 7."""
    return {name: float(value) for name, value in raw.items()}


def _summarise(state: MetricState, ctx: Context) -> Sequence[Fact]:
    wanted = due(state)
    plan, ended_at = state.show.plan, state.show.ended_at
    if wanted is None or plan is None or ended_at is None or ctx.at < wanted[0]:
        return []
    summary = ShowSummary(
        show_id=plan.show_id,
        title=plan.title,
        ended_at=ended_at,
        currency=plan.currency,
        raw=_told(state.board.sure(state.board.raw_whole())),
        course=state.board.course(),
    )
    return [MetricSummarised(summary=summary, buyers=_buyers(state), final=ctx.at >= ended_at + FINAL_MS)]


def _buyers(state: MetricState) -> bytes:
    """Who bought, as 32-bit fingerprints; nobody when there were too many to remember each."""
    customers = state.board.customers
    if not customers.exact:
        return b""
    found = customers.hashes[state.board.people["buyers"].everybody()]
    if all(len(tellers) < 2 for tellers in state.board.ledger.hosts.tellers.values()):
        return short(found)
    names = {name for person in found.tolist() for name in state.board.names_of(person)}
    return short(np.array(sorted(names), np.uint64))


def _hand(state: MetricState, show_id: str) -> Sequence[Fact]:
    """The newest shows, and the buyers of as many as fit."""
    earlier = sorted(
        ((summary, buyers) for summary, buyers in state.noted.values() if summary.show_id != show_id),
        key=lambda noted: -noted[0].ended_at,
    )
    known = np.zeros(0, np.uint32)
    covered = 0
    for _, buyers in earlier:
        more = np.union1d(known, opened(buyers)).astype("<u4")
        if len(more) > BUYERS_MAX:
            break
        known, covered = more, covered + 1
    shows = tuple(summary for summary, _ in earlier[:SHOWS])
    return [MetricHistoryHanded(show_id=show_id, shows=shows, buyers=packed(known), buyers_shows=covered)]
