"""What goes over the bridges of the house, letter by letter, and what became of each."""

from typing import Literal

from kaibo.core.event import Fact

Outcome = Literal["confirmed", "sent", "limited", "unreached", "unknown", "failed"]
"""What came of a try: the messenger took it and named it; took it; may not take it yet; was not reached (or is down); may have it, nobody knows; will not take it."""
Why = Literal["late", "settled", "elsewhere", "removed"]
"""Why a letter is carried no more: it is too old; nobody asks any more; another way had it; there is no such bridge any more, or it rests."""


class LetterQueued(Fact, frozen=True, kw_only=True, tag="outbox.queued"):
    """A message is to be carried over a bridge. `told`: seq of the event that this tells of: that it was said, or whose it is now.

    `reserves`: bridges (bridge_id) to try in turn where this one fails; `instead_of`: the letter that failed, "" none.
    """

    letter_id: str
    bridge_id: str
    message_id: str
    told: int
    urgent: bool
    reserves: tuple[str, ...] = ()
    instead_of: str = ""


class LettersBegun(Fact, frozen=True, kw_only=True, tag="outbox.begun"):
    """They are about to leave the house: written down before, so that nobody sends them twice without knowing."""

    letter_ids: tuple[str, ...]


class LettersTried(Fact, frozen=True, kw_only=True, tag="outbox.tried"):
    """What the messenger answered; by the body of its answer, never by its status alone.

    `code` as the messenger says it, or ours (`timeout`); `remote_id`: how the messenger calls the message. `until` (ms UTC): not tried again before, 0 never.
    """

    letter_ids: tuple[str, ...]
    outcome: Outcome
    code: str = ""
    remote_id: str = ""
    until: int = 0


class OutboxWoken(Fact, frozen=True, kw_only=True, tag="outbox.woken"):
    """What waited is tried again."""

    letter_ids: tuple[str, ...]


class LettersDropped(Fact, frozen=True, kw_only=True, tag="outbox.dropped"):
    """They are carried no more."""

    letter_ids: tuple[str, ...]
    why: Why


class LetterAcknowledged(Fact, frozen=True, kw_only=True, tag="outbox.acknowledged"):
    """Somebody (person_id) took what it asks by the link in it."""

    letter_id: str
    person_id: str


FACTS = (LetterQueued, LettersBegun, LettersTried, OutboxWoken, LettersDropped, LetterAcknowledged)
