"""What cannot work out in a roster, each by name with the people and shows: found by looking at the shows near in time and the charter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, Literal

import msgspec

from kaibo.features.charter.slices import HouseCharter, InForce, stand_ins, wanted_roles
from kaibo.features.roster.shifts import Shifts
from kaibo.features.roster.slices import OnDuty, Post
from kaibo.features.workspace.slices import Names

ConflictKind = Literal[
    "two_shows", "rest", "role_missing", "role_lost", "stand_in_lost", "unsigned", "shift_gap", "shift_crossed"
]
REST_MS: Final = 10 * 3_600_000  # between the end of one show and the call of the next


class RosterConflict(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to settle before the evening. `show_id` and `title` are of the other show; `rest_s`: what is left between the two.

    `two_shows`: called to both at once. `rest`: less than ten hours between. `role_missing`: nobody is on duty in a role that must do
    `duties`, or in the crew of a shift, `shift` by name. `shift_gap`, `shift_crossed`: before that shift there is time of no shift, or of two.
    `role_lost`, `stand_in_lost`: the person left, or no longer holds what the role takes. `unsigned`: their page of the charter.
    """

    kind: ConflictKind
    role_id: str = ""
    person_id: str = ""
    show_id: str = ""
    title: str = ""
    rest_s: int = 0
    duties: tuple[str, ...] = ()
    shift: str = ""


Spell = tuple[int, int]  # from the call until the end, ms UTC


@dataclass(frozen=True, slots=True)
class Evening:
    """A show as its people are taken by it: the spells of each, as they come; one who works in shifts is free between them."""

    show_id: str
    title: str
    spells: Mapping[str, tuple[Spell, ...]]
    ends_at: int

    @property
    def begins_at(self) -> int:
        """The first call, or the end where nobody is called (ms UTC)."""
        return min((spells[0][0] for spells in self.spells.values()), default=self.ends_at)


def evening_of(on_duty: OnDuty) -> Evening | None:
    """None before the plan."""
    show = on_duty.show
    if show.plan is None:
        return None
    ends_at = show.ends_at if show.ended_at is None else show.ended_at
    spells = _shift_spells(on_duty.shifts)
    in_shifts = frozenset(spells)
    for post in on_duty.posts.values():
        if not post.on_duty:
            continue
        before_ms = post.call_before_s * 1000
        if post.person_id not in in_shifts:
            spells.setdefault(post.person_id, []).append((show.starts_at - before_ms, ends_at))
        elif (first := min(spells[post.person_id]))[0] == _first_start(on_duty.shifts):
            spells[post.person_id].append((first[0] - before_ms, first[1]))
    return Evening(show.plan.show_id, show.plan.title, {person: _joined(found) for person, found in spells.items()}, ends_at)


def _shift_spells(shifts: Shifts) -> dict[str, list[Spell]]:
    spells: dict[str, list[Spell]] = {}
    for shift in shifts.ordered():
        for person in dict.fromkeys(member.person_id for member in shift.crew):
            spells.setdefault(person, []).append((shifts.starts_at(shift), shifts.ends_at(shift)))
    return spells


def _first_start(shifts: Shifts) -> int:
    return shifts.starts_at(shifts.ordered()[0])


