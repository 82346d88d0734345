"""What the host sees, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.prompter.view import HOST, HostRow

__all__ = ["HOST", "HostRow"]
