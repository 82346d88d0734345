"""Stories of how people come in: a second step that is asked, a new start, accounts of the company."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.workspace.commands import AskSecondStep, ResetSecondStep, SetProvider
from kaibo.features.workspace.facts import (
    PersonAdded,
    ProviderSet,
    RolesChanged,
    SecondStepAsked,
    SecondStepReset,
    WorkspaceOpened,
)
from kaibo.features.workspace.feature import FEATURE
from kaibo.features.workspace.rules import DomainOwner, DomainWithoutRoles, PersonUnknown, RoleUnknown

OWNER = Actor(id="o", role="owner")
DAY_MS = 86_400_000
CORP = {"issuer": "https://login.corp.example", "client_id": "kaibo", "label": "公司"}


@pytest.fixture
def team() -> Stage:
    return Stage(FEATURE).given(WorkspaceOpened(name="室"), PersonAdded(person_id="o", name="負責人", roles=("owner",)), by=OWNER)


def test_a_second_step_is_asked_from_so_many_days_on_and_of_nobody_again(team: Stage) -> None:
    team.when(AskSecondStep(asked=True, grace_days=7), by=OWNER)
    team.then(SecondStepAsked(from_at=CURTAIN_AT + 7 * DAY_MS))
    assert team.row("workspace.entry", "entry").step_from == CURTAIN_AT + 7 * DAY_MS
    team.when(AskSecondStep(asked=False), by=OWNER)
    team.then(SecondStepAsked(from_at=None))
    team.when(AskSecondStep(asked=False), by=OWNER)
    team.then()


def test_a_new_start_is_for_somebody_who_is_here(team: Stage) -> None:
    team.when(ResetSecondStep(person_id="o"), by=OWNER)
    team.then(SecondStepReset(person_id="o"))
    team.when(ResetSecondStep(person_id="nobody"), by=OWNER)
    team.refused(PersonUnknown, person_id="nobody")


def test_a_domain_that_is_let_in_comes_with_roles_and_makes_no_owner(team: Stage) -> None:
    team.when(SetProvider(**CORP, domains=("@Corp.example",), roles=("host",)), by=OWNER)
    team.then(ProviderSet(**CORP, domains=("corp.example",), roles=("host",)))
    assert team.row("workspace.entry", "entry").domains == ("corp.example",)
    team.when(SetProvider(**CORP, domains=("corp.example",)), by=OWNER)
    team.refused(DomainWithoutRoles)
    team.when(SetProvider(**CORP, domains=("corp.example",), roles=("owner",)), by=OWNER)
    team.refused(DomainOwner)
    team.when(SetProvider(**CORP, domains=("corp.example",), roles=("system",)), by=OWNER)
    team.refused(RoleUnknown, role="system")
    team.when(SetProvider(issuer=""), by=OWNER)
    team.then(ProviderSet(issuer=""))
    assert team.row("workspace.entry", "entry").issuer == ""


def test_the_changes_say_who_gave_what_to_whom(team: Stage) -> None:
    team.given(RolesChanged(person_id="o", roles=("owner", "host")), by=OWNER)
    rows = list(team.rows("workspace.changes").values())
    assert [(row.what, row.subject, row.by, row.roles) for row in rows] == [
        ("workspace.person_added", "o", "o", ("owner",)),
        ("workspace.roles_changed", "o", "o", ("owner", "host")),
    ]
