"""Passkeys: a device signs in by what its owner is or knows (WebAuthn). No secret of theirs is here, only what proves that they have one."""

import ipaddress
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import msgspec

from kaibo.core.errors import Refusal
from kaibo.kit.asks import Asks
from kaibo.kit.vault import Vault

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

PASSKEYS_MAX = 20  # of one person: phones, computers and a key in the drawer
CHALLENGE_BYTES = 32
SCHEMA = """
CREATE TABLE IF NOT EXISTS passkeys (
    credential BLOB PRIMARY KEY, subject TEXT NOT NULL, since INTEGER NOT NULL, public_key BLOB NOT NULL, count INTEGER NOT NULL,
    name TEXT NOT NULL, place TEXT NOT NULL, made_at INTEGER NOT NULL, used_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passkeys_subject ON passkeys (subject);
"""
OF = "SELECT lower(hex(credential)), name, place, made_at, used_at FROM passkeys WHERE subject = ? AND since = ? ORDER BY made_at"
ADD = "INSERT OR IGNORE INTO passkeys (credential, subject, since, public_key, count, name, place, made_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"
FIND = "SELECT subject, since, public_key, count FROM passkeys WHERE credential = ?"
USED = "UPDATE passkeys SET count = ?, used_at = ? WHERE credential = ? AND count <= ?"


class PasskeyPlace(Refusal):
    """Browsers give passkeys only to a name, over https; at a bare address there can be none."""

    code = "auth.passkey_place"
    host: str


class PasskeyWrong(Refusal):
    """The device's answer does not fit what it was asked, or nobody here has this passkey."""

    code = "auth.passkey_wrong"
    status = 401


