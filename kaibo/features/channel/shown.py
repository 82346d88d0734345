"""What was said, how far it is, and how soon the team answered: for the hand-over sheet and the report. No rule and no view stands on it."""

from kaibo.features.channel.responses_view import RESPONSES, ResponseRow
from kaibo.features.channel.view import MESSAGES, MessageRow

__all__ = ["MESSAGES", "RESPONSES", "MessageRow", "ResponseRow"]
