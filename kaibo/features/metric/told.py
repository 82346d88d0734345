"""What sources tell, and what nobody can know while they keep silent."""

from collections import Counter as Counted
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.counters import BY_NAME, COUNTERS, ENTERS, EVERYBODY, ORDERS, Counter, Telling
from kaibo.analysis.definitions import DEFINITIONS, Definition
from kaibo.analysis.evaluate import OF_ALL, Figure
from kaibo.features.audience.facts import (
    ENTER,
    KINDS,
    LEAVE,
    AudienceBatch,
    AudienceOrdersTold,
    AudienceRepeated,
    AudienceShown,
    unpack,
)
from kaibo.features.metric.people import grown

TOLD = tuple(counter for counter in COUNTERS if counter.told_by)
ASSUMED = {counter.name: counter.assumes for counter in COUNTERS if counter.assumes}
# Shares of people in the room that those who ordered are.
OF_BUYERS = {
    each.name
    for each in DEFINITIONS
    if each.numerator in ("buyers", "created_u") and each.denominator and BY_NAME[each.denominator].told_by != ORDERS
}
# Shares of what viewers were told to do among what they were told to do before it: clicks on what was shown.
OF_DOINGS = {
    each.name
    for each in DEFINITIONS
    if each.unit == "ratio"
    and all(
        counter.told_by and set(counter.told_by) <= set(KINDS) for counter in (BY_NAME[each.numerator], BY_NAME[each.denominator])
    )
}
Raw = dict[str, float]
Place = tuple[str, str]  # source, room
Speaking = AudienceOrdersTold | AudienceRepeated | AudienceShown


