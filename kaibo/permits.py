"""Who may do what, asked at every command and view: the charter of the house, and that of a show as it stands; and who belongs to the house."""

from collections.abc import Sequence

import msgspec

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, Members, tag_of
from kaibo.core.stream import StreamFold
from kaibo.features.asking.commands import AskFirst
from kaibo.features.charter.facts import Phase
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE, HouseCharter, Table, lines, owners, stand_ins
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.taking.slices import DUTIES_TAKEN, bar_to, standing_in
from kaibo.features.workspace.facts import MACHINES
from kaibo.features.workspace.slices import NAMES, Names
from kaibo.kit.admission import Able, Caller, Carried, Instead, Waiting

TABLES_MAX, ANSWERS_MAX = (
    100,
    5_000,
)  # remembered at most: of shows on air with a table of their own, and of each what it was asked
Answers = dict[tuple[frozenset[str], frozenset[str], str, Phase | None], Carried | None]
"""By all roles of a caller, those they act in, the duty and the phase."""
UNASKED = Carried("")  # no answer: None says that nobody of them carries it


class Permits:
    """Knows the charter the house goes by, and its people; an engine's admission and `members`. Before it has read the workspace it knows the fixed table alone."""

    def __init__(self) -> None:
        """The table the house came with."""
        self.house = HouseCharter()
        self._members: Members | None = None
        self._stood = self.house.stands
        self._owners, self._lines = owners(self._stood), lines(self._stood)
        self._names: Names = Names()
        self._answers: dict[int, tuple[Table, Answers]] = {}

    def read(self, workspace: StreamFold) -> None:
        """Take over what the workspace's log says."""
        self.house, self._names = workspace.slice(HOUSE_CHARTER), workspace.slice(NAMES)
        if self._stood is not self.house.stands:  # the slice is changed in place: what it stood on is remembered here
            self._stood = self.house.stands
            self._owners, self._lines = owners(self._stood), lines(self._stood)
        held = {person: frozenset(member.roles) for person, member in self._names.members.items()}
        known = frozenset(each.role_id for each in self.house.stands.roles).union(*held.values())
        self._members = Members(held, stand_ins(self.house.stands), known, self._owners, self._lines)

    def heard(self, fold: StreamFold, events: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        """An engine's listener: a charter may have been published."""
        del events, changed
        if fold.stream == WORKSPACE:
            self.read(fold)

    def members(self) -> Members | None:
        """Who belongs to the house; None before it has read the workspace."""
        return self._members

    def carries(self, caller: Caller, roles: frozenset[str], duty: str, fold: StreamFold | None = None) -> Carried | None:
        """The first of the caller's `roles` that carries the duty, and who must agree first: on this stream as it stands, or anywhere in the house (None)."""
        table, phase = self._table(fold)
        _, answers = self._answers.get(id(table)) or self._asked_anew(table)
        asked = caller.roles, roles, duty, phase
        found = answers.get(asked, UNASKED)
        if found is UNASKED:
            if len(answers) >= ANSWERS_MAX:
                answers.clear()
            found = answers[asked] = self._carries(table, phase, caller.roles, roles, duty)
        return found

    def _asked_anew(self, table: Table) -> tuple[Table, Answers]:
        """What a table answers is the same for ever: it never changes. It is held here, so that no other one has its id."""
        if len(self._answers) >= TABLES_MAX:
            self._answers.clear()
        found = self._answers[id(table)] = (table, Answers())
        return found

    @staticmethod
    def _carries(table: Table, phase: Phase | None, held: frozenset[str], roles: frozenset[str], duty: str) -> Carried | None:
        role = table.role(roles, duty, phase)
        if role is None:
            return None
        first = table.first(roles, duty, phase)
        if first is None or held.issuperset(first.asked):  # nobody is asked who is asked themselves
            return Carried(role)
        return Carried(role, instead=_asking(duty, first.asked, first.answers, first.within_s))

    def in_need(self, caller: Caller, duty: str, fold: StreamFold, at: int) -> Carried | None:
        """What the caller took of this duty on a show, or does in a role they stand in for, while the charter the show goes by now does not forbid it."""
        if _show(fold) is None:
            return None
        taken, here = fold.slice(DUTIES_TAKEN), standing_in(fold, self.house, caller.id, caller.roles, at)
        found = next((each for each in taken.of(caller.id, at) if each.duty == duty), None)
        if found is None or found.role_id not in here.all_roles:
            seat = here.seat(duty)
            return None if seat is None else Carried(seat)
        return None if bar_to(taken, here, duty) else Carried(found.role_id, found.taking_id)

    def who_can(self, duty: str, fold: StreamFold | None) -> Able:
        """The roles that carry the duty here, as the charter calls them, and who is on duty in them now."""
        table, phase = self._table(fold)
        roles = [role for role in table.roles if role in table.held(duty, phase) and role not in MACHINES]
        named = {each.role_id: each.name or each.role_id for each in self.house.stands.roles}
        show = _show(fold)
        on_duty = [] if show is None else [show.slice(ON_DUTY).people_in(role) for role in roles]
        people = dict.fromkeys(person for each in on_duty for person in each)
        return Able(tuple(named.get(role, role) for role in roles), tuple(self._names.ever[each].name for each in people))

    def _table(self, fold: StreamFold | None) -> tuple[Table, Phase | None]:
        if fold is None or fold.kind == "workspace":
            return self.house.table, None
        show = fold.slice(IN_FORCE)
        return show.table(self.house), show.phase


def _asking(duty: str, asked: tuple[str, ...], answers: tuple[str, ...], within_s: int) -> Instead:
    """What asks those who must agree first, in the place of a command of this duty."""

    def ask(command: Command, waiting: Waiting) -> Command:
        body = msgspec.json.encode(command).decode() if waiting.able else ""
        return AskFirst(
            command=tag_of(type(command)),
            body=body,
            given=duty,
            roles=asked,
            answers=answers,
            within_s=within_s,
            key=waiting.key,
            about=waiting.about,
        )

    return ask


def _show(fold: StreamFold | None) -> StreamFold | None:
    """The fold of a show; None for the workspace's, and for no stream."""
    return None if fold is None or fold.kind == "workspace" else fold
