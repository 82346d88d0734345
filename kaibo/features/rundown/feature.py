"""The rundown: cues in order, their clock, and the show being run from it."""

from kaibo.core.feature import Feature, Named
from kaibo.features.product.slices import OFFER
from kaibo.features.rundown.carry import carried
from kaibo.features.rundown.commands import (
    AddCue,
    AddTime,
    AdLibCue,
    EditCue,
    GoCue,
    HoldCue,
    ImportRundown,
    JumpToCue,
    LinkCues,
    MoveCue,
    RemoveCue,
    ResumeCue,
    ShiftStarts,
    SkipCue,
    UndoGo,
)
from kaibo.features.rundown.facts import (
    CueAdded,
    CueEdited,
    CueHeld,
    CueMoved,
    CueRemoved,
    CueResumed,
    CueSkipped,
    CueWent,
    RundownImported,
    TimeAdded,
)
from kaibo.features.rundown.react import followers
from kaibo.features.rundown.routes import OPERATIONS, ROUTES
from kaibo.features.rundown.rules import decide
from kaibo.features.rundown.show_clock import CLOCK, CONFLICTS, ON_AIR
from kaibo.features.rundown.show_cues import CUES
from kaibo.features.rundown.slices import COURSE
from kaibo.features.rundown.state import RundownState, fold

FEATURE = Feature(
    name="rundown",
    streams=("show",),
    facts=(
        CueAdded,
        CueEdited,
        CueMoved,
        CueRemoved,
        RundownImported,
        CueWent,
        CueSkipped,
        CueHeld,
        CueResumed,
        TimeAdded,
    ),
    commands=(
        AddCue,
        EditCue,
        MoveCue,
        RemoveCue,
        ImportRundown,
        LinkCues,
        ShiftStarts,
        GoCue,
        UndoGo,
        JumpToCue,
        SkipCue,
        HoldCue,
        ResumeCue,
        AddTime,
        AdLibCue,
    ),
    state=RundownState,
    fold=fold,
    decide=decide,
    over=(COURSE, OFFER),
    views=(CUES, CLOCK, ON_AIR, CONFLICTS),
    routes=ROUTES,
    operations=OPERATIONS,
    carries=carried,
    followers=followers,
    names={"cue_id": Named(CUES, lambda row: row.cue.title)},
)
