"""Who may do what, asked at every command and view: the charter of the house, and that of a show as it stands."""

from collections.abc import Sequence

from kaibo.core.event import Event, Fact
from kaibo.core.feature import WORKSPACE, kind_of
from kaibo.core.stream import StreamFold
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE, HouseCharter


class Permits:
    """Knows the charter the house goes by; an engine's `allows`. Before it has read the workspace it knows the fixed table alone."""

    def __init__(self) -> None:
        """The table the house came with."""
        self.house = HouseCharter()

    def read(self, workspace: StreamFold) -> None:
        """Take over what the workspace's log says."""
        self.house = workspace.slice(HOUSE_CHARTER)

    def heard(self, fold: StreamFold, events: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        """An engine's listener: a charter may have been published."""
        del events, changed
        if fold.stream == WORKSPACE:
            self.read(fold)

    def role(self, roles: frozenset[str], duty: str, fold: StreamFold | None = None) -> str | None:
        """The first of the roles that carries the duty: on this stream as it stands, or anywhere in the house (None)."""
        if fold is None or kind_of(fold.stream) == "workspace":
            return self.house.table.role(roles, duty)
        show = fold.slice(IN_FORCE)
        return show.table(self.house).role(roles, duty, show.phase)
