"""The audience stream: what viewers do, deduplicated, put in order and sealed in batches."""

from kaibo.core.feature import Feature
from kaibo.features.audience.commands import BeatSource, CountRefused, FinishSource, HearOrders, SealBatch
from kaibo.features.audience.erasing import ERASES
from kaibo.features.audience.facts import (
    AudienceBatch,
    AudienceOrdersTold,
    AudienceRefused,
    AudienceRepeated,
    AudienceShown,
    AudienceSourceFinished,
)
from kaibo.features.audience.rules import decide
from kaibo.features.audience.slices import CLOCKS, ROOMS
from kaibo.features.audience.state import AudienceState, fold
from kaibo.features.audience.view import SOURCES
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="audience",
    streams=("show",),
    facts=(AudienceBatch, AudienceOrdersTold, AudienceRefused, AudienceRepeated, AudienceShown, AudienceSourceFinished),
    commands=(SealBatch, FinishSource, BeatSource, HearOrders, CountRefused),
    state=AudienceState,
    fold=fold,
    decide=decide,
    over=(STAGE, ROOMS, CLOCKS),
    views=(SOURCES,),
    erases=ERASES,
)
