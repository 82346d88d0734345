"""Who may: by the charter; else by what they took in need. Whoever may not is told who can."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from kaibo.core.errors import NotAllowed
from kaibo.core.event import Command
from kaibo.core.stream import StreamFold


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: a person, a token or the system, with all the roles they hold; `role` the one they chose to act in.

    `only`: the one stream it was made for; None for all. `program`: it came with a token.
    """

    id: str
    name: str
    roles: frozenset[str]
    role: str | None = None
    only: str | None = None
    program: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a command waits: under which key it will run, and what it is about in words. `able`: where it came from it can."""

    key: str
    about: tuple[str, ...]
    able: bool


Instead = Callable[[Command, Waiting], Command]
"""Of a command that somebody must agree to first: the one that asks them, in its place."""


class Carried(msgspec.Struct, frozen=True):
    """The role somebody acts in, and the taking in need by which a duty is theirs; None where it is theirs anyway.

    `instead`: what is done in the place of a command until somebody agreed to it; None where nobody must.
    """

    role: str
    taking: str | None = None
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Able:
    """Who can: the roles by name, and of those on duty now the people by name."""

    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


InNeed = Callable[[Caller, str, StreamFold, int], Carried | None]
"""What somebody took in need: of a duty, on a stream at an instant (ms UTC)."""
Allows = Callable[[frozenset[str], str, StreamFold | None], str | None]
"""The role of these that carries a duty: on a stream as it stands now, or anywhere (None)."""
Carries = Callable[[Caller, frozenset[str], str, StreamFold | None], Carried | None]
"""By which of these of their roles a caller carries a duty, and who must agree first: on a stream as it stands now, or anywhere (None)."""
WhoCan = Callable[[str, StreamFold | None], Able]


def nothing_taken(_caller: Caller, _duty: str, _fold: StreamFold, _at: int) -> Carried | None:
    """Where nobody takes anything in need."""
    return None


def nobody_known(_duty: str, _fold: StreamFold | None) -> Able:
    """Where nobody knows who can."""
    return Able()


def by_roles(allows: Allows) -> Carries:
    """Where nobody must agree to anything: by the roles alone."""

    def carries(_caller: Caller, roles: frozenset[str], duty: str, fold: StreamFold | None) -> Carried | None:
        role = allows(roles, duty, fold)
        return None if role is None else Carried(role)

    return carries


@dataclass(frozen=True)
class Admission:
    """The guard of every command and view."""

    carries: Carries
    in_need: InNeed = nothing_taken
    who_can: WhoCan = nobody_known

    def carried(self, caller: Caller, duty: str, fold: StreamFold | None, at: int) -> Carried:
        """The role that carries the duty for this caller at an instant (ms UTC), on a stream as it stands or wherever it may act. Raises NotAllowed."""
        roles = caller.roles if caller.role is None else caller.roles & {caller.role}
        found = self._carries(caller, roles, duty, fold, at)
        if found is None:
            able = self.who_can(duty, fold)
            raise NotAllowed(duty=duty, roles=sorted(roles), able_roles=list(able.roles), on_duty=list(able.people))
        return found if found.instead is None or fold is None else self.in_need(caller, duty, fold, at) or found

    def duties(self, caller: Caller, known: Iterable[str], fold: StreamFold | None, at: int) -> tuple[str, ...]:
        """Those of the duties that the caller's roles, or what they took, carry; sorted."""
        return tuple(sorted(duty for duty in known if self._carries(caller, caller.roles, duty, fold, at) is not None))

    def _carries(self, caller: Caller, roles: frozenset[str], duty: str, fold: StreamFold | None, at: int) -> Carried | None:
        found = self.carries(caller, roles, duty, fold)
        return found if found is not None or fold is None else self.in_need(caller, duty, fold, at)
