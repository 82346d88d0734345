"""What was found, hidden or answered with a mute, without the words and the name. Which rule found it stays."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer, blank, each, wordless
from kaibo.core.event import Fact
from kaibo.features.moderation.facts import CommentsCaught, CommentsHidden, Said, ViewerMuted

S = TypeVar("S", bound=Said)


def _unsaid(said: S, viewer: Viewer) -> S:
    return wordless(said) if said.ref in viewer.refs else said


def muted(fact: ViewerMuted, seq: int, viewer: Viewer) -> ViewerMuted:
    """That this account was muted."""
    del seq
    comment = None if fact.comment is None else _unsaid(fact.comment, viewer)
    name = blank(fact.name) if viewer.is_by(fact.source, fact.viewer) else fact.name
    return replace(fact, comment=comment, name=name)


ERASES: Mapping[type[Fact], Eraser] = {
    CommentsCaught: each("hits", _unsaid),
    CommentsHidden: each("comments", _unsaid),
    ViewerMuted: muted,
}
