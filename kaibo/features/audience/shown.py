"""What can be taken of what sources tell, for the doors they come through: connectors and the ingest endpoint; and their lamps. No rule and no view stands on it."""

from kaibo.features.audience.script import cut
from kaibo.features.audience.timing import AudienceShowEnded, judge
from kaibo.features.audience.view import SOURCES, SourceRow

__all__ = ["SOURCES", "AudienceShowEnded", "SourceRow", "cut", "judge"]
