"""Work done by a process of its own beside the server, so that no screen waits for it."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path

NICE = 10  # it may take a core for a while; the shows on air go first


class Beside:
    """Runs `kaibo <command> <argument>` on a data folder, one process for each call."""

    def __init__(self, command: str, data_dir: Path) -> None:
        self._command = command
        self._data_dir = data_dir
        self._children: set[asyncio.subprocess.Process] = set()

    async def __call__(self, argument: str) -> None:
        """Raises OSError when the process fails (disk full, not allowed)."""
        command = (sys.executable, "-m", "kaibo", self._command, argument, "--data", str(self._data_dir))
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        child = await asyncio.create_subprocess_exec(*command, stdin=nothing, stdout=nothing, stderr=pipe)
        self._children.add(child)
        try:
            with contextlib.suppress(OSError):  # it may be done already
                os.setpriority(os.PRIO_PROCESS, child.pid, NICE)
            _, told = await child.communicate()
        finally:
            await self._end(child)
        if child.returncode:
            raise OSError(told.decode(errors="replace")[-500:])

    async def stop(self) -> None:
        """End what is under way: what it had written is swept away by the next."""
        for child in tuple(self._children):
            await self._end(child)

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        self._children.discard(child)
        if child.returncode is None:
            child.terminate()
            await child.wait()
