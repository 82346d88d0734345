"""What may be done about words and people, and what takes it back."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.audience.facts import plain_ref
from kaibo.features.moderation.commands import (
    RULES_MAX,
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
from kaibo.features.moderation.facts import (
    CommentsHidden,
    CommentsReleased,
    ModerationSettled,
    PhrasesAllowed,
    PhrasesDisallowed,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordRule,
    WordsAdded,
    WordsRemoved,
)
from kaibo.features.moderation.screening import screen, take
from kaibo.features.moderation.state import ModerationState
from kaibo.features.moderation.undoing import undo
from kaibo.features.moderation.usual import USUAL
from kaibo.features.moderation.words import check

MINUTE_MS = 60_000
BY_HAND = "moderation.by_hand"  # the code of what a person could not do on the platform
PHRASE_MIN = 2  # one sign would excuse half of what is said
ListCommand = AddWords | AddUsualWords | RemoveWords | AllowPhrases | DisallowPhrases | UndoWords
ShowCommand = (
    HideComments
    | ReleaseComments
    | MuteViewer
    | UnmuteViewer
    | SetSlow
    | ScreenBatch
    | TakeRules
    | EndMutes
    | SettleModeration
    | SettleByHand
    | UndoAction
)
AnyCommand = ListCommand | ShowCommand


class ModerationActionTaken(Refusal):
    """Another action has this id."""

    code = "moderation.action_taken"
    action_id: str


class ModerationCommentUnknown(Refusal):
    """No comment has this address."""

    code = "moderation.comment_unknown"
    status = 404
    comment_ref: str


class ModerationMixedSources(Refusal):
    """Comments of several platforms are hidden one platform at a time."""

    code = "moderation.mixed_sources"
    status = 422
    sources: list[str]


class ModerationTooLongAgo(Refusal):
    """Who wrote it is no longer at hand: mute somebody by a newer comment. Data {comment_ref}."""

    code = "moderation.too_long_ago"
    comment_ref: str


class WordUnknown(Refusal):
    """No such line in the word list."""

    code = "moderation.word_unknown"
    status = 404
    rule_id: str


class WordsTooMany(Refusal):
    """The list is full."""

    code = "moderation.words_too_many"
    max: int


class PhraseTooShort(Refusal):
    """A phrase that excuses has two signs at least."""

    code = "moderation.phrase_too_short"
    status = 422
    phrase: str


class SettledAlready(Refusal):
    """Nobody waits for a word on this action."""

    code = "moderation.settled_already"
    action_id: str


def decide(state: ModerationState, command: AnyCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to; none when it stands so already. Raises a Refusal of this module or of words.py."""
    action_id = getattr(command, "action_id", "")
    if action_id in state.actions and not isinstance(command, SettleModeration):
        raise ModerationActionTaken(action_id=action_id)
    match command:
        case UndoWords() | UndoAction():
            return undo(state, command)
        case AddWords() | AddUsualWords() | RemoveWords() | AllowPhrases() | DisallowPhrases():
            return _change_lists(state, command)
        case HideComments() | ReleaseComments():
            return _show_or_hide(state, command)
        case MuteViewer() | UnmuteViewer() | SetSlow() | EndMutes():
            return _quieten(state, command, ctx)
        case ScreenBatch(batch=batch):
            return screen(state, batch)
        case TakeRules():
            return take(state, command)
        case SettleModeration() | SettleByHand():
            return _settle(state, command)
        case _:
            assert_never(command)


def _quieten(state: ModerationState, command: MuteViewer | UnmuteViewer | SetSlow | EndMutes, ctx: Context) -> Sequence[Fact]:
    match command:
        case MuteViewer():
            return _mute(state, command, ctx)
        case UnmuteViewer():
            return _unmute(state, command)
        case SetSlow():
            return _slow(state, command)
        case EndMutes():
            return _mutes_over(state, ctx.at)


def _mutes_over(state: ModerationState, now: int) -> Sequence[Fact]:
    return [
        ViewerUnmuted(
            action_id=f"{mute.action_id}-end",
            source=mute.source,
            viewer=mute.viewer,
            ask=mute.ask,
            expired=True,
            people=mute.people,
        )
        for mute in state.muted.values()
        if mute.until is not None and mute.until <= now
    ]


def _change_lists(
    state: ModerationState, command: AddWords | AddUsualWords | RemoveWords | AllowPhrases | DisallowPhrases
) -> Sequence[Fact]:
    lists = state.lists
    match command:
        case AddWords():
            rules = tuple(
                WordRule(
                    rule_id=new.rule_id,
                    text=new.text.strip(),
                    kind=new.kind,
                    match=new.match,
                    does=new.does,
                    platforms=new.platforms,
                    mute_minutes=new.mute_minutes,
                )
                for new in command.rules
            )
            return _add(state, command.action_id, rules)
        case AddUsualWords():
            known = {rule.text for rule in (*lists.rules.values(), *lists.removed.values())}
            return _add(state, command.action_id, tuple(rule for rule in USUAL if rule.text not in known))
        case RemoveWords():
            return _remove(state, command)
        case AllowPhrases():
            return _allow(state, command)
        case DisallowPhrases():
            return _disallow(state, command)


