"""What like moves brought, over all shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from kaibo.analysis.coin import Tossed, compare
from kaibo.analysis.interval import Verdict
from kaibo.analysis.pooled import pooled
from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.effect.facts import EffectsKept, KeptEffect


class LikeRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `effect.like`, key kind: `count` moves of it in `shows` shows that could be compared, their typical `ratio` and verdict.

    `more`: about so many further ones would tell an effect of one half more; None where they tell. Of such whose time a coin chose
    (`tossed`) those of now are compared with those of later.
    """

    kind: str
    count: int
    shows: int
    ratio: float | None
    verdict: Verdict
    more: int | None
    tossed: Tossed | None = None


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
    return _like(kind, len(shows), [one for mine in shows for one in mine]) if shows else None


def _like(kind: str, shows: int, effects: Sequence[KeptEffect]) -> LikeRow:
    found, tossed = [one for one in effects if not one.arm], _tossed(effects)
    if not found:
        return LikeRow(kind=kind, count=0, shows=shows, ratio=None, verdict="too_little", more=None, tossed=tossed)
    told = pooled([one.log for one in found], [one.standard for one in found])
    return LikeRow(
        kind=kind, count=told.count, shows=shows, ratio=told.ratio, verdict=told.verdict, more=told.more, tossed=tossed
    )


def _tossed(effects: Sequence[KeptEffect]) -> Tossed | None:
    """None where nobody left it to a coin."""
    now = [one.log for one in effects if one.arm == "now"]
    later = [one.log for one in effects if one.arm == "later"]
    return compare(now, later) if now or later else None


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
