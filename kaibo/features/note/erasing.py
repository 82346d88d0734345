"""A pinned line may quote a viewer."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact
from kaibo.features.note.facts import NotePinned


def pinned(fact: NotePinned, seq: int, viewer: Viewer) -> NotePinned:
    """That something was pinned."""
    del seq
    return replace(fact, text=viewer.unsaid(fact.text))


ERASES: Mapping[type[Fact], Eraser] = {NotePinned: pinned}
