"""Refusals: a rule said no, with a code and data. The words live in the locales."""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import ClassVar, dataclass_transform


@dataclass_transform(kw_only_default=True, eq_default=False)
class Refusal(Exception):
    """A rule said no. `code` names the rule (`promo.id_taken`), `status` is the HTTP answer.

    What a refusal annotates is its data, given by name when it is raised: it fills the message and goes to the client
    beside the code, where it is typed as well.
    """

    code: ClassVar[str] = "core.refused"
    status: ClassVar[int] = 409

    def __init_subclass__(cls) -> None:
        """Every refusal is a dataclass: a name that it does not declare is refused when it is raised, and by pyright before."""
        dataclass(kw_only=True, eq=False, repr=False)(cls)

    def __post_init__(self) -> None:
        """As text a refusal is its code and its data."""
        super().__init__(self.code, self.data)

    @classmethod
    def declared(cls) -> dict[str, object]:
        """The names of its data, and their types."""
        return {field.name: field.type for field in fields(cls)} if is_dataclass(cls) else {}

    @property
    def data(self) -> dict[str, object]:
        """What it was raised with, by name."""
        return {name: getattr(self, name) for name in self.declared()}


class NotFound(Refusal):
    """Something named in the request does not exist."""

    code = "core.not_found"
    status = 404
    kind: str
    id: str


class NotAllowed(Refusal):
    """The charter does not give this duty to the caller's roles. Who can: `able_roles` by name, and of them who is `on_duty` now."""

    code = "core.not_allowed"
    status = 403
    duty: str
    roles: list[str]
    able_roles: list[str] = field(default_factory=list[str])
    on_duty: list[str] = field(default_factory=list[str])


class ElsewhereOnly(Refusal):
    """The token was made for one show and opens no other."""

    code = "core.elsewhere_only"
    status = 403
    only: str
    stream: str


class NotSignedIn(Refusal):
    """No session, an expired one, or a revoked token."""

    code = "core.not_signed_in"
    status = 401


class Invalid(Refusal):
    """The request is not understood."""

    code = "core.invalid"
    status = 422
    where: str
    why: str


class KeyReused(Refusal):
    """The idempotency key came before with another body."""

    code = "core.key_reused"
    status = 409
    key: str


class TooLarge(Refusal):
    """The body is larger than the limit."""

    code = "core.too_large"
    status = 413
    limit_bytes: int


class StoreUnavailable(Refusal):
    """The log could not be written; nothing was acknowledged."""

    code = "core.store_unavailable"
    status = 503
    stream: str


class StoreFull(StoreUnavailable):
    """There is no room left for the log; nothing was acknowledged, and nothing that stands in it is lost."""

    code = "core.store_full"


class LogDamaged(Refusal):
    """What stands in the log from `seq` of a stream on is not what was written; 0: nothing of the file can be read."""

    code = "core.log_damaged"
    status = 503
    stream: str
    seq: int


class VaultDamaged(Refusal):
    """The file of passwords and secrets is not what was written."""

    code = "core.vault_damaged"
    status = 503
    path: str


class FileUnusable(Refusal):
    """A file or a folder of the house cannot be used.

    `trouble`: no_permission, read_only, no_folder (what should be a folder on the way to it is none), a_folder (it is one itself),
    no_room, or what the system says.
    """

    code = "core.file_unusable"
    status = 503
    path: str
    trouble: str


def refusals() -> list[type[Refusal]]:
    """Every refusal of the modules in memory."""
    found: list[type[Refusal]] = [Refusal]
    for kind in found:  # grows as it goes: those under a refusal are refusals too
        found.extend(kind.__subclasses__())
    return found[1:]
