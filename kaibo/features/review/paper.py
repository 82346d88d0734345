"""A month's review on A4: what a lead takes into the meeting and who leads signs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kaibo.features.review.shapes import DutyDone, Review
from kaibo.kit.typeset import FACES, REGIONS, typeset

TEMPLATE = Path(__file__).with_name("paper.typ")
LINES_MAX: Final = 40  # of each list: the screen has the rest, and the paper says how many it left out
Words = Mapping[str, str]
Lines = Sequence[Sequence[str]]


def write_review(review: Review, words: Words, language: str) -> bytes:
    """Review -> PDF, the same bytes for the same review. `words` by code, of that language."""
    lang, region = REGIONS[language]
    parts = [
        (part, _shown(list(lines)), max(0, len(list(lines)) - LINES_MAX))
        for part, lines in (
            ("drift", _drift(review, words)),
            ("missed", _missed(review, words)),
            ("refused", _refused(review, words)),
            ("responses", _responses(review, words)),
            ("loads", _loads(review, words)),
            ("taken", [(_person(review, each.person_id), _when(review, each.at)) for each in review.taken.events]),
            ("idle", [(words["review.between"].join(_titled(words, each, "") for each in review.idle),)] if review.idle else []),
            ("proposed", _proposed(review, words)),
        )
    ]
    data = {
        "title": words["review.title"],
        "month": review.month,
        "shows": words["review.shows"].format(n=len(review.shows), rehearsals=review.rehearsals, left_out=review.left_out),
        "version": words["charter.page.version" if review.version else "charter.page.fixed"].format(n=review.version),
        "unseen": words["review.unseen"].format(n=len(review.unseen)) if review.unseen else "",
        "parts": [
            {
                "title": words[f"review.{part}"],
                "lines": lines,
                "more": words["review.more"].format(n=more) if more else "",
                "nothing": words["review.uncompared" if part == "drift" and not review.version else "review.nothing"],
            }
            for part, lines, more in parts
        ],
        "sign": words["review.sign"],
        "fonts": [FACES[language]],
        "lang": lang,
        "region": region,
    }
    return typeset(TEMPLATE, data, words["report.emoji"])


def _shown(lines: Lines) -> Lines:
    return lines[:LINES_MAX]


def _titled(words: Words, duty_id: str, title: str) -> str:
    return title or words.get(f"duty.{duty_id}", duty_id)


def _role(words: Words, role: str) -> str:
    return words.get(f"role.{role}", role)


def _person(review: Review, person_id: str) -> str:
    return review.names.get(person_id, person_id) or "—"


def _when(review: Review, at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(review.zone)):%m/%d %H:%M}"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.1f} s"


def _drift(review: Review, words: Words) -> Lines:
    drifted = [each for each in review.duties if each.drift or each.stood_in]
    return [_drifted(review, words, each) for each in sorted(drifted, key=lambda each: -each.drift)]


def _drifted(review: Review, words: Words, duty: DutyDone) -> Sequence[str]:
    who = [
        f"{_person(review, each.person_id)} ({_role(words, each.role)}) {each.done.count}"
        for each in duty.by
        if not each.as_written or each.stood_in.count
    ]
    count = words["review.of"].format(n=duty.drift, of=duty.done)
    does = words["core.comma"].join(_role(words, each) for each in duty.does) or "—"
    return (_titled(words, duty.duty_id, duty.title), does, count, words["core.comma"].join(who))


def _missed(review: Review, words: Words) -> Lines:
    return [
        (
            words[f"review.kind.{each.kind}"],
            words.get(f"title.{each.what}", each.what) if each.kind == "task" else "",
            review.titles.get(each.show_id, ""),
            _person(review, each.person_id) if each.person_id else _role(words, each.role) if each.role else "—",
            _when(review, each.due_at),
            words["review.not_done"] if each.done_at is None else _when(review, each.done_at),
        )
        for each in review.missed
    ]


def _refused(review: Review, words: Words) -> Lines:
    return [
        (_person(review, each.person_id), _titled(words, each.duty, ""), each.command, str(each.times.count))
        for each in review.refused
    ]


def _responses(review: Review, words: Words) -> Lines:
    return [
        (
            words[f"review.kind.{each.kind}"],
            _role(words, each.role),
            str(each.answered.count),
            words["review.median"].format(time=_seconds(each.median_ms)),
            words["review.slowest"].format(time=_seconds(each.slowest_ms)),
            "" if each.late is None else words["review.late"].format(n=each.late),
        )
        for each in review.responses
    ]


def _loads(review: Review, words: Words) -> Lines:
    return [
        (
            _person(review, each.person_id),
            review.titles.get(each.show_id, each.show_id),
            words["core.comma"].join(_role(words, role) for role in each.roles),
            str(len(each.duties)),
        )
        for each in review.loads
    ]


def _proposed(review: Review, words: Words) -> Iterable[Sequence[str]]:
    titles = {each.duty_id: each.title for each in review.duties}
    return [
        (
            _titled(words, each.change.duty_id, titles.get(each.change.duty_id, "")),
            _role(words, each.change.role_id),
            f"{each.change.was or '—'} → {each.change.cell or '—'}",
            words["review.of"].format(n=each.done, of=each.of),
        )
        for each in review.proposed
    ]
