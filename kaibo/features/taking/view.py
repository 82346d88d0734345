"""What is taken in need, for whoever works beside it, for the review and the report."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.taking.slices import DUTIES_TAKEN, DutiesTaken, Ended

SEQS_KEPT = 200  # beyond any ten minutes; `commands` goes on counting


class TakingRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `duty.takings`, key taking_id: a duty somebody took in need at `at`, until `until` (ms UTC), acting in their role `role_id`.

    `ended_at` None while it stands, else how (`ended`) and by whom. `answers`: the roles that answer for it; `on_duty`: who could have done
    it. `events`: how many events stand in the log because of it, the first of them by seq in `seqs`.
    """

    taking_id: str
    duty: str
    person_id: str
    role_id: str
    reason: str
    at: int
    until: int
    ended_at: int | None
    ended: Ended
    ended_by: str
    answers: tuple[str, ...]
    on_duty: tuple[str, ...]
    events: int
    seqs: tuple[int, ...]


@dataclass(slots=True)
class Takings:
    """What is taken, and by taking_id the seqs of what was done with it."""

    taken: DutiesTaken
    used: dict[str, list[int]] = field(default_factory=dict[str, list[int]])


def fold_takings(state: Takings, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Taken, ended, used."""
    if event.taking is not None:
        state.used.setdefault(event.taking, []).append(event.seq)
        return {event.taking, *touched.of(DUTIES_TAKEN)}
    return touched.of(DUTIES_TAKEN)


def _keys(state: Takings) -> Iterable[str]:
    return state.taken.takings.keys()


def _row(state: Takings, key: str) -> TakingRow | None:
    taking = state.taken.takings.get(key)
    if taking is None:
        return None
    taken, used = taking.taken, state.used.get(key, [])
    return TakingRow(
        taking_id=key,
        duty=taken.duty,
        person_id=taken.person_id,
        role_id=taken.role_id,
        reason=taken.reason,
        at=taking.at,
        until=taken.until,
        ended_at=taking.ended_at,
        ended=taking.ended,
        ended_by=taking.ended_by,
        answers=taken.answers,
        on_duty=taken.on_duty,
        events=len(used),
        seqs=tuple(used[:SEQS_KEPT]),
    )


TAKINGS = View(
    name="duty.takings",
    row=TakingRow,
    reads=(Fact,),
    state=Takings,
    fold=fold_takings,
    keys=_keys,
    get=_row,
    duty="roster.read",
    over=(DUTIES_TAKEN,),
)
VIEWS = (TAKINGS,)
