"""What was done about words and people: by a list, by a person, and taken back.

In the workspace's log stand the lists; a show's log has a copy of what it went by, so that it folds for ever.
"""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

Kind = Literal["word", "pattern"]
Match = Literal["exact", "loose", "sound"]  # as written; also with gaps and look-alikes; also what sounds the same
Does = Literal["mark", "hide", "mute"]
Why = Literal["word", "mute", "slow"]
How = Literal["", "exact", "pattern", "loose", "sound"]
Refs = tuple[str, ...]


class WordRule(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a word list.

    `kind` pattern is a regular expression (RE2: no look-around, no backreferences). `does`: mark shows the comment with a
    mark; hide takes it from the screens; mute also hides what its author writes in the next `mute_minutes`. `platforms`: the sources it holds
    for, none named for all.
    """

    rule_id: str
    text: str
    kind: Kind = "word"
    match: Match = "loose"
    does: Does = "hide"
    platforms: tuple[str, ...] = ()
    mute_minutes: int = 60


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A comment as it came: platform time `at`, pseudonym, name and text; only its address where it is too long ago."""

    ref: str
    at: int = 0
    viewer: str = ""
    name: str = ""
    text: str = ""


class Hit(Said, frozen=True, kw_only=True):
    """A comment that was caught: by the rule `rule_id`, or because its author is muted or too quick.

    `how`: exact, pattern, loose or sound, "" where no word was.
    """

    why: Why
    does: Does
    rule_id: str = ""
    how: How = ""


# The workspace's lists.
class WordsAdded(Fact, frozen=True, kw_only=True, tag="moderation.words_added"):
    """Lines came into the workspace's word list; one with a known id takes the place of the old. `undoes`: the action taken back."""

    action_id: str
    rules: tuple[WordRule, ...]
    undoes: str = ""


class WordsRemoved(Fact, frozen=True, kw_only=True, tag="moderation.words_removed"):
    """Lines left the workspace's word list."""

    action_id: str
    rule_ids: tuple[str, ...]
    undoes: str = ""


class PhrasesAllowed(Fact, frozen=True, kw_only=True, tag="moderation.phrases_allowed"):
    """Where a word of the list stands inside one of these, it is not meant: 依賴 is no 賴."""

    action_id: str
    phrases: tuple[str, ...]
    undoes: str = ""


class PhrasesDisallowed(Fact, frozen=True, kw_only=True, tag="moderation.phrases_disallowed"):
    """These excuse a word no more."""

    action_id: str
    phrases: tuple[str, ...]
    undoes: str = ""


# A show.
class RulesTaken(Fact, frozen=True, kw_only=True, tag="moderation.rules_taken"):
    """The show goes by the workspace's lists as they are now: what came and what left since it last looked."""

    added: tuple[WordRule, ...] = ()
    removed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    disallowed: tuple[str, ...] = ()


class CommentsCaught(Fact, frozen=True, kw_only=True, tag="moderation.caught"):
    """What the lists, mutes and slow mode found in batch `batch`. `ask`: the platform is to hide it too."""

    action_id: str
    batch: int
    source: str
    hits: tuple[Hit, ...]
    ask: bool = False


class BatchSkipped(Fact, frozen=True, kw_only=True, tag="moderation.skipped"):
    """A batch went by unread, because the reader was too far behind: its comments stay visible."""

    batch: int
    comments: int


class CommentsHidden(Fact, frozen=True, kw_only=True, tag="moderation.hidden"):
    """Somebody took comments off the screens."""

    action_id: str
    comments: tuple[Said, ...]
    source: str
    ask: bool = False
    undoes: str = ""


class CommentsReleased(Fact, frozen=True, kw_only=True, tag="moderation.released"):
    """Comments may be seen again: somebody said so, or the rule that hid them left (`by_rules`)."""

    action_id: str
    comment_refs: Refs
    source: str
    ask: bool = False
    undoes: str = ""
    by_rules: bool = False


Person = tuple[str, str]  # the source whose pseudonym it is, pseudonym


class ViewerMuted(Fact, frozen=True, kw_only=True, tag="moderation.muted"):
    """What this viewer writes is hidden until `until` (ms UTC), None for the rest of the show; so is the comment it began with.

    `people`: whose pseudonym the viewer goes by, where it is another source's than `source`: two sources tell of that room.
    """

    action_id: str
    source: str
    viewer: str
    name: str
    comment: Said | None = None
    until: int | None = None
    rule_id: str = ""
    ask: bool = False
    undoes: str = ""
    people: str = ""

    @property
    def person(self) -> Person:
        """Who it is, whichever source and room tells of them."""
        return self.people or self.source, self.viewer


class ViewerUnmuted(Fact, frozen=True, kw_only=True, tag="moderation.unmuted"):
    """The viewer is heard again; `expired`: the time was up."""

    action_id: str
    source: str
    viewer: str
    ask: bool = False
    undoes: str = ""
    expired: bool = False
    people: str = ""

    @property
    def person(self) -> Person:
        """Who it is, whichever source and room tells of them."""
        return self.people or self.source, self.viewer


class SlowSet(Fact, frozen=True, kw_only=True, tag="moderation.slow_set"):
    """A viewer is shown once in `seconds` at most, 0 for as often as they like; `source` "" for every platform."""

    action_id: str
    seconds: int
    source: str = ""
    ask: bool = False
    undoes: str = ""


class ModerationSettled(Fact, frozen=True, kw_only=True, tag="moderation.settled"):
    """The platform's word on an action it was asked for; `code` names why it refused, "" when it did it.

    `by_hand`: a person did it there, and says so.
    """

    action_id: str
    source: str
    code: str = ""
    by_hand: bool = False


HIDING_FACTS = (CommentsCaught, CommentsHidden, CommentsReleased, ViewerMuted)


def hidden_by(fact: Fact) -> Refs:
    """The addresses a fact takes off the screens."""
    match fact:
        case CommentsCaught(hits=hits):
            return tuple(hit.ref for hit in hits if hit.does != "mark")
        case CommentsHidden(comments=comments):
            return tuple(said.ref for said in comments)
        case ViewerMuted(comment=Said(ref=ref)):
            return (ref,)
        case _:
            return ()
