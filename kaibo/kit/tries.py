"""Wrong passwords, counted by name and address: whoever guesses waits, and nobody else does.

A name alone is not counted: else anybody could shut another out by typing their name. An address is, over all names; what
names nobody (a passkey, an account of the company, a name of blanks) counts for the address alone.
"""

import ipaddress
from dataclasses import dataclass

from kaibo.core.errors import Refusal

FREE = 8  # wrong passwords for one name from one address before it has to wait
FREE_ADDRESS = 60  # and for all names from one address: an office that comes to work has many people
WAIT_MS = 30_000  # the first wait; each further try doubles it
WAIT_MS_MAX = 900_000
FORGET_MS = 900_000  # after so long without a try nothing is held against anybody
WATCHED_MAX = 20_000
IPV6_BITS = 64  # whoever has one address of IPv6 has all of its network


class TooManyTries(Refusal):
    """Too many wrong passwords for this name from this address, or from this address at all."""

    code = "auth.too_many_tries"
    status = 429
    wait_s: int


@dataclass(slots=True)
class _Count:
    tries: int = 0
    at: int = 0
    until: int = 0


Place = tuple[str | None, str]  # a name and an address; None: all names of it, which no name that is typed can be


class Tries:
    """Counts tries. Its memory is bounded; who fills it loses the oldest of what stands there, one for one, never the rest."""

    def __init__(self, watched_max: int = WATCHED_MAX) -> None:
        self._max = watched_max
        self._counts: dict[Place, _Count] = {}

    def begin(self, name: str | None, address: str, now: int) -> None:
        """Count a try before its password is looked at: many at once count as many. Raises TooManyTries, which counts nothing."""
        network = network_of(address)
        places: dict[Place, int] = {(None, network): FREE_ADDRESS}
        if signed := _signed(name):
            places[(signed, network)] = FREE
        wait_ms = max(self._until(place, now) for place in places) - now
        if wait_ms > 0:
            raise TooManyTries(wait_s=wait_ms // 1000 + 1)
        for place, free in places.items():
            self._count(place, free, now)

    def forgive(self, name: str | None, address: str) -> None:
        """The password was right: nothing is held against this name here, and this one try not against the address."""
        network = network_of(address)
        if signed := _signed(name):
            self._counts.pop((signed, network), None)
        if count := self._counts.get((None, network)):
            count.tries = max(0, count.tries - 1)

    def _until(self, place: Place, now: int) -> int:
        count = self._counts.get(place)
        return 0 if count is None or _is_over(count, now) else count.until

    def _count(self, place: Place, free: int, now: int) -> None:
        count = self._counts.pop(place, None)
        if count is None or _is_over(count, now):
            count = _Count()
        count.tries, count.at = count.tries + 1, now
        if count.tries >= free:
            count.until = now + min(WAIT_MS << min(count.tries - free, 10), WAIT_MS_MAX)
        while len(self._counts) >= self._max:
            del self._counts[next(iter(self._counts))]
        self._counts[place] = count  # the newest stand last


def network_of(address: str) -> str:
    """What one party holds of the internet: an address of IPv4, a network of IPv6."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, IPV6_BITS), strict=False))
    return str(found)


def _is_over(count: _Count, now: int) -> bool:
    """Long ago; or far ahead, by a clock that was wrong then: nobody waits for that."""
    return abs(now - count.at) > FORGET_MS


def _signed(name: str | None) -> str:
    return (name or "").strip().casefold()
