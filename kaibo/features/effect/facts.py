"""What moves of a show brought, for those of later shows that are like them."""

import msgspec

from kaibo.core.event import Fact
from kaibo.features.promo.facts import Arm


class KeptEffect(msgspec.Struct, frozen=True, kw_only=True):
    """One promo or move (`ref`). `log` of the ratio of rates, and the same in units of what chance does in its show (`standard`).

    `arm`: a coin had chosen now or later; of those only the logs are compared, and only with each other.
    """

    ref: str
    kind: str
    log: float
    standard: float
    arm: Arm = ""


class EffectsKept(Fact, frozen=True, kw_only=True, tag="effect.kept"):
    """Workspace log: a show has ended, and this is what was done in it brought. Said again, it counts instead."""

    show_id: str
    effects: tuple[KeptEffect, ...]
