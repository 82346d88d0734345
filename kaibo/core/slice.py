"""Slices: what several features stand on, folded once, by the feature that owns it, and read by everybody."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kaibo.core.event import Event, Fact

S = TypeVar("S")
Held_co = TypeVar("Held_co", covariant=True)


class Touched(dict[str, Collection[str]]):
    """What one event touched: keys by the name of a slice."""

    def of(self, *slices: "Slice[object]") -> set[str]:
        """The keys touched in any of these slices."""
        return set[str]().union(*(self.get(each.name, ()) for each in slices)) if self else set()


NOTHING = Touched()


@dataclass(frozen=True, eq=False)
class Slice(Generic[Held_co]):
    """A shared truth of a stream: owned by one feature, folded from facts, read by rules and views of all, changed by nobody else.

    `state` is called with the states of the slices below it (`over`), in that order, and may keep them to read; `fold(state, event)`
    gives the keys it touched. One that stands over others is called as `fold(state, event, touched)`, also when only a slice below
    touched something. A slice never reads a view and does not cross streams.
    """

    name: str
    reads: tuple[type[Fact], ...]
    state: Callable[..., Held_co]
    fold: Callable[..., Iterable[str]]
    over: tuple["Slice[object]", ...] = ()


def with_those_below(slices: Iterable[Slice[object]]) -> list[Slice[object]]:
    """These slices and all they stand on, each once, those below first. Raises ValueError when two have one name."""
    found: dict[str, Slice[object]] = {}
    for each in slices:
        for below in (*with_those_below(each.over), each):
            if found.setdefault(below.name, below) is not below:
                raise ValueError(f"two slices are named {below.name}")
    return list(found.values())


class Layer:
    """The slices of one stream at one seq: folded together, those below first."""

    def __init__(self, slices: Iterable[Slice[object]]) -> None:
        """Nothing happened yet."""
        self.slices = with_those_below(slices)
        self.states: dict[str, object] = {}
        for each in self.slices:
            self.states[each.name] = each.state(*self.below(each.over))
        self._reading: dict[type[Fact], list[tuple[Slice[object], bool]]] = {}

    def below(self, over: Sequence[Slice[object]]) -> list[object]:
        """The states of some slices, for whoever stands on them."""
        return [self.states[each.name] for each in over]

    def fold(self, event: Event[Fact]) -> Touched:
        """Take one event in; give what it touched."""
        kind: type[Fact] = event.fact.__class__
        reading = self._reading.get(kind)
        if reading is None:
            reading = self._reading[kind] = self._who_reads(kind)
        if not reading:
            return NOTHING
        touched = Touched()
        for each, reads in reading:
            if not each.over:
                keys = each.fold(self.states[each.name], event)
            elif reads or any(below.name in touched for below in each.over):
                keys = each.fold(self.states[each.name], event, touched)
            else:
                continue
            if keys := tuple(keys):
                touched[each.name] = keys
        return touched

    def reaches(self, kind: type[Fact], over: Sequence[Slice[object]]) -> bool:
        """Whether a fact of this kind may touch one of these slices."""
        return any(each in over for each, _ in self._who_reads(kind))

    def _who_reads(self, kind: type[Fact]) -> list[tuple[Slice[object], bool]]:
        """The slices a fact may touch, those below first; beside each, whether it reads the fact itself."""
        found: dict[Slice[object], bool] = {}
        for each in self.slices:
            if kind in each.reads or any(below in found for below in each.over):
                found[each] = kind in each.reads
        return list(found.items())
