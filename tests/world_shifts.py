"""Shifts and their hand-overs, in the world of the laws."""

from random import Random
from typing import Any

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.roster.commands import (
    AcceptRole,
    AnswerLine,
    AskLine,
    AssignPerson,
    CheckIn,
    CloseRole,
    DropShift,
    LeaveDuty,
    OfferRole,
    PlanShift,
    StandBy,
    TakeRole,
    TickSheetLine,
    WithdrawOffer,
)
from kaibo.features.roster.facts import Shift, ShiftMember

LIN = Actor(id="lin", role="director")
OFTEN = 0.3  # of the steps of a show
PEOPLE = ("ai", "bao")
THREE = ("一", "二", "三")


class Shifting:
    """The part of a world that works in shifts; by a chance of its own, so that the rest of the world stays as it was."""

    fold: StreamFold
    at: int
    seed: int

    def ask(self, command: Command, by: Actor = LIN) -> bool:
        raise NotImplementedError

    def shift(self) -> None:
        dice = Random(f"shift {self.seed} {self.at}")
        if dice.random() > OFTEN:
            return
        rows: dict[str, Any] = self.fold.rows("roster.board")
        offers = {each.offer.offer_id: each for each in rows.values() if each.offer is not None}
        here, there = dice.sample(PEOPLE, 2)
        self.ask(self._plan(dice, here))
        self.ask(AssignPerson(role_id="host", person_id=here))
        shifts = list(self.fold.rows("roster.shifts"))
        if offers:
            self._hand_over(dice, offers[dice.choice(list(offers))])
        elif shifts:
            offer = OfferRole(
                offer_id=f"o{self.at}", role_id="host", to_person_id=there, lines=("補貨單在桌上",), shift_id=dice.choice(shifts)
            )
            self.ask(offer, by=Actor(id=here, role="host"))
            self.ask(LeaveDuty() if dice.random() < 0.2 else CheckIn(), by=Actor(id=there, role="host"))

    def _plan(self, dice: Random, person: str) -> Command:
        shift_id, start_s = f"s{dice.randrange(3)}", dice.randrange(1, 60)
        crew = (ShiftMember(role_id="host", person_id=person), ShiftMember(role_id="host", person_id="mia"))
        shift = Shift(
            shift_id=shift_id, name="夜班", anchor_at=self.at, from_s=start_s, to_s=start_s + 120, crew=crew, cue_id="c1"
        )
        return dice.choice([PlanShift(shift=shift), PlanShift(shift=shift), DropShift(shift_id=shift_id)])

    def _hand_over(self, dice: Random, row: Any) -> None:
        giver, taker = Actor(id=row.person_id, role="host"), Actor(id=row.offer.to_person_id, role="host")
        offer_id, line = row.offer.offer_id, f"stock/{dice.randrange(3)}"
        said: list[tuple[Command, Actor]] = [
            (TickSheetLine(offer_id=offer_id, line=line, ticked=dice.random() < 0.8), taker),
            (AskLine(offer_id=offer_id, line=line, question="多少？"), taker),
            (AnswerLine(offer_id=offer_id, line=line, answer="十一"), giver),
            (StandBy(offer_id=offer_id, said_back=THREE), taker),
            (StandBy(offer_id=offer_id), giver),
            (AcceptRole(offer_id=offer_id, said_back=THREE), taker),
            (WithdrawOffer(offer_id=offer_id), giver),
            (TakeRole(role_id="host", from_person_id=giver.id, reason="遲到"), taker),
            (CloseRole(role_id="host", lines=("明天再問",)), giver),
        ]
        for command, by in dice.choices(said, k=3):
            self.ask(command, by=by)
