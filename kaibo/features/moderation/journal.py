"""What people did, newest last, each with how to take it back; and who is muted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View, Whole, keys_of, row_of
from kaibo.features.moderation.facts import (
    CommentsHidden,
    CommentsReleased,
    ModerationSettled,
    PhrasesAllowed,
    PhrasesDisallowed,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordsAdded,
    WordsRemoved,
)
from kaibo.features.moderation.state import Action

What = Literal[
    "hidden",
    "released",
    "muted",
    "unmuted",
    "slowed",
    "words_added",
    "words_removed",
    "phrases_allowed",
    "phrases_disallowed",
]
LOG_MAX = 300
EXAMPLES_MAX = 3
ASKED, DONE = "asked", "done"


class ActionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `moderation.log`, key action_id: an action of a person, or a mute by a list (`by` "system"); newest 300.

    `what`: hidden, released, muted, unmuted, slowed, words_added, words_removed, phrases_allowed, phrases_disallowed; `names`
    the first few people, words or texts it was about, `count` all of them. `seconds` of slow mode, `until` of a mute (ms
    UTC, None for the rest of the show). `platform`: "" not asked, asked, done, or the code of its refusal; `platform_by` did it
    there by hand at `platform_at`, "" where the platform spoke for itself.
    `undone_by` took it back at `undone_at`; `undoes`: this one took that one back.
    """

    at: int
    by: str
    what: What
    source: str
    names: tuple[str, ...] = ()
    count: int = 0
    seconds: int = 0
    until: int | None = None
    platform: str = ""
    undone_by: str = ""
    undone_at: int | None = None
    undoes: str = ""
    platform_by: str = ""
    platform_at: int | None = None


class MutedRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `moderation.muted`, key `source/pseudonym`: who is not heard, since and until when (None: for the rest of the show)."""

    source: str
    viewer: str
    name: str
    since: int
    until: int | None
    by: str
    text: str
    action_id: str


@dataclass(slots=True)
class Journal:
    """The newest rows; of later facts, too, an action that left the table is known no more."""

    rows: Newest[ActionRow] = field(default_factory=lambda: Newest[ActionRow](LOG_MAX))


def fold_log(journal: Journal, event: Event[Action | ModerationSettled]) -> Iterable[str]:
    """An action is written down; what the platform said of it, and that it was taken back, too."""
    fact = event.fact
    if isinstance(fact, ModerationSettled):
        row = journal.rows.get(fact.action_id)
        if row is None:
            return ()
        by = event.actor.id if fact.by_hand else ""
        journal.rows[fact.action_id] = replace(row, platform=fact.code or DONE, platform_by=by, platform_at=event.at)
        return (fact.action_id,)
    told = _told(event)
    if told is None:
        return ()
    journal.rows[fact.action_id] = told
    changed = [fact.action_id]
    before = journal.rows.get(told.undoes)
    if before is not None:
        journal.rows[told.undoes] = replace(before, undone_by=event.actor.id, undone_at=event.at)
        changed.append(told.undoes)
    return (*changed, *journal.rows.fallen())


def _told(event: Event[Action | ModerationSettled]) -> ActionRow | None:
    fact = event.fact
    match fact:
        case CommentsHidden(comments=comments):
            row = _row(event, "hidden", [said.text for said in comments])
        case CommentsReleased(comment_refs=refs, by_rules=False):
            row = replace(_row(event, "released"), count=len(refs))
        case ViewerMuted(name=name, viewer=viewer, until=until):
            row = replace(_row(event, "muted", [name or viewer]), until=until)
        case ViewerUnmuted(viewer=viewer, expired=False):
            row = _row(event, "unmuted", [viewer])
        case SlowSet(seconds=seconds):
            row = replace(_row(event, "slowed"), seconds=seconds)
        case WordsAdded() | WordsRemoved() | PhrasesAllowed() | PhrasesDisallowed():
            row = _of_lists(event, fact)
        case _:
            return None
    return replace(row, undoes=fact.undoes)


def _of_lists(event: Event[Fact], fact: WordsAdded | WordsRemoved | PhrasesAllowed | PhrasesDisallowed) -> ActionRow:
    match fact:
        case WordsAdded(rules=rules):
            return _row(event, "words_added", [rule.text for rule in rules])
        case WordsRemoved(rule_ids=rule_ids):
            return replace(_row(event, "words_removed"), count=len(rule_ids))
        case PhrasesAllowed(phrases=phrases):
            return _row(event, "phrases_allowed", phrases)
        case PhrasesDisallowed(phrases=phrases):
            return _row(event, "phrases_disallowed", phrases)


def _row(event: Event[Fact], what: What, names: Sequence[str] = ()) -> ActionRow:
    fact = event.fact
    return ActionRow(
        at=event.at,
        by=event.actor.id,
        what=what,
        source=getattr(fact, "source", ""),
        names=tuple(names[:EXAMPLES_MAX]),
        count=len(names),
        platform=ASKED if getattr(fact, "ask", False) else "",
    )


def fold_muted(rows: dict[str, MutedRow], event: Event[ViewerMuted | ViewerUnmuted]) -> Iterable[str]:
    """Somebody is muted, or heard again."""
    fact = event.fact
    source, viewer = fact.person
    key = f"{source}/{viewer}"
    match fact:
        case ViewerMuted():
            rows[key] = MutedRow(
                source=source,
                viewer=viewer,
                name=fact.name,
                since=event.at,
                until=fact.until,
                by=event.actor.id,
                text=fact.comment.text if fact.comment else "",
                action_id=fact.action_id,
            )
        case _:
            rows.pop(key, None)
    return (key,)


LOG = View(
    name="moderation.log",
    row=ActionRow,
    reads=(
        CommentsHidden,
        CommentsReleased,
        ViewerMuted,
        ViewerUnmuted,
        SlowSet,
        WordsAdded,
        WordsRemoved,
        PhrasesAllowed,
        PhrasesDisallowed,
        ModerationSettled,
    ),
    state=Journal,
    fold=fold_log,
    keys=lambda journal: journal.rows.keys(),
    get=lambda journal, action_id: journal.rows.get(action_id),
    duty="moderation.read",
    pace_ms=200,
    whole=Whole(LOG_MAX, lambda: Journal(Newest()), lambda key, row: (key, row.by, row.what, row.source, *row.names)),
)
MUTED = View(
    name="moderation.muted",
    row=MutedRow,
    reads=(ViewerMuted, ViewerUnmuted),
    state=dict,
    fold=fold_muted,
    keys=keys_of,
    get=row_of,
    duty="moderation.read",
)
