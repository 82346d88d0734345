"""Each finding by name on a charter that has exactly that fault; its fix ends it, and the shipped charters have none that stops."""

import pytest
from msgspec.structs import replace

from kaibo.features.charter.facts import Cell, CellChange, Charter, CharterDuty, CharterRole, Separation
from kaibo.features.charter.lint import LIVE_DUTIES_MAX, Finding, Team, lint
from kaibo.features.charter.shipped import charter_of, seven
from kaibo.features.charter.slices import with_cells

ROLES = tuple(CharterRole(role_id=role) for role in ("owner", "director", "assistant", "operations"))


def duty(duty_id: str = "d", **cells: Cell) -> CharterDuty:
    return CharterDuty(duty_id=duty_id, phases=("on_air",), grants=("promo.approve",), proof="d", cells=cells)


def found(*duties: CharterDuty, team: Team | None = None, separations: tuple[Separation, ...] = ()) -> list[Finding]:
    charter = Charter(roles=ROLES, duties=duties, separations=separations)
    return lint(charter, team or Team(), frozenset({"promo.approve"}))


def kinds(findings: list[Finding]) -> list[str]:
    return [finding.kind for finding in findings]


@pytest.mark.parametrize("preset", ["seven", "four", "two"])
def test_what_is_shipped_can_be_published(preset):
    assert not [finding for finding in lint(charter_of(preset, None), Team()) if finding.stops]


def test_a_sound_duty_is_not_spoken_of():
    assert found(duty(assistant="R", director="A")) == []
    assert found(duty(director="RA")) == []


def test_nobody_does_it():
    assert kinds(found(duty(director="A"))) == ["gap"]
    assert kinds(found(duty(assistant="I"))) == ["gap", "accountable"]


def test_two_do_it():
    assert kinds(found(duty(assistant="R", operations="R", director="A"))) == ["overlap"]
    shared = replace(duty(assistant="R", operations="R", director="A"), split="one mornings, one evenings")
    assert found(shared) == []


@pytest.mark.parametrize(
    "cells", [{"assistant": "R"}, {"assistant": "R", "director": "A", "owner": "A"}, {"assistant": "RA", "owner": "A"}]
)
def test_not_exactly_one_answers(cells):
    (finding,) = found(duty(**cells))
    assert finding.kind == "accountable"
    assert finding.stops


@pytest.mark.parametrize(
    "cells",
    [
        {"director": "A"},
        {"assistant": "R"},
        {"assistant": "R", "operations": "RA"},
        {"assistant": "R", "director": "A", "owner": "A"},
        {},
        {"assistant": "RA", "owner": "RA"},
    ],
)
def test_fixes_end_what_they_are_for(cells):
    charter = Charter(roles=ROLES, duties=(duty(**cells),))
    for _ in range(4):
        findings = lint(charter, Team(), frozenset({"promo.approve"}))
        fixes = [finding.fix for finding in findings if finding.fix]
        if not fixes:
            break
        first = findings[0].key
        charter = with_cells(charter, fixes[0])
        assert first not in {finding.key for finding in lint(charter, Team(), frozenset({"promo.approve"}))}
    assert lint(charter, Team(), frozenset({"promo.approve"})) == []


def test_a_cell_of_a_role_that_left_does_nothing():
    assert kinds(found(duty(warehouse="R", director="A"))) == ["gap"]


def test_a_command_that_is_given_and_forbidden_is_given_to_nobody():
    one, other = duty("d", assistant="RA", director="X"), duty("e", director="RA", assistant="X")
    assert kinds(found(one, other)) == ["orphan_command"]
    assert found(one, replace(other, phases=("before",))) == []


def test_people_whose_every_role_is_gone():
    team = Team({"wei": frozenset({"tech"}), "ai": frozenset({"assistant", "tech"}), "mei": frozenset({"director"})})
    assert [(each.kind, each.people, each.roles) for each in found(duty(assistant="R", director="A"), team=team)] == [
        ("lost", ("wei",), ("tech",))
    ]


