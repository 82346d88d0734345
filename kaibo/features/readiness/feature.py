"""What is missing before a show goes on air, and who says that it is ready."""

from kaibo.core.feature import Feature
from kaibo.features.readiness.commands import DeclareReady, OverrideReadiness, WithdrawReady
from kaibo.features.readiness.facts import ERASES, ReadinessDeclared, ReadinessWithdrawn
from kaibo.features.readiness.rules import ReadinessState, decide, fold
from kaibo.features.readiness.slices import GROUNDS
from kaibo.features.readiness.view import DECLARED, ITEMS

FEATURE = Feature(
    name="readiness",
    streams=("show",),
    facts=(ReadinessDeclared, ReadinessWithdrawn),
    commands=(DeclareReady, OverrideReadiness, WithdrawReady),
    state=ReadinessState,
    fold=fold,
    decide=decide,
    over=(GROUNDS,),
    views=(ITEMS, DECLARED),
    erases=ERASES,
)
