"""BOARD: raw counters of the show, counted once for all tables of figures and for the samples that alarms look at. TARGETS: what was hoped for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.audience.facts import AudienceRepeated
from kaibo.features.metric.board import READS, Board
from kaibo.features.metric.facts import MetricSampled, MetricTargetSet
from kaibo.features.order.facts import TRADED
from kaibo.features.order.slices import LEDGER
from kaibo.features.show.slices import PLAN, STAGE, TURN, ShowNow

# What is touched: from when to when orders are the show's; the newest instant; what sources tell at all; who bought.
BOUNDS, CLOCK, TOLD, WHO = "bounds", "clock", "told", "who"
GOAL_OF = "gmv_paid"  # the figure that the goal of a show speaks of


@dataclass(slots=True)
class Targets:
    """Targets by figure, in its unit; for paid GMV the show's goal until somebody sets another."""

    show: ShowNow
    chosen: dict[str, float] = field(default_factory=dict[str, float])

    def get(self, metric: str) -> float | None:
        """The target of a figure, None where there is none."""
        goal_minor = self.show.plan.goal_gmv_minor if metric == GOAL_OF and self.show.plan else 0
        return self.chosen.get(metric, float(goal_minor) if goal_minor else None)


def fold_board(board: Board, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Touches the bounds of the show, what is told, who bought, and the clock where nothing but it may have moved: whoever shows figures reads all other facts."""
    turned, before, crowds = touched.of(STAGE), set(board.told), len(board.crowds)
    found = {BOUNDS} if turned and board.turn() else set[str]()
    board.fold(event)
    if touched.of(LEDGER) and not isinstance(event.fact, TRADED):
        board.rename()
        found.add(WHO)
    if board.told != before or len(board.crowds) != crowds:
        found.add(TOLD)
    if TURN in turned or isinstance(event.fact, MetricSampled | AudienceRepeated):
        found.add(CLOCK)
    return found


def fold_targets(targets: Targets, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Somebody sets one, or takes it away; or the goal of the show is another."""
    if isinstance(event.fact, MetricTargetSet):
        targets.chosen.pop(event.fact.metric, None)
        if event.fact.value is not None:
            targets.chosen[event.fact.metric] = event.fact.value
        return (event.fact.metric,)
    return (GOAL_OF,) if PLAN in touched.of(STAGE) else ()


BOARD: Slice[Board] = Slice(name="metric.board", reads=READS, state=Board, fold=fold_board, over=(STAGE, LEDGER))
TARGETS: Slice[Targets] = Slice(name="metric.targets", reads=(MetricTargetSet,), state=Targets, fold=fold_targets, over=(STAGE,))
