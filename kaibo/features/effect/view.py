"""What like moves brought, over all shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.analysis.interval import Verdict
from kaibo.analysis.pooled import pooled
from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.effect.facts import EffectsKept, KeptEffect


class LikeRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `effect.like`, key kind: `count` moves of it in `shows` shows that could be compared, their typical `ratio` and verdict.

    `more`: about so many further ones would tell an effect of one half more; None where they tell.
    """

    kind: str
    count: int
    shows: int
    ratio: float
    verdict: Verdict
    more: int | None


@dataclass(slots=True)
class Likes:
    """Effects by show."""

    shows: dict[str, tuple[KeptEffect, ...]] = field(default_factory=dict[str, tuple[KeptEffect, ...]])

    def kinds(self) -> set[str]:
        """What was done in any show."""
        return {one.kind for effects in self.shows.values() for one in effects}


def fold_likes(likes: Likes, event: Event[EffectsKept]) -> Iterable[str]:
    """A show's newest word takes the place of its older one."""
    before = likes.kinds()
    likes.shows[event.fact.show_id] = event.fact.effects
    return before | likes.kinds()


def _row(likes: Likes, kind: str) -> LikeRow | None:
    shows = [mine for effects in likes.shows.values() if (mine := [one for one in effects if one.kind == kind])]
    found = [one for mine in shows for one in mine]
    if not found:
        return None
    told = pooled([one.log for one in found], [one.standard for one in found])
    return LikeRow(kind=kind, count=told.count, shows=len(shows), ratio=told.ratio, verdict=told.verdict, more=told.more)


LIKE = View(
    name="effect.like",
    row=LikeRow,
    reads=(EffectsKept,),
    state=Likes,
    fold=fold_likes,
    keys=lambda likes: sorted(likes.kinds()),
    get=_row,
    duty="metric.read",
)
