"""The door: who is asking. One-time links, passwords, sessions in HttpOnly cookies with CSRF, API tokens."""

import secrets
from collections.abc import Callable, Mapping
from functools import partial

from kaibo.core.errors import NotSignedIn
from kaibo.kit.devices import device_of
from kaibo.kit.engine import Caller
from kaibo.kit.entry import (
    CsrfMissing,
    Directory,
    LinkUsed,
    Pending,
    Person,
    Screen,
    ScreensFull,
    Session,
    SessionUnknown,
    StepNeeded,
    StepOver,
    WrongCode,
    WrongFirstCode,
    WrongPassword,
)
from kaibo.kit.hashing import Hashing
from kaibo.kit.identities import Identities
from kaibo.kit.own_password import BY_LINK, OwnPasswords
from kaibo.kit.passkeys import Asked, Holder, Passkeys, PasskeyWrong, Place
from kaibo.kit.profiles import Profiles
from kaibo.kit.second_step import SecondSteps
from kaibo.kit.trail import Step, Trail, Visit, What
from kaibo.kit.tries import Tries
from kaibo.kit.vault import Held, Secret, Vault

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
STEP_MS = 300_000  # from the password to the code
NOWHERE = Visit()
USED_MS = DAY_MS  # a token's use is told again after so long, or when it comes from somewhere else


