"""Alarms raised, moves, and what they brought, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.alarm.effects import EFFECTS, MoveEffectRow
from kaibo.features.alarm.view import MOVES, RAISES, MoveRow, RaiseRow

__all__ = ["EFFECTS", "MOVES", "RAISES", "MoveEffectRow", "MoveRow", "RaiseRow"]
