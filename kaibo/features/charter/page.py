"""One member's page of a charter: what I do, by when, with which skill, what I must not do and to whom it goes, whom I tell, who stands in.

Worked out here once; the screen, the print and the PDF only set it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from kaibo.features.charter.facts import Cell, Charter, CharterDuty, CharterRole
from kaibo.features.charter.said import Said
from kaibo.features.charter.table import ANSWERS, ASKED, DOES

REVIEW_DAYS: Final = 30  # the longest a page goes unread; it is read again as soon as people change


class PageDuty(msgspec.Struct, frozen=True, kw_only=True):
    """A duty I do: how it is known to be done, by when ("" no time), with which skill ("" none named)."""

    duty_id: str
    title: str
    proof: str
    due: str
    skill: str


class PageNever(msgspec.Struct, frozen=True, kw_only=True):
    """A duty I must not do, and the roles with their people it goes to; "" when nobody does it."""

    duty_id: str
    title: str
    goes_to: str


class PageTell(msgspec.Struct, frozen=True, kw_only=True):
    """A role with its people, and the duties of mine for which it answers: it hears when they are done, and when they cannot be."""

    who: str
    titles: tuple[str, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One member's page, in one language, ready to be set.

    `version` 0: the table the house came with; `draft`: of what nobody published yet. `since` and `review_by` are days (`2026-11-28`),
    "" while nothing is published. `roles`, `answers`, `asked`, `emergency` are names; `duties_all` counts the duties of the charter.
    """

    person_id: str
    name: str
    workspace: str
    roles: tuple[str, ...]
    version: int
    draft: bool
    signed: bool
    since: str
    review_by: str
    duties_all: int
    first: PageDuty | None
    does: tuple[PageDuty, ...]
    asked: tuple[str, ...]
    never: tuple[PageNever, ...]
    tell: tuple[PageTell, ...]
    answers: tuple[str, ...]
    emergency: tuple[str, ...]
    stand_ins: tuple[str, ...]


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Whose page it is, and of which version: `people` are the names of those who hold each role, the reader's roles among them."""

    person_id: str
    name: str
    roles: tuple[str, ...]
    workspace: str
    people: Mapping[str, tuple[str, ...]]
    version: int
    draft: bool = False
    signed: bool = False
    since: str = ""
    review_by: str = ""


def day_of(at: datetime) -> str:
    """`2026-11-28`."""
    return at.strftime("%Y-%m-%d")


def page_of(charter: Charter, reader: Reader, words: Mapping[str, str]) -> Page:
    """A member's page of a charter, in the words of a language (by code)."""
    sheet = _Sheet(Said(charter, words), reader)
    does = sheet.mine(DOES)
    first = next((each for each in does if each.contested and each.within_s > 0), does[0] if does else None)
    return Page(
        person_id=reader.person_id,
        name=reader.name,
        workspace=reader.workspace,
        roles=tuple(map(sheet.said.role, reader.roles)),
        version=reader.version,
        draft=reader.draft,
        signed=reader.signed,
        since=reader.since,
        review_by=reader.review_by,
        duties_all=len(charter.duties),
        first=None if first is None else sheet.told(first),
        does=tuple(map(sheet.told, does)),
        asked=sheet.titles(sheet.mine(ASKED)),
        never=tuple(map(sheet.never, sheet.mine(frozenset[Cell]({"X"})))),
        tell=sheet.tell(does),
        answers=sheet.titles(sheet.mine(ANSWERS)),
        emergency=sheet.titles(each for each in sheet.mine(DOES | ANSWERS) if each.emergency),
        stand_ins=tuple(sheet.with_people(each) for each in charter.roles if sheet.stands_in(each)),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    said: Said
    reader: Reader

    def mine(self, cells: frozenset[Cell]) -> list[CharterDuty]:
        return [duty for duty in self.said.charter.duties if any(duty.cells.get(role) in cells for role in self.reader.roles)]

    def titles(self, duties: Iterable[CharterDuty]) -> tuple[str, ...]:
        return tuple(map(self.said.title, duties))

    def told(self, duty: CharterDuty) -> PageDuty:
        said = self.said
        return PageDuty(
            duty_id=duty.duty_id, title=said.title(duty), proof=said.proof(duty), due=said.due(duty), skill=said.skill(duty)
        )

    def never(self, duty: CharterDuty) -> PageNever:
        return PageNever(duty_id=duty.duty_id, title=self.said.title(duty), goes_to=self._who(duty, DOES))

    def tell(self, does: Iterable[CharterDuty]) -> tuple[PageTell, ...]:
        """By who answers, so that one line says all they are told; what I answer for myself is nobody else's."""
        told: dict[str, list[str]] = {}
        for duty in does:
            who = "" if any(duty.cells.get(role) in ANSWERS for role in self.reader.roles) else self._who(duty, ANSWERS)
            if who:
                told.setdefault(who, []).append(self.said.title(duty))
        return tuple(PageTell(who=who, titles=tuple(titles)) for who, titles in told.items())

    def stands_in(self, role: CharterRole) -> bool:
        held = self.reader.roles
        return role.role_id not in held and any(other in held for other in role.stands_in)

    def with_people(self, role: CharterRole) -> str:
        people = self.reader.people.get(role.role_id, ())
        return " ".join(filter(None, (self.said.role(role.role_id), self.said.listed(list(people)))))

    def _who(self, duty: CharterDuty, cells: frozenset[Cell]) -> str:
        roles = self.said.charter.roles
        return self.said.listed([self.with_people(role) for role in roles if duty.cells.get(role.role_id) in cells])
