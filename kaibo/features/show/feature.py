"""A show as a whole: its plan, on air, ended; and the workspace's list of shows."""

from kaibo.core.feature import Feature
from kaibo.features.show.commands import AirShow, EditShow, EndShow, ListShow, PlanShow
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowListed, ShowPlanned
from kaibo.features.show.react import LISTING
from kaibo.features.show.routes import OPERATIONS, ROUTES
from kaibo.features.show.rules import decide
from kaibo.features.show.slices import STAGE
from kaibo.features.show.state import ShowState, fold
from kaibo.features.show.view import GOING, HEAD, LIST

FEATURE = Feature(
    name="show",
    streams=("show", "workspace"),
    facts=(ShowPlanned, ShowEdited, ShowAired, ShowEnded, ShowListed),
    commands=(PlanShow, EditShow, AirShow, EndShow, ListShow),
    state=ShowState,
    fold=fold,
    decide=decide,
    over=(STAGE,),
    views=(HEAD, LIST, GOING),
    reactions=(LISTING,),
    routes=ROUTES,
    operations=OPERATIONS,
)
