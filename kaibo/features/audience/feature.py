"""The audience stream: what viewers do, deduplicated, put in order and sealed in batches."""

from kaibo.core.feature import Feature
from kaibo.features.audience.commands import BeatSource, CountRefused, FinishSource, SealBatch
from kaibo.features.audience.facts import (
    AudienceBatch,
    AudienceRefused,
    AudienceRepeated,
    AudienceShown,
    AudienceSourceFinished,
)
from kaibo.features.audience.rules import decide
from kaibo.features.audience.slices import ROOMS
from kaibo.features.audience.state import AudienceState, fold
from kaibo.features.audience.view import SOURCES
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="audience",
    streams=("show",),
    facts=(AudienceBatch, AudienceRefused, AudienceRepeated, AudienceShown, AudienceSourceFinished),
    commands=(SealBatch, FinishSource, BeatSource, CountRefused),
    state=AudienceState,
    fold=fold,
    decide=decide,
    over=(STAGE, ROOMS),
    views=(SOURCES,),
)
