"""What was done of duties of which somebody is told (I of the charter): the last ones, for those roles."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import IN_FORCE, InForce

TOLD_MAX = 20  # it is news for a moment; the log has it all


class ToldRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `asking.told`, key the seq: at `at` (ms UTC) somebody gave a command of `duty`, of which people of `roles` are told."""

    duty: str
    person_id: str
    role_id: str
    roles: tuple[str, ...]
    at: int


@dataclass(slots=True)
class Told:
    """The charter the show goes by, and what was told last."""

    in_force: InForce
    rows: Newest[ToldRow] = field(default_factory=lambda: Newest[ToldRow](TOLD_MAX))
    cause: tuple[str, str, int] = ("", "", 0)


def fold_told(state: Told, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """One line for each command, however many facts it led to."""
    del touched
    actor = event.actor
    roles = state.in_force.told(actor.duty)
    command = (actor.id, actor.duty, event.at)
    if not roles or command == state.cause:
        return ()
    state.cause = command
    key = str(event.seq)
    state.rows[key] = ToldRow(duty=actor.duty, person_id=actor.id, role_id=actor.role, roles=tuple(sorted(roles)), at=event.at)
    return [key, *state.rows.fallen()]


TOLD = View(
    name="asking.told",
    row=ToldRow,
    reads=(Fact,),
    state=Told,
    fold=fold_told,
    keys=lambda state: state.rows.keys(),
    get=lambda state, key: state.rows.get(key),
    duty="charter.read",
    over=(IN_FORCE,),
)
