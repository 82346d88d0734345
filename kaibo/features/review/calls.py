"""What calls for an answer, and what answers it: how long a role took, and what nobody answered in time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event, Fact
from kaibo.features.alarm.facts import AlarmMoveApproved, AlarmMoveProposed, AlarmMoveRejected
from kaibo.features.claim.facts import ClaimsMissed, ClaimsMissedSettled
from kaibo.features.promo.facts import PromoApproved, PromoProposed, PromoRejected, PromoTossed, PromoWithdrawn
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.workspace.facts import HouseWarned, WarningSettled

PEOPLE_SETTLE = "claims"  # all that was missed is settled at once


def _all(_: object) -> str:
    return PEOPLE_SETTLE


@dataclass(frozen=True)
class Kind:
    """`calls` opens it under the key that `name` gives, `answers` closes it, `drops` takes it back; `duty` is that of the answering command."""

    name: str
    duty: str
    calls: type[Fact]
    answers: tuple[type[Fact], ...]
    key: Callable[[Any], str]
    drops: tuple[type[Fact], ...] = ()

    def answered(self, fact: Any) -> bool:
        """Whether it was answered, and not taken back: a question may be finished without a word to anybody."""
        return isinstance(fact, self.answers) and getattr(fact, "outcome", "") != "withdrawn"


KINDS = (
    Kind(
        "promo",
        "promo.approve",
        PromoProposed,
        (PromoApproved, PromoRejected, PromoTossed),
        lambda fact: fact.promo_id,
        (PromoWithdrawn,),
    ),
    Kind("move", "alarm.approve", AlarmMoveProposed, (AlarmMoveApproved, AlarmMoveRejected), lambda fact: fact.move_id),
    Kind("question", "host.question", QuestionHanded, (QuestionFinished,), lambda fact: fact.question_id),
    Kind("claims", "claim.handle", ClaimsMissed, (ClaimsMissedSettled,), _all),
    Kind("warning", "house.watch", HouseWarned, (WarningSettled,), lambda fact: fact.warning),
)
CALLS = tuple(fact for kind in KINDS for fact in (kind.calls, *kind.answers, *kind.drops))


@dataclass(frozen=True, slots=True)
class Open:
    """Something waits since `at` (ms UTC), the event `seq`."""

    kind: Kind
    key: str
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class Answer:
    """It was answered by this event after `took_ms`."""

    call: Open
    event: Event[Fact]
    took_ms: int


@dataclass(slots=True)
class Calls:
    """What waits in one log, by kind and key."""

    waiting: dict[tuple[str, str], Open] = field(default_factory=dict[tuple[str, str], Open])

    def take(self, event: Event[Fact]) -> Answer | None:
        """Take one event in; the answer that it is, if it is one."""
        for kind in KINDS:
            if isinstance(event.fact, kind.calls):
                key = kind.key(event.fact)
                self.waiting.setdefault((kind.name, key), Open(kind, key, event.at, event.seq))
            elif isinstance(event.fact, (*kind.answers, *kind.drops)):
                call = self.waiting.pop((kind.name, kind.key(event.fact)), None)
                if call is not None and kind.answered(event.fact):
                    return Answer(call, event, event.at - call.at)
        return None
