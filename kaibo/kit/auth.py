"""The door: who is asking. One-time links, passwords, sessions in HttpOnly cookies with CSRF, API tokens."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import msgspec

from kaibo.core.errors import NotSignedIn, Refusal
from kaibo.kit.engine import Caller
from kaibo.kit.tries import Tries
from kaibo.kit.vault import Secret, Vault

COOKIE = "kaibo_session"
SCREEN_COOKIE = "kaibo_screen"  # of a page that only shows: whoever is signed in stays so
CSRF_HEADER = "x-kaibo-csrf"
ROLE_HEADER = "x-kaibo-role"
DAY_MS = 86_400_000
SCREEN_ROLE = "monitor"  # of a token whose link opens a page that only shows
SCREENS_MAX = 50  # a studio has a handful; whoever opens more by one link is no studio
SESSION_MS = 14 * DAY_MS
LINK_MS = 3 * DAY_MS
TOKEN_MS = 3650 * DAY_MS
HASHERS = 2  # argon2 takes 64 MB and a core for each: passwords wait for each other and for nothing else
HASHES_WAITING_MAX = 64


T = TypeVar("T")


class WrongPassword(Refusal):
    """Name or password is wrong; which of them is not said."""

    code = "auth.wrong_password"
    status = 401


class LinkUsed(Refusal):
    """The link is unknown, was used before, or is too old."""

    code = "auth.link_used"
    status = 401


class ScreensFull(Refusal):
    """As many pages are open by one monitor's link as it may open."""

    code = "auth.screens_full"
    status = 429
    screens_max: int


