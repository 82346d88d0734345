"""Whose a message is, step by step: whom it names, who does it by the charter, who stands in for them, who answers for it, everybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kaibo.core.feature import Lines, Members
from kaibo.features.channel.facts import Reach, StepKind
from kaibo.features.charter.slices import InForce, lines, written_as
from kaibo.features.roster.slices import OnDuty

CHANNELS: Final = ("before", "on_air", "emergency")  # of every show: 直播預告, 直播進行, 緊急事件
STEPS: Final[tuple[StepKind, ...]] = ("named", "does", "stands_in", "answers", "everybody")
HOST: Final = "host"
URGENT_S: Final = 10  # between two steps of what cannot wait
PLAIN: Final = ("tell.host", URGENT_S * 3)  # urgent, and nobody said what it is about: whoever directs the show


# By tag: the duty of the trade (duty_id of the charter) that it is, and so many seconds between two steps.
TAGS: Final[Mapping[str, tuple[str, int]]] = {
    "product": ("change.products", 60),
    "order": ("take.claims", 60),
    "tech": ("watch.stream", 20),
    "promo": ("apply.promos", 30),
    "negative": ("moderate.live", 30),
    "stock": ("change.products", 30),
}


@dataclass(frozen=True, slots=True)
class Seats:
    """Who may be reached now: the charter the show goes by, who is on duty, who belongs to the house."""

    in_force: InForce
    on_duty: OnDuty
    members: Members

    def lines(self, duty: str) -> Lines:
        """The roles that do a duty of the trade, and those that answer for it."""
        known = self.members.lines if self.in_force.adopted is None else lines(written_as(self.in_force.charter))
        return known.get(duty, ((), ()))

    def people(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Who is on duty in these roles; on a show that has nobody on duty yet, who holds them."""
        return self.here(roles) if self._anybody() else self.holders(roles)

    def here(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Who is on duty in these roles."""
        return tuple(dict.fromkeys(person for role in roles for person in self.on_duty.people_in(role)))

    def stand_ins(self, roles: Collection[str]) -> tuple[str, ...]:
        """Who was named to stand in for those on duty in these roles."""
        posts = (post for post in self.on_duty.posts.values() if post.on_duty and post.role_id in roles)
        return tuple(dict.fromkeys(post.stand_in_id for post in posts if post.stand_in_id))

    def sees(self, person_id: str) -> bool:
        """Whether a screen of theirs shows what is asked: the host's shows nothing of a channel."""
        own = {post.role_id for post in self.on_duty.of(person_id)} or self.members.roles.get(person_id, frozenset[str]())
        return own != {HOST}

    def holders(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Who of the house holds one of these roles, on duty or not."""
        wanted = set(roles)
        return tuple(person for person, held in self.members.roles.items() if not held.isdisjoint(wanted))

    def everybody(self, roles: Sequence[str], knows: Collection[str]) -> tuple[str, ...]:
        """Everybody on duty, and who holds the `roles` where none of them is; where that is nobody who does not know (`knows`), the whole house."""
        on_duty = [post.person_id for post in self.on_duty.posts.values() if post.on_duty]
        found = tuple(dict.fromkeys((*on_duty, *(() if self.here(roles) else self.holders(roles)))))
        return found if set(found) - set(knows) else tuple(self.members.roles)

    def _anybody(self) -> bool:
        return any(turns[-1][1] for turns in self.on_duty.turns.values())


@dataclass(frozen=True, slots=True)
class Call:
    """What a message asks: of whom first (`roles` and `people` named in it), under which duty of the trade, in which pace (s)."""

    duty: str
    within_s: int
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it says itself whom it is for."""
        return bool(self.roles or self.people)


def call_of(tag: str, *, urgent: bool, roles: tuple[str, ...], people: tuple[str, ...]) -> Call | None:
    """None for what asks nothing of anybody: neither a tag nor urgent."""
    if not tag and not urgent:
        return None
    duty, within_s = TAGS.get(tag, PLAIN)
    return Call(duty, min(within_s, URGENT_S) if urgent else within_s, roles, people)


def next_reach(call: Call, seats: Seats, before: Sequence[Reach], knows: Collection[str], at: int) -> Reach | None:
    """The next step; None after everybody. `at` (ms UTC) is when it is asked.

    One that reaches nobody new is left out; that nobody does it is told. Who `knows` of it already (whoever wrote it, or let it go) is
    not asked to take it, unless nobody else does it.
    """
    reached = {*knows, *(person for each in before for person in each.people)}
    left = STEPS[STEPS.index(before[-1].kind) + 1 :] if before else STEPS
    return next((found for kind in left if (found := _reach(kind, call, seats, reached, at)) is not None), None)


def joined(seats: Seats, before: Sequence[Reach], knows: Collection[str]) -> tuple[str, ...]:
    """Who came on duty in a role that was asked, since it was."""
    reached = {*knows, *(person for each in before for person in each.people)}
    return tuple(
        person
        for person in seats.here(role for each in before for role in each.roles)
        if person not in reached and seats.sees(person)
    )


def _reach(kind: StepKind, call: Call, seats: Seats, reached: Collection[str], at: int) -> Reach | None:
    roles, people = _step(kind, call, seats, reached)
    able = tuple(dict.fromkeys(person for person in people if seats.sees(person)))
    fresh = tuple(person for person in able if person not in reached)
    if kind == STEPS[-1]:
        return Reach(kind, roles, fresh)
    if fresh:
        return Reach(kind, roles, fresh, at + call.within_s * 1000)
    if kind != "does" or call.named:
        return None
    return Reach(kind, roles, able, at)  # nobody does it, or only who knows of it: the next one is asked at once


def _step(kind: StepKind, call: Call, seats: Seats, reached: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    does, answers = seats.lines(call.duty)
    match kind:
        case "named":
            return call.roles, (*call.people, *seats.people(call.roles))
        case "does":
            roles = does
        case "stands_in":
            covers = seats.in_force.covers(seats.members.stand_ins)
            roles = tuple(dict.fromkeys(role for each in does for role in sorted(covers.get(each, ()))))
            return roles, (*seats.stand_ins(does), *seats.people(roles))
        case "answers":
            roles = answers
        case "everybody":
            return (), seats.everybody(does, reached)
    return roles, seats.people(roles)
