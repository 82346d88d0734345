"""Questions that were put to a browser and wait some minutes for its answer, each good once. In memory: after a new start it is asked again."""

import secrets
from collections.abc import Callable
from typing import Generic, TypeVar

ASK_MS = 300_000
ASKS_MAX = 5_000

A = TypeVar("A")


class Asks(Generic[A]):
    """What was asked, by a name that nobody guesses; where there are too many the oldest goes."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._asked: dict[str, tuple[int, A]] = {}

    def put(self, asked: A) -> str:
        """Remember what was asked; its name."""
        name = secrets.token_urlsafe(24)
        while len(self._asked) >= ASKS_MAX:
            del self._asked[next(iter(self._asked))]
        self._asked[name] = (self._clock(), asked)
        return name

    def take(self, name: str) -> A | None:
        """What was asked by that name; None where it was answered before, too long ago, or never asked."""
        at, asked = self._asked.pop(name, (0, None))
        return asked if at > self._clock() - ASK_MS else None
