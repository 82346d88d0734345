"""What moves brought: orders five minutes before and after, ranked among moments of the show at which nothing was done."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np

from kaibo.analysis import placebo
from kaibo.analysis.interval import Verdict
from kaibo.analysis.placebo import Basis, Effect, Windows, judge
from kaibo.analysis.windows import WINDOW_MS, around
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.alarm.facts import AlarmMoveApproved, Move
from kaibo.features.claim.slices import STOCK, Shelf
from kaibo.features.draw.facts import DrawOpened
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderRestated
from kaibo.features.order.slices import LEDGER, Change, Ledger, Order
from kaibo.features.product.facts import ProductPinned
from kaibo.features.promo.facts import Arm, PromoApplied, PromoEnded, PromoEnding, PromoTossed, PromoUnsaid
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.slices import STAGE, TURN, ShowNow

OF_THE_SHOW = ("reorder", "ads")  # another product, or more people: what counts is what the show sells
STRETCH_MS = (
    60_000  # seconds watched go on as they went between the last two samples for so long: these come three times a minute
)


class MoveEffectRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `alarm.effects`, key `promo:<id>`, `move:<id>` or, of a promo whose time a coin chose, `toss:<id>`: orders placed in the windows before and after, which end where the show begins and ends.

    `kind` is what like ones are like by: price, gift or coupon of a promo, else the move.

    Of the product, or of the whole show when the move names none. `per` is what a rate is per: watch_s (seconds watched, so
    that a fuller room alone is no effect) or, without samples around it, seconds. `ratio` is the rate after over the rate
    before, with its interval; `verdict` up, down, no_clear_effect or too_little; `basis`: ranked among `placebos` moments of the
    show without a move, among its slumps when it was started in one, or, with too few of either, a wide interval (spread).
    `needed`: about so many moves like it would tell an effect of one half more. `measured` is false while the window after is still
    open, `after_ms` long so far, `before_ms` is how long the one before is; a promo that ends within it closes it. `alongside` are
    other cues, promos, moves, pins and draws that began, promos that ended (`promo_end:<id>`) and products that ran out
    (`sold_out:<id>`) in either window and may be the cause as well. `arm`: the coin said now, or later: then nothing was done in the
    window after, and such ones are what those of now are compared with.
    """

    ref: str
    move: Move
    kind: str
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
    before_ms: int
    basis: Basis
    placebos: int
    slump: bool
    needed: int | None
    standard: float | None
    arm: Arm = ""


@dataclass(slots=True)
class Done:
    """One move that took effect, or a coin tossed over one (`arm`)."""

    ref: str
    move: Move
    product_id: str
    at: int
    seq: int
    until: int | None = None
    kind: str = ""
    arm: Arm = ""


@dataclass(slots=True)
class Course:
    """Moves, and coins tossed over some; instants at which orders were placed, by product ("": all), in order; samples of the seconds watched; what else began, and when; what ran out.

    `standing`: which promo of a product and kind was applied last.
    """

    shelf: Shelf
    ledger: Ledger
    show: ShowNow
    moves: dict[str, Done] = field(default_factory=dict[str, Done])
    tosses: dict[str, Done] = field(default_factory=dict[str, Done])
    orders: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    sampled_at: int = 0
    watched_at: list[int] = field(default_factory=list[int])  # samples that know how long people watched
    watched: list[float] = field(default_factory=list[float])
    marks: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    out: set[str] = field(default_factory=set[str])
    standing: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    now: int = 0

    @property
    def all(self) -> dict[str, Done]:
        """Whatever windows are counted around."""
        return self.moves | self.tosses

    @property
    def reached(self) -> int:
        """The instant (ms) up to which something is known: the end of the show, once it has ended."""
        return self.now if self.show.ended_at is None else self.show.ended_at


