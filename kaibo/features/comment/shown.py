"""What was asked, by topic, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.comment.topics import TOPICS, TopicRow

__all__ = ["TOPICS", "TopicRow"]
