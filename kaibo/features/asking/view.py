"""What waits for a yes, for who asked, who is asked and who answers; and how the last ones ended."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.asking.slices import REQUESTS, Requests, State
from kaibo.features.roster.slices import ON_DUTY, OnDuty


class RequestRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `asking.requests`, key request_id: somebody's command that waits, or waited, for a yes of each of the `waiting` roles.

    `on_duty`: who of those roles is on duty now; nobody: it is for all who hold them. `until` (ms UTC) it is theirs; when it is `overdue`,
    those of `answers` decide. `about` what it is about, in words, `why` who asked wants it. `by` whom and `at` when its state last changed; why it was declined
    (`reason`), or the `code` and `data` of the rule that refused it in the end.
    """

    request_id: str
    command: str
    duty: str
    about: tuple[str, ...]
    person_id: str
    role_id: str
    asked_at: int
    until: int
    state: State
    waiting: tuple[str, ...]
    on_duty: tuple[str, ...]
    answers: tuple[str, ...]
    overdue: bool
    by: str
    at: int
    reason: str
    code: str
    data: dict[str, str]
    why: str


@dataclass(slots=True)
class Waiting:
    """What waits, and who is on duty."""

    requests: Requests
    on_duty: OnDuty


def fold_waiting(state: Waiting, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A request moved, or somebody who is asked comes on duty or goes."""
    del event
    moved = touched.of(REQUESTS)
    return moved | {each.asked.request_id for each in state.requests.open()} if touched.of(ON_DUTY) else moved


def _keys(state: Waiting) -> Iterable[str]:
    return state.requests.requests.keys()


def _row(state: Waiting, key: str) -> RequestRow | None:
    request = state.requests.requests.get(key)
    if request is None:
        return None
    asked = request.asked
    on_duty = dict.fromkeys(person for role in request.waiting for person in state.on_duty.people_in(role))
    return RequestRow(
        request_id=key,
        command=asked.command,
        duty=asked.duty,
        about=asked.about,
        person_id=asked.person_id,
        role_id=asked.role_id,
        asked_at=request.asked_at,
        until=asked.until,
        state=request.state,
        waiting=request.waiting,
        on_duty=tuple(on_duty) if request.state == "open" else (),
        answers=asked.answers,
        overdue=request.overdue,
        by=request.by,
        at=request.at,
        reason=request.reason,
        code=request.code,
        data=dict(request.data),
        why=request.why,
    )


REQUEST_ROWS = View(
    name="asking.requests",
    row=RequestRow,
    reads=(),
    state=Waiting,
    fold=fold_waiting,
    keys=_keys,
    get=_row,
    duty="charter.read",
    over=(REQUESTS, ON_DUTY),
)
VIEWS = (REQUEST_ROWS,)
