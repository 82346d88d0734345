"""What the compiled table says is what the cells say: every role, command and phase, one by one."""

import pytest
from msgspec.structs import replace

from kaibo.features.charter.effects import effects
from kaibo.features.charter.facts import Cell, CellChange, Charter, CharterDuty, CharterRole, Phase, Separation
from kaibo.features.charter.shipped import charter_of, seven
from kaibo.features.charter.slices import parted, with_cells
from kaibo.features.charter.table import (
    FIXED,
    GRANTED,
    KEPT,
    LIFELINE,
    NOT_PEOPLE,
    PEOPLE_DUTIES,
    PHASES,
    READING,
    Table,
    compile_charter,
)
from kaibo.features.workspace.charter import CHARTER, role_allowing


def may(charter: Charter, role: str, command: str, phase: Phase) -> bool:
    """Read off the cells, slowly: some duty of the phase gives it, and none forbids it."""
    cells = [duty.cells.get(role) for duty in charter.duties if phase in duty.phases and command in duty.grants]
    if role == "owner" and command in LIFELINE:
        return True
    return "X" not in cells and any(cell in ("R", "A", "RA") for cell in cells)


@pytest.mark.parametrize("preset", ["seven", "four", "two"])
def test_every_role_command_and_phase(preset):
    charter = charter_of(preset, None)
    table = compile_charter(charter, 1)
    for role in (each.role_id for each in charter.roles):
        for command in GRANTED:
            for phase in PHASES:
                assert (table.role(frozenset({role}), command, phase) == role) is may(charter, role, command, phase), (
                    role,
                    command,
                )


def test_version_0_is_the_table_the_house_came_with():
    for duty in CHARTER:
        for role in {role for held in CHARTER.values() for role in held}:
            for phase in (*PHASES, None):
                assert FIXED.role(frozenset({role}), duty, phase) == role_allowing(frozenset({role}), duty)


def test_no_charter_takes_the_owners_way_back_or_gives_it_away():
    table = compile_charter(Charter(roles=(), duties=()), 1)
    for duty in KEPT:
        assert table.held(duty) == CHARTER[duty]
    assert all(table.held(command) <= NOT_PEOPLE for command in GRANTED - LIFELINE)
    assert all("owner" in table.held(command, phase) for command in LIFELINE for phase in PHASES)


def test_the_way_back_is_to_open_the_house_name_people_and_write_charters():
    assert {
        "workspace.open",
        "people.manage",
        "token.manage",
        "bridge.manage",
        "charter.edit",
        "charter.publish",
        "erasure.ask",
    } == KEPT


def test_what_is_kept_apart_counts_what_one_took_beside_ones_roles():
    def row(name: str, **cells: Cell) -> CharterDuty:
        return CharterDuty(duty_id=name, phases=("on_air",), grants=(f"x.{name}",), cells=cells)

    apart = Separation(separation_id="both", duties=("a", "b"))
    roles = (CharterRole(role_id="host"), CharterRole(role_id="director"))
    charter = Charter(roles=roles, duties=(row("a", host="R"), row("b", director="R")), separations=(apart,))
    assert parted(charter, "x.b", {"host"}, ())  # by role the one, taken the other
    assert parted(charter, "x.b", (), {"x.a"})  # both taken
    assert not parted(charter, "x.b", (), ())
    assert not parted(charter, "x.b", {"director"}, ())


def test_machines_keep_what_they_do():
    table = compile_charter(seven(), 1)
    for duty, held in CHARTER.items():
        assert held & NOT_PEOPLE <= table.held(duty), duty


def test_the_article():
    table = compile_charter(seven(), 1)

    def can(role: str, duty: str, phase: Phase = "on_air") -> bool:
        return table.role(frozenset({role}), duty, phase) is not None

    assert can("assistant", "comment.reply") and can("assistant", "claim.handle") and can("assistant", "product.pin")
    assert not can("assistant", "metric.read") and not can("assistant", "log.read") and not can("assistant", "promo.propose")
    assert can("operations", "metric.read") and can("operations", "promo.propose") and can("operations", "metric.spend")
    assert not any(can("operations", "comment.reply", phase) for phase in PHASES)
    assert not can("operations", "promo.approve") and can("director", "promo.approve") and not can("director", "promo.propose")
    assert can("care", "comment.reply", "after") and not can("care", "comment.reply", "on_air")
    assert can("planner", "rundown.edit", "before") and not can("planner", "rundown.edit", "on_air")


def test_a_forbidden_cell_is_stronger_than_what_another_duty_gives():
    charter = with_cells(seven(), [CellChange(duty_id="list.products", role_id="host", was="I", cell="R")])
    assert compile_charter(charter, 1).role(frozenset({"host"}), "product.pin", "on_air") == "host"
    forbidden = with_cells(charter, [CellChange(duty_id="list.products", role_id="host", was="R", cell="X")])
    assert compile_charter(forbidden, 1).role(frozenset({"host"}), "product.pin", "on_air") is None


