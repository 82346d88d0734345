"""What became of what was carried out of the house, beside each message."""

from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.outbox.slices import OUTBOX, LetterState, Outbox

SHOWN_MAX = 600  # newest letters on a screen; what is still on its way stays beyond them


class LetterRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `outbox.letters`, key letter_id: a message on its way over a bridge, `state` since `state_at` (ms UTC); `until`: when it is tried again, 0 never.

    `tries`: how often it left the house; `code` as the messenger says it. `instead`: bridge_id of the way that took its place, "" none.
    `acknowledged_by` (person_id): who took it by the link in it.
    """

    letter_id: str
    bridge_id: str
    message_id: str
    urgent: bool
    state: LetterState
    at: int
    state_at: int
    until: int
    tries: int
    code: str
    instead: str
    acknowledged_by: str


def fold_letters(outbox: Outbox, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The letters that changed, and as many as fell off the end with them."""
    del event
    moved = touched.of(OUTBOX)
    if not moved or len(outbox.letters) <= SHOWN_MAX:
        return moved
    return {*moved, *list(outbox.letters)[-SHOWN_MAX - len(moved) : -SHOWN_MAX]}


def _shown(outbox: Outbox) -> Iterable[str]:
    return dict.fromkeys((*outbox.waiting, *list(outbox.letters)[-SHOWN_MAX:]))


def _row(outbox: Outbox, key: str) -> LetterRow | None:
    letter = outbox.letters.get(key)
    if letter is None or not (key in outbox.waiting or _is_new(outbox, key)):
        return None
    other = outbox.letters.get(letter.instead)
    return LetterRow(
        letter_id=key,
        bridge_id=letter.queued.bridge_id,
        message_id=letter.queued.message_id,
        urgent=letter.queued.urgent,
        state=letter.state,
        at=letter.at,
        state_at=letter.state_at,
        until=letter.until,
        tries=letter.tries,
        code=letter.code,
        instead="" if other is None else other.queued.bridge_id,
        acknowledged_by=letter.acknowledged_by,
    )


def _is_new(outbox: Outbox, key: str) -> bool:
    return outbox.letters[key].place >= len(outbox.letters) - SHOWN_MAX


LETTERS = View(
    name="outbox.letters",
    row=LetterRow,
    reads=(),
    state=itself,
    fold=fold_letters,
    keys=_shown,
    get=_row,
    duty="channel.read",
    over=(OUTBOX,),
)
