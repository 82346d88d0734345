"""What a process that works beside the server owes it: to give way, to keep within bounds, and to end when the server ends."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import time

PARENT = "KAIBO_PARENT"  # of the environment: the process id of the server that a child was started by
NICE = 10  # it may take a core for a while; the shows on air go first
NICE_WAITED_FOR = 3  # somebody looks at the screen until it is done
PR_SET_PDEATHSIG = 1


def child_environment() -> dict[str, str]:
    """The environment of a child of this process."""
    return {**os.environ, PARENT: str(os.getpid())}


def be_a_child(nice: int = NICE) -> None:
    """If a server started this process, end with it, also when it is killed, and give way to it. Nothing where a person started it."""
    parent = os.environ.pop(PARENT, "")
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        sys.exit(0)  # it was gone before we could ask
    with contextlib.suppress(OSError):
        os.nice(nice)


def keep_within(memory_bytes: int) -> None:
    """Take no more memory than that: whoever asks for more meets a MemoryError, and the machine does not."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def work_for(time_s: int) -> None:
    """Be ended after so much work from now on: a machine that is busy with something else does not count."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time()) + 1 + time_s
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))
