"""How many questions have waited for too long: told when it changes, for the figures and the alarms."""

from bisect import bisect_right
from dataclasses import dataclass, field

from kaibo.core.event import Command, Event, Fact
from kaibo.features.comment.commands import TellLateQuestions
from kaibo.features.comment.facts import QuestionsLate
from kaibo.features.comment.questions import OpenQuestions

LATE_MS = 60_000  # whoever asks has moved on by then; the assistant's list turns red at the same time
TELL_MS = 20_000  # as often as figures are sampled


@dataclass(slots=True)
class Waiting:
    """`told`: so many questions were said to be late.

    When each becomes late is worked out where somebody asks: while an evening is folded nobody does.
    """

    told: int = 0
    told_at: int = 0
    _late_from: list[int] = field(default_factory=list[int])
    _changed: OpenQuestions | None = None

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in."""
        if isinstance(event.fact, QuestionsLate):
            self.told, self.told_at = event.fact.count, event.at

    def look(self, questions: OpenQuestions) -> None:
        """The list changed."""
        self._changed = questions

    @property
    def late_from(self) -> list[int]:
        """What the host has, or is being replied to, waits for nobody here."""
        if self._changed is not None:
            marks, groups = self._changed.marks, self._changed.groups
            self._late_from = sorted(group.at + LATE_MS for lead, group in groups.items() if marks.open(lead))
            self._changed = None
        return self._late_from

    def late(self, at: int) -> int:
        """Unlike questions asked more than a minute before `at` (ms UTC)."""
        return bisect_right(self.late_from, at)

    def due(self) -> tuple[int, Command] | None:
        """The next instant at which the number told is wrong, while the show is on air."""
        at = self.told_at + TELL_MS
        if self.late(at) == self.told:
            if self.told == len(self.late_from):
                return None
            at = self.late_from[self.told]
        return at, TellLateQuestions()

    def tell(self, at: int) -> tuple[QuestionsLate, ...]:
        """Told when due, also when the number is the old one again: so it is not due twice."""
        due = self.due()
        return (QuestionsLate(count=self.late(at)),) if due is not None and at >= due[0] else ()
