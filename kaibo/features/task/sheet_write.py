"""The tasks of a show as a CSV; reading it back into the same show changes nothing."""

from collections.abc import Iterable, Mapping

from kaibo.features.task.sheet_words import HEADERS, guarded, told_due
from kaibo.features.task.view import TaskRow
from kaibo.kit.delimited import comma_separated


def write_tasks(rows: Iterable[TaskRow], said: Mapping[str, str]) -> bytes:
    """Those due first first; `said` are the house's words by code, of which titles of the template are read."""
    head = [words[0] for words in HEADERS.values()]
    ordered = sorted(rows, key=lambda each: (each.due_at, each.task_id))
    return comma_separated([head, *([guarded(each) for each in _cells(row, said)] for row in ordered)])


def _cells(row: TaskRow, said: Mapping[str, str]) -> tuple[str, ...]:
    task = row.task
    return (
        row.task_id,
        said_title(task.title, said),
        task.role_id,
        task.person_id,
        told_due(task.offset_s),
        "是" if task.required else "否",
        task.proof,
        "\n".join(" ".join(said_title(line.text, said).split()) for line in task.checklist),
        "\n".join(task.depends_on),
        row.state,
    )


def said_title(title: str, said: Mapping[str, str]) -> str:
    """A title of the template in words; the team's own as it is."""
    return said.get(f"title.{title}", title)
