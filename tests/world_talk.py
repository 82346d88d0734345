"""What the team says to each other, in the world of the laws."""

from random import Random

from kaibo.core.event import Actor, Command
from kaibo.features.channel.commands import (
    EditMessage,
    FinishMessage,
    LetMessageGo,
    MeetMessage,
    PostMessage,
    ReactToMessage,
    ReadChannel,
    ReopenMessage,
    TakeMessage,
    TendChannel,
    WithdrawMessage,
)
from kaibo.features.channel.ladder import CHANNELS, TAGS
from kaibo.features.channel.slices import TALK
from tests.world_outbox import Carrying
from tests.world_standby import Standing

AI, LIN, ZHE = Actor(id="ai", role="assistant"), Actor(id="lin", role="director"), Actor(id="zhe", role="operations")
SYSTEM = Actor(id="system", role="system")
OFTEN = 0.25  # of the steps of a show


class Talking(Standing, Carrying):
    """The part of a world in which the team talks; by a chance of its own."""

    def chat(self) -> None:
        self.stand_by()
        self.carry()
        dice = Random(f"chat {self.seed} {self.at}")
        if dice.random() > OFTEN:
            return
        who, talk = dice.choice((AI, LIN, ZHE)), self.fold.slice(TALK)
        if len(talk.order) < 3 or dice.random() < 0.3:
            self._post(dice, who, talk.order)
            return
        message = talk.messages[dice.choice(talk.order[-4:])]
        message_id, mine = message.posted.message_id, Actor(id=message.by, role=message.role)
        holder = next((each for each in (AI, LIN, ZHE) if each.id == message.stage_by), who)
        taken = [each for each in talk.messages.values() if each.stage == "taken"]
        if taken and dice.random() < 0.3:
            held = taken[-1]
            self.ask(LetMessageGo(message_id=held.posted.message_id, reason="換人"), by=Actor(id=held.stage_by, role="director"))
            return
        moves: tuple[tuple[Command, Actor], ...] = (
            (TakeMessage(message_id=message_id), who),
            (MeetMessage(message_id=message_id, met=dice.choice(("arrived", "seen"))), who),
            (FinishMessage(message_id=message_id, answer=f"第 {self.at} 件好了"), holder),
            (ReopenMessage(message_id=message_id, reason="還沒好"), who),
            (ReactToMessage(message_id=message_id, sign="ok", on=dice.random() < 0.7), who),
            (ReadChannel(channel_id=message.posted.channel_id, seq=message.seq), who),
            (EditMessage(message_id=message_id, text=f"改 {self.at}"), mine),
            (WithdrawMessage(message_id=message_id), mine),
            (TendChannel(), SYSTEM),
        )
        for command, by in dice.sample(moves, 3):
            self.ask(command, by=by)

    def _post(self, dice: Random, who: Actor, order: list[str]) -> None:
        self.ask(
            PostMessage(
                message_id=f"m{self.at}",
                channel_id=dice.choice(CHANNELS),
                text=f"第 {self.at} 句 P0 怎麼了",
                tag=dice.choice(("", *TAGS)),
                urgent=dice.random() < 0.2,
                thread=dice.choice(order) if order and dice.random() < 0.3 else "",
                roles=("operations",) if dice.random() < 0.2 else (),
                mentions=("lin",) if dice.random() < 0.2 else (),
            ),
            by=who,
        )
