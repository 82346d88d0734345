"""A month is gone through when it has begun; of refusals the house keeps as many as somebody reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.features.review.commands import HoldReview, NoteRefusal
from kaibo.features.review.facts import ReviewHeld, ReviewRefused

AGAIN_MS: Final = 60_000  # whoever presses a dead button ten times was refused once
A_DAY_MS: Final = 86_400_000
A_DAY_MAX: Final = 300  # of the whole house: more is a fault of a screen, and not of people
ZONE_AHEAD: Final = timedelta(hours=14)  # where a month begins first


class ReviewTooEarly(Refusal):
    """The month has not begun anywhere."""

    code = "review.too_early"
    status = 422
    month: str


@dataclass(slots=True)
class ReviewState:
    """`held`: months gone through. `lately`: when (ms UTC) who was refused what within the last minute; `today`: how many on which day."""

    held: set[str] = field(default_factory=set[str])
    lately: dict[tuple[str, str, str, str], int] = field(default_factory=dict[tuple[str, str, str, str], int])
    today: tuple[int, int] = (0, 0)


def fold(state: ReviewState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case ReviewHeld(month=month):
            state.held.add(month)
        case ReviewRefused() as refused:
            state.lately = {what: at for what, at in state.lately.items() if event.at - at < AGAIN_MS}
            state.lately[refused.person_id, refused.show_id, refused.command, refused.code] = event.at
            state.today = (event.at // A_DAY_MS, _so_far(state, event.at) + 1)
        case _:
            pass


def _so_far(state: ReviewState, at: int) -> int:
    day, count = state.today
    return count if day == at // A_DAY_MS else 0


def decide(state: ReviewState, command: HoldReview | NoteRefusal, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case HoldReview(month=month):
            if month > f"{datetime.fromtimestamp(ctx.at / 1000, UTC) + ZONE_AHEAD:%Y-%m}":
                raise ReviewTooEarly(month=month)
            return [ReviewHeld(month=month)]
        case NoteRefusal():
            return _noted(state, command, ctx.at)
        case _:
            assert_never(command)


def _noted(state: ReviewState, asked: NoteRefusal, at: int) -> Sequence[Fact]:
    last = state.lately.get((asked.person_id, asked.show_id, asked.command, asked.code))
    if (last is not None and at - last < AGAIN_MS) or _so_far(state, at) >= A_DAY_MAX:
        return []
    return [
        ReviewRefused(
            person_id=asked.person_id,
            roles=asked.roles,
            command=asked.command,
            duty=asked.about,
            code=asked.code,
            show_id=asked.show_id,
        )
    ]
