"""What was approved is carried out through the same commands that people use."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Reaction
from kaibo.features.alarm.facts import AlarmMoveApproved
from kaibo.features.product.commands import PinProduct
from kaibo.features.prompter.commands import HandQuestion, MessageHost
from kaibo.features.rundown.commands import MoveCue


def carry_out(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    """A cue comes next, a card is pinned, the host is told; money on ads is put by people, outside."""
    approved = event.fact
    if not isinstance(approved, AlarmMoveApproved):
        return []
    match approved.move:
        case "reorder":
            command: Command = MoveCue(cue_id=approved.cue_id, after_cue_id=approved.after_cue_id or None)
        case "pin":
            command = PinProduct(product_id=approved.product_id)
        case "coupon":
            command = MessageHost(message_id=approved.move_id, text=approved.text[:200])
        case "answer":
            command = HandQuestion(
                question_id=approved.move_id,
                text=approved.text,
                answer=approved.answer,
                product_id=approved.product_id or None,
            )
        case _:
            return []
    return [(event.stream, command)]


MOVES = Reaction(name="moves", reads=(AlarmMoveApproved,), decide=carry_out)
