"""STANDBY: what is asked before cues, what each role answered, and whether the cue went before all were ready."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.roster.slices import ON_DUTY, OnDuty
from kaibo.features.rundown.facts import Cue, CueRemoved, CueSkipped, CueWent
from kaibo.features.rundown.slices import COURSE, Rundown
from kaibo.features.show.slices import STAGE, ShowNow, just_ended
from kaibo.features.standby.facts import Answer, StandbyAnswered, StandbyAsked, StandbyEnded, Word

# Who has something to do in a cue, by the columns of the rundown; the host speaks in each.
OF_CUE = {"assistant": "assistant_action", "operations": "operations_action", "tech": "tech_action"}
CallState = Literal["open", "went", "ended"]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A role, who is in it now, and what it said: `answer` "" nothing yet; `by` whom (person_id) and `at` when (ms UTC), `seen_at` when somebody of it looked first.

    `changed`: it was ready for what the cue said before; what it says now it was not asked.
    """

    role_id: str
    people: tuple[str, ...]
    answer: Answer | Literal[""] = ""
    reason: str = ""
    by: str = ""
    at: int = 0
    seen_at: int = 0
    changed: bool = False


class StandbyCall(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of one cue since `asked_at` (ms UTC), by `by`; `ended_at` when it went or was stood down, 0 while it is open.

    `words`: what the cue said to each role when it was asked last.
    """

    cue_id: str
    word: Word
    by: str
    asked_at: int
    replies: dict[str, Reply]
    state: CallState = "open"
    ended_at: int = 0
    words: dict[str, str] = {}

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The roles that nobody is in: nobody answers for them, and nobody does what they have to do."""
        return tuple(role for role, reply in self.replies.items() if not reply.people)

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles somebody is in that have not said ready."""
        return tuple(role for role, reply in self.replies.items() if reply.people and reply.answer != "ready")


@dataclass(slots=True)
class Standing:
    """The last call of each cue, by cue_id. `went`: the cue of the last GO, and `closed` the cues whose calls it closed: only that GO can be taken back."""

    show: ShowNow
    course: Rundown
    on_duty: OnDuty
    calls: dict[str, StandbyCall] = field(default_factory=dict[str, StandbyCall])
    went: str = ""
    closed: tuple[str, ...] = ()

    def open(self) -> list[StandbyCall]:
        """What is asked now, in the order it was asked."""
        return [call for call in self.calls.values() if call.state == "open"]


def fold_standby(standing: Standing, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The cues whose call changed."""
    if just_ended(standing.show, touched):
        return _close(standing, tuple(standing.calls), "ended", event.at)
    reseated = _reseated(standing) if touched.of(ON_DUTY) else ()
    return {*reseated, *_reworded(standing, touched.of(COURSE)), *_fold(standing, event)}


def _reworded(standing: Standing, cue_ids: Iterable[str]) -> Iterable[str]:
    """Whoever was ready for what a cue said is not ready for what it says now."""
    for cue_id in cue_ids:
        call, cue = standing.calls.get(cue_id), standing.course.cues.get(cue_id)
        if call is None or cue is None or call.state != "open":
            continue
        words = _words(cue, call.replies)
        if words != call.words:
            replies = {
                role: _asked_of(reply, changed=words[role] != call.words.get(role)) for role, reply in call.replies.items()
            }
            standing.calls[cue_id] = replace(call, words=words, replies=replies)
            yield cue_id


def _asked_of(reply: Reply, *, changed: bool) -> Reply:
    if not changed or reply.answer != "ready":
        return reply
    return replace(reply, answer="", by="", at=0, seen_at=0, changed=True)


def _words(cue: Cue, roles: Iterable[str]) -> dict[str, str]:
    """What a cue says to a role: its column; to the host, and to whoever has none, what is shown and said."""
    said = "\n".join((cue.title, cue.product_id or "", cue.mechanism, *cue.host_lines))
    return {role: getattr(cue, OF_CUE[role]) if role in OF_CUE else said for role in roles}


def _reseated(standing: Standing) -> Iterable[str]:
    """Who is in a role answers for it: what somebody said who is no longer, nobody said for who is now."""
    if not standing.on_duty.anybody():
        return
    for call in standing.open():
        replies = {role: _seated(reply, standing.on_duty.people_in(role)) for role, reply in call.replies.items()}
        if replies != call.replies:
            standing.calls[call.cue_id] = replace(call, replies=replies)
            yield call.cue_id


def _seated(reply: Reply, people: tuple[str, ...]) -> Reply:
    return (
        replace(reply, people=people) if not reply.answer or reply.by in people else Reply(role_id=reply.role_id, people=people)
    )


def _fold(standing: Standing, event: Event[Fact]) -> Iterable[str]:
    calls = standing.calls
    match event.fact:
        case StandbyAsked(cue_id=cue_id, word=word, seats=seats):
            calls.pop(cue_id, None)
            replies = {seat.role_id: Reply(role_id=seat.role_id, people=seat.people) for seat in seats}
            cue = standing.course.cues.get(cue_id)
            words = {} if cue is None else _words(cue, replies)
            calls[cue_id] = StandbyCall(
                cue_id=cue_id, word=word, by=event.actor.id, asked_at=event.at, replies=replies, words=words
            )
            return (cue_id,)
        case StandbyAnswered(cue_id=cue_id, role_id=role_id):
            call = calls[cue_id]
            reply = _said(call.replies[role_id], event.fact, event.actor.id, event.at)
            calls[cue_id] = replace(call, replies={**call.replies, role_id: reply})
            return (cue_id,)
        case StandbyEnded(cue_id=cue_id):
            return _close(standing, (cue_id,), "ended", event.at)
        case CueWent():
            if event.fact.takes_back:
                return _take_back(standing, event.fact.takes_back, event.fact.cue_id, event.at)
            return _go(standing, event.fact.cue_id, event.at)
        case CueSkipped(cue_id=cue_id, skipped=True):
            return _close(standing, (cue_id,), "ended", event.at)
        case CueRemoved(cue_id=cue_id):
            standing.closed = tuple(each for each in standing.closed if each != cue_id)
            return (cue_id,) if calls.pop(cue_id, None) is not None else ()
        case _:
            return ()


def _take_back(standing: Standing, cue_id: str, resumed: str, at: int) -> set[str]:
    """It never was on air: what was answered still stands, of whoever is in the role now and for what the cue says now."""
    opened = () if cue_id != standing.went else tuple(each for each in standing.closed if each not in standing.course.skipped)
    for each in opened:
        standing.calls[each] = replace(standing.calls[each], state="open", ended_at=0)
    standing.went, standing.closed = "", ()
    return {*opened, *_reseated(standing), *_reworded(standing, opened), *_close(standing, (resumed,), "went", at)}


def _go(standing: Standing, cue_id: str, at: int) -> tuple[str, ...]:
    """What is asked of the cue itself went; what was asked of cues before it comes no more: nobody answers for it by mistake."""
    course = standing.course
    here = course.place(cue_id) if cue_id in course.ranks else 0
    passed = [call.cue_id for call in standing.open() if call.cue_id in course.ranks and course.place(call.cue_id) < here]
    closed = (*_close(standing, (cue_id,), "went", at), *_close(standing, passed, "ended", at))
    standing.went, standing.closed = (cue_id, closed) if closed else ("", ())
    return closed


def _said(reply: Reply, fact: StandbyAnswered, by: str, at: int) -> Reply:
    seen_at = reply.seen_at or at
    if fact.answer == "seen":
        return replace(reply, answer=reply.answer or "seen", seen_at=seen_at, by=reply.by or by, at=reply.at or at)
    return replace(reply, answer=fact.answer, reason=fact.reason, by=by, at=at, seen_at=seen_at, changed=False)


def _close(standing: Standing, cue_ids: Iterable[str], state: CallState, at: int) -> tuple[str, ...]:
    closed = [call for cue_id in cue_ids if (call := standing.calls.get(cue_id)) is not None and call.state == "open"]
    for call in closed:
        standing.calls[call.cue_id] = replace(call, state=state, ended_at=at)
    return tuple(call.cue_id for call in closed)


STANDBY: Slice[Standing] = Slice(
    name="standby.calls",
    reads=(StandbyAsked, StandbyAnswered, StandbyEnded, CueWent, CueSkipped, CueRemoved),
    state=Standing,
    fold=fold_standby,
    over=(STAGE, COURSE, ON_DUTY),
)
