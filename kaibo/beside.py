"""Work done by a process of its own beside the server, so that no screen waits for it."""

import asyncio
import sys
from pathlib import Path

from kaibo.kit.child import child_environment


class Beside:
    """Runs `kaibo <command> <argument>` on a data folder, a process for each call, one after another; each ends with the server."""

    def __init__(self, command: str, data_dir: Path) -> None:
        self._command = command
        self._data_dir = data_dir
        self._turn = asyncio.Semaphore(1)  # after a night without it, every show of the week asks at once
        self._child: asyncio.subprocess.Process | None = None
        self._stopped = False

    async def __call__(self, argument: str) -> None:
        """Raises OSError when the process fails (disk full, not allowed), or when the server is about to end."""
        async with self._turn:
            if self._stopped:
                raise InterruptedError("the server ends")
            await self._run((sys.executable, "-m", "kaibo", self._command, argument, "--data", str(self._data_dir)))

    async def _run(self, command: tuple[str, ...]) -> None:
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        environment = child_environment()
        child = await asyncio.create_subprocess_exec(*command, stdin=nothing, stdout=nothing, stderr=pipe, env=environment)
        self._child = child
        try:
            _, told = await child.communicate()
        finally:
            self._child = None
            await _end(child)
        if child.returncode:
            raise OSError(told.decode(errors="replace")[-500:])

    async def stop(self) -> None:
        """Begin nothing more and end what is under way: what it had written is swept away by the next."""
        self._stopped = True
        if self._child is not None:
            await _end(self._child)


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        child.terminate()
        await child.wait()
