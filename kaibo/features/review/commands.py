"""What may be asked of the monthly review."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command

Name = Annotated[str, Meta(max_length=100)]


class HoldReview(Command, frozen=True, kw_only=True, tag="review.hold"):
    """Say that a month was gone through."""

    duty: ClassVar = "review.hold"
    month: Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])(?!\n)$")]


class NoteRefusal(Command, frozen=True, kw_only=True, tag="review.note_refusal"):
    """The house noticed that somebody pressed what is not theirs."""

    duty: ClassVar = "review.keep"
    person_id: Name
    roles: Annotated[tuple[Name, ...], Meta(max_length=20)]
    command: Name
    about: Name
    code: Name
    show_id: Name = ""
