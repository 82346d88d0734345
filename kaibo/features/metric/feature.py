"""Live figures, exact, from the log alone: tiles, curves, by product, cue and source; targets, ad spend, what earlier shows came to."""

from kaibo.core.feature import Feature
from kaibo.features.metric.board import READS
from kaibo.features.metric.commands import (
    EnterSpend,
    HandHistory,
    NoteShow,
    RemoveSpend,
    SampleFigures,
    SetTarget,
    SummariseShow,
    TakeHistory,
)
from kaibo.features.metric.facts import (
    MetricHistoryHanded,
    MetricHistoryTaken,
    MetricSampled,
    MetricShowNoted,
    MetricSpendEntered,
    MetricSpendRemoved,
    MetricSummarised,
    MetricTargetSet,
)
from kaibo.features.metric.react import HISTORY
from kaibo.features.metric.routes import OPERATIONS, ROUTES
from kaibo.features.metric.rules import decide
from kaibo.features.metric.shop import READS as SHOP_READS
from kaibo.features.metric.state import MetricState, due, fold
from kaibo.features.metric.view import CUES, FLOWS, MINUTES, PRODUCTS, RETENTION, SPEND, TILES

FACTS = (
    MetricTargetSet, MetricSpendEntered, MetricSpendRemoved, MetricSampled, MetricSummarised,
    MetricShowNoted, MetricHistoryHanded, MetricHistoryTaken,
)  # fmt: skip

FEATURE = Feature(
    name="metric",
    streams=("show", "workspace"),
    facts=FACTS,
    commands=(SetTarget, EnterSpend, RemoveSpend, SampleFigures, SummariseShow, NoteShow, HandHistory, TakeHistory),
    state=MetricState,
    fold=fold,
    decide=decide,
    reads=tuple(fact for fact in dict.fromkeys((*READS, *SHOP_READS)) if fact not in FACTS),
    views=(TILES, PRODUCTS, CUES, MINUTES, FLOWS, RETENTION, SPEND),
    reactions=(HISTORY,),
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
)
