"""What may be done about words and people."""

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.moderation.facts import Does, Kind, Match, WordRule

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Ref = Annotated[str, Meta(pattern=r"^[0-9]{1,12}:[0-9]{1,6}(?!\n)$")]
Source = Annotated[str, Meta(max_length=64)]
Phrase = Annotated[str, Meta(min_length=1, max_length=60)]
Minutes = Annotated[int, Meta(ge=1, le=1440)]
WORDS_AT_ONCE_MAX = 500
RULES_MAX = 2_000  # lines of a workspace: what stays readable, and quick to look for
SLOW_S_MAX = 600


class NewWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line for the word list; see WordRule."""

    rule_id: Id
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: Kind = "word"
    match: Match = "loose"
    does: Does = "hide"
    platforms: Annotated[tuple[Source, ...], Meta(max_length=20)] = ()
    mute_minutes: Minutes = 60


class AddWords(Command, frozen=True, kw_only=True, tag="moderation.add_words"):
    """Put lines into the word list, or change them (the same rule_id). It holds at once, in every show that is not over."""

    duty: ClassVar = "moderation.words"
    streams: ClassVar = ("workspace",)
    action_id: Id
    rules: Annotated[tuple[NewWord, ...], Meta(min_length=1, max_length=WORDS_AT_ONCE_MAX)]


class AddUsualWords(Command, frozen=True, kw_only=True, tag="moderation.add_usual_words"):
    """Put the usual advertising, fraud and abuse into the word list; what was removed by hand stays away."""

    duty: ClassVar = "moderation.words"
    streams: ClassVar = ("workspace",)
    action_id: Id


class RemoveWords(Command, frozen=True, kw_only=True, tag="moderation.remove_words"):
    """Take lines out of the word list; what they hid in a running show is shown again."""

    duty: ClassVar = "moderation.words"
    streams: ClassVar = ("workspace",)
    action_id: Id
    rule_ids: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=RULES_MAX)]


class AllowPhrases(Command, frozen=True, kw_only=True, tag="moderation.allow_phrases"):
    """Never again for these phrases; what was hidden only for them is shown again."""

    duty: ClassVar = "moderation.words"
    streams: ClassVar = ("workspace",)
    action_id: Id
    phrases: Annotated[tuple[Phrase, ...], Meta(min_length=1, max_length=WORDS_AT_ONCE_MAX)]


class DisallowPhrases(Command, frozen=True, kw_only=True, tag="moderation.disallow_phrases"):
    """These phrases excuse no word any more."""

    duty: ClassVar = "moderation.words"
    streams: ClassVar = ("workspace",)
    action_id: Id
    phrases: Annotated[tuple[Phrase, ...], Meta(min_length=1, max_length=WORDS_AT_ONCE_MAX)]


class HideComments(Command, frozen=True, kw_only=True, tag="moderation.hide"):
    """Take comments of one source off the screens; the host never sees them."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    action_id: Id
    comment_refs: Annotated[tuple[Ref, ...], Meta(min_length=1, max_length=100)]


class ReleaseComments(Command, frozen=True, kw_only=True, tag="moderation.release"):
    """Show comments again, whoever or whatever hid them."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    action_id: Id
    comment_refs: Annotated[tuple[Ref, ...], Meta(min_length=1, max_length=100)]


class MuteViewer(Command, frozen=True, kw_only=True, tag="moderation.mute"):
    """Hide a comment, and what its author writes in the next `minutes`; null: for the rest of the show."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    action_id: Id
    comment_ref: Ref
    minutes: Minutes | None = None


class UnmuteViewer(Command, frozen=True, kw_only=True, tag="moderation.unmute"):
    """Hear a viewer again. What they wrote meanwhile stays hidden; undo the mute to have it back."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    action_id: Id
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    viewer: Annotated[str, Meta(min_length=1, max_length=128)]


class SetSlow(Command, frozen=True, kw_only=True, tag="moderation.slow"):
    """Show each viewer once in so many seconds, on one platform or on all (""); 0 ends it."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    action_id: Id
    seconds: Annotated[int, Meta(ge=0, le=SLOW_S_MAX)]
    source: Source = ""


class UndoWords(Command, frozen=True, kw_only=True, tag="moderation.undo_words"):
    """Take a change of the lists back."""

    duty: ClassVar = "moderation.words"
    streams: ClassVar = ("workspace",)
    action_id: Id
    undoes: Id


class UndoAction(Command, frozen=True, kw_only=True, tag="moderation.undo"):
    """Take an action back: everything stands as if it had not been done."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    action_id: Id
    undoes: Id


class ScreenBatch(Command, frozen=True, kw_only=True, tag="moderation.screen"):
    """Look through a batch of comments (done by a follower)."""

    duty: ClassVar = "moderation.keep"
    streams: ClassVar = ("show",)
    batch: Annotated[int, Meta(ge=1)]


class TakeRules(Command, frozen=True, kw_only=True, tag="moderation.take_rules"):
    """Go by these lists from now on, all of them (done by a follower)."""

    duty: ClassVar = "moderation.keep"
    streams: ClassVar = ("show",)
    rules: Annotated[tuple[WordRule, ...], Meta(max_length=RULES_MAX)]
    allowed: Annotated[tuple[str, ...], Meta(max_length=RULES_MAX)]


class EndMutes(Command, frozen=True, kw_only=True, tag="moderation.end_mutes"):
    """Hear those again whose time is up (done by the timers)."""

    duty: ClassVar = "moderation.keep"
    streams: ClassVar = ("show",)


class SettleModeration(Command, frozen=True, kw_only=True, tag="moderation.settle"):
    """What the platform made of an action it was asked for; `code` "" when it did it."""

    duty: ClassVar = "moderation.settle"
    streams: ClassVar = ("show",)
    action_id: Id
    code: Annotated[str, Meta(max_length=64)] = ""


class SettleByHand(Command, frozen=True, kw_only=True, tag="moderation.settle_by_hand"):
    """Somebody did on the platform what an action asked of it, and says so; `done` False: the platform did not let them."""

    duty: ClassVar = "moderation.act"
    streams: ClassVar = ("show",)
    asked: Id
    done: bool = True
