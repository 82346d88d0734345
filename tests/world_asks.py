"""What waits for a yes, in the world of the laws."""

from random import Random

import msgspec

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.asking.commands import (
    AgreeToAsked,
    AskFirst,
    DeclineAsked,
    ExplainAsked,
    LapseAsked,
    SettleAsked,
    WithdrawAsked,
)
from kaibo.features.asking.slices import REQUESTS
from kaibo.features.channel.commands import PostMessage
from kaibo.features.prompter.commands import MessageHost
from tests.world_talk import Talking

LIN = Actor(id="lin", role="director")
ZHE = Actor(id="zhe", role="operations")
SYSTEM = Actor(id="system", role="system")
OFTEN = 0.2  # of the steps of a show
SPOKEN = (PostMessage,)  # whoever asks for a yes also talks: the world knows these commands by this file


class Asking(Talking):
    """The part of a world in which operations must agree to what the host is told; by a chance of its own."""

    fold: StreamFold
    at: int
    seed: int

    def ask(self, command: Command, by: Actor = LIN, taking: str | None = None) -> bool:
        raise NotImplementedError

    def wait_for_a_yes(self) -> None:
        self.chat()
        dice = Random(f"asked {self.seed} {self.at}")
        if dice.random() > OFTEN:
            return
        waits = self.fold.slice(REQUESTS).open()
        if not waits or dice.random() < 0.4:
            body = msgspec.json.encode(MessageHost(message_id=f"q{self.at}", text=f"第 {self.at} 件")).decode()
            self.ask(
                AskFirst(
                    command="prompter.message",
                    body=body,
                    given="host.message",
                    roles=("operations",),
                    answers=("owner",),
                    within_s=60,
                )
            )
            return
        request_id = waits[0].asked.request_id
        match dice.randrange(5):
            case 0:
                self.ask(DeclineAsked(request_id=request_id, reason="還沒上架"), by=ZHE)
            case 1:
                self.ask(WithdrawAsked(request_id=request_id))
            case 2:
                self.ask(LapseAsked(request_id=request_id), by=SYSTEM)
            case 3:
                self.ask(ExplainAsked(request_id=request_id, why=f"第 {self.at} 次問"))
            case _:
                self.ask(AgreeToAsked(request_id=request_id), by=ZHE)
                self.ask(SettleAsked(request_id=request_id, code="core.not_allowed", data={"duty": "host.message"}), by=SYSTEM)
