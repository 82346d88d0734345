"""The cues in order, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.rundown.show_cues import CUES
from kaibo.features.rundown.view import CueRow

__all__ = ["CUES", "CueRow"]
