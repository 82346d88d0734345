"""How work beside the event loop lets the loop in: by the clock, and out of the collector's sight."""

import contextlib
import gc
import threading
import time
from collections.abc import Callable, Generator

WORK_S = 0.002  # a hop of a request waits so long for the interpreter at most, where one Python thread would take 5 ms
ALONE_S = 0.02  # where nobody is on air: whoever signs in meanwhile waits so long once or twice
REST_S = 0.0001  # long enough for whoever waits to take its turn
LARGE_S = 0.1  # what was loaded in less time is left to the collector


class Stopped(Exception):
    """The house closes: nobody waits for this work any more."""


class Pace:
    """Called again and again by a thread that works for long: lets the others in. Raises Stopped when the house closes.

    `alone` says that no show is on whose screens would wait: then it rests less often, as what is being loaded is what all wait for.
    """

    def __init__(self, closing: threading.Event | None = None, alone: Callable[[], bool] | None = None) -> None:
        self._until = 0.0
        self._closing = closing
        self._alone = alone

    def __call__(self) -> None:
        if time.perf_counter() < self._until:
            return
        if self._closing is not None and self._closing.is_set():
            raise Stopped
        time.sleep(REST_S)
        work_s = ALONE_S if self._alone is not None and self._alone() else WORK_S
        self._until = time.perf_counter() + work_s


_loading = 0
_counting = threading.Lock()


@contextlib.contextmanager
def uncollected() -> Generator[None]:
    """No collection while much is built that will stay: each would walk through all of it, with every screen waiting.

    Afterwards it is out of the collector's sight. A stream that leaves memory is freed by reference counts alone, which a
    law holds all features to.
    """
    global _loading  # noqa: PLW0603  the collector is one for the process
    with _counting:
        _loading += 1
        gc.disable()
    began = time.perf_counter()
    try:
        yield
    finally:
        with _counting:
            if time.perf_counter() - began > LARGE_S:
                gc.freeze()
            _loading -= 1
            if _loading == 0:
                gc.enable()


def sweep() -> None:
    """Collect everything there is, also what was out of sight: a tenth of a second when no stream is in memory that matters."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
