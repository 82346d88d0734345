"""What alarms must remember: the rules, since when each is beyond its limit, which are raised, and which moves are open."""

from dataclasses import dataclass, field

from msgspec.structs import replace

from kaibo.analysis.evaluate import measured
from kaibo.core.event import Command, Event, Fact
from kaibo.core.proposal import Proposal
from kaibo.core.slice import Touched
from kaibo.features.alarm.commands import EvaluateAlarms
from kaibo.features.alarm.facts import (
    AlarmChosen,
    AlarmCleared,
    AlarmDropped,
    AlarmMoveApproved,
    AlarmMoveProposed,
    AlarmMoveRejected,
    AlarmRaised,
    AlarmRule,
)
from kaibo.features.alarm.watch import Known
from kaibo.features.metric.facts import MetricHistoryTaken, MetricSampled
from kaibo.features.metric.slices import Targets
from kaibo.features.rundown.slices import Rundown
from kaibo.features.show.slices import ShowNow

READS = (MetricSampled, MetricHistoryTaken)


@dataclass(slots=True)
class Alarm:
    """One rule. `since`: first instant of an unbroken stretch beyond the limit; `raise_id` while raised; quiet until `quiet_until`."""

    rule: AlarmRule
    since: int | None = None
    raise_id: str = ""
    raised_at: int | None = None
    quiet_until: int = 0

    @property
    def raise_at(self) -> int | None:
        """When it is to be raised, None when it is not."""
        if self.since is None or self.raise_id:
            return None
        return max(self.since + self.rule.hold_s * 1000, self.quiet_until)


@dataclass(slots=True)
class AlarmState:
    """By alarm_id and by move_id. `raises` are all there were; `clears`: raised ones whose figure is well again, since when."""

    show: ShowNow
    course: Rundown
    known: Known
    alarms: dict[str, Alarm] = field(default_factory=dict[str, Alarm])
    clears: dict[str, int] = field(default_factory=dict[str, int])
    raises: dict[str, AlarmRaised] = field(default_factory=dict[str, AlarmRaised])
    moves: dict[str, Proposal[AlarmMoveProposed]] = field(default_factory=dict[str, Proposal[AlarmMoveProposed]])


def begin(show: ShowNow, course: Rundown, targets: Targets) -> AlarmState:
    """No alarm was chosen yet."""
    return AlarmState(show, course, Known(show, targets))


def fold(state: AlarmState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in."""
    del touched
    match event.fact:
        case MetricSampled() as sample:
            _sample(state, sample, event.seq)
        case MetricHistoryTaken(shows=shows):
            state.known.shows = tuple(replace(show, raw=measured(show.raw)) for show in shows)
        case _:
            _fold_own(state, event)


def _fold_own(state: AlarmState, event: Event[Fact]) -> None:
    match event.fact:
        case AlarmChosen(rule=rule):
            state.alarms[rule.alarm_id] = Alarm(rule)
        case AlarmDropped(alarm_id=alarm_id):
            state.alarms.pop(alarm_id, None)
        case AlarmRaised() as raised:
            alarm = state.alarms[raised.alarm_id]
            alarm.raise_id, alarm.raised_at = raised.raise_id, event.at
            state.raises[raised.raise_id] = raised
        case AlarmCleared(alarm_id=alarm_id):
            state.clears.pop(alarm_id, None)
            if (known := state.alarms.get(alarm_id)) is not None:
                known.raise_id, known.raised_at, known.since = "", None, None
                known.quiet_until = event.at + known.rule.cool_s * 1000
        case AlarmMoveProposed() as proposed:
            state.moves[proposed.move_id] = Proposal(proposed, event.actor.id)
        case AlarmMoveApproved(move_id=move_id):
            state.moves[move_id].stage = "approved"
        case AlarmMoveRejected(move_id=move_id):
            state.moves[move_id].stage = "rejected"
        case _:
            pass


def _sample(state: AlarmState, sample: MetricSampled, seq: int) -> None:
    state.known.sample, state.known.seq = sample, seq
    for alarm_id, alarm in state.alarms.items():
        beyond = state.known.beyond(alarm.rule)
        if not beyond:
            alarm.since = None
        elif alarm.since is None:
            alarm.since = sample.at
        if alarm.raise_id and beyond is False:
            state.clears.setdefault(alarm_id, sample.at)
        else:
            state.clears.pop(alarm_id, None)


def due(state: AlarmState) -> tuple[int, Command] | None:
    """The first alarm to be raised or cleared."""
    if not state.show.live:
        return None
    raises = [alarm.raise_at for alarm in state.alarms.values()]
    instants = [at for at in raises if at is not None] + list(state.clears.values())
    return (min(instants), EvaluateAlarms()) if instants else None
