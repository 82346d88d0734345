"""What was asked, by topic, what waits for an answer, and what triage told of comments, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from collections.abc import Iterable

from kaibo.core.erasing import Told
from kaibo.core.stream import StreamFold
from kaibo.features.comment.erasing import without_original
from kaibo.features.comment.questions import QUESTIONS, OpenQuestionRow
from kaibo.features.comment.stream import STREAM, Plain
from kaibo.features.comment.topics import TOPICS, TopicRow

__all__ = ["QUESTIONS", "TOPICS", "OpenQuestionRow", "TopicRow", "told_of", "without_original"]


def told_of(fold: StreamFold, refs: Iterable[str]) -> dict[str, Told]:
    """Of comments there are: their class and product, as triage or a person told them."""
    plain: Plain = fold.shown(STREAM)
    room = plain.room
    numbers = {ref: room.heard.number(ref) for ref in refs}
    return {ref: Told(room.heard.kinds[number], room.products[room.heard.about[number]]) for ref, number in numbers.items()}
