"""Who waits for whom, as the tasks are edited and removed."""

from kaibo.features.task.facts import Task
from kaibo.features.task.slices import TaskNow, Tasks


def now(*first: str) -> TaskNow:
    return TaskNow(task=Task(title="備品", role_id="operations", offset_s=0, depends_on=first), by="pin", at=0)


def test_who_waits_follows_what_the_task_says_last():
    tasks = Tasks()
    for task_id in ("a", "b", "c"):
        tasks.put(task_id, now())
    tasks.put("c", now("a"))
    assert (tasks.waiting_for("a"), tasks.waiting_for("b"), tasks.behind(["a"])) == (["c"], [], {"a", "c"})
    tasks.put("c", now("b"))
    assert (tasks.waiting_for("a"), tasks.waiting_for("b")) == ([], ["c"])
    assert tasks.held_by("c") == "b"
    tasks.drop("c")
    assert tasks.waiting_for("b") == []