class PasskeysFull(Refusal):
    """One person has no more devices than that."""

    code = "auth.passkeys_full"
    most: int


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    """One passkey: what its owner calls it, the host name it is for, and when it was made and used last (ms UTC, 0 never)."""

    passkey_id: str
    name: str
    place: str
    made_at: int
    used_at: int


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What to hand to the browser: `options` (JSON of WebAuthn), and the `ask` that goes with its answer."""

    ask: str
    options: str


class Place(NamedTuple):
    """A name that passkeys are for, and the origin that must ask."""

    name: str
    origin: str


class Holder(NamedTuple):
    """Whose a passkey is: a person as they came at that seq."""

    subject: str
    since: int


class _Question(NamedTuple):
    challenge: bytes
    place: Place
    subject: str


def place_of(origin: str) -> Place:
    """Where a page stands that asks for a passkey. Raises PasskeyPlace: at an address without a name, or without https."""
    parts = urlsplit(origin)
    name = parts.hostname or ""
    if _is_address(name) or not (parts.scheme == "https" or name == "localhost"):
        raise PasskeyPlace(host=name)
    return Place(name, f"{parts.scheme}://{parts.netloc}")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return not name
    return True


class Passkeys:
    """Makes, knows and forgets passkeys. What looks at an answer loads a library and reckons: call it off the event loop."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._clock = clock
        self._asks: Asks[_Question] = Asks(clock)
        self._has: dict[Holder, bool] = {}
        vault.hold(SCHEMA, "passkeys")

    def has(self, subject: str, since: int) -> bool:
        """Whether they have one."""
        holder = Holder(subject, since)
        if holder not in self._has:
            self._has[holder] = bool(self.of(holder))
        return self._has[holder]

    def changed(self) -> None:
        """Something was taken out of the vault: look again."""
        self._has.clear()

    def everybody(self) -> set[str]:
        """The person_ids of all who have one."""
        return {row[0] for row in self._vault.rows("SELECT DISTINCT subject FROM passkeys")}

    def of(self, holder: Holder) -> list[Passkey]:
        """Somebody's passkeys, the oldest first."""
        return [Passkey(**dict(zip(Passkey.__struct_fields__, row, strict=True))) for row in self._vault.rows(OF, *holder)]

    def ask_new(self, holder: Holder, name: str, place: Place) -> Asked:
        """Ask a browser to make one for somebody. Raises PasskeysFull."""
        import webauthn  # noqa: PLC0415  a sixth of a second, and only of a house that has passkeys
        from webauthn.helpers import structs  # noqa: PLC0415

        held = self.of(holder)
        if len(held) >= PASSKEYS_MAX:
            raise PasskeysFull(most=PASSKEYS_MAX)
        known: list[PublicKeyCredentialDescriptor] = [
            structs.PublicKeyCredentialDescriptor(id=bytes.fromhex(each.passkey_id)) for each in held
        ]
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        options = webauthn.generate_registration_options(
            rp_id=place.name,
            rp_name="Kaibo",
            user_name=name,
            user_display_name=name,
            user_id=bytes.fromhex(self._vault.digest("passkey", *map(str, holder))),
            challenge=challenge,
            exclude_credentials=known,
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
        )
        return self._asked(_Question(challenge, place, holder.subject), webauthn.options_to_json(options))

    def add(self, holder: Holder, ask: str, credential: str, name: str) -> None:
        """Keep the one that a browser made when it was asked. Raises PasskeyWrong."""
        import webauthn  # noqa: PLC0415
        from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

        question = self._asks.take(ask)
        if question is None or question.subject != holder.subject:
            raise PasskeyWrong
        try:
            made = webauthn.verify_registration_response(
                credential=credential,
                expected_challenge=question.challenge,
                expected_rp_id=question.place.name,
                expected_origin=question.place.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError) as error:
            raise PasskeyWrong from error
        row = (made.credential_id, *holder, made.credential_public_key, made.sign_count, name, question.place.name, self._clock())
        self._vault.change(ADD, *row)
        self.changed()

    def ask_known(self, place: Place) -> Asked:
        """Ask a browser for any passkey of this place."""
        import webauthn  # noqa: PLC0415
        from webauthn.helpers.structs import UserVerificationRequirement  # noqa: PLC0415

        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        options = webauthn.generate_authentication_options(
            rp_id=place.name, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
        )
        return self._asked(_Question(challenge, place, ""), webauthn.options_to_json(options))

    def take(self, ask: str, credential: str) -> Holder:
        """Whose passkey answered. Raises PasskeyWrong."""
        import webauthn  # noqa: PLC0415
        from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

        question = self._asks.take(ask)
        if question is None or question.subject:
            raise PasskeyWrong
        try:
            answered = webauthn.helpers.parse_authentication_credential_json(credential).raw_id
            subject, since, public_key, count = self._find(answered)
            verified = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=question.challenge,
                expected_rp_id=question.place.name,
                expected_origin=question.place.origin,
                credential_public_key=public_key,
                credential_current_sign_count=count,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError) as error:
            raise PasskeyWrong from error
        if not self._vault.change(USED, verified.new_sign_count, self._clock(), answered, verified.new_sign_count):
            raise PasskeyWrong
        return Holder(subject, since)

    def remove(self, holder: Holder, passkey_id: str) -> bool:
        """Forget one. False: there is none of theirs by that id."""
        removed = self._vault.change(
            "DELETE FROM passkeys WHERE subject = ? AND lower(hex(credential)) = ?", holder.subject, passkey_id
        )
        self.changed()
        return removed > 0

    def remove_all(self, subject: str, made_before: int) -> bool:
        """Forget all of somebody's that were made before an instant (ms UTC). False: there were none."""
        removed = self._vault.change("DELETE FROM passkeys WHERE subject = ? AND made_at < ?", subject, made_before)
        self.changed()
        return removed > 0

    def _find(self, credential: bytes) -> tuple[str, int, bytes, int]:
        found = self._vault.rows(FIND, credential)
        if not found:
            raise PasskeyWrong
        subject, since, public_key, count = found[0]
        return str(subject), int(since), bytes(public_key), int(count)

    def _asked(self, question: _Question, options: str) -> Asked:
        return Asked(ask=self._asks.put(question), options=options)
