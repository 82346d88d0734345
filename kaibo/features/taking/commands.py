"""What may be asked when somebody takes a duty in need."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Duty = Annotated[str, Meta(min_length=1, max_length=64)]
Reason = Annotated[str, Meta(max_length=200)]
MINUTES = 10  # long enough to go on, short enough that somebody looks for who should do it
Minutes = Annotated[int, Meta(ge=1, le=60)]


class TakeDuty(Command, frozen=True, kw_only=True, tag="duty.take"):
    """In need: may give the commands of `duty` (`promo.approve`) for so many minutes, at most until the show ends; everybody is told why."""

    duty: ClassVar = "duty.take"
    taking_id: Id
    taken: Duty
    reason: Reason
    minutes: Minutes = MINUTES


class GiveBack(Command, frozen=True, kw_only=True, tag="duty.give_back"):
    """End it before its time: who took it, or who answers for it."""

    duty: ClassVar = "duty.take"
    taking_id: Id


class LapseTaking(Command, frozen=True, kw_only=True, tag="duty.lapse"):
    """The house's own: its time is over."""

    duty: ClassVar = "duty.keep"
    taking_id: Id


COMMANDS = (TakeDuty, GiveBack, LapseTaking)
