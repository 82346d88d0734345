"""What was said and how far it is, for readers outside: the hand-over sheet. No rule and no view stands on it."""

from kaibo.features.channel.view import MESSAGES, MessageRow

__all__ = ["MESSAGES", "MessageRow"]
