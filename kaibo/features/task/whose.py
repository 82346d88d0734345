"""Whose a task may be: of a role there is, of a person who belongs."""

from kaibo.core.errors import Refusal
from kaibo.core.feature import Members
from kaibo.features.task.facts import Task


class TaskRoleUnknown(Refusal):
    """The charter has no such role and nobody holds it: nobody would do the task."""

    code = "task.role_unknown"
    status = 422
    role: str


class TaskPersonUnknown(Refusal):
    """Nobody of the workspace has this id: nobody would do the task, or be waited for."""

    code = "task.person_unknown"
    status = 422
    person_id: str


def check_whose(task: Task, stands: Task | None, members: Members | None) -> None:
    """Somebody must be able to do it. What stands may stay: a role the charter lost, a person who left, are somebody else's doing."""
    if members is None:
        return
    if members.known and task.role_id not in members.known and (stands is None or task.role_id != stands.role_id):
        raise TaskRoleUnknown(role=task.role_id)
    if stands is None or task.person_id != stands.person_id:
        check_person(task.person_id, members)


def check_person(person_id: str, members: Members | None) -> None:
    """Somebody of this id belongs; "" is nobody in particular. Raises TaskPersonUnknown."""
    if person_id and members is not None and person_id not in members.roles:
        raise TaskPersonUnknown(person_id=person_id)
