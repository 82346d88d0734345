"""REQUESTS: which commands wait for somebody's yes, and what became of those that did."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.asking.facts import (
    FACTS,
    AskingAgreed,
    AskingAsked,
    AskingDeclined,
    AskingExplained,
    AskingOverdue,
    AskingSettled,
    AskingWithdrawn,
)
from kaibo.features.show.slices import STAGE, TURN, ShowNow

# `agreed` runs; `refused`: it was agreed to, and a rule said no by then.
State = Literal["open", "agreed", "ran", "refused", "declined", "withdrawn", "show_ended"]
ENDED_KEPT = 50  # told for a while; the log has them all


@dataclass(frozen=True, slots=True)
class Request:
    """`waiting`: the roles that have not agreed yet; `overdue`: their time is over. `by` whom and `at` when (ms UTC) it last changed.

    `why` who asked wants it; `reason` it was declined for; `code` and `data` of the rule that refused it in the end, `seqs` of the events it led to.
    """

    asked: AskingAsked
    asked_at: int
    state: State
    waiting: tuple[str, ...]
    overdue: bool = False
    by: str = ""
    at: int = 0
    why: str = ""
    reason: str = ""
    code: str = ""
    data: tuple[tuple[str, str], ...] = ()
    seqs: tuple[int, ...] = ()


@dataclass(slots=True)
class Requests:
    """By request_id, oldest first: all that are open or running, and the last that ended (`ended`, ids in that order)."""

    show: ShowNow
    requests: dict[str, Request] = field(default_factory=dict[str, Request])
    ended: list[str] = field(default_factory=list[str])

    def open(self) -> list[Request]:
        """Those that wait for an answer, oldest first."""
        return [each for each in self.requests.values() if each.state == "open"]


def fold_requests(state: Requests, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Asked, answered, overdue, run; the end of the show ends what waits."""
    if TURN in touched.of(STAGE) and state.show.ended and not isinstance(event.fact, AskingAsked):
        return _show_ended(state, event.at)
    match event.fact:
        case AskingAsked(request_id=request_id) as asked:
            state.requests[request_id] = Request(asked, event.at, "open", asked.roles, by=event.actor.id, at=event.at)
            return (request_id,)
        case AskingExplained(request_id=request_id, why=why):
            known = state.requests.get(request_id)
            return () if known is None else _put(state, replace(known, why=why))
        case AskingAgreed() | AskingDeclined() | AskingWithdrawn() | AskingOverdue() | AskingSettled() as fact:
            known = state.requests.get(fact.request_id)
            return () if known is None else _put(state, replace(_moved(known, fact), by=event.actor.id, at=event.at))
        case _:
            return ()


def _show_ended(state: Requests, at: int) -> list[str]:
    ids = [each.asked.request_id for each in state.open()]
    return [key for each in ids for key in _put(state, replace(state.requests[each], state="show_ended", at=at))]


Moving = AskingAgreed | AskingDeclined | AskingWithdrawn | AskingOverdue | AskingSettled


def _moved(request: Request, fact: Moving) -> Request:
    match fact:
        case AskingAgreed(roles=roles, runs=runs):
            waiting = tuple(each for each in request.waiting if each not in roles)
            return replace(request, waiting=waiting, state="agreed" if runs else "open")
        case AskingDeclined(reason=reason):
            return replace(request, state="declined", reason=reason)
        case AskingWithdrawn():
            return replace(request, state="withdrawn")
        case AskingOverdue():
            return replace(request, overdue=True)
        case AskingSettled(code=code, data=data, seqs=seqs):
            return replace(request, state="refused" if code else "ran", code=code, data=tuple(sorted(data.items())), seqs=seqs)


def _put(state: Requests, request: Request) -> list[str]:
    """The keys that changed: its own, and that of an old one that is no longer kept."""
    request_id = request.asked.request_id
    state.requests[request_id] = request
    if request.state in ("open", "agreed"):
        return [request_id]
    state.ended.append(request_id)
    gone = state.ended[:-ENDED_KEPT]
    del state.ended[:-ENDED_KEPT]
    for each in gone:
        del state.requests[each]
    return [request_id, *gone]


REQUESTS: Slice[Requests] = Slice(name="asking.requests", reads=FACTS, state=Requests, fold=fold_requests, over=(STAGE,))
