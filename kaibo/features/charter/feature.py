"""Who does what in a team, who answers for it, who may not: written as data, published in versions, signed, and binding."""

from kaibo.core.feature import Feature
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
    CellsChanged,
    CharterAdopted,
    CharterDrafted,
    CharterPublished,
    CharterSigned,
    CharterTaken,
    DraftDropped,
    DutyStruck,
    DutyWritten,
    RoleStruck,
    RoleWritten,
)
from kaibo.features.charter.react import followers
from kaibo.features.charter.routes import OPERATIONS, ROUTES
from kaibo.features.charter.rules import CharterState, decide, fold
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE
from kaibo.features.charter.view import VIEWS
from kaibo.features.workspace.slices import NAMES

FEATURE = Feature(
    name="charter",
    streams=("workspace", "show"),
    facts=(
        CharterDrafted,
        CellsChanged,
        DutyWritten,
        DutyStruck,
        RoleWritten,
        RoleStruck,
        DraftDropped,
        CharterPublished,
        CharterSigned,
        CharterTaken,
        CharterAdopted,
    ),
    commands=(
        DraftCharter,
        ChangeCells,
        WriteDuty,
        StrikeDuty,
        WriteRole,
        StrikeRole,
        DropDraft,
        PublishCharter,
        SignCharter,
        TakeCharter,
        AdoptCharter,
    ),
    state=CharterState,
    fold=fold,
    decide=decide,
    over=(HOUSE_CHARTER, NAMES, IN_FORCE),
    views=VIEWS,
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
)
