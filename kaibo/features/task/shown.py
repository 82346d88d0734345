"""What is to be done, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on it."""

from kaibo.features.task.view import LIST, TaskRow, theirs

__all__ = ["LIST", "TaskRow", "theirs"]
