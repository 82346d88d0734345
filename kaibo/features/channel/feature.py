"""The channels of a show: what the team says to each other, tagged by whose it is, asked step by step until somebody takes it."""

from kaibo.core.feature import Feature
from kaibo.features.channel.commands import COMMANDS
from kaibo.features.channel.facts import ERASES, FACTS
from kaibo.features.channel.react import followers
from kaibo.features.channel.rules import ChannelState, decide, due, fold
from kaibo.features.channel.slices import TALK
from kaibo.features.channel.view import VIEWS
from kaibo.features.charter.slices import IN_FORCE
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="channel",
    streams=("show",),
    facts=FACTS,
    commands=COMMANDS,
    state=ChannelState,
    fold=fold,
    decide=decide,
    over=(TALK, IN_FORCE, ON_DUTY, STAGE),
    views=VIEWS,
    due=due,
    followers=followers,
    erases=ERASES,
    ours=(
        "channel.posted tag",
        "channel.posted thread",
        "channel.posted mentions",
        "channel.taken after",
    ),
)
