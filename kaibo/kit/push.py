"""Web Push: a short text to a phone whose page is shut (RFC 8030), readable there alone (RFC 8291), and signed by this house (RFC 8292).

A push service says that it took a message, never that a phone showed it: whoever is asked says so from the phone.
"""

import asyncio
import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from kaibo.core.errors import Refusal
from kaibo.core.event import Mode
from kaibo.kit.outward import PLAIN, let_out
from kaibo.kit.passkeys import Holder
from kaibo.kit.vault import ID_LENGTH, Vault

if TYPE_CHECKING:
    import httpx
    from joserfc.jwk import ECKey

log = logging.getLogger("kaibo.push")

SCHEMA = """
CREATE TABLE IF NOT EXISTS phones (
    phone_id TEXT PRIMARY KEY, subject TEXT NOT NULL, since INTEGER NOT NULL, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL,
    auth TEXT NOT NULL, language TEXT NOT NULL, device TEXT NOT NULL, made_at INTEGER NOT NULL, session_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS phones_subject ON phones (subject);
"""
KEEP = "INSERT OR REPLACE INTO phones (phone_id, subject, since, endpoint, p256dh, auth, language, device, made_at, session_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
COLUMNS = "phone_id, subject, since, endpoint, p256dh, auth, language, device, made_at"
# Whoever signs out there, or is signed out, is told there no more: a lost phone, or one that somebody else uses next.
SIGNED_IN = "EXISTS (SELECT 1 FROM secrets WHERE kind = 'session' AND secrets.subject = phones.subject AND expires_at > ? AND substr(hash, 1, {}) = session_id)".replace(
    "{}", str(ID_LENGTH)
)
OWN_KEY = "house/push"
PHONES_MAX = 10  # of one person; the oldest makes room
AT_ONCE = 16  # messages on their way to one push service: one that is slow holds up its own phones alone
WAIT_S = 5.0
REST_S = 5.0  # after a service was not reached: its other phones are told by the next step
LINE_MAX = 240  # signs a phone has room for; every push service takes 3,993 bytes
# Of the makers of browsers. Anything else a page could name would make this house ask addresses of somebody's choice.
SERVICES = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
Sent = Literal["accepted", "gone", "refused", "unreached", "spared"]
"""What a push service said: it took it; the phone is no more; it will not take it; nothing (or that it cannot now). `spared`: it was not asked, nobody wanted it any more."""


class PushServiceUnknown(Refusal):
    """The address is none of a browser's maker: nothing is sent there."""

    code = "push.service_unknown"
    status = 422
    host: str


class PushUnreadable(Refusal):
    """The keys are not those of a browser."""

    code = "push.unreadable"
    status = 422


class PhoneKeys(msgspec.Struct, frozen=True, kw_only=True):
    """As the browser gives them, base64url: its public key (P-256, 65 bytes) and a secret of 16 bytes."""

    p256dh: Annotated[str, Meta(max_length=200)]
    auth: Annotated[str, Meta(max_length=100)]


class PhoneAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser's `PushSubscription` says of itself, and in which language it wants to be told. `again`: it was told before, and need not be tried."""

    endpoint: Annotated[str, Meta(max_length=1_000)]
    keys: PhoneKeys
    language: Annotated[str, Meta(max_length=20)] = ""
    again: bool = False


