"""What was erased, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on it."""

from kaibo.features.erasure.state import Erasure, Erasures
from kaibo.features.erasure.view import LIST, ErasureRow

__all__ = ["LIST", "Erasure", "ErasureRow", "Erasures"]
