"""What stories of alarms see: samples, an alarm that is raised, and moves that answer it."""

from typing import Any

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.alarm.commands import (
    ProposeMove,
)
from kaibo.features.alarm.facts import (
    AlarmChosen,
    AlarmRule,
)
from kaibo.features.alarm.state import due
from kaibo.features.metric.facts import MetricSampled, ShowSummary
from kaibo.features.rundown.facts import Cue, CueAdded
from kaibo.features.show.facts import ShowPlanned

START = CURTAIN_AT - CURTAIN_AT % 10_000
MEI = Actor(id="mei", role="operations")
LIN = Actor(id="lin", role="director")
SYSTEM = Actor(id="system", role="system")
PLANNED = ShowPlanned(
    show_id="s1", title="場", starts_at=START, ends_at=START + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)
LOW = AlarmRule(
    alarm_id="low", metric="conversion", window="last_10", side="below", against="value", threshold=0.05,
    hold_s=60, cool_s=120, move="answer",
)  # fmt: skip


def sample(at: int, buyers: float, uv: float = 100.0, **more: Any) -> MetricSampled:
    raw = {"buyers": buyers, "uv": uv, "live_s": 600.0}
    return MetricSampled(**{"at": at, "whole": raw, "last_10": raw, "prev_10": None, "product_id": "serum", **more})


def see(stage: Stage, second: int, buyers: float, **more: Any) -> Stage:
    """A sample, and whatever the timers do with it at once."""
    at = START + second * 1000
    stage.given(sample(at, buyers, **more), at=at)
    return ring(stage, second)


def ring(stage: Stage, second: int) -> Stage:
    at = START + second * 1000
    wanted = due(stage.state)
    if wanted is not None and wanted[0] <= at:
        stage.when(wanted[1], by=SYSTEM, at=at)
    return stage


def state(stage: Stage) -> str:
    return stage.row("alarm.board", "low").state


def raised(stage: Stage) -> Stage:
    """With alarm `low` raised."""
    stage.given(AlarmChosen(rule=LOW))
    see(stage, 20, 3)
    return see(stage, 80, 3)


def show(**raw: float) -> ShowSummary:
    return ShowSummary(show_id="s0", title="上一場", ended_at=1, currency="TWD", raw=raw)


def pin(stage: Stage, move_id: str = "m1", **more: Any) -> ProposeMove:
    raise_id = next(iter(stage.rows("alarm.raises")))
    return ProposeMove(**{"move_id": move_id, "raise_id": raise_id, "move": "pin", "product_id": "serum", **more})


def cue(cue_id: str) -> CueAdded:
    return CueAdded(cue=Cue(cue_id=cue_id, title=cue_id, duration_ms=1), after_cue_id=None, rank=cue_id)