def _joined(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Spells that touch are one: who stays for the next shift has not been called twice."""
    found: list[Spell] = []
    for start, end in sorted(spells):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def _rest_ms(one: Spell, other: Spell) -> int:
    """Between two spells; below nought where they share time."""
    return max(one[0] - other[1], other[0] - one[1])


def _called(person: str, other: Evening, rest_ms: int) -> Iterator[RosterConflict]:
    if rest_ms < REST_MS:
        yield RosterConflict(
            kind="two_shows" if rest_ms < 0 else "rest",
            person_id=person,
            show_id=other.show_id,
            title=other.title,
            rest_s=max(0, rest_ms // 1000),
        )


def between(own: Evening, others: Iterable[Evening]) -> Iterator[RosterConflict]:
    """Who is called to another show at the same time, or with too little rest before or after; or rests too little between shifts."""
    for person, spells in sorted(own.spells.items()):
        yield from _called(person, own, min((_rest_ms(*pair) for pair in pairwise(spells)), default=REST_MS))
    for other in others:
        for person in sorted(own.spells.keys() & other.spells.keys()):
            yield from _called(person, other, min(_rest_ms(*pair) for pair in product(own.spells[person], other.spells[person])))


def within(on_duty: OnDuty, in_force: InForce, house: HouseCharter, names: Names) -> Iterator[RosterConflict]:
    """What the charter and the workspace say of this show's people. A house without a charter of its own asks for no role and no signature."""
    charter = in_force.charter or house.published
    if charter is not None:
        wanted = wanted_roles(charter, in_force.phase)
        yield from _missing(on_duty, wanted)
        yield from _missing_in_shifts(on_duty.shifts, wanted)
    yield from _seams(on_duty.shifts)
    posts = [post for post in on_duty.posts.values() if post.on_duty]
    takers = stand_ins(charter or house.stands)
    for post in (*posts, *_unreplaced(on_duty)):
        yield from _of_post(post, {post.role_id} | takers.get(post.role_id, frozenset()), names)
    coming = {(member.role_id, member.person_id) for shift in on_duty.shifts.ordered() for member in shift.crew}
    for role, person in sorted(coming - {(post.role_id, post.person_id) for post in posts}):
        if is_lost(person, {role}, names):
            yield RosterConflict(kind="role_lost", role_id=role, person_id=person)
    if house.version:
        yield from _unsigned({post.person_id for post in posts} | {person for _, person in coming}, house, names)


def _missing_in_shifts(shifts: Shifts, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[RosterConflict]:
    """The crew of a shift is all there is of it, once any shift names the role: who is named in none does the whole show."""
    ordered = shifts.ordered()
    named = {member.role_id for shift in ordered for member in shift.crew}
    for shift in ordered:
        here = {member.role_id for member in shift.crew}
        for role, duties in wanted.items():
            if role in named and role not in here:
                yield RosterConflict(kind="role_missing", role_id=role, duties=duties, shift=shift.name)


def _seams(shifts: Shifts) -> Iterator[RosterConflict]:
    """Time between two shifts that is nobody's, or both's: after the planned start was moved, or one of them."""
    for before, after in pairwise(shifts.ordered()):
        gap_ms = shifts.starts_at(after) - shifts.ends_at(before)
        if gap_ms:
            yield RosterConflict(
                kind="shift_gap" if gap_ms > 0 else "shift_crossed", shift=after.name, rest_s=abs(gap_ms) // 1000
            )


def _missing(on_duty: OnDuty, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[RosterConflict]:
    for role, duties in wanted.items():
        if not on_duty.people_in(role):
            yield RosterConflict(kind="role_missing", role_id=role, duties=duties)


def _unsigned(people: set[str], house: HouseCharter, names: Names) -> Iterator[RosterConflict]:
    for person in sorted(people & names.members.keys()):
        if not house.has_signed(person, names.members[person].roles):
            yield RosterConflict(kind="unsigned", person_id=person)


def _unreplaced(on_duty: OnDuty) -> Iterator[Post]:
    """Who is absent from a role that nobody does now."""
    return (post for post in on_duty.posts.values() if post.left == "absent" and not on_duty.people_in(post.role_id))


def _of_post(post: Post, able: set[str], names: Names) -> Iterator[RosterConflict]:
    """Whoever is named must be able: hold the role, or one that stands in for it."""
    if is_lost(post.person_id, able, names):
        yield RosterConflict(kind="role_lost", role_id=post.role_id, person_id=post.person_id)
    if post.stand_in_id and is_lost(post.stand_in_id, able, names):
        yield RosterConflict(kind="stand_in_lost", role_id=post.role_id, person_id=post.stand_in_id)


def is_lost(person: str, able: set[str], names: Names) -> bool:
    """Left the house, or holds none of the roles that may do this work."""
    member = names.members.get(person)
    return member is None or able.isdisjoint(member.roles)
