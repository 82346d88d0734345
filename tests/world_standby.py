"""Cues are called and answered, in the world of the laws."""

from random import Random

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.rundown.slices import COURSE
from kaibo.features.standby.commands import AnswerStandby, AskStandby, EndStandby
from kaibo.features.standby.slices import STANDBY

CALLER = Actor(id="lin", role="director")
OFTEN = 0.2  # of the steps of a show


class Standing:
    """The part of a world in which the director asks who is ready; by a chance of its own."""

    fold: StreamFold
    at: int
    seed: int

    def ask(self, command: Command, by: Actor = CALLER, taking: str | None = None) -> bool:
        raise NotImplementedError

    def stand_by(self) -> None:
        dice = Random(f"standby {self.seed} {self.at}")
        if dice.random() > OFTEN:
            return
        open_calls = self.fold.slice(STANDBY).open()
        if not open_calls or dice.random() < 0.3:
            cues = [cue_id for _, cue_id in self.fold.slice(COURSE).order[-5:]]
            if cues:
                roles = ("director", "assistant", "operations") if dice.random() < 0.8 else ()
                self.ask(AskStandby(cue_ids=tuple(cues[:2]), word=dice.choice(("warning", "standby")), roles=roles), by=CALLER)
            return
        call = open_calls[-1]
        if dice.random() < 0.15:
            self.ask(EndStandby(cue_id=call.cue_id), by=CALLER)
            return
        for reply in call.replies.values():
            for person in reply.people[:1]:
                answer = dice.choice(("seen", "ready", "wait"))
                said = AnswerStandby(cue_id=call.cue_id, role_id=reply.role_id, answer=answer, reason=f"再 {self.at % 60} 秒")
                self.ask(said, by=Actor(id=person, role=reply.role_id))
