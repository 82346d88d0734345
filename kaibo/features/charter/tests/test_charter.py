"""Stories of a charter: drafted, changed by two at once, published, signed, taken up by a show."""

from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.charter.commands import (
    AdoptCharter,
    ChangeCells,
    DraftCharter,
    DropDraft,
    PublishCharter,
    SignCharter,
    StrikeDuty,
    StrikeRole,
    TakeCharter,
    WriteDuty,
    WriteRole,
)
from kaibo.features.charter.facts import (
    Cell,
    CellChange,
    CellsChanged,
    CharterAdopted,
    CharterDrafted,
    CharterDuty,
    CharterPublished,
    CharterRole,
    CharterSigned,
    CharterTaken,
    DraftDropped,
    DutyStruck,
    DutyWritten,
    RoleStruck,
    RoleWritten,
)
from kaibo.features.charter.feature import FEATURE
from kaibo.features.charter.rules import (
    CharterCellMoved,
    CharterDraftMoved,
    CharterDutyUnknown,
    CharterGrantUnknown,
    CharterNoDraft,
    CharterOfTheHouse,
    CharterOnAirOnly,
    CharterRoleReserved,
    CharterRoleUnknown,
    CharterRowMoved,
    CharterStops,
    CharterVersionPassed,
)
from kaibo.features.charter.shipped import charter_of, seven
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.charter.table import GRANTED
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned
from kaibo.features.workspace.facts import PersonAdded, PersonRemoved, RolesChanged

LIN = Actor(id="lin", role="owner")
AI = Actor(id="ai", role="assistant")
PEOPLE = (
    PersonAdded(person_id="lin", name="小林", roles=("owner", "director")),
    PersonAdded(person_id="ai", name="小艾", roles=("assistant",)),
    PersonAdded(person_id="zhe", name="阿哲", roles=("operations",)),
)
DRAFTED = CharterDrafted(preset="seven", charter=seven())
PUBLISHED = CharterPublished(version=1, charter=seven())


def workspace() -> Stage:
    return Stage(FEATURE, "workspace/main").given(*PEOPLE)


def published(stage: Stage, version: int, summary: str = "") -> PublishCharter:
    """What is seen is published."""
    return PublishCharter(version=version, seen=stage.row("charter.head", "charter").changed_seq, summary=summary)


def change(duty: str, role: str, was: Cell | None, cell: Cell | None) -> CellChange:
    return CellChange(duty_id=duty, role_id=role, was=was, cell=cell)


def test_a_draft_begins_from_a_preset():
    stage = (
        workspace()
        .when(DraftCharter(preset="four"), by=LIN)
        .then(CharterDrafted(preset="four", charter=charter_of("four", None)))
    )
    head = stage.row("charter.head", "charter")
    assert (head.version, head.drafting, head.preset, head.drafted_by, head.stops) == (0, True, "four", "lin", 0)
    assert [row.role.role_id for row in stage.rows("charter.draft_roles").values()] == [
        "owner",
        "director",
        "host",
        "assistant",
        "operations",
    ]
    assert stage.rows("charter.draft_roles")["assistant"].people == ("ai",)


def test_without_a_draft_nothing_is_changed():
    for command in (
        ChangeCells(changes=(change("plan.show", "host", "I", "C"),)),
        StrikeDuty(duty_id="plan.show"),
        StrikeRole(role_id="tech"),
        DropDraft(),
        PublishCharter(version=1, seen=0),
    ):
        workspace().when(command, by=LIN).refused(CharterNoDraft)


def test_a_changed_cell_is_marked_and_its_effect_told():
    changed = (change("list.products", "operations", "I", "R"), change("list.products", "assistant", "R", "I"))
    stage = workspace().given(PUBLISHED, DRAFTED).when(ChangeCells(changes=changed), by=LIN).then(CellsChanged(changes=changed))
    assert stage.row("charter.draft", "list.products").changed == ("assistant", "operations")
    told = {key: row.phases for key, row in stage.rows("charter.effects").items()}
    every = ("before", "on_air", "after")
    assert told == {"operations/product.pin/+": every, "assistant/product.pin/-": every}


def test_a_gap_stops_publishing_and_its_fix_lets_it_go():
    stage = workspace().given(DRAFTED).when(ChangeCells(changes=(change("run.draws", "director", "RA", None),)), by=LIN)
    assert stage.row("charter.head", "charter").stops == 2
    stage.when(published(stage, 1), by=LIN).refused(CharterStops, count=2)
    fix = stage.row("charter.findings", "gap/run.draws").fix
    stage.when(ChangeCells(changes=fix), by=LIN)
    while stops := [row for row in stage.rows("charter.findings").values() if row.stops]:
        stage.when(ChangeCells(changes=stops[0].fix), by=LIN)
    stage.when(published(stage, 1, " 抽獎換人 "), by=LIN)
    assert stage.row("charter.head", "charter").summary == "抽獎換人"


