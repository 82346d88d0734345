"""Work that may be heavy or hostile, in a process of its own: strangers' files, reports. It has limits of time and memory, and no screen waits for it.

`python -m kaibo.kit.apart` is that process: it answers one call after another, each a pickled function of the house with its
arguments, and is thrown away when one went wrong.
"""

import asyncio
import contextlib
import pickle
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

from kaibo.core.errors import Refusal
from kaibo.kit.child import NICE_WAITED_FOR, be_a_child, child_environment, keep_within, work_for

TIME_S = 20  # of work; the largest sheet takes three
BUSY = 4  # so many times as long it may take on a machine that is busy
MEMORY_BYTES = 3 << 29  # 1.5 GB of addresses: Python and its libraries take a third of that before they begin
IDLE_S = 60.0  # the next file of the same hand comes soon, or not for long
WAITING_MAX = 16
SIZE_BYTES = 8

T = TypeVar("T")


class Overtaxed(Refusal):
    """More work than a request may ask for."""

    code = "core.overtaxed"
    status = 503


class Crowded(Refusal):
    """Too many ask for such work at once."""

    code = "core.crowded"
    status = 503
    wait_s: int = 10


class Broken(Exception):
    """The work met a bug; the text is the child's traceback."""


class Apart:
    """Calls functions in child processes, `at_once` at most. Lives on the event loop; `stop` ends it."""

    def __init__(self, at_once: int = 1, time_s: int = TIME_S, memory_bytes: int = MEMORY_BYTES) -> None:
        self._time_s = time_s
        self._memory_bytes = memory_bytes
        self._turn = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()

    async def __call__(self, work: Callable[..., T], *args: object) -> T:
        """What the work gives. Raises what it refuses with, Overtaxed when it took too long or too much, Broken for a bug.

        `work` is a function of a module, or a partial of one; it and its arguments are pickled.
        """
        if self._waiting >= WAITING_MAX:
            raise Crowded
        self._waiting += 1
        try:
            async with self._turn:
                return await self._call(pickle.dumps((work, args), protocol=5))
        finally:
            self._waiting -= 1

    async def _call(self, asked: bytes) -> Any:
        child = self._idle.pop() if self._idle else await self._born()
        child.wanted()
        try:
            async with asyncio.timeout(self._time_s * BUSY):
                answer = await child.ask(asked)
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:  # it hangs, or was ended for what it took
            await self._end(child)
            raise Overtaxed from error
        except BaseException:  # who asked has gone, and with them whoever would read the rest of the answer
            await self._end(child)
            raise
        return await self._taken(child, answer)

    async def _taken(self, child: "_Child", answer: bytes) -> Any:
        how, *what = await asyncio.to_thread(pickle.loads, answer)
        if how == "overtaxed":
            await self._end(child)
            raise Overtaxed
        self._idle.append(child)
        child.rest(IDLE_S, self._let_go)
        match how:
            case "refused":
                refusal, data = what
                raise refusal(**data)
            case "broke":
                raise Broken(what[0])
            case _:
                return what[0]

    async def stop(self) -> None:
        """End the children, whatever they are at."""
        for child in tuple(self._all):
            await self._end(child)

    async def _born(self) -> "_Child":
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "kaibo.kit.apart", str(self._memory_bytes), str(self._time_s))
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=child_environment(), limit=1 << 20)
        child = _Child(process)
        self._all.add(child)
        return child

    def _let_go(self, child: "_Child") -> None:
        if child in self._idle:
            self._idle.remove(child)
            child.ending = asyncio.get_running_loop().create_task(self._end(child))

    async def _end(self, child: "_Child") -> None:
        child.wanted()
        self._all.discard(child)
        if child in self._idle:
            self._idle.remove(child)
        if child.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.process.kill()
        await child.process.wait()


class _Child:
    """One process and the two pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.ending: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def ask(self, asked: bytes) -> bytes:
        """One call and its answer, both as bytes. Raises OSError or IncompleteReadError when it dies over it."""
        into, out = self.process.stdin, self.process.stdout
        assert into is not None
        assert out is not None
        into.write(len(asked).to_bytes(SIZE_BYTES))
        into.write(asked)
        await into.drain()
        return await out.readexactly(int.from_bytes(await out.readexactly(SIZE_BYTES)))

    def rest(self, idle_s: float, then: "Callable[[_Child], None]") -> None:
        """Nothing to do: be let go when that lasts."""
        self._timer = asyncio.get_running_loop().call_later(idle_s, then, self)

    def wanted(self) -> None:
        """There is something to do after all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def answer(asked: bytes) -> bytes:
    """The child's side of one call."""
    try:
        work, args = pickle.loads(asked)  # noqa: S301  written by the server
        return pickle.dumps(("gave", work(*args)), protocol=5)
    except MemoryError:
        return pickle.dumps(("overtaxed",))
    except Refusal as refusal:
        return pickle.dumps(("refused", type(refusal), refusal.data))
    except Exception:  # noqa: BLE001  the server says it, with a reference
        return pickle.dumps(("broke", traceback.format_exc()))


def _serve(into: BinaryIO, out: BinaryIO, time_s: int) -> None:
    while size := into.read(SIZE_BYTES):
        work_for(time_s)
        told = answer(into.read(int.from_bytes(size)))
        out.write(len(told).to_bytes(SIZE_BYTES) + told)
        out.flush()


if __name__ == "__main__":
    be_a_child(NICE_WAITED_FOR)
    keep_within(int(sys.argv[1]))
    _serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[2]))
