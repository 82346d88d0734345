"""What of tasks planned close to air can still be done: what had to be done before now is due at once, in order of need, or left out."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from kaibo.features.task.facts import Task

Named = tuple[str, Task]
LOOK_S: Final = 1800  # the last look before air: until then all else is done
MINUTE_S: Final = 60


def in_time(tasks: Iterable[Named], left_s: int, *, over: bool) -> list[Named]:
    """Tasks, those that come first first, of a show that begins in `left_s` seconds; `over`: it is on air or was, and nothing is before it.

    What was due before now is `hurried`: spread, in its order, over the time until the last look; what the template does not require is
    left out. Nothing is due before what comes first. After air it stays as it is.
    """
    every = list(tasks)
    wanted = [each for each in every if not _past(each[1], left_s) or (_needed(each[1]) and not over)]
    out = {task_id for task_id, _ in every} - {task_id for task_id, _ in wanted}
    late = [task_id for task_id, task in sorted(wanted, key=lambda each: each[1].offset_s) if _past(task, left_s)]
    due = {task_id: _at_once(left_s, place, len(late)) for place, task_id in enumerate(late, 1)}
    return list(_fitted(wanted, out, due).items())


def _fitted(wanted: Iterable[Named], out: set[str], due: Mapping[str, int]) -> dict[str, Task]:
    fitted: dict[str, Task] = {}
    for task_id, task in wanted:
        first = tuple(each for each in task.depends_on if each not in out)
        earliest = max((fitted[each].offset_s for each in first if each in fitted), default=task.offset_s)
        offset_s = max(due.get(task_id, task.offset_s), earliest)
        fitted[task_id] = replace(task, depends_on=first, offset_s=offset_s, hurried=task_id in due)
    return fitted


def _past(task: Task, left_s: int) -> bool:
    return task.offset_s < 0 and task.offset_s + left_s <= 0


def _needed(task: Task) -> bool:
    """What a team wrote itself it needs; of the template what is required."""
    return task.required or not task.template


def _at_once(left_s: int, place: int, of: int) -> int:
    """The offset of the nth of so many, in whole minutes; a show whose start is past and that is not on air has half an hour."""
    span_s = left_s - LOOK_S if left_s > 2 * LOOK_S else left_s if left_s > 0 else LOOK_S
    return -((left_s - span_s * place // of) // MINUTE_S * MINUTE_S)
