"""What of the tasks another show like this one begins with."""

from collections.abc import Iterable

from kaibo.core.feature import Copying
from kaibo.features.task.commands import AddTask
from kaibo.features.task.rules import TaskRules


def carried(state: TaskRules, copying: Copying) -> Iterable[AddTask]:
    """All of them, open again and due as long from its own start; what comes first is added first."""
    del copying
    left = {task_id: now.task for task_id, now in state.tasks.tasks.items()}
    while left:
        free = [task_id for task_id, task in left.items() if left.keys().isdisjoint(task.depends_on)]
        for task_id in free:
            yield AddTask(task_id=task_id, task=left.pop(task_id), carried=True)
