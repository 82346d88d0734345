"""What the host was told."""

from typing import Literal

from kaibo.core.event import Fact

Signal = Literal["green", "yellow", "red"]


class HostMessaged(Fact, frozen=True, kw_only=True, tag="prompter.messaged"):
    """One line to the host from the director; "" clears it."""

    message_id: str
    text: str


class SignalSet(Fact, frozen=True, kw_only=True, tag="prompter.signal_set"):
    """Green go on, yellow change, red stop."""

    signal: Signal


class QuestionHanded(Fact, frozen=True, kw_only=True, tag="prompter.question_handed"):
    """A viewer's question worth answering, with an answer from the product sheet. `comment_ref` is `seq:index` in the log."""

    question_id: str
    text: str
    answer: str
    comment_ref: str | None = None
    product_id: str | None = None
    asked_by: str = ""


class QuestionFinished(Fact, frozen=True, kw_only=True, tag="prompter.question_finished"):
    """The host answered it, or it was taken back."""

    question_id: str
    outcome: Literal["answered", "withdrawn"]
