"""Live figures, exact, from the log alone: tiles, curves, by product, cue and source; targets, ad spend, what earlier shows came to."""

from kaibo.core.feature import Feature, Named
from kaibo.features.alarm.facts import AlarmMoveApproved
from kaibo.features.audience.facts import AudienceBatch, AudienceRepeated
from kaibo.features.claim.slices import STOCK
from kaibo.features.metric.carry import carried
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
from kaibo.features.metric.shop import READS
from kaibo.features.metric.slices import BOARD, TARGETS
from kaibo.features.metric.state import begin, due, fold
from kaibo.features.metric.view import CUES, FLOWS, MINUTES, PRODUCTS, RETENTION, SPEND, TILES
from kaibo.features.order.facts import OrderPaid
from kaibo.features.product.slices import OFFER
from kaibo.features.show.facts import ShowAired
from kaibo.features.show.slices import STAGE

FACTS = (
    MetricTargetSet, MetricSpendEntered, MetricSpendRemoved, MetricSampled, MetricSummarised,
    MetricShowNoted, MetricHistoryHanded, MetricHistoryTaken,
)  # fmt: skip

FEATURE = Feature(
    name="metric",
    streams=("show", "workspace"),
    facts=FACTS,
    commands=(SetTarget, EnterSpend, RemoveSpend, SampleFigures, SummariseShow, NoteShow, HandHistory, TakeHistory),
    state=begin,
    fold=fold,
    decide=decide,
    reads=(*READS, AlarmMoveApproved, AudienceBatch, AudienceRepeated, OrderPaid, ShowAired),
    over=(STAGE, BOARD, TARGETS, OFFER, STOCK),
    views=(TILES, PRODUCTS, CUES, MINUTES, FLOWS, RETENTION, SPEND),
    names={"spend_id": Named(SPEND, lambda row: row.channel)},
    reactions=(HISTORY,),
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
    carries=carried,
)
