"""What was erased, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on it."""

from kaibo.features.erasure.found import AlikeViewer, WouldErase
from kaibo.features.erasure.state import KEY_LOST, Erasure, Erasures
from kaibo.features.erasure.view import LIST, ErasureRow

__all__ = ["KEY_LOST", "LIST", "AlikeViewer", "Erasure", "ErasureRow", "Erasures", "WouldErase"]
