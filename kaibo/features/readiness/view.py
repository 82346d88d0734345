"""What is missing before air, and whether somebody said that the show is ready."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.readiness.facts import Missing, ReadinessDeclared, ReadinessWithdrawn
from kaibo.features.readiness.items import ReadinessRow, items
from kaibo.features.readiness.slices import GROUNDS, Grounds

SAID = "ready"


@dataclass(slots=True)
class Board:
    """The rows as they were read last; `stale` when something moved since."""

    grounds: Grounds
    rows: dict[str, ReadinessRow] = field(default_factory=dict[str, ReadinessRow])
    stale: bool = True

    def read(self) -> dict[str, ReadinessRow]:
        """Worked out when somebody looks: a sheet of a thousand products comes in as many events."""
        if self.stale:
            self.rows, self.stale = items(self.grounds), False
        return self.rows


class DeclaredRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `readiness.declared`, one row, key `ready`, once somebody said it: who and when (ms UTC), for which `reason` though `missing` was."""

    by: str
    at: int
    missing: tuple[Missing, ...] = ()
    reason: str = ""


def fold_items(board: Board, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Any of them may have changed."""
    del event, touched
    board.stale = True
    return CODES


CODES = (
    "tasks_open", "tasks_blocked", "no_products", "product_without_price", "price_over_list", "doubt_without_answer",
    "product_without_stock", "product_sold_out", "product_unused", "no_cues", "cue_code_unknown", "forbidden_words",
    "cue_without_product", "cue_without_lines", "overlap", "over_length", "under_length", "starts_later", "starts_earlier",
    "source_simulated", "no_source", "source_silent", "claims_undecided", "claims_off", "no_goal",
)  # fmt: skip


def fold_declared(said: dict[str, DeclaredRow], event: Event[Fact]) -> Iterable[str]:
    """Said, or taken back; it stays what it was once the show is on air."""
    match event.fact:
        case ReadinessDeclared(missing=missing, reason=reason):
            said[SAID] = DeclaredRow(by=event.actor.id, at=event.at, missing=missing, reason=reason)
        case ReadinessWithdrawn():
            said.pop(SAID, None)
        case _:
            return ()
    return (SAID,)


ITEMS = View(
    name="readiness.items",
    row=ReadinessRow,
    reads=(),
    state=Board,
    fold=fold_items,
    keys=lambda board: board.read().keys(),
    get=lambda board, key: board.read().get(key),
    duty="roster.read",  # of people: a wall where anybody may stand tells nothing of what a show lacks
    pace_ms=200,
    over=(GROUNDS,),
)
DECLARED = View(
    name="readiness.declared",
    row=DeclaredRow,
    reads=(ReadinessDeclared, ReadinessWithdrawn),
    state=dict,
    fold=fold_declared,
    keys=list,
    get=lambda said, key: said.get(key),
    duty="roster.read",  # of people: a wall where anybody may stand tells nothing of what a show lacks
)
