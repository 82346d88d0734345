"""What a month's review says: every number with the events it was counted from."""

import msgspec

from kaibo.features.charter.facts import Cell, CellChange, Phase

OPENED_MAX = 30  # events that a number opens: the newest; all of them stand in the log


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An event that was counted: `show_id` "" in the house's own log, `at` ms UTC, `type` its tag."""

    show_id: str
    seq: int
    at: int
    type: str
    person_id: str
    role: str


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A number and the newest of its events, at most 30."""

    count: int = 0
    events: tuple[Opened, ...] = ()


class DoneBy(msgspec.Struct, frozen=True, kw_only=True):
    """What a person did of a duty in a role; `cell` of that role in the charter then in force, None where it has none.

    `as_written`: the cell says that this role does it. `stood_in`: of these, while somebody else was on duty in that role.
    """

    person_id: str
    role: str
    cell: Cell | None
    as_written: bool
    done: Counted
    stood_in: Counted


class DutyDone(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of the charter: `does` the roles that do it as written today; who did it, most first; `drift` of all that was not as written.

    `seen`: the log can show it at all: it has commands, or facts that prove it. `proven`: how often such a fact happened.
    """

    duty_id: str
    title: str
    phases: tuple[Phase, ...]
    does: tuple[str, ...]
    answers: tuple[str, ...]
    seen: bool
    done: int
    drift: int
    stood_in: int
    proven: Counted
    by: tuple[DoneBy, ...]


class MissedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """What was due at `due_at` (ms UTC) and done later, or not (`done_at` None). `kind`: task, promo, move, question or warning; `what` its name."""

    kind: str
    what: str
    show_id: str
    role: str
    person_id: str
    due_at: int
    done_at: int | None
    seq: int


class RefusedBy(msgspec.Struct, frozen=True, kw_only=True):
    """What a person was refused: the command, its duty and the code of the refusal."""

    person_id: str
    command: str
    duty: str
    code: str
    times: Counted


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """More duties on one person at once on air than anybody looks after: `duties` of the roles they were on duty in, at `at` (ms UTC)."""

    person_id: str
    show_id: str
    at: int
    roles: tuple[str, ...]
    duties: tuple[str, ...]


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """How long a role took to answer one kind of call; times in ms. `late` took longer than the charter then said; None where it says nothing."""

    kind: str
    role: str
    median_ms: int
    slowest_ms: int
    late: int | None
    answered: Counted


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the charter that would say what was done: `done` times by that role, of `of` in all."""

    change: CellChange
    done: int
    of: int


class ReviewedShow(msgspec.Struct, frozen=True, kw_only=True):
    """A show of the month; `events` by people in its log."""

    show_id: str
    title: str
    starts_at: int
    events: int


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A month (`2026-11`) in a zone, from `from_at` to before `to_at` (ms UTC): of the shows that were to begin in it, all of their logs.

    `version` of the charter that stands now. `idle`: duties that the log could show and nobody did; `unseen`: those it cannot show. `outside`: what people
    did that no duty speaks of. `taken`: duties taken in need. `rehearsals` are not counted, `left_out` were too many.
    """

    month: str
    zone: str
    from_at: int
    to_at: int
    version: int
    shows: tuple[ReviewedShow, ...]
    rehearsals: int
    left_out: int
    duties: tuple[DutyDone, ...]
    idle: tuple[str, ...]
    unseen: tuple[str, ...]
    outside: Counted
    missed: tuple[MissedDeadline, ...]
    missed_all: int
    refused: tuple[RefusedBy, ...]
    loads: tuple[Load, ...]
    responses: tuple[Response, ...]
    proposed: tuple[Proposed, ...]
    taken: Counted
    names: dict[str, str]
    titles: dict[str, str]
