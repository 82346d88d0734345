"""Who is on duty in which role of a show, and how work goes from one to another: by acceptance, in need, by absence; never silently."""

from kaibo.core.feature import Feature
from kaibo.features.charter.slices import IN_FORCE
from kaibo.features.roster.commands import COMMANDS
from kaibo.features.roster.facts import ERASES, FACTS
from kaibo.features.roster.planning import due
from kaibo.features.roster.react import followers
from kaibo.features.roster.routes import OPERATIONS, ROUTES
from kaibo.features.roster.rules import decide
from kaibo.features.roster.shifts import SHIFTS
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.roster.state import RosterState, fold
from kaibo.features.roster.view import VIEWS
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="roster",
    streams=("show",),
    facts=FACTS,
    commands=COMMANDS,
    state=RosterState,
    fold=fold,
    decide=decide,
    over=(STAGE, SHIFTS, ON_DUTY, IN_FORCE),
    views=VIEWS,
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
    erases=ERASES,
)
