"""SORTED: which comments of a batch the room is shown as orders, by the rules and the show's model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.facts import ModelChosen
from kaibo.features.comment.reading import Reader
from kaibo.features.comment.triage import ORDER


@dataclass(slots=True)
class Sorted:
    """The show's model, as far as it has one."""

    reader: Reader = field(default_factory=Reader)

    def orders(self, batch: AudienceBatch) -> Sequence[bool]:
        """Of each comment of a batch: whether it is shown as an order."""
        return [code == ORDER for code in self.reader.read(batch).classes]


def fold_sorted(sorts: Sorted, event: Event[Fact]) -> Iterable[str]:
    """Another model; nobody waits for it."""
    sorts.reader.fold(event)
    return ()


SORTED: Slice[Sorted] = Slice(name="comment.sorted", reads=(ModelChosen,), state=Sorted, fold=fold_sorted)
