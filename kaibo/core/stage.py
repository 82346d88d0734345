"""A stage for one feature's stories: given facts, when a command, then facts or a refusal, and what a screen shows."""

from typing import Any

import msgspec

from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Event, Fact, Mode
from kaibo.core.feature import Context, Feature, Members
from kaibo.core.stream import StreamFold

CURTAIN_AT = 1_760_000_000_000  # the instant a story starts, ms UTC, unless it says another
SOMEBODY = Actor(id="somebody", role="owner")


class Stage:
    """One feature on one stream, driven by hand.

    A refusal that a story does not ask for with `refused` is raised by its next step. `row` and `rows` also check
    that a screen fed only with patches shows the same as a fresh snapshot. `members` belong to the house the story is set in.
    """

    def __init__(
        self, feature: Feature, stream: str | None = None, *, mode: Mode = "live", members: Members | None = None
    ) -> None:
        self.feature = feature
        self.members = members
        self.stream = stream or {"show": "show/s1", "workspace": "workspace/main"}[feature.streams[0]]
        self.mode: Mode = mode
        self.at = CURTAIN_AT
        self.fold = StreamFold(self.stream, (feature,))
        self.events: list[Event[Fact]] = []
        self._new: list[Event[Fact]] = []
        self._refusal: Refusal | None = None
        self._screens: dict[str, dict[str, msgspec.Struct]] = {name: self.fold.rows(name) for name in self.fold.views()}

    @property
    def seq(self) -> int:
        """The seq of the last event."""
        return self.fold.seq

    @property
    def state(self) -> Any:
        """The feature's deciding state, to be read and never changed."""
        return self.fold.state(self.feature.name)

    def given(self, *facts: Fact, by: Actor = SOMEBODY, at: int | None = None) -> "Stage":
        """These facts happened, of any feature; `at` (ms UTC) stays where it was when left out."""
        self._settle(at)
        for fact in facts:
            event = Event(stream=self.stream, seq=self.seq + 1, at=self.at, actor=by, fact=fact, mode=self.mode)
            self.fold.apply(event)
            self._show(event)
        return self

    def when(self, command: Command, by: Actor = SOMEBODY, at: int | None = None) -> "Stage":
        """Somebody asks; what comes of it is for `then` or `refused`."""
        self._settle(at)
        actor = msgspec.structs.replace(by, duty=by.duty or command.duty)
        ctx = Context(
            stream=self.stream, seq=self.seq, at=self.at, actor=actor, mode=self.mode, roles=self._roles(by), members=self.members
        )
        self._new = []
        try:
            self._new = self.fold.decide(command, ctx)
        except Refusal as refusal:
            self._refusal = refusal
        for event in self._new:
            self._show(event)
        return self

    def _roles(self, by: Actor) -> frozenset[str]:
        return frozenset({by.role}) if self.members is None else self.members.roles.get(by.id, frozenset({by.role}))

    def then(self, *facts: Fact) -> "Stage":
        """The last command led to exactly these facts, in this order (none: nothing had to change)."""
        self._settle(None)
        found = tuple(event.fact for event in self._new)
        assert found == facts, f"expected {facts}, got {found}"
        return self

    def refused(self, rule: type[Refusal], **data: object) -> Refusal:
        """The last command was refused by exactly this rule, with at least this data; gives the refusal."""
        refusal, self._refusal = self._refusal, None
        assert refusal is not None, f"expected {rule.__name__}, got {[event.fact for event in self._new]}"
        assert type(refusal) is rule, f"expected {rule.__name__}, got {refusal!r}"
        found = {name: refusal.data.get(name) for name in data}
        assert found == data, f"expected {data}, got {refusal.data}"
        return refusal

    def row(self, view: str, key: str) -> Any:
        """A row as a screen shows it, None when there is none."""
        return self.rows(view).get(key)

    def rows(self, view: str) -> dict[str, Any]:
        """A whole view as a screen shows it."""
        self._settle(None)
        snapshot = self.fold.rows(view)
        assert self._screens[view] == snapshot, f"{view}: patches show {self._screens[view]}, a snapshot {snapshot}"
        return dict(snapshot)

    def _show(self, event: Event[Fact]) -> None:
        self.events.append(event)
        for view, keys in self.fold.project(event).items():
            screen = self._screens[view]
            for key in keys:
                row = self.fold.row(view, key)
                if row is None:
                    screen.pop(key, None)
                else:
                    screen[key] = row

    def _settle(self, at: int | None) -> None:
        if self._refusal is not None:
            refusal, self._refusal = self._refusal, None
            raise refusal
        if at is not None:
            self.at = at
