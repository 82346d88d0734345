"""What a viewer wrote can be erased: owners ask, the house does it in all logs at rest and in what was copied from them."""

from kaibo.core.feature import Feature
from kaibo.features.erasure.commands import AskErasure, FailErasure, NoteErased, SweepNow, WaitErasure
from kaibo.features.erasure.facts import ErasureAsked, ErasureFailed, ErasureWaits, ShowErased, SweepAsked
from kaibo.features.erasure.routes import OPERATIONS, ROUTES
from kaibo.features.erasure.rules import decide
from kaibo.features.erasure.state import Erasures, fold
from kaibo.features.erasure.view import LIST

FEATURE = Feature(
    name="erasure",
    streams=("workspace",),
    facts=(ErasureAsked, ShowErased, ErasureWaits, ErasureFailed, SweepAsked),
    commands=(AskErasure, NoteErased, WaitErasure, FailErasure, SweepNow),
    state=Erasures,
    fold=fold,
    decide=decide,
    views=(LIST,),
    routes=ROUTES,
    operations=OPERATIONS,
)
