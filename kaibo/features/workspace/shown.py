"""The house, people, tokens and the names of both, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.workspace.changes import CHANGES, ChangeRow
from kaibo.features.workspace.charter import GUARDED
from kaibo.features.workspace.view import EVERYBODY, HEAD, PEOPLE, STAFF, TOKENS, NameRow

__all__ = ["CHANGES", "EVERYBODY", "GUARDED", "HEAD", "PEOPLE", "STAFF", "TOKENS", "ChangeRow", "NameRow"]
