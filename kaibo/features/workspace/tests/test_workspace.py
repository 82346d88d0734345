"""Stories of people, roles and tokens."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.charter.facts import Charter, CharterPublished, CharterRole
from kaibo.features.workspace.commands import (
    AddPerson,
    ChangeRoles,
    IssueToken,
    MarkStaff,
    OpenWorkspace,
    RemovePerson,
    RenamePerson,
    RevokeToken,
    SettleWarning,
    WarnHouse,
)
from kaibo.features.workspace.facts import (
    HouseWarned,
    PersonAdded,
    PersonRemoved,
    PersonRenamed,
    RolesChanged,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WarningSettled,
    WorkspaceOpened,
)
from kaibo.features.workspace.feature import FEATURE
from kaibo.features.workspace.rules import (
    LastOwner,
    MonitorTakesOne,
    NameBlank,
    NameOfAnother,
    NameTaken,
    PersonIdTaken,
    PersonUnknown,
    RoleUnknown,
    TokenExpired,
    TokenIdTaken,
    TokenUnknown,
    WorkspaceOpenAlready,
)
from kaibo.features.workspace.view import NameRow, PersonRow, StaffRow, TokenRow, WorkspaceRow

MEI = Actor(id="mei", role="owner")


@pytest.fixture
def team() -> Stage:
    """A workspace with its owner."""
    return Stage(FEATURE).given(
        WorkspaceOpened(name="晨光工作室"), PersonAdded(person_id="mei", name="美玲", roles=("owner",)), by=MEI
    )


def test_a_workspace_is_opened_once() -> None:
    workspace = Stage(FEATURE)
    workspace.when(OpenWorkspace(name=" 晨光工作室 ")).then(WorkspaceOpened(name="晨光工作室"))
    workspace.when(OpenWorkspace(name="另一間")).refused(WorkspaceOpenAlready, name="晨光工作室")


def test_a_person_joins_with_roles_in_the_charters_order(team: Stage) -> None:
    team.when(AddPerson(person_id="lin", name="林導", roles=("operations", "director", "director")), by=MEI)
    team.then(PersonAdded(person_id="lin", name="林導", roles=("director", "operations")))


@pytest.mark.parametrize("role", ["boss", "system", ""])
def test_a_role_is_one_of_the_charter_and_nobody_is_the_system(team: Stage, role: str) -> None:
    team.when(AddPerson(person_id="lin", name="林導", roles=("director", role)), by=MEI)
    team.refused(RoleUnknown, role=role)
    team.when(ChangeRoles(person_id="mei", roles=("owner", role)), by=MEI)
    team.refused(RoleUnknown, role=role)


@pytest.mark.parametrize("name", ["美玲", " 美玲 "])
def test_two_people_do_not_share_a_name(team: Stage, name: str) -> None:
    team.when(AddPerson(person_id="mei2", name=name, roles=("host",)), by=MEI)
    team.refused(NameTaken, name="美玲")


def test_capitals_do_not_make_another_name(team: Stage) -> None:
    team.given(PersonAdded(person_id="amy", name="Amy", roles=("host",)))
    team.when(AddPerson(person_id="amy2", name="AMY", roles=("host",)), by=MEI)
    team.refused(NameTaken, name="AMY")


def test_the_name_of_one_who_left_is_free(team: Stage) -> None:
    team.given(PersonAdded(person_id="amy", name="Amy", roles=("host",)), PersonRemoved(person_id="amy"))
    team.when(AddPerson(person_id="amy2", name="Amy", roles=("host",)), by=MEI)
    team.then(PersonAdded(person_id="amy2", name="Amy", roles=("host",)))


def test_a_person_id_is_used_once(team: Stage) -> None:
    team.when(AddPerson(person_id="mei", name="另一位", roles=("host",)), by=MEI)
    team.refused(PersonIdTaken, person_id="mei")


def test_nobody_takes_the_systems_id(team: Stage) -> None:
    team.when(AddPerson(person_id="system", name="系統", roles=("host",)), by=MEI)
    team.refused(PersonIdTaken, person_id="system")
    team.when(IssueToken(token_id="system", label="系統", roles=("host",)), by=MEI)
    team.refused(TokenIdTaken, token_id="system")


def test_a_name_of_spaces_is_no_name(team: Stage) -> None:
    team.when(AddPerson(person_id="lin", name="  ", roles=("host",)), by=MEI)
    team.refused(NameBlank)


def test_roles_change_and_the_same_roles_are_no_news(team: Stage) -> None:
    team.given(PersonAdded(person_id="lin", name="林導", roles=("director",)))
    team.when(ChangeRoles(person_id="lin", roles=("operations", "director")), by=MEI)
    team.then(RolesChanged(person_id="lin", roles=("director", "operations")))
    team.when(ChangeRoles(person_id="lin", roles=("operations", "director")), by=MEI)
    team.then()


def test_everybody_says_what_they_are_called_and_an_owner_says_it_of_others(team: Stage) -> None:
    team.given(PersonAdded(person_id="lin", name="林導", roles=("director",)))
    team.given(PersonAdded(person_id="ai", name="小艾", roles=("assistant",)))
    lin, ai = Actor(id="lin", role="director"), Actor(id="ai", role="assistant")
    team.when(RenamePerson(person_id="lin", name=" 林  導演 "), by=lin).then(PersonRenamed(person_id="lin", name="林  導演"))
    assert (team.row("workspace.people", "lin").name, team.row("workspace.names", "lin").name) == ("林  導演", "林  導演")
    team.when(RenamePerson(person_id="lin", name="林  導演"), by=lin).then()
    team.when(RenamePerson(person_id="lin", name="林"), by=ai).refused(NameOfAnother, person_id="lin")
    team.when(RenamePerson(person_id="lin", name="Lin"), by=MEI).then(PersonRenamed(person_id="lin", name="Lin"))
    team.when(RenamePerson(person_id="lin", name="LIN"), by=lin).then(PersonRenamed(person_id="lin", name="LIN"))  # one's own
    team.when(RenamePerson(person_id="ai", name="lin"), by=ai).refused(NameTaken, name="lin")
    team.when(RenamePerson(person_id="ai", name="  "), by=ai).refused(NameBlank)
    team.when(RenamePerson(person_id="who", name="誰"), by=MEI).refused(PersonUnknown, person_id="who")
    assert team.row("workspace.changes", str(team.fold.seq)).subject == "lin"


def test_the_last_owner_stays_an_owner(team: Stage) -> None:
    team.when(ChangeRoles(person_id="mei", roles=("planner",)), by=MEI)
    team.refused(LastOwner, person_id="mei")
    team.when(RemovePerson(person_id="mei"), by=MEI)
    team.refused(LastOwner, person_id="mei")


def test_one_of_two_owners_may_go(team: Stage) -> None:
    team.given(PersonAdded(person_id="lin", name="林導", roles=("owner",)))
    team.when(ChangeRoles(person_id="mei", roles=("planner",)), by=MEI)
    team.then(RolesChanged(person_id="mei", roles=("planner",)))
    team.when(RemovePerson(person_id="lin"), by=MEI)
    team.refused(LastOwner, person_id="lin")
    team.when(RemovePerson(person_id="mei"), by=MEI)
    team.then(PersonRemoved(person_id="mei"))


@pytest.mark.parametrize("command", [ChangeRoles(person_id="who", roles=("host",)), RemovePerson(person_id="who")])
def test_an_unknown_person_is_not_found(team: Stage, command: ChangeRoles | RemovePerson) -> None:
    team.when(command, by=MEI)
    team.refused(PersonUnknown, person_id="who")


def test_a_token_may_act_as_the_system_to_bring_orders_in(team: Stage) -> None:
    team.when(IssueToken(token_id="t1", label="商店接口", roles=("system",)), by=MEI)
    team.then(TokenIssued(token_id="t1", label="商店接口", roles=("system",)))


def test_a_token_holds_known_roles_under_a_new_id(team: Stage) -> None:
    team.when(IssueToken(token_id="t1", label="商店接口", roles=("robot",)), by=MEI)
    team.refused(RoleUnknown, role="robot")
    team.given(TokenIssued(token_id="t1", label="商店接口", roles=("system",)), TokenRevoked(token_id="t1"))
    team.when(IssueToken(token_id="t1", label="新接口", roles=("system",)), by=MEI)
    team.refused(TokenIdTaken, token_id="t1")


@pytest.mark.parametrize(("roles", "show_id"), [(("monitor", "host"), "s1"), (("monitor",), "")])
def test_a_monitors_link_shows_one_show_and_can_do_nothing_else(team: Stage, roles: tuple[str, ...], show_id: str) -> None:
    team.when(IssueToken(token_id="t1", label="牆", roles=roles, show_id=show_id), by=MEI)
    team.refused(MonitorTakesOne)
    team.when(IssueToken(token_id="t1", label="牆", roles=("monitor", "monitor"), show_id="s1"), by=MEI)
    team.then(TokenIssued(token_id="t1", label="牆", roles=("monitor",), show_id="s1"))


def test_a_token_does_not_end_before_it_begins(team: Stage) -> None:
    team.when(IssueToken(token_id="t1", label="商店接口", roles=("host",), expires_at=CURTAIN_AT), by=MEI)
    team.refused(TokenExpired, expires_at=CURTAIN_AT)
    team.when(IssueToken(token_id="t1", label="商店接口", roles=("host",), expires_at=CURTAIN_AT + 1), by=MEI)
    team.then(TokenIssued(token_id="t1", label="商店接口", roles=("host",), expires_at=CURTAIN_AT + 1))


def test_a_warning_stands_until_it_is_settled_and_is_told_again_only_when_it_says_something_else(team: Stage) -> None:
    team.when(SettleWarning(warning="disk")).then()
    team.when(WarnHouse(warning="disk", data={"left": "9"})).then(HouseWarned(warning="disk", data={"left": "9"}))
    team.when(WarnHouse(warning="disk", data={"left": "9"})).then()
    team.when(WarnHouse(warning="disk", data={"left": "3"})).then(HouseWarned(warning="disk", data={"left": "3"}))
    team.when(SettleWarning(warning="disk")).then(WarningSettled(warning="disk"))
    team.when(SettleWarning(warning="disk")).then()
    team.when(WarnHouse(warning="disk", data={"left": "3"})).then(HouseWarned(warning="disk", data={"left": "3"}))


def test_a_token_is_revoked_at_once_and_twice_is_no_news(team: Stage) -> None:
    team.given(TokenIssued(token_id="t1", label="商店接口", roles=("system",)))
    team.when(RevokeToken(token_id="t1"), by=MEI).then(TokenRevoked(token_id="t1"))
    team.when(RevokeToken(token_id="t1"), by=MEI).then()
    team.when(RevokeToken(token_id="t2"), by=MEI).refused(TokenUnknown, token_id="t2")


def test_the_team_page_shows_who_is_here(team: Stage) -> None:
    team.given(PersonAdded(person_id="lin", name="林導", roles=("director",)))
    team.given(RolesChanged(person_id="lin", roles=("director", "operations")))
    team.given(PersonAdded(person_id="amy", name="Amy", roles=("host",)), PersonRemoved(person_id="amy"))
    assert team.rows("workspace.people") == {
        "mei": PersonRow(person_id="mei", name="美玲", roles=("owner",)),
        "lin": PersonRow(person_id="lin", name="林導", roles=("director", "operations")),
    }


def test_the_team_page_shows_tokens_that_open_something(team: Stage) -> None:
    team.given(
        TokenIssued(token_id="t1", label="商店接口", roles=("system",)),
        TokenIssued(token_id="t2", label="舊接口", roles=("system",)),
        TokenRevoked(token_id="t2"),
    )
    row = TokenRow(token_id="t1", label="商店接口", roles=("system",), issued_at=CURTAIN_AT)
    assert team.rows("workspace.tokens") == {"t1": row}


def test_every_id_of_a_log_has_a_name_also_after_they_left(team: Stage) -> None:
    team.given(
        PersonAdded(person_id="ken", name="阿肯", roles=("host",)), TokenIssued(token_id="t1", label="外掛", roles=("source",))
    )
    team.given(PersonRemoved(person_id="ken"), TokenRevoked(token_id="t1"))
    assert team.row("workspace.names", "ken") == NameRow(name="阿肯", kind="person")
    assert team.row("workspace.names", "t1") == NameRow(name="外掛", kind="token")
    assert set(team.rows("workspace.names")) == {"mei", "ken", "t1"}


def test_the_workspace_says_its_name(team: Stage) -> None:
    assert team.rows("workspace.head") == {"workspace": WorkspaceRow(name="晨光工作室")}


def test_accounts_of_the_team_are_marked_once_and_unmarked(team: Stage) -> None:
    mark = MarkStaff(source="douyin", viewer="u1", name=" 小編 ")
    team.when(mark, by=MEI).then(StaffMarked(source="douyin", viewer="u1", name="小編"))
    team.when(mark, by=MEI).then()
    assert team.rows("workspace.staff") == {
        "douyin/u1": StaffRow(source="douyin", viewer="u1", name="小編", by="mei", at=team.at)
    }
    team.when(MarkStaff(source="douyin", viewer="u1", staff=False), by=MEI)
    assert team.rows("workspace.staff") == {}
    team.when(MarkStaff(source="douyin", viewer="u1", staff=False), by=MEI).then()


def test_a_role_that_the_team_made_can_be_held(team: Stage) -> None:
    floor = CharterRole(role_id="floor", name="場控")
    roles = (CharterRole(role_id="owner"), CharterRole(role_id="host"), floor)
    published = CharterPublished(version=1, charter=Charter(roles=roles, duties=()))
    team.when(AddPerson(person_id="zhe", name="阿哲", roles=("floor",)), by=MEI).refused(RoleUnknown, role="floor")
    team.given(published).when(AddPerson(person_id="zhe", name="阿哲", roles=("floor", "host")), by=MEI)
    team.then(PersonAdded(person_id="zhe", name="阿哲", roles=("host", "floor")))
    team.when(AddPerson(person_id="wei", name="大維", roles=("tech",)), by=MEI).refused(RoleUnknown, role="tech")
