"""The life of an alarm: chosen, raised, cleared; and of the move it led to."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kaibo.core.event import Fact
from kaibo.features.promo.facts import Evidence

Against = Literal["value", "prev_10", "median_7", "target"]
Window = Literal["last_10", "whole", "now"]
Side = Literal["below", "above"]
Move = Literal["promo", "reorder", "coupon", "pin", "answer", "ads"]


class AlarmRule(msgspec.Struct, frozen=True, kw_only=True):
    """When to speak up: a figure of a window stands below or above its limit for `hold_s` seconds.

    The limit is `threshold` itself (against `value`, in the figure's unit), or that share of the ten minutes before, of the
    median of the workspace's last seven shows, or of the target for this point of the show. After it cleared it is
    quiet for `cool_s`. `move` is what it offers: promo (a price or gift), reorder (bring a cue forward), coupon (the host
    gives one out), pin (the product card), answer (the top doubt, by the host), ads (put money on).
    """

    alarm_id: Annotated[str, Meta(max_length=64)]
    metric: Annotated[str, Meta(max_length=40)]
    window: Window
    side: Side
    against: Against
    threshold: Annotated[float, Meta(le=10**15)]
    hold_s: int
    cool_s: int
    move: Move


class AlarmChosen(Fact, frozen=True, kw_only=True, tag="alarm.chosen"):
    """An alarm watches from now on; one of the same id is replaced."""

    rule: AlarmRule


class AlarmDropped(Fact, frozen=True, kw_only=True, tag="alarm.dropped"):
    """An alarm watches no more."""

    alarm_id: str


class AlarmRaised(Fact, frozen=True, kw_only=True, tag="alarm.raised"):
    """The figure was beyond its limit for as long as the rule says.

    `value` against `limit`, and `compared` (what the limit is a share of, None for a plain value). `evidence` are figures
    with the seq of the sample they stand in. `product_id` and `cue_id` were on air, "" for none.
    """

    alarm_id: str
    raise_id: str
    metric: str
    value: float
    limit: float
    compared: float | None
    since: int
    move: Move
    evidence: tuple[Evidence, ...]
    product_id: str = ""


class AlarmCleared(Fact, frozen=True, kw_only=True, tag="alarm.cleared"):
    """The figure is back within its limit (or nobody watches it any more)."""

    alarm_id: str
    raise_id: str
    value: float | None


class AlarmMoveProposed(Fact, frozen=True, kw_only=True, tag="alarm.move_proposed"):
    """Operations proposes a move that is no promo, with evidence. `cue_id` is to come next, `text` is for the host.

    `raise_id`: the alarm it answers, "" where it came of their own accord.

    Ads say what they may cost and where they run; they are of the whole show, so of no product.
    """

    move_id: str
    raise_id: str
    move: Move
    evidence: tuple[Evidence, ...]
    expected: str = ""
    product_id: str = ""
    cue_id: str = ""
    text: str = ""
    answer: str = ""
    cost_minor: int | None = None
    channel: str = ""


class AlarmMoveApproved(Fact, frozen=True, kw_only=True, tag="alarm.move_approved"):
    """Another person approved it; says all that whoever carries it out must know. `after_cue_id` is on air, "" for none."""

    move_id: str
    raise_id: str
    move: Move
    product_id: str = ""
    cue_id: str = ""
    after_cue_id: str = ""
    text: str = ""
    answer: str = ""
    cost_minor: int | None = None
    channel: str = ""


class AlarmMoveRejected(Fact, frozen=True, kw_only=True, tag="alarm.move_rejected"):
    """The director said no, and why."""

    move_id: str
    reason: str = ""


class AlarmAnswered(Fact, frozen=True, kw_only=True, tag="alarm.answered"):
    """A promo was proposed because of this alarm."""

    raise_id: str
    promo_id: str
