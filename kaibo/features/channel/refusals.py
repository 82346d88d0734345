"""Why something is not said, not taken, not done."""

from kaibo.core.errors import Refusal


class ChannelUnknown(Refusal):
    """The show has no such channel."""

    code = "channel.unknown"
    status = 404
    channel_id: str


class ChannelTagUnknown(Refusal):
    """No such tag: it would reach nobody."""

    code = "channel.tag_unknown"
    status = 422
    tag: str


class ChannelPersonUnknown(Refusal):
    """Nobody of the workspace has this id: it would reach nobody."""

    code = "channel.person_unknown"
    status = 422
    person_id: str


class ChannelRoleUnknown(Refusal):
    """Nobody holds such a role, and the charter has none: it would reach nobody."""

    code = "channel.role_unknown"
    status = 422
    role: str


class MessageBlank(Refusal):
    """Nothing was said."""

    code = "channel.blank"
    status = 422


class MessageTooLong(Refusal):
    """Longer than anybody reads while a show is on air."""

    code = "channel.too_long"
    status = 422
    length: int
    most: int


class MessageIdTaken(Refusal):
    """Another message has this id."""

    code = "channel.id_taken"
    message_id: str


class MessageUnknown(Refusal):
    """There is no such message, or it was taken back."""

    code = "channel.message_unknown"
    status = 404
    message_id: str


class MessageNotYours(Refusal):
    """Only who wrote it changes it or takes it back."""

    code = "channel.not_yours"
    status = 403


class MessageAsksNothing(Refusal):
    """It has no tag and is not urgent: there is nothing to take."""

    code = "channel.asks_nothing"
    message_id: str


class MessageHeld(Refusal):
    """Somebody else does it; `person_id` is theirs."""

    code = "channel.held"
    person_id: str


class MessageDone(Refusal):
    """It is done already; `person_id` did it."""

    code = "channel.done"
    person_id: str


class MessageNotDone(Refusal):
    """It is not done, so there is nothing to open again."""

    code = "channel.not_done"


class MessageNoReason(Refusal):
    """The others are told why, or how, so something must be said."""

    code = "channel.no_reason"
    status = 422
