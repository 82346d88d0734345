"""Taking an action back: everything stands as if it had not been done."""

from collections.abc import Sequence

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.features.moderation.commands import UndoAction, UndoWords
from kaibo.features.moderation.facts import (
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    PhrasesAllowed,
    PhrasesDisallowed,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordsAdded,
    WordsRemoved,
)
from kaibo.features.moderation.state import ModerationState

Undo = UndoAction | UndoWords


class ActionUnknown(Refusal):
    """No action of this stream has this id."""

    code = "moderation.action_unknown"
    status = 404
    action_id: str


class ActionUndoneAlready(Refusal):
    """It was taken back before."""

    code = "moderation.undone_already"
    action_id: str


class NothingToUndo(Refusal):
    """What it did does not stand any more: something else came after it. Data {action_id}."""

    code = "moderation.nothing_to_undo"
    action_id: str


def undo(state: ModerationState, command: Undo) -> Sequence[Fact]:
    """The inverse facts. Raises ActionUnknown, ActionUndoneAlready or NothingToUndo."""
    done = state.actions.get(command.undoes)
    if done is None:
        raise ActionUnknown(action_id=command.undoes)
    if command.undoes in state.undone:
        raise ActionUndoneAlready(action_id=command.undoes)
    facts = _inverse(state, done, command)
    if not facts:
        raise NothingToUndo(action_id=command.undoes)
    return facts


def _inverse(state: ModerationState, done: object, command: Undo) -> Sequence[Fact]:
    match done:
        case WordsAdded() | WordsRemoved() | PhrasesAllowed() | PhrasesDisallowed():
            return _lists_back(state, done, command)
        case CommentsHidden() | CommentsCaught():
            return _released(state, command, done.source, done.ask, done.action_id)
        case CommentsReleased():
            return _hidden_again(state, command, done)
        case ViewerMuted():
            return _heard_again(state, command, done)
        case ViewerUnmuted():
            return _muted_again(state, command, done)
        case SlowSet(source=source, ask=ask):
            before = _slow_before(state, done)
            return [SlowSet(action_id=command.action_id, seconds=before, source=source, ask=ask, undoes=command.undoes)]
        case _:
            return []


def _lists_back(
    state: ModerationState, done: WordsAdded | WordsRemoved | PhrasesAllowed | PhrasesDisallowed, command: Undo
) -> Sequence[Fact]:
    match done:
        case WordsAdded() | WordsRemoved():
            return _words_back(state, done, command)
        case PhrasesAllowed() | PhrasesDisallowed():
            return _phrases_back(state, done, command)


def _words_back(state: ModerationState, done: WordsAdded | WordsRemoved, command: Undo) -> Sequence[Fact]:
    action_id, undoes, lists = command.action_id, command.undoes, state.lists
    match done:
        case WordsAdded(rules=rules):
            standing = tuple(rule.rule_id for rule in rules if lists.rules.get(rule.rule_id) == rule)
            return [WordsRemoved(action_id=action_id, rule_ids=standing, undoes=undoes)] if standing else []
        case WordsRemoved(rule_ids=rule_ids):
            gone = tuple(lists.removed[rule_id] for rule_id in rule_ids if rule_id in lists.removed)
            return [WordsAdded(action_id=action_id, rules=gone, undoes=undoes)] if gone else []


def _phrases_back(state: ModerationState, done: PhrasesAllowed | PhrasesDisallowed, command: Undo) -> Sequence[Fact]:
    action_id, undoes, lists = command.action_id, command.undoes, state.lists
    match done:
        case PhrasesAllowed(phrases=phrases):
            there = tuple(phrase for phrase in phrases if phrase in lists.allowed)
            return [PhrasesDisallowed(action_id=action_id, phrases=there, undoes=undoes)] if there else []
        case PhrasesDisallowed(phrases=phrases):
            away = tuple(phrase for phrase in phrases if phrase not in lists.allowed)
            return [PhrasesAllowed(action_id=action_id, phrases=away, undoes=undoes)] if away else []


def _hidden_again(state: ModerationState, command: Undo, done: CommentsReleased) -> Sequence[Fact]:
    shown = tuple(state.said(ref) for ref in done.comment_refs if ref not in state.hidden)
    hidden = CommentsHidden(action_id=command.action_id, comments=shown, source=done.source, ask=done.ask, undoes=command.undoes)
    return [hidden] if shown else []


def _muted_again(state: ModerationState, command: Undo, done: ViewerUnmuted) -> Sequence[Fact]:
    mutes = (mute for mute in reversed(state.actions.values()) if isinstance(mute, ViewerMuted))
    mute = next((mute for mute in mutes if mute.person == done.person), None)
    if mute is None or done.person in state.muted:
        return []
    again = ViewerMuted(
        action_id=command.action_id,
        source=done.source,
        viewer=done.viewer,
        name=mute.name,
        until=mute.until,
        ask=done.ask,
        undoes=command.undoes,
        people=done.people,
    )
    return [again]


def _released(state: ModerationState, command: Undo, source: str, ask: bool, action_id: str) -> Sequence[Fact]:
    refs = tuple(ref for ref, hidden in (*state.hidden.items(), *state.marked.items()) if hidden.action_id == action_id)
    if not refs:
        return []
    return [CommentsReleased(action_id=command.action_id, comment_refs=refs, source=source, ask=ask, undoes=command.undoes)]


def _heard_again(state: ModerationState, command: Undo, mute: ViewerMuted) -> Sequence[Fact]:
    """The viewer is heard again, and so is what was hidden only because of the mute."""
    facts: list[Fact] = []
    if state.muted.get(mute.person) == mute:
        facts.append(
            ViewerUnmuted(
                action_id=command.action_id,
                source=mute.source,
                viewer=mute.viewer,
                ask=mute.ask,
                undoes=command.undoes,
                people=mute.people,
            )
        )
    for source, refs in _hidden_of(state, mute).items():
        ask = mute.ask if source == mute.source else state.moderates.get(source, False)
        freed = "-".join((command.action_id, *(("comments",) if facts else ()), *((source,) if source != mute.source else ())))
        facts.append(CommentsReleased(action_id=freed, comment_refs=tuple(refs), source=source, ask=ask, undoes=command.undoes))
    return facts


def _hidden_of(state: ModerationState, mute: ViewerMuted) -> dict[str, list[str]]:
    """What is hidden only because this person is muted, by the source that told of it, the mute's own first."""
    found: dict[str, list[str]] = {}
    for ref, hidden in state.hidden.items():
        here = hidden.source == mute.source or state.people_of(ref) == mute.person[0]
        if hidden.why == "mute" and hidden.viewer == mute.viewer and here:
            found.setdefault(hidden.source, []).append(ref)
    return dict(sorted(found.items(), key=lambda each: each[0] != mute.source))


def _slow_before(state: ModerationState, done: SlowSet) -> int:
    """The pace before this action: what the last one before it said."""
    before = 0
    for action in state.actions.values():
        if action is done:
            return before
        if isinstance(action, SlowSet) and action.source == done.source:
            before = action.seconds
    return before
