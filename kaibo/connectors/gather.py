"""Gathers what sources hand in and seals it: one log entry per source and quarter of a second, not one per comment."""

import asyncio
from dataclasses import dataclass, field

from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.kit.engine import Caller, Engine

SEAL_AFTER_S = 0.25
SEAL_ITEMS_MAX = 5_000

Place = tuple[str, str, str]


@dataclass
class _Open:
    caller: Caller
    sealed: "asyncio.Future[None]"
    items: list[AudienceItem] = field(default_factory=list[AudienceItem])
    timer: asyncio.TimerHandle | None = None


class Gatherer:
    """`add` returns when its items are durable. Lives on the event loop."""

    def __init__(self, engine: Engine, *, seal_after_s: float = SEAL_AFTER_S) -> None:
        self._engine = engine
        self._seal_after_s = seal_after_s
        self._open: dict[tuple[Place, str], _Open] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def add(self, show_id: str, source: str, room: str, items: tuple[AudienceItem, ...], caller: Caller) -> None:
        """Put items into the open batch of their source; waits for the seal. Raises the Refusal of audience.seal."""
        loop = asyncio.get_running_loop()
        place = ((show_id, source, room), caller.id)
        waiting = self._open.get(place)
        if waiting is None:
            waiting = self._open[place] = _Open(caller, loop.create_future())
            waiting.timer = loop.call_later(self._seal_after_s, self._seal, place)
        waiting.items.extend(items)
        if len(waiting.items) >= SEAL_ITEMS_MAX:
            self._seal(place)
        await asyncio.shield(waiting.sealed)

    def _seal(self, place: tuple[Place, str]) -> None:
        waiting = self._open.pop(place)
        if waiting.timer is not None:
            waiting.timer.cancel()
        task = asyncio.get_running_loop().create_task(self._write(place[0], waiting))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write(self, place: Place, waiting: _Open) -> None:
        show_id, source, room = place
        try:
            for start in range(0, len(waiting.items), SEAL_ITEMS_MAX):
                items = tuple(waiting.items[start : start + SEAL_ITEMS_MAX])
                await self._engine.submit(f"show/{show_id}", SealBatch(source=source, room=room, items=items), waiting.caller)
        except Exception as error:  # noqa: BLE001  whatever it is, each waiter must hear it
            waiting.sealed.set_exception(error)
            waiting.sealed.exception()  # marked as seen: the waiter may have hung up
        else:
            waiting.sealed.set_result(None)
