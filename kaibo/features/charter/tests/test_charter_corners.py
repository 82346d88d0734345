"""Stories of a charter at its corners: as many roles as there may be, who stands in, who reads, and who can."""

from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.charter.commands import WriteRole
from kaibo.features.charter.facts import ROLES_MAX, CharterDrafted, CharterDuty, CharterRole, RoleWritten
from kaibo.features.charter.feature import FEATURE
from kaibo.features.charter.rules import CharterFull
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.slices import Held, stand_ins, stood_in, wanted_roles
from kaibo.features.charter.table import NOT_PEOPLE, compile_charter
from kaibo.features.charter.why import explain
from kaibo.features.workspace.charter import CHARTER

PEOPLE = {"ai": Held(0, "小艾", ("assistant",)), "bao": Held(0, "阿寶", ("assistant",)), "mei": Held(0, "小美", ("host",))}


def test_a_charter_has_so_many_roles_and_no_more() -> None:
    more = tuple(CharterRole(role_id=f"own_{n}") for n in range(ROLES_MAX - len(seven().roles)))
    stage = Stage(FEATURE, "workspace/main").given(CharterDrafted(preset="seven", charter=seven()))
    for role in more:
        stage.when(WriteRole(role=role)).then(RoleWritten(role=role))
    stage.when(WriteRole(role=CharterRole(role_id="own_more"))).refused(CharterFull, most=ROLES_MAX)
    stage.when(WriteRole(role=replace(more[0], name="場控"), was=more[0])).then(RoleWritten(role=replace(more[0], name="場控")))


def test_a_role_is_stood_in_for_by_those_that_say_so() -> None:
    said = {each.role_id: each.stands_in for each in seven().roles}
    for role, others in stand_ins(seven()).items():
        assert others == {each for each, covered in said.items() if role in covered}
        assert others < set(said)


def test_a_seat_is_wanted_for_who_has_something_to_do_and_never_for_the_owner() -> None:
    idle = replace(seven(), roles=(*seven().roles, CharterRole(role_id="guest")))
    wanted = wanted_roles(idle, "before")
    assert "owner" not in wanted
    assert "guest" not in wanted
    assert all(wanted.values())


def test_what_a_charter_gives_to_read_the_others_do_not_read() -> None:
    figures = CharterDuty(duty_id="own.figures", phases=("on_air",), reads=("metric.read",), cells={"operations": "R"})
    table = compile_charter(replace(seven(), duties=(figures,)), 1)
    assert table.held("metric.read", "on_air") == {"operations"} | (CHARTER["metric.read"] & NOT_PEOPLE)


def test_who_can_is_told_with_whether_they_are_on_duty() -> None:
    asked = ("comment.hand_to_host", frozenset({"assistant"}), "on_air", seven(), compile_charter(seven(), 1), PEOPLE)
    known = explain(*asked, on_duty={"assistant": frozenset({"ai"})})
    assert {each.person_id: each.on_duty for each in known.people if each.role == "assistant"} == {"ai": True, "bao": False}
    assert {each.on_duty for each in explain(*asked).people} == {None}


def test_of_a_phase_its_own_rows_are_shown_and_those_of_others_where_it_has_none() -> None:
    rows = (
        CharterDuty(duty_id="own.before", phases=("before",), grants=("comment.answer",), cells={"assistant": "R"}),
        CharterDuty(duty_id="own.on_air", phases=("on_air",), grants=("comment.answer",), cells={"host": "R"}),
    )
    charter = replace(seven(), duties=rows)
    shown = {
        phase: [
            (row.duty_id, row.elsewhere)
            for row in explain("comment.answer", frozenset({"host"}), phase, charter, compile_charter(charter, 1), PEOPLE).rows
        ]
        for phase in ("before", "on_air", "after")
    }
    assert shown == {
        "before": [("own.before", ())],
        "on_air": [("own.on_air", ())],
        "after": [("own.before", ("before",)), ("own.on_air", ("on_air",))],
    }


def test_who_stands_in_also_sees_what_the_role_sees() -> None:
    assert [stood_in(duty) for duty in ("metric.read", "promo.approve", "people.manage")] == [True, True, False]
