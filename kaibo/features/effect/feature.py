"""What like promos and moves brought over many shows: one alone seldom tells."""

from kaibo.core.feature import Feature
from kaibo.features.effect.commands import KeepEffects
from kaibo.features.effect.facts import EffectsKept
from kaibo.features.effect.react import followers
from kaibo.features.effect.rules import EffectState, decide, fold
from kaibo.features.effect.view import LIKE

FEATURE = Feature(
    name="effect",
    streams=("workspace",),
    facts=(EffectsKept,),
    commands=(KeepEffects,),
    state=EffectState,
    fold=fold,
    decide=decide,
    views=(LIKE,),
    followers=followers,
)
