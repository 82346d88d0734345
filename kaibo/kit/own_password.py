"""Who may replace their password: whoever knows the one they have, or came in just now by a one-time link. An open laptop is not enough."""

from collections.abc import Callable
from functools import partial

from kaibo.kit.entry import Person, WeakPassword, WrongCurrent
from kaibo.kit.hashing import Hashing
from kaibo.kit.trail import Trail, Visit
from kaibo.kit.tries import Tries
from kaibo.kit.vault import Vault

BY_LINK = "signed_in.link"  # how a session came to be that knows nothing of the password: it is the way back of who forgot it
PASSWORD_LENGTH_MIN = 8
FRESH_MS = 900_000  # from the link to the new password


class OwnPasswords:
    """What is asked before a password takes the place of another."""

    def __init__(self, vault: Vault, clock: Callable[[], int], pool: Hashing, trail: Trail) -> None:
        self._vault = vault
        self._clock = clock
        self._pool = pool
        self._trail = trail
        self._tries = Tries()

    def set_at(self, person: Person) -> int | None:
        """When they set the one they have (ms UTC, 0 not known); None: they have none."""
        return self._vault.password_set(person.id, person.since)

    def asked(self, person: Person, session: str | None) -> bool:
        """Whether by this session (its secret) the one they have is asked for before another takes its place."""
        found = self._vault.find("session", session) if session else None
        fresh = found is not None and found.how == BY_LINK and self._clock() - found.made_at < FRESH_MS
        return self.set_at(person) is not None and not fresh

    async def replace(self, person: Person, password: str, visit: Visit, *, session: str, current: str) -> None:
        """Set another, or the first, by this session. Raises WeakPassword, WrongCurrent, TooManyTries or Crowded."""
        if len(password) < PASSWORD_LENGTH_MIN:
            raise WeakPassword(min_length=PASSWORD_LENGTH_MIN)
        if self.asked(person, session):
            await self._prove(person, current, visit)
        await self._pool.run(partial(self._vault.set_password, person.id, password, person.since))
        self._trail.note("password.set", person.id, visit, since=person.since)

    async def _prove(self, person: Person, current: str, visit: Visit) -> None:
        place = f"password {person.id}"  # counted for the person wherever it comes from, as a code is
        self._tries.begin(person.id, place, self._clock())
        if not await self._pool.run(partial(self._vault.check_password, person.id, current, person.since)):
            self._trail.note("refused.password", person.id, visit, since=person.since)
            raise WrongCurrent
        self._tries.forgive(person.id, place)
