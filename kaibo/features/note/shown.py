"""The line that stands, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on it."""

from kaibo.features.note.view import PINNED, NoteRow

__all__ = ["PINNED", "NoteRow"]
