"""The simulated platform's comment box: it takes replies as a real one would, and refuses what platforms refuse."""

import re
from collections.abc import Sequence

from kaibo.connectors.simulated.inbound import SOURCE
from kaibo.core.event import Command, Event, Fact
from kaibo.features.comment.commands import ConfirmReply, FailReply
from kaibo.features.comment.facts import CommentReplyAsked
from kaibo.kit.react import Follower

LENGTH_MAX = 100
OFF_PLATFORM = re.compile(r"微信|加\s?line|whatsapp|https?://", re.IGNORECASE)  # ways to trade elsewhere are blocked everywhere


def reply_follower() -> Follower:
    """Follows the replies asked for and answers each with the platform's word. Other sources are none of its business."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        match event.fact:
            case CommentReplyAsked(source=source) as asked if source == SOURCE:
                return [(event.stream, answer(asked))]
            case _:
                return []

    return Follower("replies.simulated", (CommentReplyAsked,), act)


def answer(asked: CommentReplyAsked) -> ConfirmReply | FailReply:
    """Take it, or refuse what is too long or leads off the platform."""
    if len(asked.text) > LENGTH_MAX:
        return FailReply(reply_id=asked.reply_id, code="reply.too_long")
    if OFF_PLATFORM.search(asked.text):
        return FailReply(reply_id=asked.reply_id, code="reply.blocked")
    return ConfirmReply(reply_id=asked.reply_id)
