"""What a screen makes of the rundown's rows at an instant: the arithmetic that view.py describes and web/src/features/rundown/clock.ts does."""

from dataclasses import dataclass
from typing import Any

from kaibo.core.event import Fact
from kaibo.core.stage import Stage
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.rundown.feature import FEATURE
from kaibo.features.show.facts import ShowAired, ShowPlanned

BLOCK = 32


@dataclass(frozen=True)
class Line:
    """One cue of the list: where it stands by the plan and as projected (ms UTC), and how long it is as projected."""

    planned_at: int
    projected_at: int
    length_ms: int
    slack_ms: int
    overlap_ms: int


class Screen:
    """A show with its rundown, looked at through its views alone."""

    def __init__(self, *cues: Cue, starts_at: int, at: int | None = None) -> None:
        """A show planned for `starts_at` that goes on air at `at` (None: it does not)."""
        head = ShowPlanned(
            show_id="s1", title="t", starts_at=starts_at, ends_at=starts_at, timezone="Asia/Taipei", currency="TWD"
        )
        self.stage = Stage(FEATURE).given(head, at=min(starts_at, starts_at if at is None else at))
        for place, cue in enumerate(cues):
            self.stage.given(CueAdded(cue=cue, after_cue_id=None, rank=f"a{place:03}"))
        if at is not None:
            self.stage.given(ShowAired(show_id="s1"), at=at)

    def given(self, *facts: Fact, at: int) -> "Screen":
        """Facts of the run at an instant."""
        self.stage.given(*facts, at=at)
        return self

    def go(self, cue_id: str, at: int) -> "Screen":
        """A cue goes on air."""
        return self.given(CueWent(cue_id=cue_id, pass_id=f"{cue_id}@{at}", via="go", from_cue_id=None), at=at)

    @property
    def air(self) -> Any:
        """The row of rundown.on_air."""
        return self.stage.row("rundown.on_air", "now")

    def overrun(self, now: int) -> int:
        """Lateness that grows by itself."""
        air = self.air
        if air.left_ms is not None:
            return max(0, now - air.held_at) + max(0, -air.left_ms)
        due = air.begins_at if air.state == "before" else air.due_at
        return 0 if due is None else max(0, now - due)

    def offset(self, now: int) -> int:
        """Behind (+) or ahead of the plan."""
        overrun = self.overrun(now)
        return self.air.offset_ms + (max(0, overrun - self.air.begins_slack_ms) if self.air.state == "before" else overrun)

    def left(self, now: int) -> int | None:
        """The countdown."""
        air = self.air
        return air.left_ms if air.due_at is None else air.due_at - now

    def end(self, now: int) -> int:
        """When the show is expected to end."""
        air = self.air
        return (
            air.projected_end_at if air.end_slack_ms < 0 else air.projected_end_at + max(0, self.overrun(now) - air.end_slack_ms)
        )

    def lines(self) -> list[Line]:
        """The list as the rows of rundown.clock add up."""
        planned, projected = self._course("planned"), self._course("projected")
        return [Line(plan[0], *told) for plan, told in zip(planned, projected, strict=True)]

    def expected(self, place: int, now: int) -> int:
        """When a cue is expected to begin."""
        line = self.lines()[place]
        return line.projected_at + (0 if line.slack_ms < 0 else max(0, self.overrun(now) - line.slack_ms))

    def expected_length(self, place: int, now: int) -> int:
        """How long a cue to come will be."""
        rundown = self.stage.state.course
        cue = rundown.cues[rundown.order[place][1]]
        if cue.start_mode != "count_to_end":
            return cue.duration_ms
        return max(0, cue.start_at + cue.duration_ms - self.expected(place, now))

    def _course(self, name: str) -> list[tuple[int, int, int, int]]:
        rows = self.stage.rows("rundown.clock")
        marks = {mark[0]: mark for mark in rows[name].marks}
        at, slack, found = rows[name].begins_at, 0, []
        for block in range((len(self.stage.state.course.order) + BLOCK - 1) // BLOCK):
            row = rows.get(f"planned {block}", rows[str(block)]) if name == "planned" else rows[str(block)]
            for length in row.length_ms:
                mark = marks.get(len(found), (0, 0, slack, 0))
                at, slack = at + mark[1], mark[2]
                found.append((at, length, slack, mark[3]))
                at += length
        return found