class Crowded(Refusal):
    """More people sign in at this moment than passwords can be looked at."""

    code = "auth.crowded"
    status = 503
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
    """A person or token as the workspace knows it now.

    `since`: the seq of the event that brought them in, so that one who comes back by the same id is another. `show_id`: a token
    for that show alone, "" for all; `expires_at` (ms UTC): it opens nothing from then on.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    since: int = 0
    show_id: str = ""
    expires_at: int | None = None


@dataclass(frozen=True)
class Directory:
    """How the door asks the workspace: by person id, by name, and by token id; None when there is no such (or no longer).

    `consoles`: which consoles each role opens.
    """

    person: Callable[[str], Awaitable[Person | None]]
    named: Callable[[str], Awaitable[Person | None]]
    token: Callable[[str], Awaitable[Person | None]]
    consoles: Callable[[], Awaitable[Mapping[str, tuple[str, ...]]]]


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """A cookie's secret for a page that only shows, and the show it is for."""

    secret: str
    show_id: str


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
        self._tries = Tries()
        self._hashers = ThreadPoolExecutor(HASHERS, "kaibo-password")
        self._hashing = 0
        self._watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` when a session or token ended before its time: who has a door open must knock again."""
        self._watchers.append(watcher)

    def close(self) -> None:
        """No password is looked at any more."""
        self._hashers.shutdown(wait=True, cancel_futures=True)

    def link_for(self, person_id: str, since: int = 0) -> str:
        """A one-time secret that signs this person in, who came at seq `since`; 0: whoever has this id when it is used."""
        return self._vault.issue("link", person_id, since=since, lifetime_ms=LINK_MS)

    async def claim(self, secret: str) -> Session:
        """Use a one-time link: works however many passwords were wrong. Raises LinkUsed."""
        found = self._vault.take("link", secret)
        person = await self._person_of(found)
        if person is None:
            raise LinkUsed
        return self._session(person)

    async def sign_in(self, name: str, password: str, address: str) -> Session:
        """Name and password, from an address. Raises WrongPassword, TooManyTries or Crowded."""
        self._tries.begin(name, address, self._clock())
        person = await self._directory.named(name)
        subject, since = (person.id, person.since) if person else ("", 0)
        if not await self._hash(partial(self._vault.check_password, subject, password, since)) or person is None:
            raise WrongPassword
        self._tries.forgive(name, address)
        return self._session(person)

    async def open_screen(self, token: str, before: str = "") -> Screen:
        """A page that only shows, by the token in its link: as long as that is good; in place of what this browser opened `before`.

        Raises LinkUsed or ScreensFull.
        """
        known = await self._by_token(token)
        if known is None or known.roles != (SCREEN_ROLE,):
            raise LinkUsed
        if before:
            self._vault.forget("screen", before)
        if self._vault.count("screen", known.id) >= SCREENS_MAX:
            raise ScreensFull(screens_max=SCREENS_MAX)
        lifetime_ms = SESSION_MS if known.expires_at is None else min(SESSION_MS, known.expires_at - self._clock())
        return Screen(secret=self._vault.issue("screen", known.id, lifetime_ms=lifetime_ms), show_id=known.show_id)

    def sign_out(self, secret: str) -> None:
        """End a session."""
        self._vault.forget("session", secret)
        self._told()

    async def set_password(self, person_id: str, password: str, *, keep: str | None = None) -> None:
        """Give oneself a password; every session of this person but the one to `keep` (its secret) ends. Raises WeakPassword."""
        if len(password) < PASSWORD_LENGTH_MIN:
            raise WeakPassword(min_length=PASSWORD_LENGTH_MIN)
        person = await self._directory.person(person_id)
        if person is None:
            raise NotSignedIn
        await self._hash(partial(self._vault.set_password, person_id, password, person.since))
        self._vault.forget_all("session", person_id, keep=keep)
        self._told()

    def issue_token(self, token_id: str, expires_at: int | None = None) -> str:
        """The secret of an API token, shown once; good until `expires_at` (ms UTC)."""
        lifetime_ms = TOKEN_MS if expires_at is None else expires_at - self._clock()
        return "kb_" + self._vault.issue("token", token_id, lifetime_ms=lifetime_ms)

    def forget_token(self, token_id: str) -> None:
        """End an API token, and the pages that were opened with it."""
        self._vault.forget_all("token", token_id)
        self._vault.forget_all("screen", token_id)
        self._told()

    def forget_person(self, person_id: str, left_at: int) -> None:
        """End password, sessions and links of a person who left at that seq; not of one who came since by the same id."""
        self._vault.forget_person(person_id, left_at)
        self._told()

    def csrf_of(self, secret: str | None) -> str:
        """The CSRF value of a session, "" for none."""
        found = self._vault.find("session", secret) if secret else None
        return found.extra if found else ""

    def ends_at(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> int | None:
        """When the session or token of this request expires (ms UTC); None for none that is valid now."""
        bearer = headers.get("authorization", "")
        if bearer.lower().startswith("bearer "):
            found = self._vault.find("token", bearer[7:].strip().removeprefix("kb_"))
        else:
            found = self._of_cookies(cookies)
        return found.expires_at if found else None

    async def identify(self, headers: Mapping[str, str], cookies: Mapping[str, str], *, changes: bool) -> Caller:
        """Who sent this request. `changes`: it may change something, so a cookie needs its CSRF value.

        Raises NotSignedIn or CsrfMissing.
        """
        role = headers.get(ROLE_HEADER) or None
        bearer = headers.get("authorization", "")
        program = bearer.lower().startswith("bearer ")
        if program:
            person = await self._by_token(bearer[7:].strip())
        else:
            person = await self._by_cookie(headers, cookies, changes=changes)
        if person is None:
            raise NotSignedIn
        show = f"show/{person.show_id}" if person.show_id else None
        return Caller(id=person.id, name=person.name, roles=frozenset(person.roles), role=role, only=show, program=program)

    async def _by_token(self, token: str) -> Person | None:
        return await self._of_token(self._vault.find("token", token.removeprefix("kb_")))

    async def _of_token(self, found: Secret | None) -> Person | None:
        known = await self._directory.token(found.subject) if found else None
        ended = known is not None and known.expires_at is not None and known.expires_at <= self._clock()
        return None if ended else known

    def _of_cookies(self, cookies: Mapping[str, str]) -> Secret | None:
        """Who signed in, else the page that only shows."""
        session, screen = cookies.get(COOKIE), cookies.get(SCREEN_COOKIE)
        found = self._vault.find("session", session) if session else None
        return found or (self._vault.find("screen", screen) if screen else None)

    async def _by_cookie(self, headers: Mapping[str, str], cookies: Mapping[str, str], *, changes: bool) -> Person | None:
        found = self._of_cookies(cookies)
        if found is None or (found.kind == "screen" and changes):
            return None
        if found.kind == "screen":
            return await self._of_token(found)
        if changes and not secrets.compare_digest(headers.get(CSRF_HEADER, "").encode(), found.extra.encode()):
            raise CsrfMissing
        return await self._person_of(found)

    async def _person_of(self, found: Secret | None) -> Person | None:
        """Whom a secret was made for. One who left and came back is somebody else to what was made before."""
        person = await self._directory.person(found.subject) if found else None
        return person if found and person and found.since in (0, person.since) else None

    async def _hash(self, work: Callable[[], T]) -> T:
        """In the pool of passwords: nobody else waits for it, and it takes no more than it can do. Raises Crowded."""
        if self._hashing >= HASHES_WAITING_MAX:
            raise Crowded(wait_s=HASHES_WAITING_MAX // HASHERS // 10)
        self._hashing += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hashers, work)
        finally:
            self._hashing -= 1

    def _told(self) -> None:
        for watcher in self._watchers:
            watcher()

    def _session(self, person: Person) -> Session:
        csrf = secrets.token_urlsafe(18)
        secret = self._vault.issue("session", person.id, since=person.since, lifetime_ms=SESSION_MS, extra=csrf)
        return Session(secret=secret, csrf=csrf, person_id=person.id)


PASSWORD_LENGTH_MIN = 8
