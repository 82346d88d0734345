"""How soon what the team was asked was seen, taken and done: by tag, and in all."""

from collections.abc import Iterable, Sequence
from math import ceil
from statistics import median

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.channel.ladder import TAGS
from kaibo.features.channel.slices import TALK, Message, Talk

ALL, URGENT = "all", "urgent"


class ResponseRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `channel.responses`, key: a tag, `urgent`, or `all`; there is a row once something of it was asked.

    `asked`: how many messages, `waits` of them nobody took, `steps` that were asked of each at most. From the asking until it was first seen,
    taken, done: the median and the ninth of ten (ms) of those that were; None where none was. What was taken back is not counted.
    """

    tag: str
    asked: int
    waits: int
    steps: int
    seen_ms: int | None = None
    seen_p90_ms: int | None = None
    taken_ms: int | None = None
    taken_p90_ms: int | None = None
    done_ms: int | None = None
    done_p90_ms: int | None = None


def fold_responses(talk: Talk, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """All rows that a message that changed may be in."""
    del event
    messages = (talk.messages[key] for key in sorted(touched.of(TALK) & talk.messages.keys()))
    return {key for message in messages for key in _rows_of(message)}


def _rows_of(message: Message) -> Sequence[str]:
    tag, urgent = message.posted.tag, message.posted.urgent
    return [key for key, on in ((ALL, bool(tag) or urgent), (URGENT, urgent), (tag, bool(tag))) if on]


def _of(talk: Talk, key: str) -> list[Message]:
    return [each for each in talk.messages.values() if each.stage not in ("plain", "withdrawn") and key in _rows_of(each)]


def _row(talk: Talk, key: str) -> ResponseRow | None:
    asked = _of(talk, key)
    if not asked:
        return None
    seen, taken, done = (
        [at - each.at for each, at in instants if at]
        for instants in (
            [(each, each.seen_at) for each in asked],
            [(each, each.taken_at) for each in asked],
            [(each, each.done_at) for each in asked],
        )
    )
    return ResponseRow(
        tag=key,
        asked=len(asked),
        waits=sum(each.stage == "open" for each in asked),
        steps=max(len(each.reached) for each in asked),
        seen_ms=_middle(seen),
        seen_p90_ms=_ninth(seen),
        taken_ms=_middle(taken),
        taken_p90_ms=_ninth(taken),
        done_ms=_middle(done),
        done_p90_ms=_ninth(done),
    )


def _middle(times: Sequence[int]) -> int | None:
    return round(median(times)) if times else None


def _ninth(times: Sequence[int]) -> int | None:
    """The nearest rank: of ten the ninth, of fewer the last."""
    return sorted(times)[ceil(len(times) * 0.9) - 1] if times else None


def _keys(talk: Talk) -> Iterable[str]:
    return [key for key in (ALL, URGENT, *TAGS) if _of(talk, key)]


RESPONSES = View(
    name="channel.responses",
    row=ResponseRow,
    reads=(),
    state=itself,
    fold=fold_responses,
    keys=_keys,
    get=_row,
    duty="channel.read",
    pace_ms=1000,
    over=(TALK,),
)
