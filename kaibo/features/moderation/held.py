"""What is hidden or marked and why, and how much of it there is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Required, TypedDict, Unpack

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View, Whole
from kaibo.features.moderation.facts import (
    HIDING_FACTS,
    BatchSkipped,
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    Hit,
    How,
    Said,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    Why,
)

HELD_MAX = 300  # what one looks through; the rest is asked of the log
NOW = "now"


class HeldRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `moderation.held`, key `seq:index`: a comment that is hidden or marked, newest 300.

    `why`: word (rule `rule_id`, found `how`: exact, pattern, loose, sound), mute, slow or hand; `marked`: still shown.
    `at` is platform time, `held_at` the server's; `by` who did it, "" for a list.
    """

    at: int
    held_at: int
    viewer: str
    name: str
    text: str
    source: str
    why: Why | Literal["hand"]
    marked: bool = False
    rule_id: str = ""
    how: How = ""
    action_id: str = ""
    by: str = ""


class Found(TypedDict, total=False):
    """Why it is hidden or marked, and by whom."""

    why: Required[Why | Literal["hand"]]
    marked: bool
    rule_id: str
    how: How
    by: str


class GuardRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `moderation.now`, key `now`: slow mode in seconds by source ("" for all), and how much is hidden, marked and muted.

    `unread`: comments that went by unread because the reader was too far behind.
    """

    slow: dict[str, int] = {}
    hidden: int = 0
    marked: int = 0
    muted: int = 0
    unread: int = 0


@dataclass(slots=True)
class Held:
    """The newest rows, oldest first."""

    rows: Newest[HeldRow] = field(default_factory=lambda: Newest[HeldRow](HELD_MAX))

    def hides(self, ref: str) -> bool:
        """Is it off the screens already?"""
        return ref in self.rows and not self.rows[ref].marked


def fold_held(held: Held, event: Event[Fact]) -> Iterable[str]:
    """A comment comes to the list when it is hidden or marked, and leaves it when it is let go."""
    match event.fact:
        case CommentsCaught(hits=hits, source=source, action_id=action_id):
            rows = {hit.ref: _hit_row(event, hit, source, action_id) for hit in hits}
        case CommentsHidden(comments=comments, source=source, action_id=action_id):
            rows = {said.ref: _row(event, said, source, action_id, why="hand", by=event.actor.id) for said in comments}
        case ViewerMuted(comment=Said() as said, source=source, action_id=action_id, rule_id=""):
            if held.hides(said.ref):
                return ()
            rows = {said.ref: _row(event, said, source, action_id, why="mute", by=event.actor.id)}
        case CommentsReleased(comment_refs=refs):
            return [ref for ref in refs if held.rows.pop(ref, None) is not None]
        case _:
            return ()
    return (*rows, *_take_in(held, rows))


def _take_in(held: Held, rows: dict[str, HeldRow]) -> Iterable[str]:
    """As the newest; gives what fell out at the other end."""
    for ref in rows:
        held.rows.pop(ref, None)
    held.rows.update(rows)
    return held.rows.fallen()


def _hit_row(event: Event[Fact], hit: Hit, source: str, action_id: str) -> HeldRow:
    return _row(event, hit, source, action_id, why=hit.why, marked=hit.does == "mark", rule_id=hit.rule_id, how=hit.how)


def _row(event: Event[Fact], said: Said, source: str, action_id: str, **found: Unpack[Found]) -> HeldRow:
    return HeldRow(
        at=said.at,
        held_at=event.at,
        viewer=said.viewer,
        name=said.name,
        text=said.text,
        source=source,
        action_id=action_id,
        **found,
    )


@dataclass(slots=True)
class Guard:
    """The one row, and what stands behind its numbers."""

    row: GuardRow = field(default_factory=GuardRow)
    hidden: set[str] = field(default_factory=set[str])
    marked: set[str] = field(default_factory=set[str])
    muted: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    slow: dict[str, int] = field(default_factory=dict[str, int])
    unread: int = 0


def fold_guard(guard: Guard, event: Event[Fact]) -> Iterable[str]:
    """Count what is hidden, marked and muted now."""
    _count_comments(guard, event.fact)
    _count_people(guard, event.fact)
    before, guard.row = (
        guard.row,
        GuardRow(
            slow={source: seconds for source, seconds in guard.slow.items() if seconds},
            hidden=len(guard.hidden),
            marked=len(guard.marked - guard.hidden),
            muted=len(guard.muted),
            unread=guard.unread,
        ),
    )
    return () if guard.row == before else (NOW,)


def _count_comments(guard: Guard, fact: Fact) -> None:
    match fact:
        case CommentsCaught(hits=hits):
            guard.marked.update(hit.ref for hit in hits if hit.does == "mark")
            guard.hidden.update(hit.ref for hit in hits if hit.does != "mark")
        case CommentsHidden(comments=comments):
            guard.hidden.update(said.ref for said in comments)
        case CommentsReleased(comment_refs=refs):
            guard.hidden.difference_update(refs)
            guard.marked.difference_update(refs)
        case BatchSkipped(comments=count):
            guard.unread += count
        case _:
            pass


def _count_people(guard: Guard, fact: Fact) -> None:
    match fact:
        case ViewerMuted(comment=said):
            guard.muted.add(fact.person)
            guard.hidden.update((said.ref,) if said else ())
        case ViewerUnmuted():
            guard.muted.discard(fact.person)
        case SlowSet(source=source, seconds=seconds):
            guard.slow[source] = seconds
        case _:
            pass


HELD = View(
    name="moderation.held",
    row=HeldRow,
    reads=(*HIDING_FACTS, CommentsReleased),
    state=Held,
    fold=fold_held,
    keys=lambda held: held.rows.keys(),
    get=lambda held, ref: held.rows.get(ref),
    duty="moderation.read",
    pace_ms=200,
    whole=Whole(HELD_MAX, lambda: Held(Newest()), lambda ref, row: (ref, row.viewer, row.name, row.text, row.source, row.why)),
)
GUARD = View(
    name="moderation.now",
    row=GuardRow,
    reads=(*HIDING_FACTS, CommentsReleased, ViewerUnmuted, SlowSet, BatchSkipped),
    state=Guard,
    fold=fold_guard,
    keys=lambda _: (NOW,),
    get=lambda guard, key: guard.row if key == NOW else None,
    duty="moderation.read",
    pace_ms=200,
)
