"""A command of which somebody must agree first waits for their yes; unanswered in time, who answers for it decides."""

from kaibo.core.feature import Feature
from kaibo.features.asking.commands import COMMANDS
from kaibo.features.asking.facts import ERASES, FACTS
from kaibo.features.asking.react import followers
from kaibo.features.asking.routes import OPERATIONS, ROUTES
from kaibo.features.asking.rules import AskingState, decide, due, fold
from kaibo.features.asking.slices import REQUESTS
from kaibo.features.asking.told import TOLD
from kaibo.features.asking.view import VIEWS
from kaibo.features.charter.slices import IN_FORCE
from kaibo.features.roster.slices import ON_DUTY

FEATURE = Feature(
    name="asking",
    streams=("show", "workspace"),
    facts=FACTS,
    commands=COMMANDS,
    state=AskingState,
    fold=fold,
    decide=decide,
    over=(REQUESTS, ON_DUTY, IN_FORCE),
    views=(*VIEWS, TOLD),
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
    erases=ERASES,
)
