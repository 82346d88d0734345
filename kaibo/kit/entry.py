"""What the door knows people by and what it says when it stays shut."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import msgspec

from kaibo.core.errors import Refusal


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


class WrongCurrent(Refusal):
    """To replace a password the one that is set was asked for, and it was another."""

    code = "auth.wrong_current"
    status = 403


class WrongFirstCode(Refusal):
    """The code that was to confirm a second step is wrong or too old; there is none to recover with yet."""

    code = "auth.wrong_first_code"
    status = 403


class WeakPassword(Refusal):
    """The password is too short."""

    code = "auth.weak_password"
    status = 422
    min_length: int


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person or token as the workspace knows it now.

    `since`: the seq of the event that brought them in, so that one who comes back by the same id is another. `show_id`: a token
    for that show alone, "" for all; `expires_at` (ms UTC): it opens nothing from then on. `step_by` (ms UTC): from then on a second
    step is asked of them, because of what their roles may do; None: it is theirs to choose.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    since: int = 0
    show_id: str = ""
    expires_at: int | None = None
    step_by: int | None = None


class ProviderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The provider of a company's accounts, and what the house calls it. Its secret is in the vault.

    `domains`: whoever has a mail address there may make an account of their own, with these `roles`; empty: only who was invited comes in.
    `groups`: one of them is asked for, where there are any.
    """

    issuer: str
    client_id: str
    label: str
    domains: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    """How the door asks the workspace: by person id, by name, and by token id; None when there is no such (or no longer).

    `consoles`: which consoles each role opens. `provider`: of the company's accounts, None where none is set; `join`: somebody who
    makes an account of their own, by name and mail address, with roles.
    """

    person: Callable[[str], Awaitable[Person | None]]
    named: Callable[[str], Awaitable[Person | None]]
    token: Callable[[str], Awaitable[Person | None]]
    consoles: Callable[[], Awaitable[Mapping[str, tuple[str, ...]]]]
    provider: Callable[[], Awaitable[ProviderSettings | None]]
    join: Callable[[str, str, tuple[str, ...]], Awaitable[Person]]


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """A cookie's secret for a page that only shows, and the show it is for."""

    secret: str
    show_id: str


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A new session: the cookie's secret and the CSRF value the page sends back."""

    secret: str
    csrf: str
    person_id: str


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """The password was right, and a second step is to come: `step` is the secret that goes with its code, for some minutes."""

    step: str


class WrongCode(Refusal):
    """The code is wrong, too old, or was used before; which of them is not said."""

    code = "auth.wrong_code"
    status = 401


class StepOver(Refusal):
    """It took too long from the password to the code."""

    code = "auth.step_over"
    status = 401


class StepNeeded(Refusal):
    """These roles may only be used with a second step, and this person has none yet."""

    code = "auth.step_needed"
    status = 403


class SessionUnknown(Refusal):
    """There is no such session, or it has ended."""

    code = "auth.session_unknown"
    status = 404
