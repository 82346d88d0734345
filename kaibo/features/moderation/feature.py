"""Moderation: word lists, hidden comments, muted viewers, slow mode. Everything is written down and can be taken back."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.moderation.commands import (
    AddUsualWords,
    AddWords,
    AllowPhrases,
    DisallowPhrases,
    EndMutes,
    HideComments,
    MuteViewer,
    ReleaseComments,
    RemoveWords,
    ScreenBatch,
    SetSlow,
    SettleByHand,
    SettleModeration,
    TakeRules,
    UndoAction,
    UndoWords,
    UnmuteViewer,
)
from kaibo.features.moderation.erasing import ERASES
from kaibo.features.moderation.facts import (
    BatchSkipped,
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    ModerationSettled,
    PhrasesAllowed,
    PhrasesDisallowed,
    RulesTaken,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordsAdded,
    WordsRemoved,
)
from kaibo.features.moderation.held import GUARD, HELD
from kaibo.features.moderation.journal import LOG, MUTED
from kaibo.features.moderation.react import SCREENING, followers, ready
from kaibo.features.moderation.rules import decide
from kaibo.features.moderation.state import ModerationState, due, fold
from kaibo.features.moderation.view import ALLOWED, WORDS

FEATURE = Feature(
    name="moderation",
    streams=("show", "workspace"),
    facts=(
        WordsAdded, WordsRemoved, PhrasesAllowed, PhrasesDisallowed, RulesTaken, CommentsCaught, BatchSkipped, CommentsHidden,
        CommentsReleased, ViewerMuted, ViewerUnmuted, SlowSet, ModerationSettled,
    ),
    commands=(
        AddWords, AddUsualWords, RemoveWords, AllowPhrases, DisallowPhrases, HideComments, ReleaseComments, MuteViewer,
        UnmuteViewer, SetSlow, UndoAction, UndoWords, ScreenBatch, TakeRules, EndMutes, SettleModeration,
        SettleByHand,
    ),
    state=ModerationState,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch,),
    views=(HELD, GUARD, LOG, MUTED, WORDS, ALLOWED),
    reactions=(SCREENING,),
    due=due,
    followers=followers,
    ready=ready,
    erases=ERASES,
)  # fmt: skip
