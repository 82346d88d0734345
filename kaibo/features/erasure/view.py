"""What was erased: when, by whom, how much; never whose."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, row_of
from kaibo.features.erasure.facts import ErasureAsked, ErasureWaits, ShowErased


class ErasureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `erasure.list` (workspace), key erasure_id: asked for by `by` at `at` (ms UTC).

    `comments` erased, `copies`: facts elsewhere that held a copy or the name, in `shows` shows. `waits`: shows on air that come after
    their end. `state` is working, waiting or done; `done_at` (ms UTC) None before.
    """

    platform: str
    reason: str
    by: str
    at: int
    comments: int = 0
    copies: int = 0
    shows: int = 0
    waits: tuple[str, ...] = ()
    state: Literal["working", "waiting", "done"] = "working"
    done_at: int | None = None


Rows = dict[str, ErasureRow]


def fold_list(rows: Rows, event: Event[Fact]) -> Iterable[str]:
    """Asked, erased in a show, waiting or done."""
    fact = event.fact
    match fact:
        case ErasureAsked():
            rows[fact.erasure_id] = ErasureRow(platform=fact.platform, reason=fact.reason, by=event.actor.id, at=event.at)
        case ShowErased(comments=comments, copies=copies):
            row = rows[fact.erasure_id]
            shows = row.shows + (fact.show_id != "")
            rows[fact.erasure_id] = msgspec.structs.replace(
                row, comments=row.comments + comments, copies=row.copies + copies, shows=shows
            )
        case ErasureWaits(show_ids=show_ids):
            row = rows[fact.erasure_id]
            done_at = None if show_ids else event.at
            state = "waiting" if show_ids else "done"
            rows[fact.erasure_id] = msgspec.structs.replace(row, waits=show_ids, state=state, done_at=done_at)
        case _:
            return ()
    return (fact.erasure_id,)


LIST = View(
    name="erasure.list",
    row=ErasureRow,
    reads=(ErasureAsked, ShowErased, ErasureWaits),
    state=dict,
    fold=fold_list,
    keys=list,
    get=row_of,
    duty="erasure.ask",
)
