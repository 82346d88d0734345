"""Who was given what: what the log of the house says of people, roles and tokens, beside what the vault knows of doors."""

from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, row_of, tag_of
from kaibo.features.workspace.facts import (
    PersonAdded,
    PersonRemoved,
    PersonRenamed,
    ProviderSet,
    RolesChanged,
    SecondStepAsked,
    SecondStepReset,
    TokenIssued,
    TokenRevoked,
)

CHANGES_MAX = 5_000  # some years of a house; the log itself has all


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.changes`, key the event's seq: `what` (the fact's type) `by` did `at` (ms UTC) to a person or token (`subject`, "" to all); with these roles."""

    seq: int
    at: int
    what: str
    subject: str
    by: str
    roles: tuple[str, ...] = ()


def fold_changes(changes: dict[str, ChangeRow], event: Event[Fact]) -> Iterable[str]:
    """One more; the oldest goes where there are too many."""
    fact = event.fact
    subject, roles = _of(fact)
    key = str(event.seq)
    changes[key] = ChangeRow(seq=event.seq, at=event.at, what=tag_of(type(fact)), subject=subject, by=event.actor.id, roles=roles)
    if len(changes) <= CHANGES_MAX:
        return (key,)
    oldest = next(iter(changes))
    del changes[oldest]
    return (oldest, key)


def _of(fact: Fact) -> tuple[str, tuple[str, ...]]:
    match fact:
        case PersonAdded(person_id=subject, roles=roles) | RolesChanged(person_id=subject, roles=roles):
            return subject, roles
        case TokenIssued(token_id=subject, roles=roles):
            return subject, roles
        case (
            PersonRenamed(person_id=subject)
            | PersonRemoved(person_id=subject)
            | SecondStepReset(person_id=subject)
            | TokenRevoked(token_id=subject)
        ):
            return subject, ()
        case _:
            return "", ()


CHANGES = View(
    name="workspace.changes",
    row=ChangeRow,
    reads=(
        PersonAdded,
        RolesChanged,
        PersonRenamed,
        PersonRemoved,
        TokenIssued,
        TokenRevoked,
        SecondStepAsked,
        SecondStepReset,
        ProviderSet,
    ),
    state=dict,
    fold=fold_changes,
    keys=list,
    get=row_of,
    duty="people.manage",
)
