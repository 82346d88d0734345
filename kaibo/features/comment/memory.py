"""What the workspace remembers of answers: the table later shows are taught from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from kaibo.core.erasing import ERASED
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.features.comment.facts import AnswerRemembered

MEMORY_MAX = 2_000  # the oldest go: a shop's answers of years ago are seldom true


class MemoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.memory` (workspace), key = product and question: an answer given in a show, newest 2,000."""

    question: str
    answer: str
    product_id: str
    show_id: str
    show_title: str
    at: int


@dataclass(slots=True)
class Memory:
    """Rows by key, oldest first."""

    rows: dict[str, MemoryRow] = field(default_factory=dict[str, MemoryRow])


def fold_memory(memory: Memory, event: Event[Fact]) -> Iterable[str]:
    """An answer given again moves to the end with its new words."""
    match event.fact:
        case AnswerRemembered(known=known) if known.question != ERASED:
            key = f"{known.product_id} {known.question}"
            memory.rows.pop(key, None)
            memory.rows[key] = MemoryRow(
                question=known.question,
                answer=known.answer,
                product_id=known.product_id,
                show_id=known.show_id,
                show_title=known.show_title,
                at=event.at,
            )
            gone = list(islice(memory.rows, max(0, len(memory.rows) - MEMORY_MAX)))
            for old in gone:
                del memory.rows[old]
            return [key, *gone]
        case _:
            return ()


MEMORY = View(
    name="comment.memory",
    row=MemoryRow,
    reads=(AnswerRemembered,),
    state=Memory,
    fold=fold_memory,
    keys=lambda memory: memory.rows.keys(),
    get=lambda memory, key: memory.rows.get(key),
    duty="comment.read",
)
