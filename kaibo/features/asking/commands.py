"""What may be said of a command that waits for somebody's yes."""

from typing import Annotated, ClassVar

from msgspec import Meta, field

from kaibo.core.event import Command

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Name = Annotated[str, Meta(max_length=64)]
Text = Annotated[str, Meta(max_length=200)]
BODY_MAX = 20_000  # of JSON: what a person can look through before they agree


class AskFirst(Command, frozen=True, kw_only=True, tag="asking.ask"):
    """The house's own, in the place of a command of which somebody must agree first; nobody says it by hand.

    `body` is that command as JSON, "" when it cannot wait where it came from.
    """

    duty: ClassVar = "asking.answer"
    routed: ClassVar = True
    command: Name
    body: str
    given: Name
    roles: Annotated[tuple[Name, ...], Meta(max_length=20)]
    answers: Annotated[tuple[Name, ...], Meta(max_length=20)] = ()
    within_s: Annotated[int, Meta(ge=1, le=100_000_000)]
    key: Annotated[str, Meta(max_length=128)] = ""
    about: Annotated[tuple[str, ...], Meta(max_length=20)] = ()


class AgreeToAsked(Command, frozen=True, kw_only=True, tag="asking.agree"):
    """Yes, for the roles one holds of those that were asked: when nobody else is waited for it runs as who asked, against how things stand then."""

    duty: ClassVar = "asking.answer"
    request_id: Id


class DeclineAsked(Command, frozen=True, kw_only=True, tag="asking.decline"):
    """No, and why: who asked is told."""

    duty: ClassVar = "asking.answer"
    request_id: Id
    reason: Text


class WithdrawAsked(Command, frozen=True, kw_only=True, tag="asking.withdraw"):
    """Who asked no longer wants it."""

    duty: ClassVar = "asking.answer"
    request_id: Id


class ExplainAsked(Command, frozen=True, kw_only=True, tag="asking.explain"):
    """Who asked says what it is for, to those who are asked; "" takes it back."""

    duty: ClassVar = "asking.answer"
    request_id: Id
    why: Text


class LapseAsked(Command, frozen=True, kw_only=True, tag="asking.lapse"):
    """The house's own: the time of those who were asked is over."""

    duty: ClassVar = "asking.keep"
    request_id: Id


class SettleAsked(Command, frozen=True, kw_only=True, tag="asking.settle"):
    """The house's own: what was agreed to ran, or was refused by a rule."""

    duty: ClassVar = "asking.keep"
    request_id: Id
    seqs: Annotated[tuple[int, ...], Meta(max_length=1000)] = ()
    code: Name = ""
    data: Annotated[dict[str, str], Meta(max_length=20)] = field(default_factory=dict[str, str])


COMMANDS = (AskFirst, AgreeToAsked, DeclineAsked, WithdrawAsked, ExplainAsked, LapseAsked, SettleAsked)
