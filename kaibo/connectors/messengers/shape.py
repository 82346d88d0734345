"""What all messengers have in common: a way to one, a letter, a request, and what an answer says. Nothing here touches the network."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from kaibo.features.outbox.facts import Outcome
from kaibo.kit.outward import Answer


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a messenger is reached: its address, its secret or token, and the room there (Slack's channel, LINE's group); "" where it has none."""

    url: str
    secret: str = ""
    target: str = ""


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent. `key` is the same each time the same is sent."""

    key: str
    text: str
    urgent: bool = False


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a messenger, by POST."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer means. `code` as the messenger says it, `wait_ms`: not again before, 0 it did not say."""

    outcome: Outcome
    code: str = ""
    remote_id: str = ""
    wait_ms: int = 0


@dataclass(frozen=True)
class Messenger:
    """`most` messages in `per_ms`, of which `reserve` are kept for what is urgent; `text_bytes`: the longest text in UTF-8.

    `knows_again`: what comes twice under one key counts once there. `needs`: what a way to it has beside its address. `read` is given the key
    of the letter, too.
    """

    hosts: frozenset[str]
    most: int
    per_ms: int
    reserve: int
    text_bytes: int
    make: Callable[[Way, Outgoing, int], Request]
    read: Callable[[Answer, str], Answered]
    knows_again: bool = False
    needs: tuple[str, ...] = ()
    url: str = ""  # where it is always the same


JSON = {"content-type": "application/json; charset=utf-8"}


def fields_of(answer: Answer) -> dict[str, Any] | None:
    """The body of an answer, where it is the object it should be."""
    try:
        found = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, ValueError, RecursionError):  # another charset, or nested without end
        return None
    return found if isinstance(found, dict) else None  # pyright: ignore[reportUnknownVariableType]


def by_status(answer: Answer) -> Answered | None:
    """What the status alone says: busy, down, or broken, which may have been after it was taken; None where the body must be asked."""
    if answer.status == 429:
        return Answered(outcome="limited", code="429", wait_ms=wait_of(answer))
    if answer.status == 503:
        return Answered(outcome="unreached", code="503", wait_ms=wait_of(answer))
    return Answered(outcome="unknown", code=str(answer.status)) if answer.status >= 500 else None


def unreadable(answer: Answer) -> Answered:
    """Whatever this is, it is not the messenger's word that it took something."""
    return Answered(outcome="failed" if answer.status >= 300 else "unknown", code=f"unreadable {answer.status}")


def by_code(answer: Answer, code: object, busy: Mapping[int, int], down: Collection[int] = ()) -> Answered:
    """What the number in a body says, where 0 is yes and no message can be found again. `busy`: how long (ms) a robot rests for which code."""
    if not isinstance(code, int) or isinstance(code, bool):
        return unreadable(answer)
    if code == 0 and answer.status < 300:
        return Answered(outcome="sent")
    if code in busy:
        return Answered(outcome="limited", code=str(code), wait_ms=busy[code])
    return Answered(outcome="unreached" if code in down else "failed", code=str(code))


def wait_of(answer: Answer) -> int:
    """What Retry-After asks for, in ms; 0 where it says nothing one can count with."""
    told = answer.headers.get("retry-after", "")
    return min(int(told), 3600) * 1000 if told.isascii() and told.isdigit() and len(told) < 9 else 0


def cut(text: str, most: int) -> str:
    """As much of a text as `most` bytes of UTF-8 hold; what is left out is said by a sign."""
    body = text.encode("utf-8", "replace")
    return text if len(body) <= most else body[: most - 3].decode("utf-8", "ignore") + "…"
