"""What viewers asked, the same question once: for the report, and for whoever wants to know what the room is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.comment.facts import CommentAnswered, CommentCorrected, CommentDismissed, CommentReplySent
from kaibo.features.comment.holds import HOLD_FACTS
from kaibo.features.comment.reading import KIND_FACTS, Reader
from kaibo.features.comment.sameness import asked, asked_each
from kaibo.features.comment.shop_sheet import SHOP, ShopSheet
from kaibo.features.comment.triage import Asked
from kaibo.features.moderation.facts import CommentsReleased, hidden_by
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

TOPICS_MAX = 2_000  # a flood of unlike questions must not grow without end; the rarest of the old ones go first
SAMPLES_MAX = 3


class TopicRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.topics`, key = product and what is asked, as the desk has it: how often it was asked, handed to the host and answered.

    `text` is how it was asked first, `sample_refs` the first addresses `seq:index`; `answered_by` is who answered it first.
    """

    answered_by: str = ""
    answered_at: int | None = None
    text: str
    count: int
    handed: int
    answered: int
    product_id: str
    first_at: int
    sample_refs: tuple[str, ...]


@dataclass(slots=True)
class Topics:
    """Topics by key; which topic a comment or a handed question belongs to; `hidden`: questions that do not count now."""

    shop: ShopSheet
    rows: dict[str, TopicRow] = field(default_factory=dict[str, TopicRow])
    of: dict[str, str] = field(default_factory=dict[str, str])
    handed: dict[str, str] = field(default_factory=dict[str, str])
    hidden: set[str] = field(default_factory=set[str])
    reader: Reader = field(default_factory=Reader)


def fold_topics(topics: Topics, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Questions gather; who answered one first, and when, is kept."""
    del touched
    changed = list(_gather(topics, event))
    for key in changed:
        row = topics.rows.get(key)
        if row is not None and row.answered and row.answered_at is None:
            topics.rows[key] = msgspec.structs.replace(row, answered_by=event.actor.id, answered_at=event.at)
    return changed


def _gather(topics: Topics, event: Event[Fact]) -> Iterable[str]:
    """Questions gather; answers and hand-overs count for the topic of their comment."""
    match event.fact:
        case AudienceBatch() as batch:
            return _ask(topics, event.seq, batch)
        case QuestionHanded(question_id=question_id, comment_ref=str() as ref):
            topics.handed[question_id] = ref
            return _count(topics, ref, "handed")
        case QuestionFinished(question_id=question_id, outcome="answered"):
            return _count(topics, topics.handed.pop(question_id, ""), "answered")
        case CommentAnswered(comment_ref=ref, also=also) | CommentReplySent(comment_ref=ref, also=also):
            return {key for one in (ref, *also) for key in _count(topics, one, "answered")}
        case CommentCorrected(comment_ref=ref, kind=kind) as correction:
            topics.reader.tell(correction)
            return _correct(topics, ref, question=kind == "question") if ref not in topics.hidden else ()
        case CommentsReleased(comment_refs=refs):
            return _show_again(topics, refs)
        case _:
            topics.reader.fold(event)
            return _hide(topics, hidden_by(event.fact))


def _show_again(topics: Topics, refs: Iterable[str]) -> set[str]:
    back = [ref for ref in refs if ref in topics.hidden]
    topics.hidden.difference_update(back)
    return {key for ref in back for key in _correct(topics, ref, question=True)}


def _hide(topics: Topics, refs: Iterable[str]) -> set[str]:
    away = [ref for ref in refs if ref in topics.of]
    topics.hidden.update(away)
    return {key for ref in away for key in _leave(topics, ref)}


def _ask(topics: Topics, seq: int, batch: AudienceBatch) -> set[str]:
    if not batch.comments:
        return set()
    columns, read = unpack(batch.columns), topics.reader.read(batch)
    topics.reader.keep(seq, batch)
    instants, texts, changed = columns.comments_at, columns.texts, set[str]()
    for index, one in zip(read.questions, asked_each(topics.shop, read, instants), strict=True):
        changed.add(_ask_one(topics, f"{seq}:{index}", texts[index], instants[index], one))
    if len(topics.rows) > TOPICS_MAX:
        changed.update(_drop(topics))
    return changed


def _ask_one(topics: Topics, ref: str, text: str, at: int, one: Asked) -> str:
    """One question more, under the key by which it waits at the desk."""
    key = _key(one)
    topics.of[ref] = key
    topics.rows[key] = _counted(topics, key, ref, text, one.key[0], at)
    return key


def _key(one: Asked) -> str:
    """The place where a question waits at the desk (its product, and what it asks), in one string."""
    return "\n".join(one.key)


def _counted(topics: Topics, key: str, ref: str, text: str, about: str, at: int) -> TopicRow:
    row = topics.rows.get(key)
    if row is None:
        return TopicRow(text=text, count=1, handed=0, answered=0, product_id=about, first_at=at, sample_refs=(ref,))
    samples = (*row.sample_refs, ref) if len(row.sample_refs) < SAMPLES_MAX else row.sample_refs
    return msgspec.structs.replace(row, count=row.count + 1, sample_refs=samples)


def _correct(topics: Topics, ref: str, *, question: bool) -> Iterable[str]:
    """A comment counts for what it asks as it is told now; one that is no question is not asked any more."""
    said, before = topics.reader.said(ref), topics.of.get(ref, "")
    if not question:
        return _leave(topics, ref)
    one = None if said is None else asked(topics.shop, said.tidied, said.at, said.about)
    if said is None or one is None or before == _key(one):
        return ()
    return (*_leave(topics, ref), _ask_one(topics, ref, said.text, said.at, one))


def _leave(topics: Topics, ref: str) -> tuple[str, ...]:
    key = topics.of.pop(ref, "")
    row = topics.rows.get(key)
    if row is None:
        return ()
    samples = tuple(sample for sample in row.sample_refs if sample != ref)
    if row.count > 1:
        topics.rows[key] = msgspec.structs.replace(row, count=row.count - 1, sample_refs=samples)
    else:
        del topics.rows[key]
    return (key,)


def _drop(topics: Topics) -> list[str]:
    """Many at once, so that a flood pays for choosing them once in a while and not once a question."""
    older = list(topics.rows)[: TOPICS_MAX // 2]
    older.sort(key=lambda key: topics.rows[key].count)
    rarest = older[: len(topics.rows) - TOPICS_MAX + TOPICS_MAX // 10]
    for key in rarest:
        del topics.rows[key]
    return rarest


def _count(topics: Topics, ref: str, what: str) -> tuple[str, ...]:
    key = topics.of.get(ref, "")
    row = topics.rows.get(key)
    if row is None:
        return ()
    topics.rows[key] = msgspec.structs.replace(row, **{what: getattr(row, what) + 1})
    return (key,)


TOPICS = View(
    name="comment.topics",
    row=TopicRow,
    reads=(
        *KIND_FACTS,
        CommentAnswered,
        CommentDismissed,
        CommentReplySent,
        QuestionHanded,
        QuestionFinished,
        *HOLD_FACTS,
    ),
    state=Topics,
    fold=fold_topics,
    keys=lambda topics: topics.rows.keys(),
    get=lambda topics, key: topics.rows.get(key),
    duty="comment.read",
    over=(SHOP,),
    pace_ms=500,
)
