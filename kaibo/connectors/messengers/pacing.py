"""How fast a bridge may be used: so many in a time, some of them kept for what is urgent; and not at all while it rests."""

from collections import deque

from kaibo.connectors.messengers.shape import Messenger


class Pacing:
    """Of one bridge; instants in ms."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._sent: deque[int] = deque()
        self._rests_until = 0

    def wait(self, at: int, *, urgent: bool) -> int:
        """How long (ms) until another may be sent, 0 now."""
        rests = self._rests_until - at
        if rests > 0:
            return rests
        messenger = self._messenger
        while self._sent and self._sent[0] <= at - messenger.per_ms:
            self._sent.popleft()
        room = messenger.most - (0 if urgent else messenger.reserve)
        if len(self._sent) < room:
            return 0
        return self._sent[len(self._sent) - room] + messenger.per_ms - at

    def note(self, at: int) -> None:
        """One is sent."""
        self._sent.append(at)

    def rest(self, until: int) -> None:
        """The messenger said not before."""
        self._rests_until = max(self._rests_until, until)
