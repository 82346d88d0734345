"""Lucky draws in the world of the laws."""

from random import Random
from typing import Any

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.draw.commands import CancelDraw, CloseDraw, KeepSeed, OpenDraw, PrepareDraw, RedrawWinner, RunDraw
from kaibo.features.draw.facts import Conditions, Prize
from kaibo.features.draw.lot import commitment_of

LIN = Actor(id="lin", role="director")
HOUSE = Actor(id="system", role="system")


class Drawing:
    """The part of a world that draws lots."""

    chance: Random
    fold: StreamFold
    at: int

    def ask(self, command: Command, by: Actor = LIN) -> bool:
        raise NotImplementedError

    def draw(self) -> None:
        rows: dict[str, Any] = self.fold.rows("draw.board")
        draw_id = f"d{len(rows)}"
        seed = f"{len(rows):064x}"
        conditions = Conditions(followed=self.chance.random() < 0.2, bought=self.chance.random() < 0.2)
        self.ask(
            PrepareDraw(
                draw_id=draw_id, title="抽獎", keyword="抽", minutes=self.chance.choice([1, 2]), prizes=(Prize(name="禮", count=2),),
                conditions=conditions, commitment=commitment_of(seed),
            )
        )  # fmt: skip
        if len(rows) % 2:
            self.ask(KeepSeed(draw_id=draw_id), by=HOUSE)
        self.ask(OpenDraw(draw_id=draw_id))
        items = tuple(
            AudienceItem(kind=self.chance.choice(["comment", "follow"]), at=self.at + n, viewer=f"s{n}", name="觀眾", text="抽我")
            for n in range(6)
        )
        self.ask(SealBatch(source="sim", items=items))
        for place in range(len(rows)):
            old = f"d{place}"
            self.ask(
                self.chance.choice(
                    [
                        CloseDraw(draw_id=old),
                        RunDraw(draw_id=old, seed=f"{place:064x}"),
                        RunDraw(draw_id=old, seed=f"{place:064x}"),
                        RedrawWinner(draw_id=old, rank=0),
                        *([CancelDraw(draw_id=old)] if self.chance.random() < 0.1 else []),
                    ]
                )
            )
