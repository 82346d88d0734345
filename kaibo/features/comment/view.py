"""The newest comments, and the exact counters beside them."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.desk import READS, Knowledge, hear, settled_by
from kaibo.features.comment.facts import CommentAnswered
from kaibo.features.prompter.facts import QuestionFinished


class CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.window`, key `seq:index`, newest 300 of the show. `kind` is question, order, aftersales, praise or other; `product_id` the product it is about, "" if none."""

    at: int
    viewer: str
    name: str
    text: str
    source: str
    kind: str
    product_id: str
    state: str


class OpenQuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.questions`, key `seq:index`: questions nobody has answered, newest 100. `answer` is the product sheet's, "" if it has none."""

    at: int
    name: str
    text: str
    product_id: str
    answer: str


class CommentCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.counts`, key `all`: exact counts of the whole show, whatever the window holds."""

    comments: int
    questions: int
    orders: int
    aftersales: int
    answered: int
    last_minute: int


WINDOW_ROWS = 300  # a person scrolls back a minute or two; older comments come from the log
QUESTION_ROWS = 100


@dataclass(slots=True)
class Window:
    """The newest comments, oldest first."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    rows: dict[str, CommentRow] = field(default_factory=dict[str, CommentRow])
    handed: dict[str, str] = field(default_factory=dict[str, str])


def fold_window(state: Window, event: Event[Any]) -> Iterable[str]:
    """New comments come in at one end, old ones leave at the other."""
    if isinstance(event.fact, AudienceBatch):
        return _enter(state, event.seq, event.fact)
    state.knowledge.learn(event)
    settled = settled_by(event, state.handed)
    if settled is None or settled[0] not in state.rows:
        return ()
    ref, how = settled
    state.rows[ref] = msgspec.structs.replace(state.rows[ref], state=how)
    return (ref,)


def _enter(state: Window, seq: int, batch: AudienceBatch) -> set[str]:
    changed: set[str] = set()
    for heard in deque(hear(batch), maxlen=WINDOW_ROWS):
        key = f"{seq}:{heard.index}"
        state.rows[key] = CommentRow(
            at=heard.at,
            viewer=str(heard.viewer),
            name=heard.name,
            text=heard.raw,
            source=batch.source,
            kind=heard.kind,
            product_id=state.knowledge.about(heard.text),
            state="",
        )
        changed.add(key)
    while len(state.rows) > WINDOW_ROWS:
        oldest = next(iter(state.rows))
        del state.rows[oldest]
        changed.add(oldest)
    return changed


@dataclass(slots=True)
class Questions:
    """Open questions, oldest first; `away` are those at the host, to come back when withdrawn."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    rows: dict[str, OpenQuestionRow] = field(default_factory=dict[str, OpenQuestionRow])
    away: dict[str, OpenQuestionRow] = field(default_factory=dict[str, OpenQuestionRow])
    handed: dict[str, str] = field(default_factory=dict[str, str])


def fold_questions(state: Questions, event: Event[Any]) -> Iterable[str]:
    """Questions come with comments and leave when somebody took care of them."""
    if isinstance(event.fact, AudienceBatch):
        return _ask(state, event.seq, event.fact)
    state.knowledge.learn(event)
    settled = settled_by(event, state.handed)
    return () if settled is None else _settle(state, *settled)


def _ask(state: Questions, seq: int, batch: AudienceBatch) -> set[str]:
    changed: set[str] = set()
    asked = deque((heard for heard in hear(batch) if heard.kind == "question"), maxlen=QUESTION_ROWS)
    for heard in asked:
        key = f"{seq}:{heard.index}"
        product_id = state.knowledge.about(heard.text)
        answer = state.knowledge.answer(heard.text, product_id)
        state.rows[key] = OpenQuestionRow(at=heard.at, name=heard.name, text=heard.raw, product_id=product_id, answer=answer)
        changed.add(key)
    changed.update(_trim(state))
    return changed


def _settle(state: Questions, ref: str, how: str) -> set[str]:
    if how == "" and ref in state.away:
        state.rows[ref] = state.away.pop(ref)
        return {ref, *_trim(state)}
    row = state.rows.pop(ref, None)
    if how == "handed" and row is not None:
        state.away[ref] = row
    elif how != "handed":
        state.away.pop(ref, None)
    return set() if row is None else {ref}


def _trim(state: Questions) -> set[str]:
    dropped: set[str] = set()
    while len(state.rows) > QUESTION_ROWS:
        oldest = next(iter(state.rows))
        del state.rows[oldest]
        dropped.add(oldest)
    return dropped


@dataclass(slots=True)
class Counts:
    """Exact counters; `minutes` holds comments by minute, for the newest one."""

    row: CommentCountRow = field(
        default_factory=lambda: CommentCountRow(comments=0, questions=0, orders=0, aftersales=0, answered=0, last_minute=0)
    )
    minute: int = 0
    in_minute: int = 0


def fold_counts(state: Counts, event: Event[Any]) -> Iterable[str]:
    """Count every comment, whatever the window holds."""
    match event.fact:
        case AudienceBatch() as batch if batch.comments:
            _count(state, batch)
        case CommentAnswered():
            state.row = msgspec.structs.replace(state.row, answered=state.row.answered + 1)
        case QuestionFinished(outcome="answered"):
            state.row = msgspec.structs.replace(state.row, answered=state.row.answered + 1)
        case _:
            return ()
    return ("all",)


def _count(state: Counts, batch: AudienceBatch) -> None:
    kinds: Counter[str] = Counter()
    for heard in hear(batch):
        kinds[heard.kind] += 1
        minute = heard.at // 60_000
        if minute > state.minute:
            state.minute, state.in_minute = minute, 0
        state.in_minute += minute == state.minute
    row = state.row
    state.row = msgspec.structs.replace(
        row,
        comments=row.comments + batch.comments,
        questions=row.questions + kinds["question"],
        orders=row.orders + kinds["order"],
        aftersales=row.aftersales + kinds["aftersales"],
        last_minute=state.in_minute,
    )


def _row_keys(state: Window | Questions) -> Iterable[str]:
    return state.rows.keys()


def _row(state: Window | Questions, key: str) -> CommentRow | OpenQuestionRow | None:
    return state.rows.get(key)


WINDOW = View("comment.window", CommentRow, READS, Window, fold_window, _row_keys, _row, "comment.read", 50)
QUESTIONS = View("comment.questions", OpenQuestionRow, READS, Questions, fold_questions, _row_keys, _row, "comment.read", 100)
COUNTS = View(
    "comment.counts",
    CommentCountRow,
    (AudienceBatch, CommentAnswered, QuestionFinished),
    Counts,
    fold_counts,
    lambda state: ("all",),
    lambda state, key: state.row if key == "all" else None,
    "comment.read",
    250,
)
