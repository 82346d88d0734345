"""Where each stream ended, kept apart from the log: a log that lost its tail looks whole in itself."""

import contextlib
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

    def tell(self, heads: dict[str, int]) -> None:
        """These streams ended there, for good; written down now and then."""
        self.kept.update(heads)
        self._changed = True
        if time.monotonic() - self._written_at >= EVERY_S:
            self.write()

    def write(self) -> None:
        """Write down what is not yet; where that is not possible, the log goes on all the same."""
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
