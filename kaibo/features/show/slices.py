"""STAGE: how a show stands: its plan as it now reads, on air or not, since when."""

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import asdict, replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact, Mode
from kaibo.core.slice import Slice, Touched
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowPlanned, ShowStage

HEAD_FIELDS = ("title", "starts_at", "ends_at", "timezone", "goal_gmv_minor", "theme", "channel")
PLAN, TURN = "plan", "turn"  # what is touched: the plan; or the show went on air, or off
EARLY_MS_MAX = 86_400_000  # a waiting room opens the day before; what is older belongs to another show
FINAL_MS = 7 * 86_400_000  # payments and sales after the show are counted for seven days
SURELY_AHEAD_MS = 5_000  # below that it is the way through the net and no clock
TOLD_AHEAD_MS_MAX = 1_800_000  # no clock is so far ahead: it is another zone, another unit or another year


class ToldInSeconds(Refusal):
    """The instant makes sense in seconds; here all are in milliseconds."""

    code = "show.told_in_seconds"
    status = 422
    at: int


class ToldTooOld(Refusal):
    """It happened more than a day before the show was to begin: it belongs to another one."""

    code = "show.told_too_old"
    status = 422
    at: int


class ToldAhead(Refusal):
    """It is said to happen half an hour from now, or later."""

    code = "show.told_ahead"
    status = 422
    at: int


@dataclass(slots=True)
class ShowNow:
    """`plan` None before there is one; instants in ms UTC, None while they have not come."""

    plan: ShowPlanned | None = None
    stage: ShowStage = "planned"
    mode: Mode = "live"
    aired_at: int | None = None
    ended_at: int | None = None

    @property
    def live(self) -> bool:
        """Whether the show is on air now."""
        return self.stage == "live"

    @property
    def ended(self) -> bool:
        """Whether the show is over."""
        return self.stage == "ended"

    @property
    def currency(self) -> str:
        """ISO 4217, "" before the plan."""
        return "" if self.plan is None else self.plan.currency

    @property
    def starts_at(self) -> int:
        """Planned, 0 before the plan."""
        return 0 if self.plan is None else self.plan.starts_at

    @property
    def ends_at(self) -> int:
        """Planned, 0 before the plan."""
        return 0 if self.plan is None else self.plan.ends_at

    @property
    def begins_at(self) -> int | None:
        """From when on orders are its own: from going on air, or from its planned start when that is earlier; None before the plan.

        What was placed before the planned start, and before now, is before any later going on air.
        """
        if self.plan is None:
            return None
        return self.starts_at if self.aired_at is None else min(self.aired_at, self.starts_at)

    @property
    def final_at(self) -> int | None:
        """From when on its money stands still (ms UTC), None while it is not over."""
        return None if self.ended_at is None else self.ended_at + FINAL_MS

    def bounds(self, now: int) -> tuple[int, int]:
        """The first and the last instant (ms UTC) that anything told of this show `now` may speak of."""
        return min(self.starts_at, now) - EARLY_MS_MAX, now + TOLD_AHEAD_MS_MAX - 1

    def doubt(self, at: int, now: int) -> Refusal | None:
        """Why nothing that is told `now` can have happened at this instant; None when it can."""
        first, last = self.bounds(now)
        if first <= at <= last:
            return None
        if first <= at * 1000 <= last:
            return ToldInSeconds(at=at)
        return ToldTooOld(at=at) if at < first else ToldAhead(at=at)

    def aired(self, at: int) -> bool:
        """Whether the show was on air at an instant (ms UTC)."""
        return self.aired_at is not None and self.aired_at <= at and (self.ended_at is None or at < self.ended_at)


def fold_stage(state: ShowNow, event: Event[Fact]) -> Iterable[str]:
    """Its plan, an edit of it, and both ends of the show."""
    match event.fact:
        case ShowPlanned() as plan:
            state.plan, state.mode = plan, event.mode
            return (PLAN,)
        case ShowEdited() as edited if state.plan is not None:
            state.plan = edit(state.plan, edited)
            return (PLAN,)
        case ShowAired():
            state.stage, state.aired_at = "live", event.at
            return (TURN,)
        case ShowEnded():
            state.stage, state.ended_at = "ended", event.at
            return (TURN,)
        case _:
            return ()


def edit(plan: ShowPlanned, edited: ShowEdited) -> ShowPlanned:
    """The plan as it reads after an edit; fields the edit does not name stay."""
    values = {name: value for name, value in asdict(edited).items() if name in HEAD_FIELDS and value is not None}
    return replace(plan, **values)


STAGE: Slice[ShowNow] = Slice(
    name="show.stage",
    reads=(ShowPlanned, ShowEdited, ShowAired, ShowEnded),
    state=ShowNow,
    fold=fold_stage,
)


def just_ended(show: ShowNow, touched: Touched) -> bool:
    """Whether the event that is folded ended the show: for whoever stands on STAGE and wants the instant. An edit of a show that is over is no end."""
    return show.ended and TURN in touched.of(STAGE)
