"""The outbox 寄件匣: what is carried from the channels to messengers, and what became of it. Nobody is told it arrived before somebody said so."""

from kaibo.core.feature import Feature
from kaibo.features.channel.slices import TALK
from kaibo.features.outbox.commands import COMMANDS
from kaibo.features.outbox.facts import FACTS
from kaibo.features.outbox.rules import OutboxState, decide, due, fold
from kaibo.features.outbox.slices import OUTBOX
from kaibo.features.outbox.view import LETTERS

FEATURE = Feature(
    name="outbox",
    streams=("show",),
    facts=FACTS,
    commands=COMMANDS,
    state=OutboxState,
    fold=fold,
    decide=decide,
    over=(OUTBOX, TALK),
    views=(LETTERS,),
    due=due,
    ours=(
        "outbox.queued reserves",
        "outbox.queued instead_of",
        "outbox.begun letter_ids",
        "outbox.tried letter_ids",
        "outbox.tried code",
        "outbox.tried remote_id",
        "outbox.woken letter_ids",
        "outbox.dropped letter_ids",
    ),
)
