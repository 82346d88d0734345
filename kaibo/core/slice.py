"""Slices: what several features stand on, folded once, by the feature that owns it, and read by everybody."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from inspect import signature
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

    def __post_init__(self) -> None:
        """Its functions take what they will be called with."""
        check_shape(f"slice {self.name}", self.over, state=self.state, fold=self.fold)


def check_shape(who: str, over: Sequence[Slice[object]], *, state: Callable[..., object], fold: Callable[..., object]) -> None:
    """Raise TypeError where `state` or `fold` cannot be called as whoever stands over these slices is.

    Asked once, when it is made: else the first fact of some stream fails, deep in a fold that knows neither name nor remedy.
    """
    names = ", ".join(each.name for each in over)
    if over and not _takes(fold, 3):
        why = f"{who} is over {names}, so {_called(fold)} is called as `fold(state, event, touched)`"
        raise TypeError(f"{why}: let it take `touched`, or strike out `over`")
    if not over and not _takes(fold, 2):
        why = f"{who} is over no slice, so {_called(fold)} is called as `fold(state, event)`"
        raise TypeError(f"{why}: name in `over=` the slices whose `touched` it reads, or strike out that argument")
    if not _takes(state, len(over)):
        why = f"{who} is over {names or 'no slice'}, so {_called(state)} is called with the states of these, {len(over)} in all"
        raise TypeError(f"{why}: let `state` take as many as `over` names")


def _takes(function: Callable[..., object], count: int) -> bool:
    """Whether it can be called with so many arguments by place."""
    try:
        taken = signature(function)
    except ValueError:  # built in, and says nothing of it, as `dict`
        return True
    try:
        taken.bind(*range(count))
    except TypeError:
        return False
    return True


def _called(function: Callable[..., object]) -> str:
    """A function by its full name."""
    return f"`{function.__module__}.{function.__qualname__}`" if hasattr(function, "__qualname__") else f"`{function!r}`"


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
