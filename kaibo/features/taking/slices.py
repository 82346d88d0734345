"""TAKEN: what is taken in need on a show, by whom, until when, and how it ended."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.charter.slices import InForce, forbidden, parted, takeable
from kaibo.features.show.slices import STAGE, ShowNow
from kaibo.features.taking.facts import DutyGivenBack, DutyLapsed, DutyTaken

Ended = Literal["", "given_back", "lapsed", "show_ended"]
Bar = Literal["", "held", "not_on_air", "kept", "forbidden", "separated"]


@dataclass(frozen=True, slots=True)
class Taking:
    """As it was taken; `ended_at` (ms UTC) None while it stands, then how it ended and by whom."""

    taken: DutyTaken
    at: int
    ended_at: int | None = None
    ended: Ended = ""
    ended_by: str = ""

    def stands(self, instant: int) -> bool:
        """Whether it carries the duty at an instant (ms UTC)."""
        return self.ended_at is None and instant < self.taken.until


@dataclass(slots=True)
class Taken:
    """All there ever were, by taking_id, oldest first."""

    show: ShowNow
    takings: dict[str, Taking] = field(default_factory=dict[str, Taking])

    def open(self) -> list[Taking]:
        """Those that nobody ended yet, oldest first."""
        return [each for each in self.takings.values() if each.ended_at is None]

    def of(self, person_id: str, instant: int) -> list[DutyTaken]:
        """What a person has taken at an instant (ms UTC)."""
        return [each.taken for each in self.takings.values() if each.taken.person_id == person_id and each.stands(instant)]


def fold_taken(state: Taken, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Taken, given back, over; the end of the show ends all."""
    match event.fact:
        case DutyTaken(taking_id=taking_id) as taken:
            state.takings[taking_id] = Taking(taken, event.at)
            return (taking_id,)
        case DutyGivenBack(taking_id=taking_id):
            return _end(state, [taking_id], event, "given_back")
        case DutyLapsed(taking_id=taking_id):
            return _end(state, [taking_id], event, "lapsed")
        case _ if touched.of(STAGE) and state.show.ended:
            return _end(state, [each.taken.taking_id for each in state.open()], event, "show_ended")
        case _:
            return ()


def _end(state: Taken, taking_ids: Iterable[str], event: Event[Fact], ended: Ended) -> list[str]:
    known = [taking_id for taking_id in taking_ids if taking_id in state.takings]
    for taking_id in known:
        taking = state.takings[taking_id]
        state.takings[taking_id] = replace(taking, ended_at=event.at, ended=ended, ended_by=event.actor.id)
    return known


TAKEN: Slice[Taken] = Slice(
    name="duty.taken", reads=(DutyTaken, DutyGivenBack, DutyLapsed), state=Taken, fold=fold_taken, over=(STAGE,)
)


def bar_to(in_force: InForce, taken: Taken, duty: str, person_id: str, roles: Collection[str], instant: int) -> Bar:
    """What keeps a person with these roles from taking a duty in need, on a show as it stands; "" nothing does.

    禁 of any of their roles does, and so does what one person may not hold beside it, by role or taken already: need is no reason to
    approve one's own. Theirs only once somebody agreed: need does not wait for that, and it may be taken.
    """
    table, charter = in_force.kept, in_force.charter
    if not taken.show.live:
        return "not_on_air"
    held = frozenset(roles)
    if table.role(held, duty, in_force.phase) is not None and table.first(held, duty, in_force.phase) is None:
        return "held"
    if not takeable(duty):
        return "kept"
    if charter is None:
        return ""
    if not forbidden(charter, duty, in_force.phase).isdisjoint(roles):
        return "forbidden"
    others = {each.duty for each in taken.of(person_id, instant)}
    return "separated" if parted(charter, duty, roles, others) else ""
