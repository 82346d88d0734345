"""Who is on duty, called when, here since when, waiting for whom; and which role nobody does."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import IN_FORCE, InForce, wanted_roles
from kaibo.features.roster.facts import Shift
from kaibo.features.roster.shifts import SHIFTS, Shifts
from kaibo.features.roster.slices import ON_DUTY, Came, Left, OnDuty, Post
from kaibo.features.show.slices import PLAN, STAGE, ShowNow


class AskedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked about a line of the sheet, and the answer, "" while there is none."""

    line: str
    question: str
    answer: str


class OpenOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A role that waits for somebody to accept it, since `at` (ms UTC); `lines` say what goes along.

    For a shift (`shift_id`) there is a sheet: lines of it that whoever comes `ticked`, and `asked` about; `stood_by`: who is ready to change with the cue.
    """

    offer_id: str
    to_person_id: str
    lines: tuple[str, ...]
    at: int
    shift_id: str = ""
    ticked: tuple[str, ...] = ()
    asked: tuple[AskedLine, ...] = ()
    stood_by: tuple[str, ...] = ()


class RosterRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `roster.board`, key `role_id/person_id`: a person in a role.

    `on_duty` since `since` (ms UTC), or off since then because of `left`; `came`: how, in the place of `after` ("" nobody's), having
    said back `said_back`, with the sheet as it stood at `sheet_seq` (0: none); `reason` of a take-over or absence. `call_at` moves with the
    planned start.
    """

    role_id: str
    person_id: str
    on_duty: bool
    since: int
    call_at: int
    call_before_s: int
    checked_in_at: int | None
    stand_in_id: str
    came: Came
    after: str
    said_back: tuple[str, ...]
    left: Left
    reason: str
    offer: OpenOffer | None
    sheet_seq: int = 0


class Late(msgspec.Struct, frozen=True, kw_only=True):
    """Who of a shift's crew has not come to a role, `absent` when that was said; those who have come since are not named."""

    role_id: str
    person_id: str
    absent: bool


class ShiftRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `roster.shifts`, key shift_id: a shift from `starts_at` until `ends_at` (ms UTC), as planned; `number` 1 is the first.

    `late`: of a shift that has begun, and whose role somebody else keeps or nobody does.
    """

    shift: Shift
    number: int
    starts_at: int
    ends_at: int
    late: tuple[Late, ...]


class RosterGapRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `roster.gaps`, key role_id: nobody is on duty in a role that must do `duties` of the charter, or that `gone` were on duty in."""

    role_id: str
    duties: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(slots=True)
class Board:
    """The show and who is on duty in it."""

    show: ShowNow
    on_duty: OnDuty


