"""The draws, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.draw.view import BOARD, DrawRow

__all__ = ["BOARD", "DrawRow"]
