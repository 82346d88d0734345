"""Whatever is drafted, in any order and by anybody: screens fed with patches show what a fresh one shows, and no charter locks the owner out."""

from random import Random

import pytest

from kaibo.core.errors import Refusal
from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.charter.commands import (
    ChangeCells,
    DraftCharter,
    DropDraft,
    PublishCharter,
    SignCharter,
    StrikeDuty,
    StrikeRole,
    WriteDuty,
    WriteRole,
)
from kaibo.features.charter.facts import Cell, CellChange, CharterDuty, CharterRole
from kaibo.features.charter.feature import FEATURE
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.charter.table import GRANTED, KEPT, READING
from kaibo.features.workspace.facts import PersonAdded, PersonRemoved, RolesChanged

CELLS: tuple[Cell | None, ...] = ("R", "A", "RA", "C", "CF", "I", "X", None)
SEEDS = (2, 12, 18, 19, 20)
OWNER = Actor(id="p0", role="owner")
VIEWS = tuple(view.name for view in FEATURE.views)


class Hand:
    """Somebody who tries anything."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.stage = Stage(FEATURE, "workspace/main").given(PersonAdded(person_id="p0", name="p0", roles=("owner",)))
        self.stage.when(
            DraftCharter(preset="four"), by=OWNER
        )  # hardly any draft that somebody tried anything with can be published
        self.stage.when(PublishCharter(version=1, seen=self.stage.fold.slice(HOUSE_CHARTER).changed_seq), by=OWNER)

    def move(self) -> None:
        house = self.stage.fold.slice(HOUSE_CHARTER)
        draft = house.draft
        roles = [each.role_id for each in draft.roles] if draft else ["host"]
        duties = [each.duty_id for each in draft.duties] if draft else ["plan.show"]
        duty, role = self.dice.choice([*duties, "own.x"]), self.dice.choice([*roles, "own_x"])
        cells = next((each.cells for each in draft.duties if each.duty_id == duty), {}) if draft else {}
        change = CellChange(duty_id=duty, role_id=role, was=cells.get(role), cell=self.dice.choice(CELLS))
        grants = tuple(self.dice.sample(sorted(GRANTED), 2))
        row = CharterDuty(
            duty_id=duty, phases=("on_air",), grants=grants, reads=(self.dice.choice(sorted(READING)),), cells={roles[0]: "R"}
        )
        was = next((each for each in draft.duties if each.duty_id == duty), None) if draft else None
        known = next((each for each in draft.roles if each.role_id == role), None) if draft else None
        person = f"p{self.dice.randrange(4)}"
        moves = [
            *[ChangeCells(changes=(change,))] * 8,
            DraftCharter(preset=self.dice.choice(("seven", "four", "two", "fixed", "published"))),
            WriteDuty(row=row, was=was),
            StrikeDuty(duty_id=duty),
            WriteRole(role=CharterRole(role_id=role, name="x", stands_in=tuple(roles[:2])), was=known),
            StrikeRole(role_id=role),
            DropDraft(),
            *[PublishCharter(version=house.version + 1, seen=house.changed_seq)] * 2,
            SignCharter(version=house.version),
        ]
        if self.dice.random() < 0.1:
            self.stage.given(self._people(person, tuple(self.dice.sample(roles, min(2, len(roles))))))
            return
        try:
            self.stage.when(self.dice.choice(moves), by=Actor(id=person, role="owner"))
            self.stage.row("charter.head", "charter")
        except Refusal:
            pass

    def _people(self, person: str, roles: tuple[str, ...]) -> PersonAdded | PersonRemoved | RolesChanged:
        names = self.stage.state.names.members
        if person not in names:
            return PersonAdded(person_id=person, name=person, roles=roles)
        if person != "p0" and self.dice.random() < 0.3:
            return PersonRemoved(person_id=person)
        return RolesChanged(person_id=person, roles=roles)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_draft(seed):
    hand, published = Hand(seed), 0
    for _ in range(120):
        hand.move()
        for view in VIEWS:
            hand.stage.rows(view)
        table = hand.stage.fold.slice(HOUSE_CHARTER).table
        published = max(published, table.version)
        assert all(table.role(frozenset({"owner"}), duty) == "owner" for duty in KEPT)
    assert published > 0
