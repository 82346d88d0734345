"""What is promised and drawn, and which comments took part, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on it."""

from kaibo.core.stream import StreamFold
from kaibo.features.draw.lot import plain
from kaibo.features.draw.state import DrawState
from kaibo.features.draw.view import BOARD, DrawRow

__all__ = ["BOARD", "DrawRow", "keywords_in"]


def keywords_in(fold: StreamFold, text: str) -> tuple[str, ...]:
    """The keywords of the show's draws that a comment has, as they are compared."""
    state: DrawState = fold.state("draw")
    spelt = plain(text)
    return tuple(dict.fromkeys(draw.keyword for draw in state.draws.values() if draw.keyword in spelt))
