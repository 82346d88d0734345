"""Bridges 橋接: the ways from the channels of a show to the messengers where the team already is."""

from kaibo.core.feature import Feature
from kaibo.features.bridge.commands import COMMANDS
from kaibo.features.bridge.facts import FACTS
from kaibo.features.bridge.rules import BridgeState, decide, fold
from kaibo.features.bridge.slices import BRIDGES
from kaibo.features.bridge.view import LIST

FEATURE = Feature(
    name="bridge",
    streams=("workspace",),
    facts=FACTS,
    commands=COMMANDS,
    state=BridgeState,
    fold=fold,
    decide=decide,
    over=(BRIDGES,),
    views=(LIST,),
    ours=("bridge.set name",),
)
