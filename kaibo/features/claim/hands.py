"""What is entered by hand: from a comment that exists, once for each, and not past a bar that nobody saw."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.features.audience.facts import plain_ref
from kaibo.features.claim.book import Book
from kaibo.features.claim.facts import ClaimsDecided

HAND = "h"  # how the ids of claims by hand begin; a comment's begin with its address
GRAMMAR = "system"


class ClaimCommentUnknown(Refusal):
    """No comment has this address."""

    code = "claim.comment_unknown"
    status = 404
    comment_ref: str


class ClaimHandAgain(Refusal):
    """The comment has its claim already; `again` enters another. By whom (`system`: as it was read), and when, by the show's clock."""

    code = "claim.hand_again"
    entered_by: str
    clock: str


class ClaimHandClosed(Refusal):
    """The product takes no claims now; `anyway` enters it."""

    code = "claim.hand_closed"
    product_id: str


class ClaimHandBlocked(Refusal):
    """The account takes no part; `anyway` enters it."""

    code = "claim.hand_blocked"
    buyer: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim by hand of a comment: by whom, and when (ms UTC)."""

    claim_id: str
    by: str
    at: int


@dataclass(slots=True)
class Hands:
    """`comments`: how many each batch has, by seq; `entries` by hand, by the address of their comment; `count`: hands so far."""

    comments: dict[int, int] = field(default_factory=dict[int, int])
    entries: dict[str, list[Entry]] = field(default_factory=dict[str, list[Entry]])
    count: int = 0

    def knows(self, ref: str) -> bool:
        """Is there a comment at this address (`seq:index`)?"""
        seq, _, index = ref.partition(":")
        return int(index) < self.comments.get(int(seq), 0)

    def fold(self, event: Event[Fact], fact: ClaimsDecided) -> None:
        """Take in what was decided by hand."""
        self.count += 1
        for decision in fact.decisions:
            if decision.ref and decision.claim_id.startswith(HAND):
                entry = Entry(decision.claim_id, event.actor.id, event.at)
                self.entries.setdefault(plain_ref(decision.ref), []).append(entry)

    def answer(self, book: Book, ref: str, buyer: str, product_id: str) -> Entry | None:
        """The claim of a comment that still stands: any by hand, or of this product as the comment was read."""
        for entry in self.entries.get(ref, ()):
            claim = book.claims.get(entry.claim_id)
            if claim is not None and claim.stands:
                return entry
        read = next((claim for claim in book.of(buyer, product_id) if claim.stands and claim.decision.ref == ref), None)
        return None if read is None else Entry(read.decision.claim_id, GRAMMAR, read.decision.at)


def clock(at: int, zone: str) -> str:
    """An instant (ms UTC) as the clock of a show says it."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone)).strftime("%H:%M")
