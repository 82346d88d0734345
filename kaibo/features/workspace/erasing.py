"""A name, out of the list of the team's accounts."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer, blank
from kaibo.core.event import Fact
from kaibo.features.workspace.facts import StaffMarked


def marked(fact: StaffMarked, seq: int, viewer: Viewer) -> StaffMarked:
    """That this account is the team's."""
    del seq
    return replace(fact, name=blank(fact.name)) if viewer.is_by(fact.source, fact.viewer) else fact


ERASES: Mapping[type[Fact], Eraser] = {StaffMarked: marked}