def test_more_at_once_than_one_role_looks_after():
    many = [replace(duty(f"d{place}", assistant="R", director="A"), evidence=("x",)) for place in range(LIVE_DUTIES_MAX + 1)]
    (finding,) = found(*many)
    assert (finding.kind, finding.roles, finding.number, finding.stops) == (
        "overload",
        ("assistant",),
        LIVE_DUTIES_MAX + 1,
        False,
    )
    assert found(*many[1:]) == []
    assert found(*(replace(each, phases=("before",)) for each in many)) == []


def test_a_command_nobody_may_ever_give():
    finding = lint(Charter(roles=ROLES, duties=(duty(director="RA"),)), Team(), frozenset({"promo.approve", "draw.run"}))[0]
    assert (finding.kind, finding.duties, finding.stops) == ("orphan_command", ("draw.run",), True)


def test_a_duty_without_command_or_evidence():
    assert kinds(found(duty(director="RA"), CharterDuty(duty_id="e", phases=("after",), cells={"owner": "RA"}))) == [
        "orphan_duty"
    ]
    assert kinds(found(replace(duty(director="RA"), proof=""))) == ["no_evidence"]


APART = (Separation(separation_id="promos", duties=("propose", "approve")),)


def pair(**approve: Cell) -> tuple[CharterDuty, CharterDuty]:
    return (replace(duty("propose", operations="RA"), grants=()), replace(duty("approve", **approve), grants=("promo.approve",)))


def test_one_person_does_what_takes_two():
    team = Team({"zhe": frozenset({"operations", "director"}), "lin": frozenset({"director"})})
    (finding,) = found(*pair(director="RA"), team=team, separations=APART)
    assert (finding.kind, finding.people, set(finding.cells)) == (
        "separation",
        ("zhe",),
        {("propose", "operations"), ("approve", "director")},
    )
    apart = Team({"zhe": frozenset({"operations"}), "lin": frozenset({"director"})})
    assert found(*pair(director="RA"), team=apart, separations=APART) == []


def test_two_are_needed_and_one_is_left():
    alone = Team({"zhe": frozenset({"operations", "director"})})
    assert "too_few" in kinds(found(*pair(director="RA"), team=alone, separations=APART))


def test_an_emergency_that_hangs_on_one_person():
    emergency = replace(duty(director="RA"), emergency=True)
    assert kinds(found(emergency, team=Team({"lin": frozenset({"director"})}))) == ["single_point"]
    assert found(emergency, team=Team({"lin": frozenset({"director"}), "mei": frozenset({"director"})})) == []


def test_whoever_answers_is_nobody():
    team = Team({"ai": frozenset({"assistant"})})
    assert kinds(found(duty(assistant="R", director="A"), team=team)) == ["unreachable"]


def test_who_does_it_is_nobody_and_that_is_one_finding_a_role():
    vacant = duty(assistant="R", director="A")
    nobody = found(vacant, team=Team({"lin": frozenset({"director"})}))
    assert [(each.kind, each.roles, each.cells, each.number) for each in nobody] == [
        ("vacant", ("assistant",), ((vacant.duty_id, "assistant"),), 1)
    ]
    assert not nobody[0].stops  # a house may publish before everybody was invited
    assert found(vacant, team=Team({"lin": frozenset({"director", "assistant"})})) == []
    shared = replace(duty(assistant="R", operations="R", director="A"), split="one mornings, one evenings")
    assert found(shared, team=Team({"lin": frozenset({"director"}), "zhe": frozenset({"operations"})})) == []


def test_every_cell_of_the_shipped_charter_matters():
    """Taking any R or A of it away is found."""
    charter = seven()
    for row in charter.duties:
        for role, cell in row.cells.items():
            if cell in ("R", "A", "RA"):
                without = with_cells(charter, [CellChange(duty_id=row.duty_id, role_id=role, was=cell)])
                found_here = [each for each in lint(without, Team()) if row.duty_id in each.duties]
                assert found_here or row.split, (row.duty_id, role)
