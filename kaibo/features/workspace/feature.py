"""One company or studio: its people, the roles they may hold, and the tokens that open its doors."""

from kaibo.core.feature import Feature, Named
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.workspace.commands import (
    AddPerson,
    ChangeRoles,
    IssueToken,
    MarkStaff,
    OpenWorkspace,
    RemovePerson,
    RevokeToken,
    SettleWarning,
    WarnHouse,
)
from kaibo.features.workspace.erasing import ERASES
from kaibo.features.workspace.facts import (
    HouseWarned,
    PersonAdded,
    PersonRemoved,
    RolesChanged,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WarningSettled,
    WorkspaceOpened,
)
from kaibo.features.workspace.react import followers
from kaibo.features.workspace.routes import OPERATIONS, ROUTES
from kaibo.features.workspace.rules import decide
from kaibo.features.workspace.slices import NAMES
from kaibo.features.workspace.state import WorkspaceState, fold
from kaibo.features.workspace.view import EVERYBODY, HEAD, PEOPLE, STAFF, TOKENS, WARNINGS

FEATURE = Feature(
    name="workspace",
    streams=("workspace",),
    facts=(
        WorkspaceOpened,
        PersonAdded,
        RolesChanged,
        PersonRemoved,
        TokenIssued,
        TokenRevoked,
        StaffMarked,
        HouseWarned,
        WarningSettled,
    ),
    commands=(OpenWorkspace, AddPerson, ChangeRoles, RemovePerson, IssueToken, RevokeToken, MarkStaff, WarnHouse, SettleWarning),
    state=WorkspaceState,
    fold=fold,
    decide=decide,
    over=(NAMES, HOUSE_CHARTER),
    views=(HEAD, EVERYBODY, PEOPLE, TOKENS, STAFF, WARNINGS),
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
    names={"person_id": Named(PEOPLE, lambda row: row.name)},
    erases=ERASES,
)
