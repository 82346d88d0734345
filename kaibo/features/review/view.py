"""Whether the house went through its months, and how many people came, went or changed since it last did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.review.facts import ReviewHeld
from kaibo.features.show.facts import ShowListed
from kaibo.features.workspace.facts import PersonAdded, PersonRemoved, RolesChanged

NOW = "now"


class ReviewNowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `review.now`, one row, key `now`: the last `month` gone through ("" none), by whom and when (ms UTC).

    `people`: person_ids who came, went or hold other roles since. `first_at`: the start of the first show that was no rehearsal, None before
    there is one: what a month has to be reviewed for.
    """

    month: str
    by: str
    at: int
    people: tuple[str, ...]
    first_at: int | None


@dataclass(slots=True)
class Held:
    """As the row says it."""

    last: tuple[str, str, int] = ("", "", 0)
    people: dict[str, None] = field(default_factory=dict[str, None])
    first_at: int | None = None


def fold_held(held: Held, event: Event[Any]) -> Iterable[str]:
    """Gone through; somebody comes, goes or changes; a show is listed."""
    match event.fact:
        case ReviewHeld(month=month):
            held.last, held.people = (max(month, held.last[0]), event.actor.id, event.at), {}
        case PersonAdded(person_id=person) | PersonRemoved(person_id=person) | RolesChanged(person_id=person):
            held.people[person] = None
        case ShowListed(rehearsal=False, starts_at=starts_at):
            if held.first_at is not None and held.first_at <= starts_at:
                return ()
            held.first_at = starts_at
        case _:
            return ()
    return (NOW,)


def _row(held: Held, key: str) -> ReviewNowRow | None:
    if key != NOW:
        return None
    month, by, at = held.last
    return ReviewNowRow(month=month, by=by, at=at, people=tuple(held.people), first_at=held.first_at)


REVIEW_NOW = View(
    name="review.now",
    row=ReviewNowRow,
    reads=(ReviewHeld, PersonAdded, PersonRemoved, RolesChanged, ShowListed),
    state=Held,
    fold=fold_held,
    keys=lambda held: (NOW,),  # noqa: ARG005  there always is one
    get=_row,
    duty="log.read",
)