def test_two_editors_do_not_overwrite_what_they_have_not_seen():
    stage = workspace().given(DRAFTED).when(ChangeCells(changes=(change("plan.show", "host", "I", "C"),)), by=LIN)
    late = ChangeCells(changes=(change("plan.show", "tech", "I", "C"), change("plan.show", "host", "I", "X")))
    stage.when(late, by=Actor(id="mei", role="owner")).refused(
        CharterCellMoved, duty="plan.show", role="host", seen="I", stands="C"
    )
    assert stage.row("charter.draft", "plan.show").duty.cells["tech"] == "I"
    stage.when(ChangeCells(changes=(change("plan.show", "host", "I", "C"),)), by=LIN).then()


def test_cells_of_what_is_not_there():
    stage = workspace().given(DRAFTED)
    stage.when(ChangeCells(changes=(change("no.duty", "host", None, "R"),)), by=LIN).refused(CharterDutyUnknown, duty="no.duty")
    stage.when(ChangeCells(changes=(change("plan.show", "nobody", None, "R"),)), by=LIN).refused(
        CharterRoleUnknown, role="nobody"
    )


def test_a_team_adds_a_role_of_its_own():
    role = CharterRole(role_id="floor", name="場控", consoles=("director",), stands_in=("director",))
    stage = workspace().given(DRAFTED).when(WriteRole(role=role), by=LIN).then(RoleWritten(role=role))
    stage.when(
        ChangeCells(changes=(change("signal.host", "floor", None, "R"), change("signal.host", "director", "RA", "A"))), by=LIN
    )
    stage.when(published(stage, 1), by=LIN)
    table = stage.fold.slice(HOUSE_CHARTER).table
    assert table.role(frozenset({"floor"}), "host.signal", "on_air") == "floor"
    assert table.role(frozenset({"floor"}), "show.read") == "floor"


def test_a_role_that_leaves_leaves_gaps():
    stage = workspace().given(DRAFTED).when(StrikeRole(role_id="tech"), by=LIN).then(RoleStruck(role_id="tech"))
    assert "gap/check.network" in stage.rows("charter.findings")
    assert "tech" not in stage.row("charter.draft", "check.network").duty.cells
    stage.when(StrikeRole(role_id="tech"), by=LIN).refused(CharterRoleUnknown, role="tech")


def test_the_owner_stays_and_machines_are_no_role():
    stage = workspace().given(DRAFTED)
    stage.when(StrikeRole(role_id="owner"), by=LIN).refused(CharterRoleReserved, role="owner")
    stage.when(WriteRole(role=CharterRole(role_id="system")), by=LIN).refused(CharterRoleReserved, role="system")


def test_a_role_changed_meanwhile():
    stage = workspace().given(DRAFTED)
    host = next(each for each in seven().roles if each.role_id == "host")
    renamed = CharterRole(role_id="host", name="阿晴", consoles=host.consoles)
    stage.when(WriteRole(role=renamed, was=host), by=LIN).then(RoleWritten(role=renamed))
    stage.when(WriteRole(role=CharterRole(role_id="host", name="主持"), was=host), by=LIN).refused(CharterRowMoved, id="host")


def test_a_duty_of_the_teams_own():
    row = CharterDuty(
        duty_id="own.1", title="備茶水", phases=("before",), proof="杯數對", cells={"assistant": "R", "director": "A"}
    )
    stage = workspace().given(DRAFTED).when(WriteDuty(row=row), by=LIN).then(DutyWritten(duty=row))
    assert stage.row("charter.draft", "own.1").written
    stage.when(WriteDuty(row=row), by=LIN).then()
    other = CharterDuty(duty_id="own.1", title="備咖啡", phases=("before",), cells={})
    stage.when(WriteDuty(row=other), by=LIN).refused(CharterRowMoved, id="own.1")
    stage.when(StrikeDuty(duty_id="own.1"), by=LIN).then(DutyStruck(duty_id="own.1"))
    stage.when(StrikeDuty(duty_id="own.1"), by=LIN).refused(CharterDutyUnknown, duty="own.1")


