"""At the end of a show what its moves brought is kept for later shows."""

import math
from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE
from kaibo.features.alarm.shown import EFFECTS, MoveEffectRow
from kaibo.features.effect.commands import KeepEffects
from kaibo.features.effect.facts import KeptEffect
from kaibo.features.show.facts import ShowEnded
from kaibo.kit.engine import Engine
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def keeper(engine: Engine) -> Follower:
    """A rehearsal leaves nothing to later shows."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        if event.mode != "live":
            return ()
        rows = (await engine.fold(event.stream)).rows(EFFECTS)
        kept = tuple(effect for row in rows.values() if (effect := _kept(row)) is not None)
        return [(WORKSPACE, KeepEffects(show_id=event.stream.partition("/")[2], effects=kept))] if kept else ()

    return Follower("effect.keeper", (ShowEnded,), act)


def _kept(row: MoveEffectRow) -> KeptEffect | None:
    """Only what was ranked among moments of its own show; of a coin, whatever was counted to the end of its window."""
    if row.arm:
        return _tossed(row)
    if row.standard is None or row.ratio is None:
        return None
    return KeptEffect(ref=row.ref, kind=row.kind, log=math.log(row.ratio), standard=row.standard)


def _tossed(row: MoveEffectRow) -> KeptEffect | None:
    """Half an order more on each side, so that nought can be compared too."""
    if min(row.before_ms, row.after_ms) < row.window_ms or min(row.exposure_before, row.exposure_after) <= 0:
        return None
    rates = (row.orders_after + 0.5) / row.exposure_after, (row.orders_before + 0.5) / row.exposure_before
    return KeptEffect(ref=row.ref, kind=row.kind, log=math.log(rates[0] / rates[1]), standard=0.0, arm=row.arm)


def followers(house: House) -> list[Follower]:
    """Who keeps them."""
    return [keeper(house.engine)]
