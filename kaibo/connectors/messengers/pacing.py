"""How fast an address may be used: so many in a time, some of them kept for what is urgent; and not at all while it rests."""

from collections import deque
from collections.abc import Iterable

from kaibo.connectors.messengers.shape import Messenger

REST_MAX_MS = 3_600_000  # longer than any messenger shuts a robot, or asks for


class Pacing:
    """Of one address, which two bridges may share; instants in ms. `sent` and `rests_until` as they were known before."""

    def __init__(self, messenger: Messenger, sent: Iterable[int] = (), rests_until: int = 0) -> None:
        self._messenger = messenger
        self.sent: deque[int] = deque(sent)
        self.rests_until = rests_until
        self.down_until = 0

    def wait(self, at: int, *, urgent: bool) -> int:
        """How long (ms) until another may be sent, 0 now."""
        while self.sent and self.sent[-1] > at:  # the clock was set back
            self.sent.pop()
        if at < self.rests_until <= at + REST_MAX_MS:
            return self.rests_until - at
        messenger = self._messenger
        while self.sent and self.sent[0] <= at - messenger.per_ms:
            self.sent.popleft()
        room = messenger.most - (0 if urgent else messenger.reserve)
        if len(self.sent) < room:
            return 0
        return max(1, self.sent[len(self.sent) - room] + messenger.per_ms - at)

    def note(self, at: int) -> None:
        """One is sent."""
        self.sent.append(at)

    def rest(self, until: int) -> None:
        """The messenger said not before."""
        self.rests_until = max(self.rests_until, until)

    def lost(self, until: int) -> None:
        """It was not reached: what is urgent looks again at once, anything else later."""
        self.down_until = until
