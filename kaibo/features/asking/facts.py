"""What waits for somebody's yes: who asked for which command, who agreed or not, what became of it."""

from collections.abc import Mapping
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta, field
from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact


class AskingAsked(Fact, frozen=True, kw_only=True, tag="asking.asked"):
    """Somebody gave a command of which each of `roles` must agree first: it waits, nothing of it has happened.

    `body` is the command as JSON, `about` what it is about in words, `duty` the one it stands under. Until `until` (ms UTC) it is
    theirs to answer; then also one's who `answers`. `key`: the idempotency key under which it will run. `role_id`: in which role it was asked.
    """

    request_id: str
    command: str
    body: str
    duty: str
    person_id: str
    role_id: str
    roles: tuple[str, ...]
    answers: tuple[str, ...]
    until: int
    key: str
    about: tuple[str, ...] = ()


class AskingAgreed(Fact, frozen=True, kw_only=True, tag="asking.agreed"):
    """Somebody agreed, for these of the roles that were asked. `runs`: nobody else is waited for; one who answers for it needs nobody."""

    request_id: str
    roles: tuple[str, ...]
    runs: bool


class AskingDeclined(Fact, frozen=True, kw_only=True, tag="asking.declined"):
    """Somebody who was asked, or answers for it, said no."""

    request_id: str
    reason: str


class AskingWithdrawn(Fact, frozen=True, kw_only=True, tag="asking.withdrawn"):
    """Who asked no longer wants it."""

    request_id: str


class AskingExplained(Fact, frozen=True, kw_only=True, tag="asking.explained"):
    """Who asked says what it is for; "" no longer."""

    request_id: str
    why: str


class AskingOverdue(Fact, frozen=True, kw_only=True, tag="asking.overdue"):
    """Nobody answered in time: it is also theirs now who answer for it."""

    request_id: str


class AskingSettled(Fact, frozen=True, kw_only=True, tag="asking.settled"):
    """What was agreed to ran and led to the events `seqs` (none: nothing had to change); or a rule refused it by now: `code`, and its data as JSON."""

    request_id: str
    seqs: tuple[int, ...] = ()
    code: str = ""
    data: Annotated[dict[str, str], Meta(max_length=20)] = field(default_factory=dict[str, str])


FACTS = (AskingAsked, AskingAgreed, AskingDeclined, AskingWithdrawn, AskingExplained, AskingOverdue, AskingSettled)


def _asked(fact: AskingAsked, seq: int, viewer: Viewer) -> Fact:
    """What waits may quote a viewer. Their words leave the command too: then it can no longer run as it was meant."""
    return replace(fact, body=_body(fact.body, seq, viewer), about=tuple(viewer.unsaid(each, seq) for each in fact.about))


def _body(text: str, seq: int, viewer: Viewer) -> str:
    try:
        body: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return viewer.unsaid(text, seq)
    bare = _bare(body, seq, viewer)
    return text if bare == body else msgspec.json.encode(bare).decode()


def _bare(value: Any, seq: int, viewer: Viewer) -> Any:
    if isinstance(value, str):
        return viewer.unsaid(value, seq)
    if isinstance(value, list):
        return [_bare(one, seq, viewer) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: _bare(one, seq, viewer) for name, one in cast("dict[str, Any]", value).items()}
    return value


def _declined(fact: AskingDeclined, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


def _explained(fact: AskingExplained, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, why=viewer.unsaid(fact.why, seq))


def _settled(fact: AskingSettled, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, data={viewer.unsaid(name, seq): viewer.unsaid(text, seq) for name, text in fact.data.items()})


ERASES: Mapping[type[Fact], Eraser] = {
    AskingAsked: _asked,
    AskingDeclined: _declined,
    AskingExplained: _explained,
    AskingSettled: _settled,
}