def fold_effects(course: Course, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """An order touches the moves whose windows it falls in, or whose comparison; time those whose window after is still open."""
    course.now = max(course.now, event.at)
    changed = {*_ran_out(course, touched.of(STOCK), event.at), *_fold(course, event)}
    if course.show.ended or TURN in touched.of(STAGE):
        return list(course.all)  # of a show that is over, all of it is compared with; no window reaches before going on air
    return changed | _around(course, event.at)


def _fold(course: Course, event: Event[Fact]) -> Iterable[str]:
    at, seq = event.at, event.seq
    match event.fact:
        case PromoApplied() as applied:
            return _applied(
                course, applied, Done(f"promo:{applied.promo_id}", "promo", applied.product_id, at, seq, kind=applied.kind)
            )
        case PromoTossed() as toss:
            ref = f"toss:{toss.promo_id}"
            course.tosses[ref] = Done(ref, "promo", toss.product_id, at, seq, kind=toss.kind, arm="now" if toss.now else "later")
            return (ref,)
        case PromoEnding() | PromoUnsaid() | PromoEnded() as over:
            return _over(course, over, at)
        case AlarmMoveApproved() as approved:
            product_id = "" if approved.move in OF_THE_SHOW else approved.product_id
            return _begin(course, Done(f"move:{approved.move_id}", approved.move, product_id, at, seq))
        case OrderCreated() | OrderEdited() | OrderRestated():
            change = course.ledger.change(event.fact)
            return _ordered(course, change) if change else ()
        case MetricSampled() as sample:
            return _sampled(course, sample)
        case _:
            return _noted(course, event)


def _sampled(course: Course, sample: MetricSampled) -> Iterable[str]:
    before, course.sampled_at = course.sampled_at, sample.at
    if (watched := sample.whole.get("watch_s")) is not None:
        course.watched_at.append(sample.at)
        course.watched.append(watched)
    return [ref for ref, done in course.all.items() if done.at + WINDOW_MS >= before]


def _noted(course: Course, event: Event[Fact]) -> Iterable[str]:
    match event.fact:
        case CueWent(takes_back=mistaken) if mistaken:
            return _unmark(course, f"cue:{mistaken}")
        case CueWent(cue_id=cue_id):
            return _mark(course, event.at, f"cue:{cue_id}")
        case ProductPinned(product_id=product_id) if product_id:
            return _mark(course, event.at, f"pin:{product_id}")
        case DrawOpened(draw_id=draw_id):
            return _mark(course, event.at, f"draw:{draw_id}")
        case _:
            return ()


def _ran_out(course: Course, product_ids: Iterable[str], at: int) -> Iterable[str]:
    found: set[str] = set()
    for product_id in product_ids:
        goods = course.shelf.known(product_id)
        if goods is None or not goods.empty():
            course.out.discard(product_id)
        elif product_id not in course.out:
            course.out.add(product_id)
            found.update(_mark(course, at, f"sold_out:{product_id}"))
    return found


def _ordered(course: Course, change: Change) -> set[str]:
    """An order counts when it was placed, which may be known better than when it was told first."""
    before, now = _placing(change.before), _placing(change.after)
    for product_id, placed in before - now:
        instants = course.orders[product_id]
        del instants[bisect_left(instants, placed)]
    for product_id, placed in now - before:
        insort(course.orders.setdefault(product_id, []), placed)
    instants = {placed for _, placed in before ^ now}
    late = {ref for ref, done in course.all.items() if any(done.at > placed for placed in instants)}
    return late | _around(course, *instants)


def _placing(order: Order) -> set[tuple[str, int]]:
    """By product, and for all, when it was placed."""
    if order.placed_at is None:
        return set()
    return {(product_id, order.placed_at) for product_id in ("", *(line.product_id for line in order.lines))}


def _begin(course: Course, done: Done) -> Iterable[str]:
    course.moves[done.ref] = done
    return {done.ref, *_mark(course, done.at, done.ref)}


def _applied(course: Course, applied: PromoApplied, done: Done) -> Iterable[str]:
    """Another promo of its kind takes the place of the one before, which is over with that."""
    before = course.moves.get(course.standing.get((applied.product_id, applied.kind), ""))
    course.standing[applied.product_id, applied.kind] = done.ref
    if before is not None and before.ref != done.ref:
        before.until = done.at if before.until is None else before.until
        return {before.ref, *_begin(course, done)}
    return _begin(course, done)


def _over(course: Course, over: PromoEnding | PromoUnsaid | PromoEnded, at: int) -> Iterable[str]:
    match over:
        case PromoEnding(promo_id=promo_id, why="expired") | PromoUnsaid(promo_id=promo_id, why="expired"):
            return _time_up(course, f"promo:{promo_id}", at)
        case PromoEnded(promo_id=promo_id, was_on=True):
            return _end(course, f"promo:{promo_id}", f"promo_end:{promo_id}", at)
        case _:
            return ()


def _time_up(course: Course, ref: str, at: int) -> Iterable[str]:
    """Nobody can take it any more, whenever the shop says so; one that never was on has nothing to run out."""
    if ref not in course.moves:
        return ()
    course.moves[ref].until = at if course.moves[ref].until is None else course.moves[ref].until
    return (ref,)


def _end(course: Course, ref: str, mark: str, at: int) -> Iterable[str]:
    return {*_time_up(course, ref, at), *_mark(course, at, mark)}


def _mark(course: Course, at: int, mark: str) -> Iterable[str]:
    insort(course.marks, (at, mark))
    return _around(course, at)


def _unmark(course: Course, mark: str) -> Iterable[str]:
    """The newest of these never was."""
    place = max(place for place, (_, each) in enumerate(course.marks) if each == mark)
    return _around(course, course.marks.pop(place)[0])


def _around(course: Course, *instants: int) -> set[str]:
    """Moves within a window of any of these instants; twice as far, because a sample closes the stretch before it."""
    return {ref for ref, done in course.all.items() if any(abs(at - done.at) <= 2 * WINDOW_MS for at in instants)}


def _get(course: Course, key: str) -> MoveEffectRow | None:
    done = course.all.get(key)
    if done is None:
        return None
    aired_at = done.at if course.show.aired_at is None else course.show.aired_at
    whole = Windows(*around(done.at, aired_at, course.show.ended_at, done.until, alike=False))
    reached = min(whole.after_ms, max(0, course.reached - done.at))
    told, per = _told(course, done, whole.before_ms, reached)
    effect = judge(told, done.at, whole, reached)
    return _row(course, done, told, effect, Windows(whole.before_ms, reached), per, whole)


def _row(
    course: Course,
    done: Done,
    told: placebo.Course,
    effect: Effect,
    windows: Windows,
    per: Literal["watch_s", "seconds"],
    whole: Windows,
) -> MoveEffectRow:
    """`windows` as long as they are by now, `whole` once the one after is over."""
    edges = np.array([done.at - windows.before_ms, done.at, done.at + windows.after_ms], np.float64)
    before, after = np.diff(told.by(edges)).tolist()
    first, second = np.diff(told.exposed(edges)).tolist()
    return MoveEffectRow(
        ref=done.ref,
        move=done.move,
        kind=done.kind or done.move,
        arm=done.arm,
        product_id=done.product_id,
        at=done.at,
        seq=done.seq,
        window_ms=WINDOW_MS,
        orders_before=int(before),
        orders_after=int(after),
        per=per,
        exposure_before=first,
        exposure_after=second,
        measured=windows == whole,
        before_ms=windows.before_ms,
        after_ms=windows.after_ms,
        alongside=_alongside(course, done, whole),
        **{name: getattr(effect, name) for name in Effect.__struct_fields__},
    )


def _told(course: Course, done: Done, before_ms: int, reached: int) -> tuple[placebo.Course, Literal["watch_s", "seconds"]]:
    """The show as the judgement reads it, per second watched where samples reach around both windows, else per second."""
    aired_at = done.at if course.show.aired_at is None else course.show.aired_at
    orders = np.array(course.orders.get(done.product_id, ()), np.float64)
    changes = tuple(
        at for other in course.moves.values() for at in (other.at, other.until) if at is not None and _same(other, done)
    )
    points, watched = _line(course, aired_at)
    edges = np.array([done.at - before_ms, done.at, done.at + reached], np.float64)
    if len(points) > 1 and points[-1] >= edges[-1] and bool((np.diff(np.interp(edges, points, watched)) > 0).all()):
        air = aired_at, int(min(course.reached, points[-1]))
        return placebo.Course(orders, air, points, watched, changes, over=course.show.ended_at is not None), "watch_s"
    air = aired_at, max(aired_at, course.reached)
    seconds = np.array(air, np.float64)
    return placebo.Course(
        orders, air, seconds, (seconds - aired_at) / 1000, changes, over=course.show.ended_at is not None
    ), "seconds"


def _same(one: Done, other: Done) -> bool:
    """Whether they may have moved the same orders."""
    return not one.product_id or not other.product_id or one.product_id == other.product_id


def _line(course: Course, aired_at: int) -> tuple[placebo.Floats, placebo.Floats]:
    """Seconds watched by an instant: from nothing at going on air, by samples, and a little further as it went between the last two."""
    start = bisect_right(course.watched_at, aired_at)
    points = np.array([aired_at, *course.watched_at[start:]], np.float64)
    watched = np.array([0.0, *course.watched[start:]], np.float64)
    if len(points) < 2:
        return points, watched
    ahead = min(float(STRETCH_MS), max(0.0, course.reached - points[-1]))
    pace = (watched[-1] - watched[-2]) / max(1.0, points[-1] - points[-2])
    return np.append(points, points[-1] + ahead), np.append(watched, watched[-1] + pace * ahead)


def _alongside(course: Course, done: Done, whole: Windows) -> tuple[str, ...]:
    """What began in either window: what began when the one after closed, or what closed it, moved nothing in it."""
    start = bisect_left(course.marks, (done.at - whole.before_ms, ""))
    end = bisect_left(course.marks, (done.at + whole.after_ms, ""))
    own = {done.ref, f"promo_end:{done.ref.partition(':')[2]}"}
    marks = dict.fromkeys(mark for _, mark in course.marks[start:end])
    return tuple(mark for mark in marks if mark not in own and _concerns(mark, done))


def _concerns(mark: str, done: Done) -> bool:
    """What ran out matters to its own orders, and to those of the whole show."""
    kind, _, product_id = mark.partition(":")
    return kind != "sold_out" or done.product_id in ("", product_id)


EFFECTS = View(
    name="alarm.effects",
    row=MoveEffectRow,
    reads=(
        PromoApplied, PromoEnding, PromoUnsaid, PromoEnded, PromoTossed, AlarmMoveApproved, CueWent, OrderCreated, OrderEdited, OrderRestated, MetricSampled, ProductPinned,
        DrawOpened,
    ),
    state=Course,
    fold=fold_effects,
    keys=lambda course: course.all.keys(),
    get=_get,
    duty="metric.read",
    over=(STOCK, LEDGER, STAGE),
    pace_ms=2000,
)  # fmt: skip
