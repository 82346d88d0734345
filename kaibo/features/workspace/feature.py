"""One company or studio: its people, the roles they may hold, and the tokens that open its doors."""

from kaibo.core.feature import Feature, Named
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.workspace.changes import CHANGES
from kaibo.features.workspace.commands import (
    AddPerson,
    AskSecondStep,
    ChangeRoles,
    IssueToken,
    MarkStaff,
    OpenWorkspace,
    RemovePerson,
    RenamePerson,
    ResetSecondStep,
    RevokeToken,
    SetProvider,
    SettleWarning,
    WarnHouse,
)
from kaibo.features.workspace.erasing import ERASES
from kaibo.features.workspace.facts import (
    HouseWarned,
    PersonAdded,
    PersonRemoved,
    PersonRenamed,
    ProviderSet,
    RolesChanged,
    SecondStepAsked,
    SecondStepReset,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WarningSettled,
    WorkspaceOpened,
)
from kaibo.features.workspace.react import followers
from kaibo.features.workspace.routes import OPERATIONS, ROUTES
from kaibo.features.workspace.rules import decide
from kaibo.features.workspace.slices import ENTRY, NAMES
from kaibo.features.workspace.state import WorkspaceState, fold
from kaibo.features.workspace.view import ENTRY_VIEW, EVERYBODY, HEAD, PEOPLE, STAFF, TOKENS, WARNINGS

FEATURE = Feature(
    name="workspace",
    streams=("workspace",),
    facts=(
        WorkspaceOpened,
        PersonAdded,
        RolesChanged,
        PersonRenamed,
        PersonRemoved,
        TokenIssued,
        TokenRevoked,
        StaffMarked,
        HouseWarned,
        WarningSettled,
        SecondStepAsked,
        SecondStepReset,
        ProviderSet,
    ),
    commands=(
        OpenWorkspace,
        AddPerson,
        ChangeRoles,
        RenamePerson,
        RemovePerson,
        IssueToken,
        RevokeToken,
        MarkStaff,
        WarnHouse,
        SettleWarning,
        AskSecondStep,
        ResetSecondStep,
        SetProvider,
    ),
    state=WorkspaceState,
    fold=fold,
    decide=decide,
    over=(NAMES, HOUSE_CHARTER, ENTRY),
    views=(HEAD, EVERYBODY, PEOPLE, TOKENS, STAFF, WARNINGS, CHANGES, ENTRY_VIEW),
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
    names={"person_id": Named(PEOPLE, lambda row: row.name)},
    erases=ERASES,
)