@dataclass(slots=True)
class Told:
    """What sources tell of a show; counts are read by it."""

    told: set[str] = field(init=False, default_factory=set[str])  # what sources tell, see `Telling`
    tellers: dict[str, set[str]] = field(init=False, default_factory=dict[str, set[str]])  # by kind, of whose viewers it was told
    comers: set[str] = field(init=False, default_factory=set[str])  # whose viewers are told of when they come
    goers: set[str] = field(init=False, default_factory=set[str])  # and when they go
    _found: dict[str, tuple[Telling, ...]] = field(init=False, default_factory=dict[str, tuple[Telling, ...]])  # by definition
    _found_by: tuple[set[str], bool] = field(init=False, default=(set(), False))  # while that was so: it seldom changes
    spoke: dict[Place, str] = field(init=False, default_factory=dict[Place, str])  # by source and room, whose viewers it told of
    declared: set[Place] = field(init=False, default_factory=set[Place])  # what said of itself that it tells who goes
    doers: set[str] = field(init=False, default_factory=set[str])  # whose viewers count: they did anything since air
    crowds: dict[str, int] = field(init=False, default_factory=dict[str, int])  # numbers of the sources whose viewers are known
    crowd_of: NDArray[np.uint16] = field(init=False, default_factory=lambda: np.zeros(0, np.uint16))  # of each viewer, by number
    buying: Counted[str] = field(init=False, default_factory=Counted[str])  # orders that count, by whose viewers their buyers are

    def follow(self, batch: AudienceBatch, kinds: Sequence[int]) -> None:
        """Whose viewers are told of, when they come, and when they go: by doing so, or by saying that it does."""
        crowd = self.crowds.setdefault(batch.people_of, len(self.crowds))
        base, end = batch.viewer_base, batch.viewer_base + len(unpack(batch.columns).new_viewers)
        self.crowd_of = grown(self.crowd_of, end)  # pyright: ignore[reportAttributeAccessIssue]  same dtype as it had
        self.crowd_of[base:end] = crowd
        for code in kinds:
            self.tellers.setdefault(KINDS[code], set()).add(batch.people_of)
        if ENTER in kinds:
            self.comers.add(batch.people_of)
        place = batch.source, batch.room
        self.spoke[place] = batch.people_of
        if LEAVE in kinds or batch.tells_leaves or place in self.declared:
            self.goers.add(batch.people_of)

    def declare(self, fact: Speaking) -> None:
        """What a source says of itself holds, whatever comes with it: once it tells of viewers, of these."""
        if not fact.tells_leaves:
            return
        place = fact.source, fact.room
        self.declared.add(place)
        if place in self.spoke:
            self.goers.add(self.spoke[place])
        self.settle()

    def settle(self) -> None:
        """Who is in the room is known while all who tell who comes in tell who goes; who came, while all who tell of viewers tell it."""
        self.told -= {"leave", "everybody"}
        if self.comers and self.comers <= self.goers:
            self.told.add("leave")
        if self.comers and self.doers <= self.comers:
            self.told.add("everybody")

    # reading
    def knows(self, counter: Counter) -> bool:
        """Whether any source told of what it counts: what nobody told of is unknown, and not nothing."""
        return not self._silent(counter)

    def _silent(self, counter: Counter) -> tuple[Telling, ...]:
        """What would have to be told for it to be known."""
        if counter.told_by and self.told.isdisjoint(counter.told_by):
            return counter.told_by
        return self._missing(counter.and_by)

    def _missing(self, tellings: Iterable[Telling]) -> tuple[Telling, ...]:
        return tuple(telling for telling in tellings if telling not in self.told)

    def sure(self, raw: Raw) -> Raw:
        """These counters without what stands on an assumption: nothing is decided by them, nor kept for later shows."""
        return {name: value for name, value in raw.items() if not self._missing(ASSUMED.get(name, ()))}

    @property
    def watched(self) -> bool:
        """Whether it is known who is in the room, and so who only watches."""
        return "leave" in self.told

    @property
    def partly(self) -> bool:
        """Whether it is told who comes in, but not by all who tell of viewers."""
        return bool(self.comers) and "everybody" not in self.told

    def come(self, size: int) -> NDArray[np.bool_]:
        """Of the first `size` viewers, by number, those whose source tells who comes in."""
        tells = np.array([people_of in self.comers for people_of in self.crowds], np.bool_)
        return tells[self.crowd_of[:size]]

    def mixes(self, definition: Definition, found: Figure, buying: Mapping[str, int] | None = None) -> bool:
        """Whether a figure is of two crowds: of the show, a window, a cue, whose orders are `buying` (None: all).

        There is more above the line than below, below it stand only some of the people, or above it are some of whom nobody tells what
        stands below: buyers whom no source of viewers knows, or whose source tells no clicks. Nobody else says so.
        """
        if found.over is None:
            return False
        if found.mixed or self._apart(definition):
            return True
        return found.value is not None and self._strangers(definition, self.buying if buying is None else buying)

    def _strangers(self, definition: Definition, buying: Mapping[str, int]) -> bool:
        if definition.name in OF_BUYERS:
            return not {people_of for people_of, count in buying.items() if count > 0} <= self._below(definition)
        return definition.name in OF_DOINGS and not self._who_tell(BY_NAME[definition.numerator]) <= self._below(definition)

    def _below(self, definition: Definition) -> set[str]:
        """Whose viewers may stand below its line; who of those that come in is not told of, `_apart` says."""
        counter = BY_NAME[definition.denominator]
        return set(self.crowds) if counter.told_by == ENTERS else self._who_tell(counter)

    def _who_tell(self, counter: Counter) -> set[str]:
        return set[str]().union(*(self.tellers.get(telling, ()) for telling in counter.told_by))

    def of_some(self, definition: Definition) -> bool:
        """Whether it is of the viewers of those sources alone that tell who comes in."""
        return self.partly and any(each.told_by == ENTERS and self.knows(each) for each in definition.counters)

    def told_of(self, name: str, count: int) -> int | None:
        """A count of the counter of this name, None while no source tells of it."""
        return count if self.knows(BY_NAME[name]) else None

    def all_told(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts by name of their counter, without what no source tells of."""
        return {name: count for name, count in counts.items() if self.knows(BY_NAME[name])}

    def untold(self, definition: Definition) -> tuple[Telling, ...]:
        """What would have to be told for a figure to be known, or to stand on no assumption, and is not."""
        now = self.told, self.partly
        if self._found_by != now:
            self._found, self._found_by = {}, (set(self.told), now[1])
        found = self._found.get(definition.name)
        if found is None:
            found = self._found[definition.name] = self._untold(definition)
        return found

    def _untold(self, definition: Definition) -> tuple[Telling, ...]:
        instead = BY_NAME.get(definition.formerly)
        known = {definition.numerator} if instead is not None and self.knows(instead) else set[str]()
        counters = [each for each in definition.counters if each.name not in known]
        missing = [self._silent(counter) or self._missing(counter.assumes) for counter in counters]
        return tuple(dict.fromkeys(telling for each in (*missing, self._apart(definition)) for telling in each))

    def _apart(self, definition: Definition) -> tuple[Telling, ...]:
        """What is lacking for what anybody did to be a share of those who came."""
        return EVERYBODY if self.partly and definition.denominator in OF_ALL else ()

    def untold_windows(self, definition: Definition) -> tuple[Telling, ...]:
        """The same of its windows alone: who only watches is a viewer of a window, by who is in the room."""
        lacks = "uv" in (definition.numerator, definition.denominator) and not definition.formerly and not self.watched
        return () if not lacks or self.untold(definition) else ("leave",)

    def measured(self, raw: Raw) -> Raw:
        """These counters without what no source told of."""
        unknown = {counter.name for counter in TOLD if not self.knows(counter)}
        found = {name: value for name, value in raw.items() if name not in unknown}
        if "uv" in raw and "uv" in unknown and "did_u" not in unknown:
            found["did_u"] = raw["uv"]
        return found
