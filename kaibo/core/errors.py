"""Refusals: a rule said no, with a code and data. The words live in the locales."""

from typing import ClassVar


class Refusal(Exception):
    """A rule said no. `code` names the rule (`promo.id_taken`), `data` fills the message, `status` is the HTTP answer."""

    code: ClassVar[str] = "core.refused"
    status: ClassVar[int] = 409

    def __init__(self, **data: object) -> None:
        super().__init__(self.code, data)
        self.data: dict[str, object] = data


class NotFound(Refusal):
    """Something named in the request does not exist: data {kind, id}."""

    code = "core.not_found"
    status = 404


class NotAllowed(Refusal):
    """The charter does not give this duty to the caller's roles: data {duty, roles}."""

    code = "core.not_allowed"
    status = 403


class NotSignedIn(Refusal):
    """No session, an expired one, or a revoked token."""

    code = "core.not_signed_in"
    status = 401


class Invalid(Refusal):
    """The request is not understood: data {where, why}."""

    code = "core.invalid"
    status = 422


class KeyReused(Refusal):
    """The idempotency key came before with another body: data {key}."""

    code = "core.key_reused"
    status = 409


class TooLarge(Refusal):
    """The body is larger than the limit: data {limit_bytes}."""

    code = "core.too_large"
    status = 413


class StoreUnavailable(Refusal):
    """The log could not be written; nothing was acknowledged."""

    code = "core.store_unavailable"
    status = 503
