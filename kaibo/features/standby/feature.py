"""Standby 預備: nobody says GO without knowing whether the others are ready; each role answers, and GO is never blocked."""

from kaibo.core.feature import Feature
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.rundown.slices import COURSE
from kaibo.features.standby.commands import COMMANDS
from kaibo.features.standby.facts import ERASES, FACTS
from kaibo.features.standby.rules import StandbyState, decide, fold
from kaibo.features.standby.slices import STANDBY
from kaibo.features.standby.view import BOARD

FEATURE = Feature(
    name="standby",
    streams=("show",),
    facts=FACTS,
    commands=COMMANDS,
    state=StandbyState,
    fold=fold,
    decide=decide,
    over=(STANDBY, COURSE, ON_DUTY),
    views=(BOARD,),
    erases=ERASES,
)
