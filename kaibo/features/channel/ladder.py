"""Whose a message is, step by step: who does it by the charter, who stands in for them, who answers for it, everybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kaibo.core.feature import Lines, Members
from kaibo.features.channel.facts import Reach, StepKind
from kaibo.features.charter.slices import InForce, lines, written_as
from kaibo.features.roster.slices import OnDuty

CHANNELS: Final = ("before", "on_air", "emergency")  # of every show: 直播預告, 直播進行, 緊急事件
STEPS: Final[tuple[StepKind, ...]] = ("does", "stands_in", "answers", "everybody")
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
        if not any(turns[-1][1] for turns in self.on_duty.turns.values()):
            wanted = set(roles)
            return tuple(person for person, held in self.members.roles.items() if not held.isdisjoint(wanted))
        return tuple(dict.fromkeys(person for role in roles for person in self.on_duty.people_in(role)))

    def everybody(self) -> tuple[str, ...]:
        """Everybody on duty; else the whole house."""
        here = tuple(dict.fromkeys(post.person_id for post in self.on_duty.posts.values() if post.on_duty))
        return here or tuple(self.members.roles)


@dataclass(frozen=True, slots=True)
class Call:
    """What a message asks: of whom first (`roles` and `people` named in it), under which duty of the trade, in which pace (s)."""

    duty: str
    within_s: int
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def call_of(tag: str, *, urgent: bool, roles: tuple[str, ...], people: tuple[str, ...]) -> Call | None:
    """None for what asks nothing of anybody: neither a tag nor urgent."""
    if not tag and not urgent:
        return None
    duty, within_s = TAGS.get(tag, PLAIN)
    return Call(duty, min(within_s, URGENT_S) if urgent else within_s, roles, people)


def next_reach(call: Call, seats: Seats, before: Sequence[Reach], author: str, at: int) -> Reach | None:
    """The next step; None after everybody. `at` (ms UTC) is when it is asked.

    One that reaches nobody new is left out, but the first: that nobody does it is told. Whoever wrote it is not asked to take it, unless
    nobody else does it: they know.
    """
    if not before:
        return _reach("does", call, seats, {author}, at) or _empty("does", call, seats, at)
    reached = {author, *(person for each in before for person in each.people)}
    left = STEPS[STEPS.index(before[-1].kind) + 1 :]
    return next((found for kind in left if (found := _reach(kind, call, seats, reached, at)) is not None), None)


def _reach(kind: StepKind, call: Call, seats: Seats, reached: Collection[str], at: int) -> Reach | None:
    roles, people = _step(kind, call, seats)
    fresh = tuple(person for person in people if person not in reached) or (people if kind == "does" else ())
    if kind == STEPS[-1]:
        return Reach(kind, roles, fresh)
    return Reach(kind, roles, fresh, at + call.within_s * 1000) if fresh else None


def _empty(kind: StepKind, call: Call, seats: Seats, at: int) -> Reach:
    """It reached nobody, and the next one is asked at once."""
    return Reach(kind, _step(kind, call, seats)[0], (), at)


def _step(kind: StepKind, call: Call, seats: Seats) -> tuple[tuple[str, ...], tuple[str, ...]]:
    does, answers = seats.lines(call.duty)
    named = call.roles or call.people
    match kind:
        case "does":
            roles = call.roles if named else does
            return roles, (*call.people, *seats.people(roles))
        case "stands_in":
            covers = seats.in_force.covers(seats.members.stand_ins)
            roles = tuple(
                dict.fromkeys(role for each in (call.roles if named else does) for role in sorted(covers.get(each, ())))
            )
        case "answers":
            roles = answers
        case "everybody":
            return (), seats.everybody()
    return roles, seats.people(roles)
