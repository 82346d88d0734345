"""DUTIES_TAKEN: what is taken in need on a show, by whom, until when, and how it ended; and what goes along with a role one stands in for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context, Members
from kaibo.core.slice import Slice, Touched
from kaibo.core.stream import StreamFold
from kaibo.features.charter.facts import Charter, Phase
from kaibo.features.charter.slices import (
    IN_FORCE,
    HouseCharter,
    InForce,
    Table,
    forbidden,
    parted,
    stand_ins,
    stood_in,
    takeable,
    written_as,
)
from kaibo.features.roster.slices import ON_DUTY, OnDuty
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
class DutiesTaken:
    """All there ever were, by taking_id, oldest first."""

    show: ShowNow
    takings: dict[str, Taking] = field(default_factory=dict[str, Taking])

    def open(self) -> list[Taking]:
        """Those that nobody ended yet, oldest first."""
        return [each for each in self.takings.values() if each.ended_at is None]

    def of(self, person_id: str, instant: int) -> list[DutyTaken]:
        """What a person has taken at an instant (ms UTC)."""
        return [each.taken for each in self.takings.values() if each.taken.person_id == person_id and each.stands(instant)]


def fold_duties(state: DutiesTaken, event: Event[Fact], touched: Touched) -> Iterable[str]:
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


def _end(state: DutiesTaken, taking_ids: Iterable[str], event: Event[Fact], ended: Ended) -> list[str]:
    known = [taking_id for taking_id in taking_ids if taking_id in state.takings]
    for taking_id in known:
        taking = state.takings[taking_id]
        state.takings[taking_id] = replace(taking, ended_at=event.at, ended=ended, ended_by=event.actor.id)
    return known


DUTIES_TAKEN: Slice[DutiesTaken] = Slice(
    name="duty.taken", reads=(DutyTaken, DutyGivenBack, DutyLapsed), state=DutiesTaken, fold=fold_duties, over=(STAGE,)
)


def _barred(charter: Charter | None, phase: Phase, duty: str, roles: Collection[str], others: Collection[str]) -> Bar:
    """What no need opens: 禁, and what is kept apart."""
    if charter is None:
        return ""
    if not forbidden(charter, duty, phase).isdisjoint(roles):
        return "forbidden"
    return "separated" if parted(charter, duty, roles, others) else ""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A person on a show: their own `roles`, the roles of others they are on duty in (`seats`, the first first), what they took in need.

    `phase`, `charter` (None: the table the house came with) and `table`: what the show goes by.
    """

    phase: Phase
    charter: Charter | None
    table: Table
    roles: frozenset[str]
    seats: tuple[str, ...]
    taken: frozenset[str] = frozenset()

    @property
    def all_roles(self) -> frozenset[str]:
        """Their own, and those they stand in for."""
        return self.roles | set(self.seats)

    def bar(self, duty: str, seat: str) -> Bar:
        """What keeps them from a duty of a role they stand in for; "" nothing does. What they hold or stood in for before counts beside it."""
        before = self.seats[: self.seats.index(seat)] if seat in self.seats else self.seats
        own = self.roles.union(before)
        if self.table.role(own, duty, self.phase) is not None:
            return "held"
        return _barred(self.charter, self.phase, duty, own, self.taken - {duty}) if stood_in(duty) else "kept"

    def seat(self, duty: str) -> str | None:
        """The role they stand in for that carries the duty for them; None when none does."""
        held = self.table.held(duty, self.phase)
        return next((each for each in self.seats if each in held and self.bar(duty, each) == ""), None)


Stands = tuple[Phase, Charter | None, Table]


def stand_in(on_duty: OnDuty, taken: DutiesTaken, stands: Stands, person_id: str, roles: frozenset[str], instant: int) -> StandIn:
    """Of a person with these roles, on a show that goes by `stands` (`InForce.at`) at an instant (ms UTC).

    Who is on duty in a role they do not hold, in need or for somebody absent, has its duties until the end of the show, as long as the
    charter lets one of their own roles stand in for it: else nobody could do what the role is there for.
    """
    phase, charter, table = stands
    covers = stand_ins(written_as(charter)) if on_duty.of(person_id) else {}
    able = seats(on_duty, phase, covers, person_id, roles)
    return StandIn(phase, charter, table, roles, able, frozenset(each.duty for each in taken.of(person_id, instant)))


def seats(
    on_duty: OnDuty, phase: Phase, covers: Mapping[str, frozenset[str]], person_id: str, roles: frozenset[str]
) -> tuple[str, ...]:
    """The roles of others that somebody with these roles is on duty in until the end of the show, the first first; `covers`: by role those that stand in for it."""
    posts = [] if phase == "after" else sorted(on_duty.of(person_id), key=lambda post: post.since)
    others = [post.role_id for post in posts if post.role_id not in roles]
    return tuple(role for role in others if not covers.get(role, frozenset[str]()).isdisjoint(roles))


def roles_here(on_duty: OnDuty, in_force: InForce, ctx: Context) -> frozenset[str]:
    """Of who asks, for a rule: the roles they hold, and those they stand in for on this show."""
    members = ctx.members or Members({})
    others = seats(on_duty, in_force.phase, in_force.covers(members.stand_ins), ctx.actor.id, ctx.roles)
    return ctx.roles.union(others)


def standing_in(fold: StreamFold, house: HouseCharter, person_id: str, roles: frozenset[str], instant: int) -> StandIn:
    """Of a person with these roles on a show, as its log and the charter of the house stand."""
    stands = fold.slice(IN_FORCE).at(instant, house)
    return stand_in(fold.slice(ON_DUTY), fold.slice(DUTIES_TAKEN), stands, person_id, roles, instant)


def bar_to(taken: DutiesTaken, here: StandIn, duty: str) -> Bar:
    """What keeps somebody from taking a duty in need, on a show as it stands; "" nothing does.

    禁 of any of their roles does, and so does what one person may not hold beside it, by role or taken already: need is no reason to
    approve one's own. Theirs only once somebody agreed: need does not wait for that, and it may be taken.
    """
    if not taken.show.live:
        return "not_on_air"
    own = here.table.role(here.roles, duty, here.phase) is not None
    if (own and here.table.first(here.roles, duty, here.phase) is None) or here.seat(duty) is not None:
        return "held"
    if not takeable(duty):
        return "kept"
    return _barred(here.charter, here.phase, duty, here.all_roles, here.taken)
