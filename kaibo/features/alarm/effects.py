"""What moves brought: orders five minutes before and after, with an interval that says how sure one may be."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kaibo.analysis.interval import Verdict, rate_ratio
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.features.alarm.facts import AlarmMoveApproved, Move
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.order.facts import OrderCreated
from kaibo.features.promo.facts import PromoApplied, PromoEnded
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowEnded

WINDOW_MS = 300_000  # five minutes: shorter is noise, longer is another cue
BUCKET_MS = 10_000
OF_THE_SHOW = ("reorder", "ads")  # another product, or more people: what counts is what the show sells


class MoveEffectRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `alarm.effects`, key `promo:<id>` or `move:<id>`: orders placed in matched windows before and after.

    Of the product, or of the whole show when the move names none. `per` is what a rate is per: watch_s (seconds watched, so
    that a fuller room alone is no effect) or, without samples around it, seconds. `ratio` is the rate after over the rate
    before, with its 95 % interval; `verdict` up, down, no_clear_effect or too_little; `measured` is false while the window
    after is still open, `after_ms` long so far; a promo that ends within it closes it. `alongside` are other cues and promos
    that began (or promos that ended, `promo_end:<id>`) in either window and may be the cause as well.
    """

    ref: str
    move: Move
    product_id: str
    at: int
    seq: int
    window_ms: int
    orders_before: int
    orders_after: int
    per: Literal["watch_s", "seconds"]
    exposure_before: float
    exposure_after: float
    verdict: Verdict
    ratio: float | None
    low: float | None
    high: float | None
    dispersion: float
    measured: bool
    after_ms: int
    alongside: tuple[str, ...]


@dataclass(slots=True)
class Done:
    """One move that took effect."""

    ref: str
    move: Move
    product_id: str
    at: int
    seq: int
    until: int | None = None


@dataclass(slots=True)
class Course:
    """Moves; orders by product and bucket ("": all); samples of the seconds watched; what else began, and when."""

    moves: dict[str, Done] = field(default_factory=dict[str, Done])
    orders: dict[str, Counter[int]] = field(default_factory=dict[str, Counter[int]])
    sample_at: list[int] = field(default_factory=list[int])
    watched: list[float] = field(default_factory=list[float])
    marks: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    now: int = 0


def fold_effects(course: Course, event: Event[Fact]) -> Iterable[str]:
    """An order touches the moves whose windows it falls in; time those whose window after is still open."""
    course.now = max(course.now, event.at)
    match event.fact:
        case PromoApplied() as applied:
            return _begin(course, Done(f"promo:{applied.promo_id}", "promo", applied.product_id, event.at, event.seq))
        case PromoEnded(promo_id=promo_id, was_on=True):
            return _end(course, f"promo:{promo_id}", f"promo_end:{promo_id}", event.at)
        case AlarmMoveApproved() as approved:
            product_id = "" if approved.move in OF_THE_SHOW else approved.product_id
            return _begin(course, Done(f"move:{approved.move_id}", approved.move, product_id, event.at, event.seq))
        case CueWent(cue_id=cue_id):
            return _mark(course, event.at, f"cue:{cue_id}")
        case OrderCreated() as order:
            return _ordered(course, order, event.at)
        case MetricSampled(at=at, whole=whole):
            course.sample_at.append(at)
            course.watched.append(whole.get("watch_s", 0.0))
            return _around(course, at, at)
        case ShowEnded():
            return list(course.moves)
        case _:
            return ()


def _ordered(course: Course, order: OrderCreated, at: int) -> Iterable[str]:
    for product_id in {"", *(line.product_id for line in order.lines)}:
        course.orders.setdefault(product_id, Counter())[order.platform_at // BUCKET_MS] += 1
    return _around(course, order.platform_at, at)


def _begin(course: Course, done: Done) -> Iterable[str]:
    course.moves[done.ref] = done
    return {done.ref, *_mark(course, done.at, done.ref)}


def _end(course: Course, ref: str, mark: str, at: int) -> Iterable[str]:
    course.moves[ref].until = at
    return {ref, *_mark(course, at, mark)}


def _mark(course: Course, at: int, mark: str) -> Iterable[str]:
    course.marks.append((at, mark))
    return _around(course, at, at)


def _around(course: Course, *instants: int) -> set[str]:
    """Moves within a window of any of these instants; twice as far, because a sample closes the stretch before it."""
    return {ref for ref, done in course.moves.items() if any(abs(at - done.at) <= 2 * WINDOW_MS for at in instants)}


def _get(course: Course, key: str) -> MoveEffectRow | None:
    done = course.moves.get(key)
    if done is None:
        return None
    middle = done.at // BUCKET_MS
    width = WINDOW_MS // BUCKET_MS
    orders = course.orders.get(done.product_id, Counter())
    until = course.now if done.until is None else done.until
    reached = min(width, max(0, until // BUCKET_MS - middle))
    before = [float(orders[bucket]) for bucket in range(middle - width, middle)]
    after = [float(orders[bucket]) for bucket in range(middle, middle + reached)]
    edges = (middle - width) * BUCKET_MS, middle * BUCKET_MS, (middle + reached) * BUCKET_MS
    seen = [_watched(course, at) for at in edges]
    known = None not in seen
    first, second = (_gap(seen, 0), _gap(seen, 1)) if known else (WINDOW_MS / 1000, reached * BUCKET_MS / 1000)
    effect = rate_ratio(before, after, first, second)
    return MoveEffectRow(
        ref=done.ref,
        move=done.move,
        product_id=done.product_id,
        at=done.at,
        seq=done.seq,
        window_ms=WINDOW_MS,
        orders_before=int(sum(before)),
        orders_after=int(sum(after)),
        per="watch_s" if known else "seconds",
        exposure_before=first,
        exposure_after=second,
        verdict=effect.verdict,
        ratio=effect.ratio,
        low=effect.low,
        high=effect.high,
        dispersion=effect.dispersion,
        measured=reached == width or done.until is not None,
        after_ms=reached * BUCKET_MS,
        alongside=_alongside(course, done),
    )


def _gap(seen: list[float | None], place: int) -> float:
    return max(0.0, (seen[place + 1] or 0.0) - (seen[place] or 0.0))


def _watched(course: Course, at: int) -> float | None:
    """Seconds watched by an instant, between two samples on a straight line; None where there is none beside it."""
    place = bisect_left(course.sample_at, at)
    if place < len(course.sample_at) and course.sample_at[place] == at:
        return course.watched[place]
    if place == 0 or place == len(course.sample_at):
        return None
    (first, last), (low, high) = course.sample_at[place - 1 : place + 1], course.watched[place - 1 : place + 1]
    return low + (high - low) * (at - first) / (last - first)


def _alongside(course: Course, done: Done) -> tuple[str, ...]:
    start = bisect_left(course.marks, (done.at - WINDOW_MS, ""))
    end = bisect_right(course.marks, (done.at + WINDOW_MS, "~"))
    return tuple(mark for _, mark in course.marks[start:end] if mark not in (done.ref, f"promo_end:{done.ref.partition(':')[2]}"))


EFFECTS = View(
    name="alarm.effects",
    row=MoveEffectRow,
    reads=(PromoApplied, PromoEnded, AlarmMoveApproved, CueWent, OrderCreated, MetricSampled, ShowEnded),
    state=Course,
    fold=fold_effects,
    keys=lambda course: course.moves.keys(),
    get=_get,
    duty="metric.read",
    pace_ms=2000,
)
