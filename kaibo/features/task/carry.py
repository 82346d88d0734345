"""What of the tasks another show like this one begins with."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kaibo.core.feature import Copying
from kaibo.features.task.commands import AddTask
from kaibo.features.task.facts import Task
from kaibo.features.task.hurry import in_time
from kaibo.features.task.rules import TaskRules
from kaibo.features.task.shipped import template


def carried(state: TaskRules, copying: Copying) -> Iterable[AddTask]:
    """All of them, open again and due as long from its own start, those of the template as it says; what comes first is added first.

    Where the other one begins so soon that some cannot be, as the template's rule says.
    """
    ordered = list(_ordered({task_id: _as_planned(now.task) for task_id, now in state.tasks.tasks.items()}))
    soon = copying.left_ms is not None and copying.left_ms > 0
    fitting = in_time(ordered, (copying.left_ms or 0) // 1000, over=False) if soon else ordered
    return [AddTask(task_id=task_id, task=task, carried=True) for task_id, task in fitting]


def _as_planned(task: Task) -> Task:
    """One that was hurried is due when the template says, where there is time."""
    shipped = next((each for each in template() if each.key == task.template), None)
    return replace(task, hurried=False, offset_s=shipped.offset_s) if task.hurried and shipped else replace(task, hurried=False)


def _ordered(left: dict[str, Task]) -> Iterator[tuple[str, Task]]:
    while left:
        free = [task_id for task_id, task in left.items() if left.keys().isdisjoint(task.depends_on)]
        for task_id in free:
            yield task_id, left.pop(task_id)
