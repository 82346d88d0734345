"""Who said that a show is ready, for readers outside: the report. No rule and no view stands on it."""

from kaibo.features.readiness.view import DECLARED, DeclaredRow

__all__ = ["DECLARED", "DeclaredRow"]
