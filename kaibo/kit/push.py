"""Web Push: a short text to a phone whose page is shut (RFC 8030), readable there alone (RFC 8291), and signed by this house (RFC 8292).

A push service says that it took a message, never that a phone showed it: whoever is asked says so from the phone.
"""

import asyncio
import hashlib
import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, cast
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey
from msgspec import Meta

from kaibo.core.errors import Refusal
from kaibo.kit.passkeys import Holder
from kaibo.kit.vault import Vault

if TYPE_CHECKING:
    import httpx

log = logging.getLogger("kaibo.push")

SCHEMA = """
CREATE TABLE IF NOT EXISTS phones (
    phone_id TEXT PRIMARY KEY, subject TEXT NOT NULL, since INTEGER NOT NULL, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL,
    auth TEXT NOT NULL, language TEXT NOT NULL, device TEXT NOT NULL, made_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS phones_subject ON phones (subject);
"""
KEEP = "INSERT OR REPLACE INTO phones (phone_id, subject, since, endpoint, p256dh, auth, language, device, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
COLUMNS = "phone_id, subject, since, endpoint, p256dh, auth, language, device, made_at"
OWN_KEY = "house/push"
PHONES_MAX = 10  # of one person; the oldest makes room
AT_ONCE = 16  # messages on their way to push services
WAIT_S = 5.0
SIGNED_FOR_S = 12 * 3_600  # RFC 8292 takes a day at most
LINE_MAX = 240  # signs a phone has room for; every push service takes 3,993 bytes
# Of the makers of browsers. Anything else a page could name would make this house ask addresses of somebody's choice.
SERVICES = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
Sent = Literal["accepted", "gone", "refused", "unreached"]
"""What a push service said: it took it; the phone is no more; it will not take it; nothing (or that it cannot now)."""


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
    """What a browser's `PushSubscription` says of itself, and in which language it wants to be told."""

    endpoint: Annotated[str, Meta(max_length=1_000)]
    keys: PhoneKeys
    language: Annotated[str, Meta(max_length=20)] = ""


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
    """What a phone shows: two lines, and what it opens. `tag`: a later one of the same tag takes its place; `meet`: whom to tell that it came."""

    title: str
    body: str
    url: str
    tag: str
    urgent: bool = False
    meet: str = ""


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
        self._turns = asyncio.Semaphore(AT_ONCE)
        vault.hold(SCHEMA, "phones")

    # whose
    def add(self, holder: Holder, asked: PhoneAsked, device: str) -> str:
        """Reach somebody there from now on; a phone that changes hands reaches who has it now. Its id. Raises PushServiceUnknown, PushUnreadable."""
        self._check(asked)
        phone_id = _id_of(asked.endpoint)
        self._vault.change(
            KEEP, phone_id, *holder, asked.endpoint, asked.keys.p256dh, asked.keys.auth, asked.language, device, self._clock()
        )
        for old in self.of(holder)[PHONES_MAX:]:
            self.remove(holder, old.phone_id)
        return phone_id

    def of(self, holder: Holder) -> list[Phone]:
        """Somebody's, newest first."""
        return self._rows("subject = ? AND since = ? ORDER BY made_at DESC, phone_id", *holder)

    def remove(self, holder: Holder, phone_id: str) -> bool:
        """No longer there; whether it was theirs."""
        where = "DELETE FROM phones WHERE phone_id = ? AND subject = ? AND since = ?"
        return self._vault.change(where, phone_id, *holder) > 0

    def _rows(self, where: str, *values: str | int) -> list[Phone]:
        found = self._vault.rows(f"SELECT {COLUMNS} FROM phones WHERE {where}", *values)  # noqa: S608  constant clauses
        return [Phone(**dict(zip(Phone.__struct_fields__, row, strict=True))) for row in found]

    def _check(self, asked: PhoneAsked) -> None:
        parts = urlsplit(asked.endpoint)
        host = parts.hostname or ""
        trusted = parts.netloc in self._services or (
            parts.scheme == "https" and any(host == each or (each[0] == "." and host.endswith(each)) for each in SERVICES)
        )
        if not trusted:
            raise PushServiceUnknown(host=host[:80])
        try:
            point, secret = _bytes(asked.keys.p256dh), _bytes(asked.keys.auth)
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError as error:
            raise PushUnreadable from error
        if len(secret) != 16:
            raise PushUnreadable

    # sending
    def public_key(self) -> str:
        """By which a browser knows what comes from this house (base64url)."""
        return _point(self._key())

    async def tell(self, holder: Holder, note: Callable[[str], Note]) -> list[Sent]:
        """Send a note, made for the language of each, to all phones of somebody; those that are no more are forgotten."""
        phones = self.of(holder)
        sent = await asyncio.gather(*(self.send(phone, note(phone.language)) for phone in phones))
        for phone, said in zip(phones, sent, strict=True):
            if said == "gone":
                self.remove(holder, phone.phone_id)
        return list(sent)

    async def send(self, phone: Phone, note: Note) -> Sent:
        """Send it once. A service that cannot take it now is asked again by the next step, not by us."""
        import httpx  # noqa: PLC0415  only who sends waits for it

        if self._line is None:
            self._line = httpx.AsyncClient(timeout=WAIT_S, follow_redirects=False)
        try:
            async with self._turns:
                key = self._key()
                body, headers = await asyncio.to_thread(lambda: (_sealed(phone, note), self._headers(phone, note, key)))
                answer = await self._line.post(phone.endpoint, content=body, headers=headers)
        except httpx.HTTPError as error:
            log.warning("a push service was not reached: %s", type(error).__name__)
            return "unreached"
        said = _said(answer.status_code)
        if said in ("refused", "unreached"):
            log.warning("a push service answered %s", answer.status_code)
        return said

    async def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            await self._line.aclose()
            self._line = None

    def _headers(self, phone: Phone, note: Note, key: ECKey) -> dict[str, str]:
        parts, now_s = urlsplit(phone.endpoint), self._clock() // 1000
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now_s + SIGNED_FOR_S, "sub": self._contact}
        token = jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, key)
        return {
            "TTL": "600" if note.urgent else "3600",
            "Urgency": "high" if note.urgent else "normal",
            "Topic": _text(hashlib.sha256(note.tag.encode("utf-8", "surrogatepass")).digest())[:32],
            "Content-Encoding": "aes128gcm",
            "Authorization": f"vapid t={token}, k={_point(key)}",
        }

    def _key(self) -> ECKey:
        if self._own is None:
            kept = self._vault.kept(OWN_KEY)
            if kept is None:
                made = msgspec.json.encode(ECKey.generate_key("P-256").as_dict(private=True)).decode()
                kept = self._vault.keep(OWN_KEY, made)
            self._own = ECKey.import_key(msgspec.json.decode(kept, type=dict[str, str | list[str]]))
        return self._own


def _sealed(phone: Phone, note: Note) -> bytes:
    import http_ece  # noqa: PLC0415  only who sends waits for it

    body = msgspec.json.encode(msgspec.structs.replace(note, title=_short(note.title), body=_short(note.body)))
    sealed = http_ece.encrypt(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        body,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(phone.p256dh),
        auth_secret=_bytes(phone.auth),
        version="aes128gcm",
    )
    return cast("bytes", sealed)


def _point(key: ECKey) -> str:
    return _text(key.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _said(status: int) -> Sent:
    if 200 <= status < 300:
        return "accepted"
    if status in (404, 410):
        return "gone"
    return "unreached" if status == 429 or status >= 500 else "refused"


def _short(line: str) -> str:
    return line if len(line) <= LINE_MAX else f"{line[: LINE_MAX - 1]}…"


def _id_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
