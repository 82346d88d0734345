"""What a source may hand in."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from kaibo.core.event import Command

Kind = Literal["comment", "enter", "leave", "like", "follow", "click", "view", "share"]


class AudienceItem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing a viewer did.

    `at` is platform time (ms UTC); `viewer` a pseudonymous id of the platform; `count` for likes; `message_id` makes it
    once only. There are many of them and they hold only texts and numbers, so the garbage collector need not look.
    """

    kind: Kind
    at: Annotated[int, Meta(ge=0, le=32503680000000)]
    viewer: Annotated[str, Meta(min_length=1, max_length=64)]
    text: Annotated[str, Meta(max_length=2000)] = ""
    name: Annotated[str, Meta(max_length=80)] = ""
    product_id: Annotated[str, Meta(max_length=64)] = ""
    count: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    message_id: Annotated[str, Meta(max_length=128)] = ""


Missed = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class SealBatch(Command, frozen=True, kw_only=True, tag="audience.seal"):
    """Write a batch of audience events into the show's log. Items already seen (by message_id) are left out and counted.

    `missed`: how many the source knows that it could not hand in since the last batch, None when it cannot know;
    `replies`: the source can bring an answer back to a comment.
    """

    duty: ClassVar = "audience.ingest"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    items: Annotated[tuple[AudienceItem, ...], Meta(min_length=1, max_length=20_000)]
    lag_ms: int = 0
    missed: Missed | None = None
    replies: bool = False
