"""What was found, hidden or answered with a mute, without the words and the name. Which rule found it stays."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer, blank
from kaibo.core.event import Fact
from kaibo.features.moderation.facts import CommentsCaught, CommentsHidden, Said, ViewerMuted

S = TypeVar("S", bound=Said)


def _unsaid(said: S, viewer: Viewer) -> S:
    return replace(said, name=blank(said.name), text=blank(said.text)) if said.ref in viewer.refs else said


def caught(fact: CommentsCaught, seq: int, viewer: Viewer) -> CommentsCaught:
    """That a list found it."""
    del seq
    return replace(fact, hits=tuple(_unsaid(one, viewer) for one in fact.hits))


def hidden(fact: CommentsHidden, seq: int, viewer: Viewer) -> CommentsHidden:
    """That somebody hid it."""
    del seq
    return replace(fact, comments=tuple(_unsaid(one, viewer) for one in fact.comments))


def muted(fact: ViewerMuted, seq: int, viewer: Viewer) -> ViewerMuted:
    """That this account was muted."""
    del seq
    comment = None if fact.comment is None else _unsaid(fact.comment, viewer)
    name = blank(fact.name) if viewer.is_by(fact.source, fact.viewer) else fact.name
    return replace(fact, comment=comment, name=name)


ERASES: Mapping[type[Fact], Eraser] = {CommentsCaught: caught, CommentsHidden: hidden, ViewerMuted: muted}
