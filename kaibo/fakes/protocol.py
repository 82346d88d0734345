"""What the protocols have in common: a request is judged, and either refused in the messenger's own words or seen by people."""

import re
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, cast

import msgspec

from kaibo.fakes.wire import Reply, Request

Kind = Literal["slack", "dingtalk", "feishu", "wecom", "line", "webhook"]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it stands before people. `key`: by which its sender would know it again, if the protocol carries one; `at`: seconds since 1970."""

    kind: Kind
    target: str
    text: str
    key: str = ""
    at: float


Judged = tuple[Reply, Seen | None]
"""The answer, and the message if one was accepted by it."""


class Refused(Exception):
    """A request that the messenger does not take, and what it answers."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply)
        self.reply = reply


class Protocol(ABC):
    """One messenger. It remembers what limits and repeated keys are judged by."""

    kind: ClassVar[Kind]
    paths: ClassVar[tuple[str, ...]]
    methods: ClassVar[tuple[str, ...]] = ("POST",)
    limited: ClassVar[Reply]
    """As it tells somebody who sends too much."""
    refused: ClassVar[Reply]
    """As it tells somebody whose message it will never take."""

    def takes(self, path: str) -> bool:
        """Whether the path is one of this messenger."""
        return path in self.paths

    def answer(self, request: Request, at: float) -> Judged:
        """Judge it; `at` is now, in seconds since 1970."""
        try:
            need(request.method in self.methods, Reply.of({"error": "method not allowed"}, 405))
            return self.judge(request, at)
        except Refused as refused:
            return refused.reply, None

    @abstractmethod
    def judge(self, request: Request, at: float) -> Judged:
        """Accept it or raise `Refused`."""


class Rate:
    """So many in so many seconds, and all of these at once."""

    def __init__(self, *limits: tuple[int, float]) -> None:
        self._limits = limits
        self._longest = max(seconds for _, seconds in limits)
        self._admitted: deque[float] = deque()

    def admits(self, at: float) -> bool:
        """Whether one more fits in; then it counts."""
        while self._admitted and at - self._admitted[0] >= self._longest:
            self._admitted.popleft()
        if any(sum(at - each < seconds for each in self._admitted) >= times for times, seconds in self._limits):
            return False
        self._admitted.append(at)
        return True


def need(holds: object, refusal: Reply) -> None:
    """Go on only if it holds."""
    if not holds:
        raise Refused(refusal)


def parsed(body: bytes | str, refusal: Reply) -> dict[str, object]:
    """The JSON object that the body must be."""
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Refused(refusal) from error


def within(given: str, at: float, allowed_s: float, units: int = 1) -> bool:
    """Whether it is a time, in so many units a second, and near enough to now."""
    return re.fullmatch("[0-9]{1,15}", given) is not None and abs(at - int(given) / units) <= allowed_s


def text_of(part: object) -> str:
    """What people read of it, without its layout: all that stands under `text` or `content`, a line each."""
    return "\n".join(_texts(part))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in cast("list[object]", part):
            yield from _texts(each)
    elif isinstance(part, Mapping):
        for name, each in cast("Mapping[str, object]", part).items():
            if isinstance(each, str) and name in ("text", "content"):
                yield each
            yield from _texts(each)
