"""What of the alarms another show like this one begins with."""

from collections.abc import Iterable

from kaibo.core.feature import Copying
from kaibo.features.alarm.commands import ChooseAlarm
from kaibo.features.alarm.state import AlarmState


def carried(state: AlarmState, copying: Copying) -> Iterable[ChooseAlarm]:
    """The rules; what they raised is history."""
    del copying
    return [ChooseAlarm(rule=alarm.rule) for alarm in state.alarms.values()]
