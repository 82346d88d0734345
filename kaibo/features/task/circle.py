"""Tasks that would wait for each other."""

from collections.abc import Iterable, Mapping

from kaibo.features.task.slices import Tasks


def circle_of(tasks: Tasks, task_id: str, depends_on: Iterable[str]) -> tuple[str, ...]:
    """The task_ids from this one by what comes first and back to it; none when there is no way back."""
    came: dict[str, str] = {}
    left = [(each, task_id) for each in depends_on]
    while left:
        last, before = left.pop()
        if last == task_id:
            return (*_way(came, before, task_id), task_id)
        if last not in came:
            came[last] = before
            left += [(each, last) for each in tasks.tasks[last].task.depends_on]
    return ()


def _way(came: Mapping[str, str], last: str, first: str) -> tuple[str, ...]:
    """From the first one on, each to what comes before it, as far as the last."""
    way = [last]
    while way[-1] != first:
        way.append(came[way[-1]])
    return tuple(reversed(way))
