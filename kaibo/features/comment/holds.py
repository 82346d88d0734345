"""Which comments are hidden or marked by moderation, and why."""

from dataclasses import dataclass, field
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.features.moderation.facts import (
    HIDING_FACTS,
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    Said,
    ViewerMuted,
)

HOLD_FACTS = (*HIDING_FACTS, CommentsReleased)
Hold = Literal["mark", "word", "mute", "slow", "hand"]
MARKED: Hold = "mark"


@dataclass(slots=True)
class Holds:
    """`of`: mark (shown, with a mark), or why it is hidden: word, mute, slow, hand; by address."""

    of: dict[str, Hold] = field(default_factory=dict[str, Hold])

    def hides(self, ref: str) -> bool:
        """May this comment not be shown?"""
        return self.of.get(ref, MARKED) != MARKED

    def fold(self, event: Event[Fact]) -> tuple[str, ...]:
        """Take one event in; give the addresses that stand otherwise now."""
        match event.fact:
            case CommentsCaught(hits=hits):
                news: dict[str, Hold] = {hit.ref: MARKED if hit.does == "mark" else hit.why for hit in hits}
            case CommentsHidden(comments=comments):
                news = {said.ref: "hand" for said in comments}
            case ViewerMuted(comment=Said(ref=ref)):
                news = {} if self.hides(ref) else {ref: "mute"}
            case CommentsReleased(comment_refs=refs):
                return tuple(ref for ref in refs if self.of.pop(ref, None) is not None)
            case _:
                return ()
        self.of.update(news)
        return tuple(news)