def fold_board(board: Board, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Whoever moves; everybody when the planned start does."""
    del event
    return board.on_duty.posts.keys() if PLAN in touched.of(STAGE) else touched.of(ON_DUTY)


def _board_keys(board: Board) -> Iterable[str]:
    return board.on_duty.posts.keys()


def _board_row(board: Board, key: str) -> RosterRow | None:
    post = board.on_duty.posts.get(key)
    if post is None:
        return None
    return RosterRow(
        role_id=post.role_id,
        person_id=post.person_id,
        on_duty=post.on_duty,
        since=post.since,
        call_at=board.show.starts_at - post.call_before_s * 1000,
        call_before_s=post.call_before_s,
        checked_in_at=post.checked_in_at,
        stand_in_id=post.stand_in_id,
        came=post.came,
        after=post.after,
        said_back=post.said_back,
        left=post.left,
        reason=post.reason,
        offer=_open_offer(board.on_duty, post),
        sheet_seq=post.sheet_seq,
    )


def _open_offer(on_duty: OnDuty, post: Post) -> OpenOffer | None:
    offer = on_duty.offer_of(post.role_id, post.person_id)
    if offer is None:
        return None
    asked = (AskedLine(line=line, question=said[0], answer=said[1]) for line, said in offer.asked.items())
    return OpenOffer(
        offer_id=offer.offer_id,
        to_person_id=offer.to_person_id,
        lines=offer.lines,
        at=offer.at,
        shift_id=offer.shift_id,
        ticked=offer.ticked,
        asked=tuple(asked),
        stood_by=offer.stood_by,
    )


@dataclass(slots=True)
class Gaps:
    """What the charter wants and who is there; the rows, worked out anew when either moves: they are as few as roles."""

    on_duty: OnDuty
    in_force: InForce
    rows: dict[str, RosterGapRow] = field(default_factory=dict[str, RosterGapRow])


def fold_gaps(gaps: Gaps, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Somebody comes or goes, a charter is taken up, the show goes on air or ends."""
    del event, touched
    before, gaps.rows = gaps.rows, _gap_rows(gaps)
    return {key for key in before.keys() | gaps.rows.keys() if before.get(key) != gaps.rows.get(key)}


def _gap_rows(gaps: Gaps) -> dict[str, RosterGapRow]:
    if gaps.on_duty.show.ended:
        return {}
    charter = gaps.in_force.charter
    wanted = {} if charter is None else wanted_roles(charter, gaps.in_force.phase)
    gone: dict[str, list[str]] = {}
    for post in gaps.on_duty.posts.values():
        if not post.on_duty:
            gone.setdefault(post.role_id, []).append(post.person_id)
    return {
        role: RosterGapRow(role_id=role, duties=wanted.get(role, ()), gone=tuple(gone.get(role, ())))
        for role in {**wanted, **gone}
        if not gaps.on_duty.people_in(role)
    }


def _gap_keys(gaps: Gaps) -> Iterable[str]:
    return gaps.rows.keys()


def _gap_row(gaps: Gaps, key: str) -> RosterGapRow | None:
    return gaps.rows.get(key)


@dataclass(slots=True)
class Plan:
    """The shifts and who is on duty."""

    shifts: Shifts
    on_duty: OnDuty


def fold_plan(plan: Plan, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """All of them when one moves, since they have numbers; those with somebody late when somebody comes."""
    del event
    moved = touched.of(SHIFTS)
    return {*plan.shifts.shifts, *moved} if moved else tuple(plan.shifts.late)


def _plan_keys(plan: Plan) -> Iterable[str]:
    return plan.shifts.shifts.keys()


def _plan_row(plan: Plan, shift_id: str) -> ShiftRow | None:
    shift = plan.shifts.shifts.get(shift_id)
    if shift is None:
        return None
    late = plan.shifts.late.get(shift_id, {})
    missing = {key: absent for key, absent in late.items() if plan.on_duty.post(*key) is None}
    return ShiftRow(
        shift=shift,
        number=plan.shifts.ordered().index(shift) + 1,
        starts_at=plan.shifts.starts_at(shift),
        ends_at=plan.shifts.ends_at(shift),
        late=tuple(Late(role_id=role, person_id=person, absent=absent) for (role, person), absent in missing.items()),
    )


BOARD = View(
    name="roster.board",
    row=RosterRow,
    reads=(),
    state=Board,
    fold=fold_board,
    keys=_board_keys,
    get=_board_row,
    duty="roster.read",
    over=(STAGE, ON_DUTY),
)
GAPS = View(
    name="roster.gaps",
    row=RosterGapRow,
    reads=(),
    state=Gaps,
    fold=fold_gaps,
    keys=_gap_keys,
    get=_gap_row,
    duty="roster.read",
    over=(ON_DUTY, IN_FORCE),
)
SHIFT_PLAN = View(
    name="roster.shifts",
    row=ShiftRow,
    reads=(),
    state=Plan,
    fold=fold_plan,
    keys=_plan_keys,
    get=_plan_row,
    duty="roster.read",
    over=(SHIFTS, ON_DUTY),
)
VIEWS = (BOARD, GAPS, SHIFT_PLAN)
