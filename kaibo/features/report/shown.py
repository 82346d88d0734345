"""The passes of the cues, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.report.view import PASSES, PassRow

__all__ = ["PASSES", "PassRow"]
