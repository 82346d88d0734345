"""Where each stream ended, kept apart from the log: a log that lost its tail looks whole in itself."""

import contextlib
import threading
import time
from pathlib import Path

import msgspec

from kaibo.stores.private import OWN

EVERY_S = 5.0  # what is lost with the power is known to be short by what came within so long before


class Heads:
    """One small file, replaced at one stroke. It may be behind the log, never ahead of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written_at = 0.0
        self.kept = self._read()
        self._changed = False
        self._turn = threading.Lock()  # a commit tells on one thread, what is written later comes on another
        self.writing: threading.Timer | None = None

    def tell(self, heads: dict[str, int]) -> None:
        """These streams ended there, for good; written down at once, or `EVERY_S` after it was last, also when nothing else comes."""
        with self._turn:
            self.kept.update(heads)
            self._changed = True
        wait_s = EVERY_S - (time.monotonic() - self._written_at)
        if wait_s <= 0:
            self.write()
        elif self.writing is None:
            self.writing = threading.Timer(wait_s, self._late)
            self.writing.daemon = True
            self.writing.start()

    def _late(self) -> None:
        self.writing = None
        self.write()

    def close(self) -> None:
        """Write down what is not yet, and nothing more."""
        if self.writing is not None:
            self.writing.cancel()
        self.write()

    def write(self) -> None:
        """Write down what is not yet; where that is not possible, the log goes on all the same."""
        with self._turn:
            if not self._changed:
                return
            self._written_at = time.monotonic()
            made = self._path.with_suffix(".new")
            with contextlib.suppress(OSError):
                made.touch(OWN)
                made.write_bytes(msgspec.json.encode(self.kept))
                made.replace(self._path)
                self._changed = False

    def _read(self) -> dict[str, int]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, int])
        except (OSError, msgspec.MsgspecError):
            return {}
