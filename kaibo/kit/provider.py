"""Signing in with an account of the company: OpenID Connect, code flow with PKCE. Whom the provider names must be somebody whom the house invited."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

from kaibo.core.errors import Refusal
from kaibo.kit.asks import Asks
from kaibo.kit.entry import ProviderSettings
from kaibo.kit.vault import Vault

if TYPE_CHECKING:
    import httpx

WAIT_S = 10
ANSWER_BYTES_MAX = 256 * 1024
KNOWN_MS = 600_000  # what a provider says of itself is asked again after so long
LEEWAY_S = 60
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
)  # none that needs no key, none of a shared one
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SECRET_NAME = "provider/secret"  # noqa: S105  the name of it

T = TypeVar("T")


class ProviderOff(Refusal):
    """No provider is set."""

    code = "auth.provider_off"
    status = 404


class ProviderAway(Refusal):
    """The provider cannot be reached, or answers what no provider does."""

    code = "auth.provider_away"
    status = 503


class ProviderSaidNo(Refusal):
    """The provider turned them away, or they went back."""

    code = "auth.provider_said_no"
    status = 401


class ProviderStale(Refusal):
    """It took too long, was begun in another browser, or is used a second time."""

    code = "auth.provider_stale"
    status = 401


class ProviderWrong(Refusal):
    """What came back is not what this provider would say to this house."""

    code = "auth.provider_wrong"
    status = 401


class ProviderBad(Refusal):
    """No address of a provider: it must be https, or of this machine."""

    code = "auth.provider_bad"
    status = 422
    issuer: str


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of itself, as far as it matters here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class _Tokens(msgspec.Struct, frozen=True, kw_only=True):
    id_token: str
    access_token: str = ""


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a provider names: `sub` is theirs for ever, an address may pass to another."""

    sub: str
    email: str = ""
    email_verified: bool | str = False
    name: str = ""
    groups: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Their mail address in small letters; "" where the provider does not vouch for it."""
        plain = self.email.strip().casefold()
        return plain if self.email_verified in (True, "true") and plain.count("@") == 1 else ""


class Begun(NamedTuple):
    """Where to send the browser, and the state that it must come back with."""

    url: str
    state: str


class _Question(NamedTuple):
    settings: ProviderSettings
    redirect_uri: str
    nonce: str
    verifier: str


def check_issuer(issuer: str) -> None:
    """Raises ProviderBad."""
    parts = urlsplit(issuer)
    if not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))):
        raise ProviderBad(issuer=issuer)


class Provider:
    """Speaks with the one provider that the house has set."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._clock = clock
        self._asks: Asks[_Question] = Asks(clock)
        self._known: dict[str, tuple[int, Metadata]] = {}
        self._line: httpx.AsyncClient | None = None

    @property
    def _http(self) -> "httpx.AsyncClient":
        """Opened when the provider is first asked: a house without one does not load what speaks with it."""
        if self._line is None:
            import httpx  # noqa: PLC0415

            self._line = httpx.AsyncClient(timeout=WAIT_S, follow_redirects=False)
        return self._line

    async def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            await self._line.aclose()

    def keep_secret(self, secret: str) -> None:
        """What this house shows the provider; never in the log."""
        self._vault.put(SECRET_NAME, secret)

    async def discover(self, issuer: str) -> Metadata:
        """What it says of itself. Raises ProviderBad or ProviderAway."""
        check_issuer(issuer)
        at, known = self._known.get(issuer, (0, None))
        if known is not None and self._clock() - at < KNOWN_MS:
            return known
        found = await self._read(f"{issuer.rstrip('/')}/.well-known/openid-configuration", Metadata)
        if found.issuer != issuer:
            raise ProviderAway
        self._known[issuer] = (self._clock(), found)
        return found

    async def begin(self, settings: ProviderSettings, redirect_uri: str) -> Begun:
        """Send a browser to the provider. Raises ProviderAway."""
        metadata = await self.discover(settings.issuer)
        nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        state = self._asks.put(_Question(settings, redirect_uri, nonce, verifier))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid email profile" + (" groups" if settings.groups else ""),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in metadata.authorization_endpoint else "?"
        return Begun(f"{metadata.authorization_endpoint}{joint}{urlencode(asked)}", state)

    async def finish(self, state: str, code: str) -> tuple[ProviderSettings, Claims]:
        """Whom the provider named, once. Raises ProviderStale, ProviderAway or ProviderWrong."""
        question = self._asks.take(state)
        if question is None:
            raise ProviderStale
        settings = question.settings
        metadata = await self.discover(settings.issuer)
        tokens = await self._tokens(metadata, question, code)
        claims = self._checked(tokens.id_token, await self._read(metadata.jwks_uri, dict[str, Any]), question)
        if not claims.email and metadata.userinfo_endpoint and tokens.access_token:
            more = await self._read(metadata.userinfo_endpoint, Claims, tokens.access_token)
            if more.sub != claims.sub:
                raise ProviderWrong
            claims = more
        return settings, claims

    async def _tokens(self, metadata: Metadata, question: _Question, code: str) -> _Tokens:
        settings, secret = question.settings, self._vault.kept(SECRET_NAME) or ""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": question.redirect_uri,
            "code_verifier": question.verifier,
        }
        basic = secret and "client_secret_basic" in metadata.token_endpoint_auth_methods_supported
        if not basic:
            form |= {"client_id": settings.client_id, **({"client_secret": secret} if secret else {})}
        import httpx  # noqa: PLC0415

        auth = httpx.BasicAuth(settings.client_id, secret) if basic else httpx.USE_CLIENT_DEFAULT
        try:
            answer = await self._http.post(metadata.token_endpoint, data=form, auth=auth)
        except httpx.HTTPError as error:
            raise ProviderAway from error
        if answer.status_code in (400, 401):
            raise ProviderWrong
        return _decoded(answer, _Tokens)

    def _checked(self, id_token: str, keys: dict[str, Any], question: _Question) -> Claims:
        """Signed by the provider, for this house, for this question, and not over."""
        from joserfc import jwt  # noqa: PLC0415  what reads signatures is loaded by a house that has a provider
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        settings = question.settings
        try:
            token = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # pyright: ignore[reportArgumentType]
            jwt.JWTClaimsRegistry(
                now=self._clock() // 1000,
                leeway=LEEWAY_S,
                iss={"essential": True, "value": settings.issuer},
                aud={"essential": True, "value": settings.client_id},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": question.nonce},
            ).validate(token.claims)
            azp = token.claims.get("azp", settings.client_id)
            if azp != settings.client_id:
                raise ProviderWrong
            return msgspec.convert(token.claims, Claims)
        except (JoseError, ValueError, msgspec.ValidationError) as error:
            raise ProviderWrong from error

    async def _read(self, url: str, kind: type[T], bearer: str = "") -> T:
        import httpx  # noqa: PLC0415

        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        try:
            answer = await self._http.get(url, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderAway from error
        return _decoded(answer, kind)


def _decoded(answer: "httpx.Response", kind: type[T]) -> T:
    if answer.status_code != 200 or len(answer.content) > ANSWER_BYTES_MAX:
        raise ProviderAway
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except msgspec.MsgspecError as error:
        raise ProviderAway from error
