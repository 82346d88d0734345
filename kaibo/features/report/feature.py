"""The report: what the show sold and when, plan against actual, what each promo did, what viewers asked."""

from collections.abc import Sequence

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Feature
from kaibo.features.report.routes import OPERATIONS, ROUTES
from kaibo.features.report.view import EFFECTS, MARKS, PASSES


def _fold(state: None, event: Event[Fact]) -> None:
    """The report decides nothing, so it remembers nothing."""


def _decide(*_: object) -> Sequence[Fact]:
    raise AssertionError("the report has no commands")


FEATURE = Feature(
    name="report",
    streams=("show",),
    facts=(),
    commands=(),
    state=lambda: None,
    fold=_fold,
    decide=_decide,
    views=(PASSES, MARKS, EFFECTS),
    routes=ROUTES,
    operations=OPERATIONS,
)
