"""What the rules of the prompter must remember: what was said, and which questions wait."""

from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.features.moderation.facts import CommentsReleased, hidden_by
from kaibo.features.prompter.facts import HostMessaged, QuestionFinished, QuestionHanded, Signal, SignalSet


@dataclass(slots=True)
class PrompterState:
    """What waits at the host and what was seen.

    `waiting`: comment_ref (or None) by question_id; `seen`: every question_id; `refs`: comments handed and not taken back;
    `hidden`: comments that moderation keeps from the host.
    """

    message: str = ""
    signal: Signal = "green"
    messages: set[str] = field(default_factory=set[str])
    waiting: dict[str, str | None] = field(default_factory=dict[str, str | None])
    seen: set[str] = field(default_factory=set[str])
    refs: set[str] = field(default_factory=set[str])
    hidden: set[str] = field(default_factory=set[str])


def fold(state: PrompterState, event: Event[Fact]) -> None:
    """Take one event in."""
    match event.fact:
        case HostMessaged(message_id=message_id, text=text):
            state.message = text
            state.messages.add(message_id)
        case SignalSet(signal=signal):
            state.signal = signal
        case QuestionHanded() as handed:
            state.seen.add(handed.question_id)
            state.waiting[handed.question_id] = handed.comment_ref
            if handed.comment_ref is not None:
                state.refs.add(handed.comment_ref)
        case QuestionFinished(question_id=question_id, outcome=outcome):
            comment_ref = state.waiting.pop(question_id, None)
            # What was taken back may be handed again; what was answered on air may not.
            if outcome == "withdrawn" and comment_ref is not None:
                state.refs.discard(comment_ref)
        case CommentsReleased(comment_refs=refs):
            state.hidden.difference_update(refs)
        case _:
            away = hidden_by(event.fact)
            state.hidden.update(away)
            state.refs.difference_update(away)
            state.waiting = {one: ref for one, ref in state.waiting.items() if ref not in away} if away else state.waiting
