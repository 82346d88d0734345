"""Who may do what, asked at every command and view: the charter of the house, and that of a show as it stands; and who belongs to the house."""

from collections.abc import Sequence

from kaibo.core.event import Event, Fact
from kaibo.core.feature import WORKSPACE, Members, kind_of
from kaibo.core.stream import StreamFold
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE, HouseCharter, stand_ins
from kaibo.features.workspace.slices import NAMES


class Permits:
    """Knows the charter the house goes by, and its people; an engine's `allows` and `members`. Before it has read the workspace it knows the fixed table alone."""

    def __init__(self) -> None:
        """The table the house came with."""
        self.house = HouseCharter()
        self._members: Members | None = None

    def read(self, workspace: StreamFold) -> None:
        """Take over what the workspace's log says."""
        self.house = workspace.slice(HOUSE_CHARTER)
        held = {person: frozenset(member.roles) for person, member in workspace.slice(NAMES).members.items()}
        self._members = Members(held, stand_ins(self.house.stands))

    def heard(self, fold: StreamFold, events: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        """An engine's listener: a charter may have been published."""
        del events, changed
        if fold.stream == WORKSPACE:
            self.read(fold)

    def members(self) -> Members | None:
        """Who belongs to the house; None before it has read the workspace."""
        return self._members

    def role(self, roles: frozenset[str], duty: str, fold: StreamFold | None = None) -> str | None:
        """The first of the roles that carries the duty: on this stream as it stands, or anywhere in the house (None)."""
        if fold is None or kind_of(fold.stream) == "workspace":
            return self.house.table.role(roles, duty)
        show = fold.slice(IN_FORCE)
        return show.table(self.house).role(roles, duty, show.phase)
