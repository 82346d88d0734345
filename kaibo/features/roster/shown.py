"""What other rooms may read of a roster: who is and was on duty, and what each shift and host brought."""

from kaibo.features.roster.figures import PartFigures, ShiftFigures, figures
from kaibo.features.roster.view import BOARD, SHIFT_PLAN, RosterRow, ShiftRow

__all__ = ["BOARD", "SHIFT_PLAN", "PartFigures", "RosterRow", "ShiftFigures", "ShiftRow", "figures"]