def test_a_duty_cannot_give_what_is_the_owners_or_nobodys():
    for name in ("people.manage", "audience.ingest", "no.such"):
        row = CharterDuty(duty_id="own.1", phases=("before",), grants=(name,))
        workspace().given(DRAFTED).when(WriteDuty(row=row), by=LIN).refused(CharterGrantUnknown, duty=name)
    row = CharterDuty(duty_id="own.1", phases=("before",), reads=("promo.approve",))
    workspace().given(DRAFTED).when(WriteDuty(row=row), by=LIN).refused(CharterGrantUnknown, duty="promo.approve")


def test_a_draft_is_given_up():
    stage = workspace().given(PUBLISHED, DRAFTED).when(DropDraft(), by=LIN).then(DraftDropped())
    assert stage.rows("charter.draft") == {}
    assert stage.row("charter.head", "charter").version == 1


def test_two_leads_publish_and_one_of_them_first():
    stage = workspace().given(PUBLISHED, DRAFTED)
    stage.when(published(stage, 1), by=LIN).refused(CharterVersionPassed, version=1, expected=2)
    stage.when(published(stage, 2), by=LIN).then(
        CharterPublished(version=2, charter=replace(seven(), knows=tuple(sorted(GRANTED))))
    )


def test_everybody_signs_their_own_page_once():
    stage = workspace().given(PUBLISHED)
    assert stage.row("charter.head", "charter").unsigned == 3
    stage.when(SignCharter(version=1), by=AI).then(CharterSigned(version=1, person_id="ai", roles=("assistant",)))
    stage.when(SignCharter(version=1), by=AI).then()
    assert {key: row.signed for key, row in stage.rows("charter.signatures").items()} == {"lin": False, "ai": True, "zhe": False}
    stage.when(SignCharter(version=2), by=AI).refused(CharterVersionPassed, version=2, expected=1)


def test_a_new_version_or_another_role_is_signed_again():
    signed = CharterSigned(version=1, person_id="ai", roles=("assistant",))
    stage = workspace().given(PUBLISHED, signed, RolesChanged(person_id="ai", roles=("assistant", "care")))
    assert not stage.row("charter.signatures", "ai").signed
    stage.given(CharterSigned(version=1, person_id="ai", roles=("assistant", "care")))
    assert stage.row("charter.signatures", "ai").signed
    stage.given(CharterPublished(version=2, charter=seven()))
    assert not stage.row("charter.signatures", "ai").signed
    stage.given(PersonRemoved(person_id="ai"))
    assert stage.row("charter.signatures", "ai") is None


def test_a_token_signs_nothing():
    workspace().given(PUBLISHED).when(SignCharter(version=1), by=Actor(id="t1", role="assistant")).then()


def planned() -> Stage:
    plan = ShowPlanned(show_id="s1", title="週年慶", starts_at=0, ends_at=1, timezone="Asia/Taipei", currency="TWD")
    return Stage(FEATURE, "show/s1").given(plan)


def test_a_show_keeps_the_version_it_went_on_air_with():
    stage = planned().given(ShowAired(show_id="s1"))
    adopted = AdoptCharter(version=1, charter=seven())
    stage.when(adopted, by=Actor(id="system", role="system")).then(CharterAdopted(version=1, charter=seven()))
    stage.when(adopted, by=Actor(id="system", role="system")).then()
    row = stage.row("charter.in_force", "charter")
    assert (row.version, row.phase) == (1, "on_air")


def test_a_director_asks_for_the_newer_one():
    planned().given(ShowAired(show_id="s1")).when(TakeCharter(), by=LIN).then(CharterTaken())


def test_nobody_publishes_what_somebody_else_wrote_meanwhile():
    stage = workspace().given(DRAFTED)
    seen = published(stage, 1)
    stage.when(ChangeCells(changes=(change("plan.show", "host", "I", "C"),)), by=Actor(id="mei", role="owner"))
    stage.when(seen, by=LIN).refused(CharterDraftMoved)


def test_a_show_takes_a_charter_up_on_air_alone():
    planned().when(TakeCharter(), by=LIN).refused(CharterOnAirOnly)
    planned().given(ShowAired(show_id="s1"), ShowEnded(show_id="s1")).when(TakeCharter(), by=LIN).refused(CharterOnAirOnly)


def test_only_the_house_hands_a_charter_over():
    token = Actor(id="t1", role="system")
    planned().given(ShowAired(show_id="s1")).when(AdoptCharter(version=1, charter=seven()), by=token).refused(CharterOfTheHouse)


def test_what_stands_is_looked_at_when_people_change():
    stage = workspace().given(PUBLISHED)
    assert "separation/promos/zhe" not in stage.rows("charter.findings")
    stage.given(RolesChanged(person_id="zhe", roles=("operations", "director")))
    assert stage.row("charter.findings", "separation/promos/zhe").people == ("zhe",)
