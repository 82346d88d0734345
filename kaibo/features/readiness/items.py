"""What still stands between a plan and a show that can go on air: required things, and such as are only advised. One owner of every word of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal

import msgspec

from kaibo.features.product.facts import ProductSheet
from kaibo.features.readiness.slices import Grounds
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.slices import unmatched_code

Weight = Literal["act", "watch"]
NAMED_MAX: Final = 200  # of one kind: whoever misses more is told how many
MINUTE_MS: Final = 60_000
APART_MS_MAX: Final = 3_600_000  # up to an hour may be meant: a room that warms up, or a late first cue
TOLD: Final = ("comments", "orders", "audience")


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that lacks it: a cue by its `place`, or a product; `column` is where it is mended. `text`: which words or which code; `count`: how many."""

    cue_id: str = ""
    product_id: str = ""
    place: int = 0
    name: str = ""
    column: str = ""
    text: str = ""
    count: int = 0


class ReadinessRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `readiness.items`, key code, while the show is planned: something is missing, `count` times, and where.

    `weight` act: required; watch: advised. `subjects`: the first 200. `by_ms`: by how much, where it is a time.
    """

    code: str
    weight: Weight
    count: int
    subjects: tuple[Subject, ...] = ()
    by_ms: int = 0


Found = Iterator[Subject]


def items(grounds: Grounds) -> dict[str, ReadinessRow]:
    """By code, in the order in which they are read; none once the show is on air."""
    if grounds.show.stage != "planned" or grounds.show.plan is None:
        return {}
    rows = (*_of_tasks(grounds), *_of_goods(grounds), *_of_cues(grounds), *_of_length(grounds), *_of_sources(grounds))
    return {row.code: row for row in rows}


def required(grounds: Grounds) -> list[ReadinessRow]:
    """What must not be missing, and is."""
    return [row for row in items(grounds).values() if row.weight == "act"]


def _row(code: str, weight: Weight, count: int, by_ms: int = 0) -> Iterable[ReadinessRow]:
    return (ReadinessRow(code=code, weight=weight, count=count, by_ms=by_ms),) if count else ()


def _rows(code: str, weight: Weight, found: Found) -> Iterable[ReadinessRow]:
    subjects = tuple(found)
    return (ReadinessRow(code=code, weight=weight, count=len(subjects), subjects=subjects[:NAMED_MAX]),) if subjects else ()


def _of_tasks(grounds: Grounds) -> Iterator[ReadinessRow]:
    every = grounds.tasks.tasks.values()
    yield from _row("tasks_open", "act", sum(now.task.required and now.state != "done" for now in every))
    yield from _row("tasks_blocked", "act", sum(now.state == "blocked" for now in every))


def _of_goods(grounds: Grounds) -> Iterator[ReadinessRow]:
    sheets = [offer.sheet for offer in grounds.offers.offers.values()]
    used = {cue.product_id for cue in grounds.course.cues.values()}

    def those(column: str, lacks: Callable[[ProductSheet], int | bool]) -> Found:
        for sheet in sheets:
            if count := int(lacks(sheet)):
                yield Subject(product_id=sheet.product_id, name=sheet.name, column=column, count=count)

    yield from _row("no_products", "act", int(not sheets))
    yield from _rows("product_without_price", "act", those("live_price_minor", lambda one: one.live_price_minor is None))
    yield from _rows("price_over_list", "act", those("live_price_minor", _over_list))
    yield from _rows("doubt_without_answer", "act", those("doubts", _unanswered))
    yield from _rows("product_without_stock", "watch", those("stock", lambda one: _left(grounds, one) is None))
    yield from _rows(
        "product_sold_out", "watch", those("stock", lambda one: (_left(grounds, one) or 0) <= 0 and _counted(grounds, one))
    )
    yield from _rows("product_unused", "watch", those("name", lambda one: one.product_id not in used))


def _over_list(sheet: ProductSheet) -> bool:
    live, listed = sheet.live_price_minor, sheet.list_price_minor
    return live is not None and listed is not None and live > listed


def _unanswered(sheet: ProductSheet) -> int:
    return sum(not doubt.answer for doubt in sheet.doubts)


def _left(grounds: Grounds, sheet: ProductSheet) -> int | None:
    goods = grounds.shelf.goods.get(sheet.product_id)
    return None if goods is None else goods.left()


def _counted(grounds: Grounds, sheet: ProductSheet) -> bool:
    return _left(grounds, sheet) is not None


def _of_cues(grounds: Grounds) -> Iterator[ReadinessRow]:
    cues = [(place, grounds.course.cues[cue_id]) for place, (_, cue_id) in enumerate(grounds.course.order, start=1)]

    def those(column: str, lacks: Callable[[Cue], str | bool]) -> Found:
        for place, cue in cues:
            if found := lacks(cue):
                text = found if isinstance(found, str) else ""
                yield Subject(cue_id=cue.cue_id, place=place, name=cue.title, column=column, text=text)

    yield from _row("no_cues", "act", int(not cues))
    yield from _rows("cue_code_unknown", "act", those("product_id", unmatched_code))
    yield from _rows("forbidden_words", "act", those("host_lines", lambda cue: "、".join(forbidden_words(grounds, cue))))
    yield from _rows("cue_without_product", "watch", those("product_id", _no_product))
    yield from _rows("cue_without_lines", "watch", those("host_lines", lambda cue: not cue.host_lines))


def _no_product(cue: Cue) -> bool:
    return cue.cue_type == "product" and cue.product_id is None and not unmatched_code(cue)


def forbidden_words(grounds: Grounds, cue: Cue) -> tuple[str, ...]:
    """Words a host must not say (the cue's own and its product's) that stand in what is to be said."""
    offer = grounds.offers.offers.get(cue.product_id or "")
    said = "\n".join((cue.mechanism, *cue.host_lines))
    words = (*cue.must_not_say, *(offer.sheet.must_not_say if offer else ()))
    return tuple(dict.fromkeys(word for word in words if word and word in said))


def _of_length(grounds: Grounds) -> Iterator[ReadinessRow]:
    show, course = grounds.show, grounds.course.planned()
    if not course.starts:
        return
    over = course.end_at - course.starts[0] - (show.ends_at - show.starts_at)
    apart = course.starts[0] - show.starts_at
    yield from _row("overlap", "act", sum(overlap > 0 for overlap in course.overlaps))
    if abs(over) >= MINUTE_MS // 2:
        yield from _row("over_length" if over > 0 else "under_length", "act" if over > 0 else "watch", 1, abs(over))
    if apart:
        weight: Weight = "watch" if abs(apart) < APART_MS_MAX else "act"
        first = grounds.course.cues[grounds.course.order[0][1]]
        yield ReadinessRow(
            code="starts_later" if apart > 0 else "starts_earlier", weight=weight, count=1, by_ms=abs(apart),
            subjects=(Subject(cue_id=first.cue_id, place=1, name=first.title, column="start_at"),),
        )  # fmt: skip


def _of_sources(grounds: Grounds) -> Iterator[ReadinessRow]:
    """Who tells of viewers and orders; where they are made up, that is said, and nobody is waited for."""
    plan, policy = grounds.show.plan, grounds.policy
    untold = [each for each in TOLD if each not in grounds.told]
    if plan is not None and plan.simulated:
        yield from _row("source_simulated", "watch", 1)
    elif not grounds.heard and not grounds.told:
        yield from _row("no_source", "watch", 1)
    else:
        yield from _rows("source_silent", "watch", (Subject(text=each) for each in untold))
    yield from _row("claims_undecided", "watch", int(policy is None))
    yield from _row("claims_off", "watch", int(policy is not None and policy.capture == "off"))
    yield from _row("no_goal", "watch", int(plan is not None and plan.goal_gmv_minor == 0))
