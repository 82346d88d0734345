"""The head of a show and the list of shows, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.show.view import HEAD, LIST, ListedShowRow, ShowRow

__all__ = ["HEAD", "LIST", "ListedShowRow", "ShowRow"]
