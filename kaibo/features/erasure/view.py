"""What was erased: when, by whom, how much; never whose."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, row_of
from kaibo.features.erasure.facts import ErasureAsked, ErasureFailed, ErasureWaits, ShowErased, WaitsWhy


class ErasureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `erasure.list` (workspace), key erasure_id: asked for by `by` at `at` (ms UTC).

    `comments` erased, `copies`: facts elsewhere that held a copy or the name, in `shows` shows. `state` is working, waiting, done or
    failed (for the reason of the code `failure`). `waits`: shows on air that come after their end, since `waits_since` for the reason `waits_why`: "words",
    their own are to be erased, or "file", all is erased in the logs and the file is swept when nobody is on air. `done_at` (ms UTC) None before.
    """

    platform: str
    reason: str
    by: str
    at: int
    comments: int = 0
    copies: int = 0
    shows: int = 0
    waits: tuple[str, ...] = ()
    waits_why: WaitsWhy | Literal[""] = ""
    waits_since: int | None = None
    state: Literal["working", "waiting", "done", "failed"] = "working"
    failure: str = ""
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
        case ErasureWaits():
            rows[fact.erasure_id] = _waiting(rows[fact.erasure_id], fact, event.at)
        case ErasureFailed(code=code):
            rows[fact.erasure_id] = msgspec.structs.replace(rows[fact.erasure_id], state="failed", failure=code, waits=())
        case _:
            return ()
    return (fact.erasure_id,)


def _waiting(row: ErasureRow, fact: ErasureWaits, at: int) -> ErasureRow:
    if not fact.show_ids:
        return msgspec.structs.replace(row, waits=(), waits_why="", waits_since=None, state="done", done_at=at)
    since = row.waits_since if row.waits_why == fact.why else at  # other shows come on air; the reason is the same
    return msgspec.structs.replace(row, waits=fact.show_ids, waits_why=fact.why, waits_since=since, state="waiting", done_at=None)


LIST = View(
    name="erasure.list",
    row=ErasureRow,
    reads=(ErasureAsked, ShowErased, ErasureWaits, ErasureFailed),
    state=dict,
    fold=fold_list,
    keys=list,
    get=row_of,
    duty="erasure.ask",
)
