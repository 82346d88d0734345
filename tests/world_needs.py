"""What is taken in need, in the world of the laws."""

from random import Random

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.prompter.commands import MessageHost
from kaibo.features.taking.commands import GiveBack, TakeDuty
from kaibo.features.taking.slices import DUTIES_TAKEN

HUA = Actor(id="hua", role="host")
OFTEN = 0.15  # of the steps of a show


class Needing:
    """The part of a world in which the host writes on her own screen only in need; by a chance of its own."""

    fold: StreamFold
    at: int
    seed: int

    def ask(self, command: Command, by: Actor = HUA, taking: str | None = None) -> bool:
        raise NotImplementedError

    def need(self) -> None:
        dice = Random(f"need {self.seed} {self.at}")
        if dice.random() > OFTEN:
            return
        stands = self.fold.slice(DUTIES_TAKEN).of(HUA.id, self.at)
        if not stands:
            self.ask(
                TakeDuty(taking_id=f"k{self.at}", taken="host.message", reason="沒有人", minutes=dice.randrange(1, 4)), by=HUA
            )
        elif dice.random() < 0.6:
            self.ask(MessageHost(message_id=f"n{self.at}", text=f"第 {self.at} 件"), by=HUA, taking=stands[0].taking_id)
        else:
            self.ask(GiveBack(taking_id=stands[0].taking_id), by=HUA)
