"""The door: who is asking. One-time links, passwords, sessions in HttpOnly cookies with CSRF, API tokens."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import msgspec

from kaibo.core.errors import NotSignedIn, Refusal
from kaibo.kit.engine import Caller
from kaibo.kit.vault import Vault

COOKIE = "kaibo_session"
CSRF_HEADER = "x-kaibo-csrf"
ROLE_HEADER = "x-kaibo-role"
DAY_MS = 86_400_000
SESSION_MS = 14 * DAY_MS
LINK_MS = 3 * DAY_MS
TOKEN_MS = 3650 * DAY_MS
TRIES_MAX = 8  # wrong passwords for one name before it has to wait
TRIES_WINDOW_MS = 300_000


class WrongPassword(Refusal):
    """Name or password is wrong; which of them is not said."""

    code = "auth.wrong_password"
    status = 401


class LinkUsed(Refusal):
    """The link is unknown, was used before, or is too old."""

    code = "auth.link_used"
    status = 401


class TooManyTries(Refusal):
    """Too many wrong passwords for this name."""

    code = "auth.too_many_tries"
    status = 429
    wait_s: int


class CsrfMissing(Refusal):
    """A change by cookie came without the session's CSRF value."""

    code = "auth.csrf"
    status = 403


class WeakPassword(Refusal):
    """The password is too short."""

    code = "auth.weak_password"
    status = 422
    min_length: int


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person or token as the workspace knows it now."""

    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Directory:
    """How the door asks the workspace: by person id, by name, and by token id; None when there is no such (or no longer)."""

    person: Callable[[str], Awaitable[Person | None]]
    named: Callable[[str], Awaitable[Person | None]]
    token: Callable[[str], Awaitable[Person | None]]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A new session: the cookie's secret and the CSRF value the page sends back."""

    secret: str
    csrf: str
    person_id: str


class Door:
    """Lets people and programs in, and knows them again."""

    def __init__(self, vault: Vault, directory: Directory, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._directory = directory
        self._clock = clock
        self._tries: dict[str, list[int]] = {}
        self._watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` when a session or token ended before its time: who has a door open must knock again."""
        self._watchers.append(watcher)

    def link_for(self, person_id: str) -> str:
        """A one-time secret that signs this person in."""
        return self._vault.issue("link", person_id, lifetime_ms=LINK_MS)

    async def claim(self, secret: str) -> Session:
        """Use a one-time link. Raises LinkUsed."""
        found = self._vault.take("link", secret)
        if found is None or await self._directory.person(found.subject) is None:
            raise LinkUsed
        return self._session(found.subject)

    async def sign_in(self, name: str, password: str) -> Session:
        """Name and password. Raises WrongPassword or TooManyTries."""
        self._count_try(name)
        person = await self._directory.named(name)
        subject = person.id if person else ""
        if not await asyncio.to_thread(self._vault.check_password, subject, password) or person is None:
            raise WrongPassword
        self._tries.pop(name, None)
        return self._session(person.id)

    def sign_out(self, secret: str) -> None:
        """End a session."""
        self._vault.forget("session", secret)
        self._told()

    async def set_password(self, person_id: str, password: str, *, keep: str | None = None) -> None:
        """Give oneself a password; every session of this person but the one to `keep` (its secret) ends. Raises WeakPassword."""
        if len(password) < PASSWORD_LENGTH_MIN:
            raise WeakPassword(min_length=PASSWORD_LENGTH_MIN)
        await asyncio.to_thread(self._vault.set_password, person_id, password)
        self._vault.forget_all("session", person_id, keep=keep)
        self._told()

    def issue_token(self, token_id: str) -> str:
        """The secret of an API token, shown once."""
        return "kb_" + self._vault.issue("token", token_id, lifetime_ms=TOKEN_MS)

    def forget_token(self, token_id: str) -> None:
        """End an API token."""
        self._vault.forget_all("token", token_id)
        self._told()

    def forget_person(self, person_id: str) -> None:
        """End every session and link of a person."""
        self._vault.forget_all("session", person_id)
        self._vault.forget_all("link", person_id)
        self._told()

    def csrf_of(self, secret: str | None) -> str:
        """The CSRF value of a session, "" for none."""
        found = self._vault.find("session", secret) if secret else None
        return found.extra if found else ""

    def ends_at(self, headers: Mapping[str, str], cookie: str | None) -> int | None:
        """When the session or token of this request expires (ms UTC); None for none that is valid now."""
        bearer = headers.get("authorization", "")
        if bearer.lower().startswith("bearer "):
            found = self._vault.find("token", bearer[7:].strip().removeprefix("kb_"))
        else:
            found = self._vault.find("session", cookie) if cookie else None
        return found.expires_at if found else None

    async def identify(self, headers: Mapping[str, str], cookie: str | None, *, changes: bool) -> Caller:
        """Who sent this request. `changes`: it may change something, so a cookie needs its CSRF value.

        Raises NotSignedIn or CsrfMissing.
        """
        role = headers.get(ROLE_HEADER) or None
        bearer = headers.get("authorization", "")
        if bearer.lower().startswith("bearer "):
            person = await self._by_token(bearer[7:].strip())
        else:
            person = await self._by_cookie(headers, cookie, changes=changes)
        if person is None:
            raise NotSignedIn
        return Caller(id=person.id, name=person.name, roles=frozenset(person.roles), role=role)

    async def _by_token(self, token: str) -> Person | None:
        found = self._vault.find("token", token.removeprefix("kb_"))
        return await self._directory.token(found.subject) if found else None

    async def _by_cookie(self, headers: Mapping[str, str], cookie: str | None, *, changes: bool) -> Person | None:
        found = self._vault.find("session", cookie) if cookie else None
        if found is None:
            return None
        if changes and not secrets.compare_digest(headers.get(CSRF_HEADER, "").encode(), found.extra.encode()):
            raise CsrfMissing
        return await self._directory.person(found.subject)

    def _told(self) -> None:
        for watcher in self._watchers:
            watcher()

    def _session(self, person_id: str) -> Session:
        csrf = secrets.token_urlsafe(18)
        secret = self._vault.issue("session", person_id, lifetime_ms=SESSION_MS, extra=csrf)
        return Session(secret=secret, csrf=csrf, person_id=person_id)

    def _count_try(self, name: str) -> None:
        now = self._clock()
        tries = [at for at in self._tries.get(name, []) if at > now - TRIES_WINDOW_MS]
        if len(tries) >= TRIES_MAX:
            raise TooManyTries(wait_s=(tries[0] + TRIES_WINDOW_MS - now) // 1000 + 1)
        if len(self._tries) > NAMES_WATCHED_MAX:
            self._tries.clear()
        self._tries[name] = [*tries, now]


PASSWORD_LENGTH_MIN = 8
NAMES_WATCHED_MAX = 10_000  # somebody who tries every name must not fill the memory
