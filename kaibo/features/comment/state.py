"""What the rules of comments must remember: which addresses there are, and what was done with them."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.audience.columns import COMMENT, unpack
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed


@dataclass(slots=True)
class CommentState:
    """`batches`: seq of a batch with comments -> its kinds, one byte an item. `settled`: address -> answered or dismissed."""

    batches: dict[int, bytes] = field(default_factory=dict[int, bytes])
    settled: dict[str, str] = field(default_factory=dict[str, str])

    def has(self, ref: str) -> bool:
        """Whether a comment has this address `seq:index`."""
        seq, _, index = ref.partition(":")
        kinds = self.batches.get(int(seq), b"")
        return int(index) < len(kinds) and kinds[int(index)] == COMMENT


def fold(state: CommentState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case AudienceBatch() as batch:
            if batch.comments:
                state.batches[event.seq] = unpack(batch).kinds.tobytes()
        case CommentAnswered(comment_ref=ref):
            state.settled[ref] = "answered"
        case CommentDismissed(comment_ref=ref):
            state.settled[ref] = "dismissed"
        case _:
            pass
