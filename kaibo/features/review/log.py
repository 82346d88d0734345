"""One log, read for a month's review: what people did in it, under which charter, while who was on duty."""

from dataclasses import dataclass, field
from typing import Any, Final

from kaibo.core.event import Event, Fact
from kaibo.core.feature import fact_of, tag_of
from kaibo.core.slice import Layer
from kaibo.features.charter.facts import Cell, Charter, CharterAdopted, Phase
from kaibo.features.charter.slices import IN_FORCE, HouseCharter, InForce, doing
from kaibo.features.review.calls import Answer, Calls, Open
from kaibo.features.review.judging import Written, cell_of, done_as_written, written
from kaibo.features.review.shapes import Opened
from kaibo.features.roster.slices import ON_DUTY, OnDuty
from kaibo.features.show.facts import ShowAired
from kaibo.features.task.facts import TaskAdded, TaskDone
from kaibo.features.task.slices import TASKS, Tasks

DUTY_TAKEN: Final = "duty.taken"  # a duty taken in need: the tag of the fact that says so


@dataclass(frozen=True, slots=True)
class Act:
    """An event that a person brought about: `duty_id` of the charter in force, "" when none speaks of it; `cell` of their role there, `as_written` when it does it."""

    event: Opened
    duty_id: str
    cell: Cell | None
    as_written: bool
    stood_in: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A call that a person answered; `within_ms` was asked for, 0 for no such time."""

    kind: str
    event: Opened
    took_ms: int
    within_ms: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that nobody answered."""

    call: Open
    within_ms: int


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task with its title as it stands, whose it is, when it was due and done (ms UTC), and the event that says so."""

    title: str
    role: str
    person_id: str
    due_at: int
    done_at: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class Carried:
    """The duties on air that a person had on them at an instant (ms UTC), by the roles they were on duty in."""

    person_id: str
    at: int
    roles: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass
class ShowLog:
    """A show's log, event by event. `house`: what the house went by; `people`: everybody who ever belonged to it."""

    show_id: str
    house: HouseCharter
    people: frozenset[str]
    acts: list[Act] = field(default_factory=list[Act])
    answered: list[Answered] = field(default_factory=list[Answered])
    proofs: list[Opened] = field(default_factory=list[Opened])
    taken: list[Opened] = field(default_factory=list[Opened])
    loads: dict[str, Carried] = field(default_factory=dict[str, Carried])
    seen: int = 0
    at: int = 0

    def __post_init__(self) -> None:
        self._layer = Layer((IN_FORCE, ON_DUTY, TASKS))
        self._calls = Calls()
        self._done: dict[str, tuple[int, int]] = {}
        self._added: dict[str, int] = {}
        self._books: list[tuple[Charter | None, Written]] = []

    def take(self, event: Event[Fact]) -> None:
        """Take one event in, judged by what stood before it: who ends a show does so on air."""
        phase, charter = self._rules(event.at)
        opened = opened_of(self.show_id, event)
        self.seen = event.seq
        if event.actor.id in self.people:
            self._act(event, opened, phase, charter)
        self._prove(opened)
        if (answer := self._calls.take(event)) is not None:
            self._answer(answer, opened, phase, charter)
        self._layer.fold(event)
        self.at = event.at
        self._after(event)

    def _rules(self, at: int) -> tuple[Phase, Written]:
        phase, charter, _ = self.in_force.at(at, self.house)
        return phase, self._book(charter)

    def _book(self, charter: Charter | None) -> Written:
        """Looked through once: a show goes by one or two."""
        book = next((book for known, book in self._books if known is charter), None)
        if book is None:
            book = written(charter)
            self._books.append((charter, book))
        return book

    @property
    def in_force(self) -> InForce:
        """By which charter the show goes, in which phase."""
        state: Any = self._layer.states[IN_FORCE.name]
        return state

    @property
    def on_duty(self) -> OnDuty:
        """Who is on duty."""
        state: Any = self._layer.states[ON_DUTY.name]
        return state

    @property
    def tasks(self) -> Tasks:
        """What was to be done."""
        state: Any = self._layer.states[TASKS.name]
        return state

    def _act(self, event: Event[Fact], opened: Opened, phase: Phase, charter: Written) -> None:
        role = event.actor.role
        duty = charter.of(event.actor.duty, phase, role)
        there = self.on_duty.people_in(role)
        stood_in = bool(there) and event.actor.id not in there
        self.acts.append(
            Act(opened, "" if duty is None else duty.duty_id, cell_of(duty, role), done_as_written(duty, role), stood_in)
        )

    def _prove(self, opened: Opened) -> None:
        self.proofs.append(opened)
        if opened.type == DUTY_TAKEN:
            self.taken.append(opened)

    def _answer(self, answer: Answer, opened: Opened, phase: Phase, charter: Written) -> None:
        if opened.person_id in self.people:
            kind = answer.call.kind
            self.answered.append(Answered(kind.name, opened, answer.took_ms, charter.within_ms(kind.duty, phase)))

    def _after(self, event: Event[Fact]) -> None:
        fact: Any = event.fact
        if isinstance(fact, TaskDone):
            self._done[fact.task_id] = (event.at, event.seq)
        if isinstance(fact, TaskAdded):
            self._added[fact.task_id] = event.seq
        if self.in_force.phase == "on_air" and fact_of(event) in MOVES:
            self._weigh(event.at)

    def _weigh(self, at: int) -> None:
        """What everybody on duty has on them from now on; the most of the show is kept."""
        _, charter, _ = self.in_force.at(at, self.house)
        if charter is None:
            return  # the table the house came with says of nobody what they do
        held: dict[str, set[str]] = {}
        for post in self.on_duty.posts.values():
            if post.on_duty:
                held.setdefault(post.person_id, set()).add(post.role_id)
        for person, roles in held.items():
            duties = tuple(
                duty.duty_id for duty in charter.duties if "on_air" in duty.phases and not roles.isdisjoint(doing(duty))
            )
            if person not in self.loads or len(duties) > len(self.loads[person].duties):
                self.loads[person] = Carried(person, at, tuple(sorted(roles)), duties)

    def waiting(self, until: int) -> list[Waiting]:
        """What nobody answered in the time the charter gives, until an instant (ms UTC)."""
        _, charter = self._rules(until)
        found = [Waiting(call, charter.within_ms(call.kind.duty, "on_air")) for call in self._calls.waiting.values()]
        return [each for each in found if each.within_ms and each.call.at + each.within_ms < until]

    def late_tasks(self, until: int) -> list[LateTask]:
        """Those done after they were due, or due before `until` (ms UTC) and not done."""
        starts_at = self.on_duty.show.starts_at
        found: list[LateTask] = []
        for task_id, now in self.tasks.tasks.items():
            due_at = starts_at + now.task.offset_s * 1000
            done_at, seq = self._done.get(task_id, (None, 0)) if now.state == "done" else (None, 0)
            if (until if done_at is None else done_at) > due_at:
                person = now.taken_by or now.task.person_id
                place = seq or self._added.get(task_id, 0)
                found.append(LateTask(now.task.title, now.task.role_id, person, due_at, done_at, place))
        return found


MOVES: Final = frozenset({ShowAired, CharterAdopted, *ON_DUTY.reads})  # after these the duties on somebody may be others


def opened_of(show_id: str, event: Event[Fact]) -> Opened:
    """An event as a number opens it."""
    return Opened(
        show_id=show_id,
        seq=event.seq,
        at=event.at,
        type=tag_of(fact_of(event)),
        person_id=event.actor.id,
        role=event.actor.role,
    )