def test_who_holds_several_roles_acts_in_the_first():
    table = compile_charter(seven(), 1)
    assert table.role(frozenset({"assistant", "host"}), "host.question", "on_air") == "host"


def counted(before: Table, after: Table) -> set[tuple[str, str, bool, Phase]]:
    """The difference of two tables by asking both everything."""
    found: set[tuple[str, str, bool, Phase]] = set()
    for role in {role for table in (before, after) for role in table.roles} - NOT_PEOPLE:
        for duty in PEOPLE_DUTIES:
            for phase in PHASES:
                was, now = (table.role(frozenset({role}), duty, phase) is not None for table in (before, after))
                if was is not now:
                    found.add((role, duty, now, phase))
    return found


@pytest.mark.parametrize("preset", ["seven", "four", "two"])
def test_effects_are_the_difference_of_the_tables(preset):
    after = compile_charter(charter_of(preset, None), 1)
    told = {(each.role, each.duty, each.gained, phase) for each in effects(FIXED, after) for phase in each.phases}
    assert told == counted(FIXED, after)
    assert told


def test_every_command_of_the_program_is_in_the_shipped_charter():
    assert {name for duty in seven().duties for name in duty.grants} == GRANTED
    assert {name for duty in seven().duties for name in duty.reads} <= READING


def test_who_may_not_look_does_not_whatever_another_duty_says():
    own = CharterDuty(duty_id="own.1", phases=("after",), reads=("metric.read",), cells={"assistant": "I", "host": "I"})
    table = compile_charter(replace(seven(), duties=(*seven().duties, own)), 1)
    assert table.role(frozenset({"host"}), "metric.read") == "host"
    assert table.role(frozenset({"assistant"}), "metric.read") is None


def test_who_lost_their_role_can_still_read_and_sign():
    table = compile_charter(charter_of("two", None), 1)
    assert table.role(frozenset({"tech"}), "charter.sign") == "tech"
    assert table.role(frozenset({"tech"}), "show.read") == "tech"
    assert not [command for command in GRANTED if table.role(frozenset({"tech"}), command) is not None]


def test_what_came_after_a_charter_is_as_the_house_came():
    older = replace(
        seven(),
        knows=tuple(sorted(GRANTED - {"staff.mark"})),
        duties=tuple(each for each in seven().duties if each.duty_id != "mark.staff"),
    )
    table = compile_charter(older, 1)
    assert table.held("staff.mark") == CHARTER["staff.mark"]
    assert table.role(frozenset({"host"}), "comment.reply") is None


def asked(*rows: CharterDuty) -> Table:
    roles = tuple(CharterRole(role_id=each) for each in ("owner", "director", "host", "operations", "care"))
    return compile_charter(Charter(roles=roles, duties=rows), 1)


def row(duty_id: str, phase: Phase = "on_air", within_s: int = 0, **cells: Cell) -> CharterDuty:
    return CharterDuty(duty_id=duty_id, phases=(phase,), grants=("host.message",), within_s=within_s, cells=cells)


def who(table: Table, *roles: str, phase: Phase | None = "on_air") -> tuple[str, ...]:
    first = table.first(frozenset(roles), "host.message", phase)
    return () if first is None else first.asked


def test_who_does_it_asks_and_who_only_answers_does_not():
    table = asked(row("a", director="R", host="RA", owner="A", care="CF", operations="CF"))
    assert who(table, "director") == who(table, "host") == ("operations", "care")
    assert who(table, "owner") == who(table, "director", "owner") == who(table, "care") == ()
    first = table.first(frozenset({"director"}), "host.message", "on_air")
    assert first is not None
    assert (first.answers, first.within_s) == (("owner", "host"), 60)


def test_a_role_of_ones_own_is_not_asked_and_another_way_asks_nobody():
    assert who(asked(row("a", director="R", care="CF")), "director", "care") == ()
    assert who(asked(row("a", director="R", care="CF"), row("b", director="R")), "director") == ()
    assert who(asked(row("a", director="R", care="CF"), row("b", host="R")), "director", "host") == ()


def test_it_asks_in_the_phases_of_its_duty_for_as_long_as_that_gives():
    table = asked(row("a", "before", within_s=30, director="R", care="CF"), row("b", director="R"))
    assert [who(table, "director", phase=phase) for phase in PHASES] == [("care",), (), ()]
    first = table.first(frozenset({"director"}), "host.message", "before")
    assert first is not None
    assert first.within_s == 30


@pytest.mark.parametrize("preset", ["seven", "four", "two", "fixed"])
def test_no_charter_that_is_shipped_makes_anybody_wait(preset):
    assert not any(compile_charter(charter_of(preset, None), 1).firsts.values())
