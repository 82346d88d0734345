"""The cues in order and the one on air, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.rundown.show_clock import ON_AIR
from kaibo.features.rundown.show_cues import CUES
from kaibo.features.rundown.view import CueRow, OnAirRow

__all__ = ["CUES", "ON_AIR", "CueRow", "OnAirRow"]
