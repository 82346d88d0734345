"""What cannot work out in a roster, each by name with the people and shows: found by looking at the shows near in time and the charter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from kaibo.features.charter.slices import HouseCharter, InForce, stand_ins, wanted_roles
from kaibo.features.roster.slices import OnDuty, Post
from kaibo.features.workspace.slices import Names

ConflictKind = Literal["two_shows", "rest", "role_missing", "role_lost", "stand_in_lost", "unsigned"]
REST_MS: Final = 10 * 3_600_000  # between the end of one show and the call of the next


class RosterConflict(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to settle before the evening. `show_id` and `title` are of the other show; `rest_s`: what is left between the two.

    `two_shows`: called to both at once. `rest`: less than ten hours between. `role_missing`: nobody is on duty in a role that must do
    `duties`. `role_lost`, `stand_in_lost`: the person left, or no longer holds what the role takes. `unsigned`: their page of the charter.
    """

    kind: ConflictKind
    role_id: str = ""
    person_id: str = ""
    show_id: str = ""
    title: str = ""
    rest_s: int = 0
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evening:
    """A show as its people are taken by it: from their call (ms UTC) until it ends."""

    show_id: str
    title: str
    ends_at: int
    calls: Mapping[str, int]


def evening_of(on_duty: OnDuty) -> Evening | None:
    """None before the plan."""
    show = on_duty.show
    if show.plan is None:
        return None
    calls: dict[str, int] = {}
    for post in on_duty.posts.values():
        if post.on_duty:
            call_at = show.starts_at - post.call_before_s * 1000
            calls[post.person_id] = min(call_at, calls.get(post.person_id, call_at))
    ends_at = show.ends_at if show.ended_at is None else show.ended_at
    return Evening(show.plan.show_id, show.plan.title, ends_at, calls)


def between(own: Evening, others: Iterable[Evening]) -> Iterator[RosterConflict]:
    """Who is called to another show at the same time, or with too little rest before or after."""
    for other in others:
        for person in sorted(own.calls.keys() & other.calls.keys()):
            rest_ms = max(own.calls[person] - other.ends_at, other.calls[person] - own.ends_at)
            if rest_ms < REST_MS:
                yield RosterConflict(
                    kind="two_shows" if rest_ms < 0 else "rest",
                    person_id=person,
                    show_id=other.show_id,
                    title=other.title,
                    rest_s=max(0, rest_ms // 1000),
                )


def within(on_duty: OnDuty, in_force: InForce, house: HouseCharter, names: Names) -> Iterator[RosterConflict]:
    """What the charter and the workspace say of this show's people. A house without a charter of its own asks for no role and no signature."""
    charter = in_force.charter or house.published
    if charter is not None:
        yield from _missing(on_duty, wanted_roles(charter, in_force.phase))
    posts = [post for post in on_duty.posts.values() if post.on_duty]
    takers = stand_ins(charter or house.stands)
    for post in posts:
        yield from _of_post(post, {post.role_id} | takers.get(post.role_id, frozenset()), names)
    if house.version:
        yield from _unsigned({post.person_id for post in posts}, house, names)


def _missing(on_duty: OnDuty, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[RosterConflict]:
    for role, duties in wanted.items():
        if not on_duty.people_in(role):
            yield RosterConflict(kind="role_missing", role_id=role, duties=duties)


def _unsigned(people: set[str], house: HouseCharter, names: Names) -> Iterator[RosterConflict]:
    for person in sorted(people & names.members.keys()):
        if not house.has_signed(person, names.members[person].roles):
            yield RosterConflict(kind="unsigned", person_id=person)


def _of_post(post: Post, able: set[str], names: Names) -> Iterator[RosterConflict]:
    """Whoever is named must be able: hold the role, or one that stands in for it."""

    def lost(person: str) -> bool:
        member = names.members.get(person)
        return member is None or able.isdisjoint(member.roles)

    if lost(post.person_id):
        yield RosterConflict(kind="role_lost", role_id=post.role_id, person_id=post.person_id)
    if post.stand_in_id and lost(post.stand_in_id):
        yield RosterConflict(kind="stand_in_lost", role_id=post.role_id, person_id=post.stand_in_id)
