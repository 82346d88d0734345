"""What is said is carried to messengers, in the world of the laws; they answer as messengers do."""

from random import Random

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.channel.slices import TALK
from kaibo.features.outbox.commands import (
    AcknowledgeLetter,
    BeginLetters,
    DropLetters,
    QueueLetters,
    TellLetters,
    TendOutbox,
)
from kaibo.features.outbox.slices import OUTBOX

HOUSE = Actor(id="system", role="system")
OFTEN = 0.2  # of the steps of a show
BRIDGES = ("slack", "ding", "line")


class Carrying:
    """The part of a world in which messages leave the house; by a chance of its own."""

    fold: StreamFold
    at: int
    seed: int

    def ask(self, command: Command, by: Actor = HOUSE, taking: str | None = None) -> bool:
        raise NotImplementedError

    def carry(self) -> None:
        dice = Random(f"carry {self.seed} {self.at}")
        talk, outbox = self.fold.slice(TALK), self.fold.slice(OUTBOX)
        if dice.random() > OFTEN or not talk.order:
            return
        if not outbox.waiting or dice.random() < 0.4:
            said = QueueLetters(message_id=talk.order[-1], told=self.fold.seq, bridges=BRIDGES[:2], reserves=BRIDGES[2:])
            self.ask(said, by=HOUSE)
            return
        some = tuple(outbox.waiting)[: dice.randint(1, 3)]
        tell = TellLetters(
            letter_ids=some,
            outcome=dice.choice(("confirmed", "sent", "limited", "unreached", "unknown", "failed")),
            code=f"c{self.at}",
            remote_id=f"r{self.at}",
            until=self.at + 5_000,
        )
        moves: tuple[Command, ...] = (
            BeginLetters(letter_ids=some),
            tell,
            tell,
            TendOutbox(),
            DropLetters(letter_ids=some, why="removed"),
        )
        self.ask(dice.choice(moves), by=HOUSE)
        self.ask(AcknowledgeLetter(letter_id=next(iter(outbox.letters)), person_id="lin"), by=HOUSE)
