"""How much one party may ask for: lines, subscriptions, commands. Whoever asks for more is told so, and when to come back.

People are given what hands can do many times over; programs, which come with a token, what a machine needs. What nobody has
signed in for is counted by address.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kaibo.core.errors import Refusal

K = TypeVar("K", bound=Hashable)
PARTIES_MAX = 20_000
LEAST_S = 0.001


class TooFast(Refusal):
    """More of something in a second than one party may ask for."""

    code = "http.too_fast"
    status = 429
    what: str
    wait_s: int


class TooMany(Refusal):
    """More of something at once than one party may have."""

    code = "http.too_many"
    status = 429
    what: str
    most: int
    wait_s: int = 10


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many in a second in the long run, and so many at a stretch."""

    per_s: float
    burst: float


PERSON_COMMANDS = Allowance(50, 400)
PROGRAM_COMMANDS = Allowance(20_000, 40_000)
STRANGER_REQUESTS = Allowance(50, 400)  # of an address, by requests that nobody had signed in for
LINE_WORK = Allowance(0.1, 3.0)  # of one line of the live channel: seconds of work that its messages make


@dataclass(slots=True)
class Bucket:
    """What is left of an allowance; less than nothing where something cost more than that."""

    left: float
    at: float

    def wait_s(self, allowance: Allowance, now: float) -> float:
        """How long (s) until there is something again; 0 where there is."""
        self.left = min(allowance.burst, self.left + (now - self.at) * allowance.per_s)
        self.at = now
        return 0.0 if self.left > 0 else max(LEAST_S, -self.left / allowance.per_s)

    def spend(self, cost: float) -> None:
        """So much less."""
        self.left -= cost


class Budget(Generic[K]):
    """Buckets by party. Bounded: the one that took least recently is forgotten, and is full again by then."""

    def __init__(self, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._clock = clock
        self._buckets: dict[K, Bucket] = {}

    def take(self, party: K, allowance: Allowance) -> None:
        """One more. Raises TooFast."""
        now = self._clock()
        bucket = self._buckets.pop(party, None) or Bucket(allowance.burst, now)
        while len(self._buckets) >= PARTIES_MAX:
            del self._buckets[next(iter(self._buckets))]
        self._buckets[party] = bucket
        wait_s = bucket.wait_s(allowance, now)
        if wait_s > 0:
            raise TooFast(what=self._what, wait_s=int(wait_s) + 1)
        bucket.spend(1)


class Budgets:
    """What a house counts: commands by person or program, and requests of strangers by address."""

    def __init__(self) -> None:
        self.commands: Budget[str] = Budget("commands")
        self.strangers: Budget[str] = Budget("requests")
