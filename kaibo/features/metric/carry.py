"""What of the figures another show like this one begins with."""

from collections.abc import Iterable

from kaibo.core.feature import Copying
from kaibo.features.metric.commands import SetTarget
from kaibo.features.metric.state import MetricState


def carried(state: MetricState, copying: Copying) -> Iterable[SetTarget]:
    """The targets that were chosen; what came of them is history."""
    del copying
    return [SetTarget(metric=metric, value=value) for metric, value in state.targets.chosen.items()]
