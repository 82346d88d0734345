"""Breaking the glass: in need a duty is taken by whom it is not given to, for a time, seen by all; 禁 and what is kept apart stay refused."""

from kaibo.core.feature import Feature
from kaibo.features.charter.slices import IN_FORCE
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.taking.commands import COMMANDS
from kaibo.features.taking.facts import ERASES, FACTS
from kaibo.features.taking.rules import TakingState, decide, due, fold
from kaibo.features.taking.slices import DUTIES_TAKEN
from kaibo.features.taking.view import VIEWS

FEATURE = Feature(
    name="taking",
    streams=("show",),
    facts=FACTS,
    commands=COMMANDS,
    state=TakingState,
    fold=fold,
    decide=decide,
    over=(IN_FORCE, ON_DUTY, DUTIES_TAKEN),
    views=VIEWS,
    due=due,
    erases=ERASES,
)