class Door:
    """Lets people and programs in, and knows them again."""

    def __init__(self, vault: Vault, directory: Directory, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._directory = directory
        self._clock = clock
        self._tries = Tries()
        self._codes = Tries()
        self._token_uses: dict[str, tuple[int, str]] = {}
        self.trail = Trail(vault, clock)
        self.steps = SecondSteps(vault, clock)
        self.passkeys = Passkeys(vault, clock)
        self.identities = Identities(vault)
        self.profiles = Profiles(vault)
        self._pool = Hashing()
        self.passwords = OwnPasswords(vault, clock, self._pool, self.trail)
        self._watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` when a session or token ended before its time: who has a door open must knock again."""
        self._watchers.append(watcher)

    def close(self) -> None:
        """No password is looked at any more."""
        self._pool.close()

    def link_for(self, person_id: str, since: int = 0) -> str:
        """A one-time secret that signs this person in, who came at seq `since`; 0: whoever has this id when it is used."""
        return self._vault.issue("link", person_id, since=since, lifetime_ms=LINK_MS)

    async def claim(self, secret: str, visit: Visit = NOWHERE) -> Session | Pending:
        """Use a one-time link: works however many passwords were wrong. Pending: a code is asked for, but by the machine's own. Raises LinkUsed."""
        found = self._vault.take("link", secret)
        person = await self._person_of(found)
        if person is None:
            self.trail.note("refused.link", "", visit)
            raise LinkUsed
        if found is not None and found.since and self.steps.has(person.id, person.since):
            return self._pending(person, "")
        return self.let_in(person, visit, "signed_in.link")

    async def sign_in(self, name: str, password: str, visit: Visit) -> Session | Pending:
        """Name and password. Pending: a code is asked for next. Raises WrongPassword, TooManyTries or Crowded."""
        self._tries.begin(name, visit.address, self._clock())
        person = await self._directory.named(name)
        subject, since = (person.id, person.since) if person else ("", 0)
        if not await self._pool.run(partial(self._vault.check_password, subject, password, since)) or person is None:
            # A name that nobody has is not written down: people type passwords there.
            self.trail.note("refused.password", subject, visit, since=since)
            raise WrongPassword
        if self.steps.has(person.id, person.since):
            return self._pending(person, name)
        self._tries.forgive(name, visit.address)
        return self.let_in(person, visit, "signed_in.password")

    def _pending(self, person: Person, name: str) -> Pending:
        return Pending(step=self._vault.issue("step", person.id, since=person.since, lifetime_ms=STEP_MS, extra=name))

    async def second_step(self, step: str, code: str, visit: Visit) -> Session:
        """The code after the password: of the app, or one to recover. Raises StepOver, WrongCode or TooManyTries."""
        found = self._vault.find("step", step)
        person = await self._person_of(found)
        if found is None or person is None:
            raise StepOver
        # Counted for the person wherever it comes from: whoever gets so far has the password, and has no name of others to shut out.
        self._codes.begin(person.id, f"code {person.id}", self._clock())
        taken = self.steps.take(person.id, person.since, code)
        if taken is None:
            self.trail.note("refused.code", person.id, visit, since=person.since)
            raise WrongCode
        self._codes.forgive(person.id, f"code {person.id}")
        self._tries.forgive(found.extra, visit.address)
        self._vault.forget("step", step)
        if taken == "recovery":
            self.trail.note("step.recovered", person.id, visit, since=person.since)
        return self.let_in(person, visit, "signed_in.password" if found.extra else BY_LINK)

    async def set_step(self, person_id: str, code: str, visit: Visit) -> tuple[str, ...]:
        """Confirm the second step that was begun; gives the codes to recover, this once. Other sessions end not. Raises WrongFirstCode, TooManyTries."""
        person = await self.known(person_id)
        self._codes.begin(person.id, f"code {person.id}", self._clock())
        codes = self.steps.confirm(person.id, person.since, code)
        if codes is None:
            raise WrongFirstCode
        self._codes.forgive(person.id, f"code {person.id}")
        self._vault.forget_begun(person.id)
        self.trail.note("step.set", person.id, visit, since=person.since)
        return codes

    async def prove(self, person_id: str, code: str, visit: Visit) -> Person:
        """Somebody with a second step shows that they have it before they change it. Raises WrongCode or TooManyTries."""
        person = await self.known(person_id)
        self._codes.begin(person.id, f"code {person.id}", self._clock())
        if self.steps.take(person.id, person.since, code) is None:
            self.trail.note("refused.code", person.id, visit, since=person.since)
            raise WrongCode
        self._codes.forgive(person.id, f"code {person.id}")
        return person

    def remove_step(self, person: Person, visit: Visit) -> None:
        """Take the second step away."""
        self.steps.remove(person.id)
        self._vault.forget_begun(person.id)
        self.trail.note("step.removed", person.id, visit, since=person.since)

    async def ask_passkey(self, person: Person | None, place: Place) -> Asked:
        """Ask a browser to make a passkey for somebody, or (None) for one that it has. Raises PasskeysFull."""
        if person is None:
            return await self._pool.run(partial(self.passkeys.ask_known, place))
        return await self._pool.run(partial(self.passkeys.ask_new, _holder(person), person.name, place))

    async def add_passkey(self, person: Person, ask: str, credential: str, name: str, visit: Visit) -> None:
        """Keep a passkey that a browser made. Raises PasskeyWrong."""
        await self._pool.run(partial(self.passkeys.add, _holder(person), ask, credential, name or visit.device))
        self._vault.forget_begun(person.id)
        self.trail.note("passkey.added", person.id, visit, since=person.since)

    def remove_passkey(self, person: Person, passkey_id: str, visit: Visit) -> bool:
        """Forget a passkey. False: they have no such."""
        removed = self.passkeys.remove(_holder(person), passkey_id)
        if removed:
            self._vault.forget_begun(person.id)
            self.trail.note("passkey.removed", person.id, visit, since=person.since)
        return removed

    async def by_passkey(self, ask: str, credential: str, visit: Visit) -> Session:
        """Sign in by a passkey; it is two things at once, so that no code is asked for. Raises PasskeyWrong or TooManyTries."""
        self.knock(visit)
        try:
            holder = await self._pool.run(partial(self.passkeys.take, ask, credential))
        except PasskeyWrong:
            self.trail.note("refused.passkey", "", visit)
            raise
        person = await self._directory.person(holder.subject)
        if person is None or person.since != holder.since:
            self.trail.note("refused.passkey", "", visit)
            raise PasskeyWrong
        self.knew(visit)
        return self.let_in(person, visit, "signed_in.passkey")

    def knock(self, visit: Visit) -> None:
        """Count a try that names nobody. Raises TooManyTries."""
        self._tries.begin(None, visit.address, self._clock())

    def knew(self, visit: Visit) -> None:
        """It was somebody after all: this try counts not."""
        self._tries.forgive(None, visit.address)

    async def known(self, person_id: str) -> Person:
        """Somebody who belongs here now. Raises NotSignedIn: they just left, or it is a token that asks."""
        person = await self._directory.person(person_id)
        if person is None:
            raise NotSignedIn
        return person

    def let_in(self, person: Person, visit: Visit, how: What) -> Session:
        """A session for somebody who has shown who they are."""
        self.trail.note(how, person.id, visit, since=person.since)
        csrf = secrets.token_urlsafe(18)
        secret = self._vault.issue(
            "session",
            person.id,
            since=person.since,
            lifetime_ms=SESSION_MS,
            extra=csrf,
            device=visit.device,
            address=visit.address,
            how=how,
        )
        return Session(secret=secret, csrf=csrf, person_id=person.id)

    async def open_screen(self, token: str, before: str = "") -> Screen:
        """A page that only shows, by the token in its link: as long as that is good; in place of what this browser opened `before`.

        Raises LinkUsed or ScreensFull.
        """
        known = await self._of_token(self._vault.find("token", token.removeprefix("kb_")))
        if known is None or known.roles != (SCREEN_ROLE,):
            raise LinkUsed
        if before:
            self._vault.forget("screen", before)
        if self._vault.count("screen", known.id) >= SCREENS_MAX:
            raise ScreensFull(screens_max=SCREENS_MAX)
        lifetime_ms = SESSION_MS if known.expires_at is None else min(SESSION_MS, known.expires_at - self._clock())
        return Screen(secret=self._vault.issue("screen", known.id, lifetime_ms=lifetime_ms), show_id=known.show_id)

    def sign_out(self, secret: str, visit: Visit = NOWHERE) -> None:
        """End a session."""
        if found := self._vault.find("session", secret):
            self.trail.note("signed_out", found.subject, visit, since=found.since)
        self._vault.forget("session", secret)
        self._told()

    def session_id(self, secret: str | None) -> str:
        """What a session is called in the list of them; "" for none."""
        found = self._vault.find("session", secret) if secret else None
        return found.id if found else ""

    async def sessions_of(self, person_id: str | None) -> list[Held]:
        """Where this person is signed in, or (None) everybody; the newest used first."""
        return await self._pool.run(partial(self._vault.held, "session", person_id))

    async def token_uses(self) -> list[Held]:
        """When each API token opened something last, and from where."""
        return await self._pool.run(partial(self._vault.held, "token"))

    async def walked(self, before: int, limit: int) -> list[Step]:
        """Who came in and who was turned away before that instant (ms UTC), newest first."""
        return await self._pool.run(partial(self.trail.read, before, limit))

    def end_session(self, person: Person, session_id: str, visit: Visit) -> None:
        """End one of one's own sessions; a window that is open by it closes at once. Raises SessionUnknown."""
        if not self._vault.end("session", person.id, session_id):
            raise SessionUnknown
        self.trail.note("sessions.ended", person.id, visit, since=person.since)
        self._told()

    def end_sessions(self, person: Person, visit: Visit, *, by: str, keep: str | None = None) -> None:
        """End all sessions, unused links and half sign-ins of a person but the session to `keep` (its secret); `by` is whose wish that is."""
        self._vault.forget_all("session", person.id, keep=keep)
        self._vault.forget_begun(person.id)
        self.trail.note("sessions.ended", person.id, visit, since=person.since, by=by)
        self._told()

    async def set_password(self, person: Person, password: str, visit: Visit, *, keep: str, current: str = "") -> None:
        """Give oneself a password; every link, and every session but the one to `keep` (its secret), ends. Raises as `OwnPasswords.replace`."""
        await self.passwords.replace(person, password, visit, session=keep, current=current)
        self._vault.forget_all("session", person.id, keep=keep)
        self._vault.forget_begun(person.id)
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
        self.trail.forget(person_id, left_at)
        self.steps.changed()
        self.passkeys.changed()
        self._told()

    def reset_step(self, person_id: str, at: int, *, by: str) -> None:
        """Another gave somebody a new start: their second step and their passkeys are gone, if they are from before that instant (ms UTC)."""
        if any([self.steps.remove(person_id, at), self.passkeys.remove_all(person_id, at)]):
            self.trail.note("step.reset", person_id, NOWHERE, by=by)

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

    async def identify(
        self, headers: Mapping[str, str], cookies: Mapping[str, str], *, changes: bool, address: str = "", own: bool = False
    ) -> Caller:
        """Who sent this request. `changes`: it may change something, so a cookie needs its CSRF value. `own`: it is about their own account.

        Raises NotSignedIn, CsrfMissing, or StepNeeded where more than their own account is asked for.
        """
        role = headers.get(ROLE_HEADER) or None
        bearer = headers.get("authorization", "")
        program = bearer.lower().startswith("bearer ")
        if program:
            found = self._vault.find("token", bearer[7:].strip().removeprefix("kb_"))
            person = await self._of_token(found)
        else:
            found = self._of_cookies(cookies)
            person = await self._by_cookie(found, headers, changes=changes)
        if person is None or found is None:
            raise NotSignedIn
        if not own and self.lacks_step(person):
            raise StepNeeded
        self._note_use(found, Visit(address=address, device=device_of(headers.get("user-agent", ""))))
        show = f"show/{person.show_id}" if person.show_id else None
        return Caller(id=person.id, name=person.name, roles=frozenset(person.roles), role=role, only=show, program=program)

    async def _of_token(self, found: Secret | None) -> Person | None:
        known = await self._directory.token(found.subject) if found else None
        ended = known is not None and known.expires_at is not None and known.expires_at <= self._clock()
        return None if ended else known

    def _of_cookies(self, cookies: Mapping[str, str]) -> Secret | None:
        """Who signed in, else the page that only shows."""
        session, screen = cookies.get(COOKIE), cookies.get(SCREEN_COOKIE)
        found = self._vault.find("session", session) if session else None
        return found or (self._vault.find("screen", screen) if screen else None)

    def lacks_step(self, person: Person) -> bool:
        """Whether a second step is asked of them from now on, and they have none."""
        return person.step_by is not None and person.step_by <= self._clock() and not self.has_step(person)

    def has_step(self, person: Person) -> bool:
        """Whether a stolen password alone would not let anybody in as them."""
        return self.steps.has(person.id, person.since) or self.passkeys.has(person.id, person.since)

    def _note_use(self, found: Secret, visit: Visit) -> None:
        """When it was used last, and of a token, whence: in memory, and written down now and then by a thread of its own."""
        if found.kind == "token":
            at, address = self._token_uses.get(found.id, (0, ""))
            if visit.address != address or self._clock() - at >= USED_MS:
                self._token_uses[found.id] = (self._clock(), visit.address)
                self.trail.note("token.used", found.subject, visit)
        if self._vault.used(found, visit.address):
            self._pool.soon(self._vault.write_uses)

    async def _by_cookie(self, found: Secret | None, headers: Mapping[str, str], *, changes: bool) -> Person | None:
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

    async def subscriber(self, secret: str) -> Person | None:
        """Whose calendar an address opens; None when it was ended, or they left."""
        return await self._person_of(self._vault.find("calendar", secret))

    def _told(self) -> None:
        for watcher in self._watchers:
            watcher()


def _holder(person: Person) -> Holder:
    return Holder(person.id, person.since)
