"""What the house keeps of its monthly review: that a month was gone through, and what people were refused."""

from kaibo.core.event import Fact


class ReviewHeld(Fact, frozen=True, kw_only=True, tag="review.held"):
    """Who leads went through a month (`2026-11`); the next one is due when the next month is over, or when people change."""

    month: str


class ReviewRefused(Fact, frozen=True, kw_only=True, tag="review.refused"):
    """A person pressed what is not theirs: the command and its duty, in the roles they held; `show_id` "" in the house, `code` of the refusal."""

    person_id: str
    roles: tuple[str, ...]
    command: str
    duty: str
    code: str
    show_id: str = ""