class Phone(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that can be reached while its page is shut."""

    phone_id: str
    subject: str
    since: int
    endpoint: str
    p256dh: str
    auth: str
    language: str
    device: str
    made_at: int


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What a phone shows: two lines, and what it opens.

    `tag`: a later one of the same tag takes its place; `meet`: the stream to tell that it came, `over`: what to show instead when nobody is asked.
    """

    title: str
    body: str
    url: str
    tag: str
    urgent: bool = False
    meet: str = ""
    over: str = ""


class Phones:
    """Whose phones there are, and the way to them.

    `public_url`: where this house is, by which a push service knows whom to ask about what it sends. `services`: hosts that are trusted
    beside those of the makers of browsers (host:port), over plain HTTP too.
    """

    def __init__(self, vault: Vault, clock: Callable[[], int], public_url: str = "", services: Sequence[str] = ()) -> None:
        self._vault = vault
        self._clock = clock
        self._services = frozenset(services)
        self._contact = public_url if public_url.startswith("https://") else "mailto:webpush@kaibo.invalid"
        self._line: httpx.AsyncClient | None = None
        self._own: ECKey | None = None
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._rests: dict[str, float] = {}  # until when (the loop's time) a service is not asked again
        vault.hold(SCHEMA, "phones")

    # whose
    def add(self, holder: Holder, asked: PhoneAsked, device: str, session_id: str) -> str:
        """Reach somebody there from now on, while that session lasts; a phone that changes hands reaches who has it now. Its id. Raises PushServiceUnknown, PushUnreadable."""
        self._check(asked)
        phone_id, keys = _id_of(asked.endpoint), asked.keys
        whose = phone_id, *holder, asked.endpoint, keys.p256dh, keys.auth
        self._vault.change(KEEP, *whose, asked.language, device, self._clock(), session_id)
        self._vault.change(f"DELETE FROM phones WHERE subject = ? AND NOT {SIGNED_IN}", holder.subject, self._clock())  # noqa: S608  constant clauses
        for old in self.of(holder)[PHONES_MAX:]:
            self.remove(holder, old.phone_id)
        return phone_id

    def of(self, holder: Holder) -> list[Phone]:
        """Somebody's, newest first."""
        return self._rows(f"subject = ? AND since = ? AND {SIGNED_IN} ORDER BY made_at DESC, phone_id", *holder, self._clock())

    def remove(self, holder: Holder, phone_id: str) -> bool:
        """No longer there; whether it was theirs."""
        where = "DELETE FROM phones WHERE phone_id = ? AND subject = ? AND since = ?"
        return self._vault.change(where, phone_id, *holder) > 0

    def _rows(self, where: str, *values: str | int) -> list[Phone]:
        found = self._vault.rows(f"SELECT {COLUMNS} FROM phones WHERE {where}", *values)  # noqa: S608  constant clauses
        return [Phone(**dict(zip(Phone.__struct_fields__, row, strict=True))) for row in found]

    def _check(self, asked: PhoneAsked) -> None:
        try:
            parts = urlsplit(asked.endpoint)
        except ValueError as error:
            raise PushServiceUnknown(host=asked.endpoint[:80]) from error
        own = parts.scheme in ("http", "https") and parts.netloc in self._services
        maker = parts.scheme == "https" and HOST.fullmatch(parts.netloc) and any(_is_of(parts.netloc, each) for each in SERVICES)
        if not PLAIN.fullmatch(asked.endpoint) or not (own or maker):
            raise PushServiceUnknown(host=parts.netloc[:80])
        from kaibo.kit import sealing  # noqa: PLC0415

        if not sealing.are_keys(asked.keys.p256dh, asked.keys.auth):
            raise PushUnreadable

    # sending
    def public_key(self) -> str:
        """By which a browser knows what comes from this house (base64url)."""
        from kaibo.kit import sealing  # noqa: PLC0415

        return sealing.public_key(self._key())

    async def tell(
        self, holder: Holder, note: Callable[[str], Note], mode: Mode, wanted: Callable[[], bool] = lambda: True
    ) -> list[Sent]:
        """Send a note of a show in that `mode`, made for the language of each, to all phones of somebody; those that are no more are forgotten. Raises OutwardShut.

        `wanted` is asked once more when its turn has come: what was taken meanwhile rings no more.
        """
        let_out(mode)
        phones = self.of(holder)
        sent = await asyncio.gather(*(self.send(phone, note(phone.language), wanted) for phone in phones))
        for phone, said in zip(phones, sent, strict=True):
            if said == "gone":
                self.remove(holder, phone.phone_id)
        return list(sent)

    async def send(self, phone: Phone, note: Note, wanted: Callable[[], bool] = lambda: True) -> Sent:
        """Send it once; whatever is wrong with one phone is no other's. A service that cannot take it now is asked again by the next step, not by us."""
        import httpx  # noqa: PLC0415

        from kaibo.kit import sealing  # noqa: PLC0415

        if self._line is None:
            self._line = httpx.AsyncClient(timeout=WAIT_S, follow_redirects=False)
        host, now = urlsplit(phone.endpoint).netloc, asyncio.get_running_loop().time
        try:
            async with self._turns.setdefault(host, asyncio.Semaphore(AT_ONCE)):
                if not wanted():
                    return "spared"
                if self._rests.get(host, 0.0) > now():
                    return "unreached"
                key, now_s = self._key(), self._clock() // 1000
                make = partial(sealing.sealed, phone.endpoint, phone.p256dh, phone.auth, _body(note), key, self._contact, now_s)
                body, signed = await asyncio.to_thread(make)
                headers = {**signed, **_asked(note)}
                async with asyncio.timeout(WAIT_S):
                    answer = await self._line.post(phone.endpoint, content=body, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            if isinstance(error, TimeoutError | httpx.TimeoutException | httpx.ConnectError):
                self._rests[host] = now() + REST_S
            log.warning("a push service was not reached: %s", type(error).__name__)
            return "unreached"
        except Exception:  # nobody else's message waits for it
            log.exception("a phone cannot be told")
            return "refused"
        said = _said(answer.status_code)
        if said in ("refused", "unreached"):
            log.warning("a push service answered %s", answer.status_code)
        return said

    async def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            await self._line.aclose()
            self._line = None

    def _key(self) -> "ECKey":
        """The one of this house, made once and kept."""
        from kaibo.kit import sealing  # noqa: PLC0415  only who sends or subscribes waits for what it stands on

        if self._own is None:
            kept = self._vault.kept(OWN_KEY) or self._vault.keep(OWN_KEY, sealing.new_key())
            self._own = sealing.key_of(kept)
        return self._own


def _body(note: Note) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(note, title=_short(note.title), body=_short(note.body)))


def _asked(note: Note) -> dict[str, str]:
    """How long it may wait for a phone that is off, how pressing it is, and which one it replaces while it waits."""
    topic = hashlib.sha256(note.tag.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {"TTL": "600" if note.urgent else "3600", "Urgency": "high" if note.urgent else "normal", "Topic": topic}


def _said(status: int) -> Sent:
    if 200 <= status < 300:
        return "accepted"
    if status in (404, 410):
        return "gone"
    return "unreached" if status == 429 or status >= 500 else "refused"


def _is_of(host: str, service: str) -> bool:
    return host.endswith(service) if service.startswith(".") else host == service


def _short(line: str) -> str:
    return line if len(line) <= LINE_MAX else f"{line[: LINE_MAX - 1]}…"


def _id_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).hexdigest()[:16]
