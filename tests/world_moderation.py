"""Words and people that a team keeps away, in the world of the laws."""

from random import Random
from typing import Any

from kaibo.core.event import Actor, Command, Event
from kaibo.core.stream import StreamFold
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.moderation.commands import (
    HideComments,
    MuteViewer,
    ReleaseComments,
    ScreenBatch,
    SetSlow,
    SettleModeration,
    TakeRules,
    UndoAction,
    UnmuteViewer,
)
from kaibo.features.moderation.facts import WordRule

SYSTEM = Actor(id="system", role="system")
LISTS = (
    (WordRule(rule_id="w1", text="加賴"), WordRule(rule_id="w2", text="有貨", does="mark")),
    (WordRule(rule_id="w1", text="加賴"), WordRule(rule_id="w3", text="百家樂", does="mute", mute_minutes=1)),
    (WordRule(rule_id="w4", text="敏感", match="sound"), WordRule(rule_id="w3", text="百家樂", does="mute", mute_minutes=1)),
    (),
)


class Moderating:
    """The part of a world that keeps order."""

    chance: Random
    fold: StreamFold
    at: int
    asked: int
    events: list[Event[Any]]

    def ask(self, command: Command, by: Actor = SYSTEM) -> bool:
        raise NotImplementedError

    def screen(self, first: int) -> None:
        """What the follower does with batches."""
        for event in self.events[first:]:
            if isinstance(event.fact, AudienceBatch):
                self.ask(ScreenBatch(batch=event.seq), by=SYSTEM)

    def order(self) -> None:
        """Every fact of moderation once, and something in every list."""
        first = len(self.events)
        self.ask(TakeRules(rules=LISTS[1], allowed=("敏感肌",)))
        said = tuple(
            AudienceItem(kind="comment", at=self.at + n, viewer=f"o{n}", name="路人", text=text)
            for n, text in enumerate(("百家樂", "加賴", "吵", "鬧"))
        )
        self.ask(SealBatch(source="sim", items=said, moderates=True))
        batch = self.fold.seq
        self.screen(first)
        self.ask(HideComments(action_id="o1", comment_refs=(f"{batch}:2",)))
        self.ask(SettleModeration(action_id="o1"))
        self.ask(UndoAction(action_id="o2", undoes="o1"))
        self.ask(MuteViewer(action_id="o3", comment_ref=f"{batch}:2"))
        self.ask(MuteViewer(action_id="o4", comment_ref=f"{batch}:3"))
        self.ask(UnmuteViewer(action_id="o5", source="sim", viewer="o3"))
        self.ask(SetSlow(action_id="o6", seconds=9))

    def moderate(self) -> None:
        self.asked += 1
        first, action_id = len(self.events), f"g{self.asked}"
        texts = ("加 賴 領券", "百家樂", "匯入品有貨嗎", "敏感肌可以用嗎")
        items = tuple(
            AudienceItem(kind="comment", at=self.at + n, viewer=f"z{self.chance.randrange(3)}", name="路人", text=text)
            for n, text in enumerate(texts)
        )
        self.ask(SealBatch(source="sim", items=items, moderates=True))
        self.screen(first)
        refs = list(self.fold.rows("comment.window"))[-30:] or ["1:0"]
        held = list(self.fold.rows("moderation.held")) or ["1:0"]
        done = list(self.fold.rows("moderation.log"))[-6:] or ["none"]
        ref = self.chance.choice(refs)
        self.ask(
            self.chance.choice(
                [
                    HideComments(action_id=action_id, comment_refs=(ref,)),
                    HideComments(action_id=action_id, comment_refs=tuple(self.chance.sample(refs, min(len(refs), 3)))),
                    ReleaseComments(action_id=action_id, comment_refs=(self.chance.choice(held),)),
                    MuteViewer(action_id=action_id, comment_ref=ref, minutes=self.chance.choice([1, None])),
                    UnmuteViewer(action_id=action_id, source="sim", viewer=f"z{self.chance.randrange(3)}"),
                    SetSlow(action_id=action_id, seconds=self.chance.choice([0, 0, 5])),
                    UndoAction(action_id=action_id, undoes=self.chance.choice(done)),
                    UndoAction(action_id=action_id, undoes=self.chance.choice(done)),
                    TakeRules(rules=self.chance.choice(LISTS), allowed=self.chance.choice([(), ("敏感肌",)])),
                    TakeRules(rules=self.chance.choice(LISTS), allowed=()),
                    SettleModeration(action_id=self.chance.choice(done), code=self.chance.choice(["", "refused"])),
                ]
            )
        )