def _remove(state: ModerationState, command: RemoveWords) -> Sequence[Fact]:
    lists = state.lists
    for rule_id in command.rule_ids:
        if rule_id not in lists.rules and rule_id not in lists.removed:
            raise WordUnknown(rule_id=rule_id)
    gone = tuple(rule_id for rule_id in dict.fromkeys(command.rule_ids) if rule_id in lists.rules)
    return [WordsRemoved(action_id=command.action_id, rule_ids=gone)] if gone else []


def _allow(state: ModerationState, command: AllowPhrases) -> Sequence[Fact]:
    stripped = tuple(dict.fromkeys(phrase.strip() for phrase in command.phrases))
    for phrase in stripped:
        if len(phrase) < PHRASE_MIN:
            raise PhraseTooShort(phrase=phrase)
    fresh = tuple(phrase for phrase in stripped if phrase not in state.lists.allowed)
    if len(state.lists.allowed) + len(fresh) > RULES_MAX:
        raise WordsTooMany(max=RULES_MAX)
    return [PhrasesAllowed(action_id=command.action_id, phrases=fresh)] if fresh else []


def _disallow(state: ModerationState, command: DisallowPhrases) -> Sequence[Fact]:
    known = tuple(phrase for phrase in dict.fromkeys(command.phrases) if phrase in state.lists.allowed)
    return [PhrasesDisallowed(action_id=command.action_id, phrases=known)] if known else []


def _add(state: ModerationState, action_id: str, rules: tuple[WordRule, ...]) -> Sequence[Fact]:
    """Lines that stand there already word for word are no news."""
    standing = {(rule.text, rule.kind, rule.match, rule.does, rule.platforms) for rule in state.lists.rules.values()}
    fresh: dict[str, WordRule] = {}
    for rule in rules:
        check(rule)
        if (rule.text, rule.kind, rule.match, rule.does, rule.platforms) not in standing:
            fresh[rule.rule_id] = rule
    if len(state.lists.rules.keys() | fresh.keys()) > RULES_MAX:
        raise WordsTooMany(max=RULES_MAX)
    return [WordsAdded(action_id=action_id, rules=tuple(fresh.values()))] if fresh else []


def _show_or_hide(state: ModerationState, command: HideComments | ReleaseComments) -> Sequence[Fact]:
    refs = tuple(dict.fromkeys(plain_ref(ref) for ref in command.comment_refs))
    source = _source_of(state, refs)
    ask = state.moderates.get(source, False)
    match command:
        case HideComments():
            said = tuple(state.said(ref) for ref in refs if ref not in state.hidden)
            return [CommentsHidden(action_id=command.action_id, comments=said, source=source, ask=ask)] if said else []
        case ReleaseComments():
            away = tuple(ref for ref in refs if ref in state.hidden or ref in state.marked)
            return [CommentsReleased(action_id=command.action_id, comment_refs=away, source=source, ask=ask)] if away else []


def _source_of(state: ModerationState, refs: Sequence[str]) -> str:
    for ref in refs:
        if not state.knows(ref):
            raise ModerationCommentUnknown(comment_ref=ref)
    sources = sorted({state.sources[int(ref.partition(":")[0])] for ref in refs})
    if len(sources) > 1:
        raise ModerationMixedSources(sources=sources)
    return sources[0]


def _mute(state: ModerationState, command: MuteViewer, ctx: Context) -> Sequence[Fact]:
    ref = plain_ref(command.comment_ref)
    if not state.knows(ref):
        raise ModerationCommentUnknown(comment_ref=ref)
    said, source = state.said(ref), state.sources[int(ref.partition(":")[0])]
    if not said.viewer:
        raise ModerationTooLongAgo(comment_ref=ref)
    until = None if command.minutes is None else ctx.at + command.minutes * MINUTE_MS
    people = state.people_of(ref)
    standing = state.muted.get((people, said.viewer))
    if standing is not None and standing.until == until:
        return []
    return [
        ViewerMuted(
            action_id=command.action_id,
            source=source,
            viewer=said.viewer,
            name=said.name,
            comment=said,
            until=until,
            ask=state.moderates.get(source, False),
            people="" if people == source else people,
        )
    ]


def _unmute(state: ModerationState, command: UnmuteViewer) -> Sequence[Fact]:
    told_by = (mute for mute in state.muted.values() if (mute.source, mute.viewer) == (command.source, command.viewer))
    mute = state.muted.get((command.source, command.viewer)) or next(told_by, None)
    if mute is None:
        return []
    return [ViewerUnmuted(action_id=command.action_id, source=mute.source, viewer=mute.viewer, ask=mute.ask, people=mute.people)]


def _slow(state: ModerationState, command: SetSlow) -> Sequence[Fact]:
    if state.slow.get(command.source) == command.seconds:
        return []
    if command.seconds == 0 and command.source not in state.slow and not (command.source and state.slow.get("")):
        return []
    ask = state.moderates.get(command.source, False) if command.source else any(state.moderates.values())
    return [SlowSet(action_id=command.action_id, seconds=command.seconds, source=command.source, ask=ask)]


def _settle(state: ModerationState, command: SettleModeration | SettleByHand) -> Sequence[Fact]:
    match command:
        case SettleModeration(action_id=action_id, code=code):
            by_hand = False
        case SettleByHand(asked=action_id, done=done):
            code, by_hand = "" if done else BY_HAND, True
    if action_id not in state.asked:
        raise SettledAlready(action_id=action_id)
    source = getattr(state.actions[action_id], "source", "")
    return [ModerationSettled(action_id=action_id, source=source, code=code, by_hand=by_hand)]
