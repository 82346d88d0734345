"""A viewer's question at the host, and a line that quotes it."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer, blank
from kaibo.core.event import Fact
from kaibo.features.prompter.facts import HostMessaged, QuestionHanded


def handed(fact: QuestionHanded, seq: int, viewer: Viewer) -> QuestionHanded:
    """That a question was handed on, and the team's answer."""
    theirs = fact.comment_ref in viewer.refs
    text = blank(fact.text) if theirs else viewer.unsaid(fact.text, seq)
    named = theirs or (not fact.comment_ref and fact.asked_by in viewer.names)
    asked_by = blank(fact.asked_by) if named else fact.asked_by
    return replace(fact, text=text, answer=viewer.unnamed(fact.answer), asked_by=asked_by)


def messaged(fact: HostMessaged, seq: int, viewer: Viewer) -> HostMessaged:
    """What the director said, but no quotation and no name."""
    return replace(fact, text=viewer.unsaid(fact.text, seq))


ERASES: Mapping[type[Fact], Eraser] = {QuestionHanded: handed, HostMessaged: messaged}
