"""What is to be done for a show, by whom and by when, and what became of it."""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact

Proof = Literal["tick", "note", "photo"]
TaskState = Literal["open", "doing", "blocked", "done"]
TaskId = Annotated[str, Meta(min_length=1, max_length=64)]
# Own words, or a key of the shipped template (`shipped.samples`), which has words in every language.
Title = Annotated[str, Meta(max_length=200)]
YEAR_S = 366 * 86_400


class CheckLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a checklist."""

    line_id: Annotated[str, Meta(min_length=1, max_length=64)]
    text: Title


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done. `role_id` is one of the charter; `person_id` "" leaves it to whoever holds the role.

    `offset_s`: due so much after the show's planned start, negative before: it moves with the start. `required` ones count for readiness.
    `depends_on` are task_ids that come first. `proof`: a tick is enough, or a note or link must be left, or a photo or file. `template`: the key it was made from.
    `hurried`: it was due before it was planned, and is to be done at once: the show was planned so late.
    """

    title: Title
    role_id: Annotated[str, Meta(min_length=1, max_length=40)]
    person_id: Annotated[str, Meta(max_length=64)] = ""
    offset_s: Annotated[int, Meta(ge=-YEAR_S, le=YEAR_S)]
    required: bool = False
    checklist: Annotated[tuple[CheckLine, ...], Meta(max_length=30)] = ()
    depends_on: Annotated[tuple[TaskId, ...], Meta(max_length=30)] = ()
    proof: Proof = "tick"
    template: Annotated[str, Meta(max_length=64)] = ""
    hurried: bool = False


class TaskAdded(Fact, frozen=True, kw_only=True, tag="task.added"):
    """There is something to do."""

    task_id: str
    task: Task


class TaskEdited(Fact, frozen=True, kw_only=True, tag="task.edited"):
    """The task now reads so; what was ticked and done stays, as far as no fact beside it says otherwise."""

    task_id: str
    task: Task


class TaskRemoved(Fact, frozen=True, kw_only=True, tag="task.removed"):
    """It need not be done; what waited for it no longer does."""

    task_id: str


class TaskTaken(Fact, frozen=True, kw_only=True, tag="task.taken"):
    """Who said this does it."""

    task_id: str


class TaskTicked(Fact, frozen=True, kw_only=True, tag="task.ticked"):
    """A line of its checklist was ticked, or the tick taken back."""

    task_id: str
    line_id: str
    ticked: bool


class TaskBlocked(Fact, frozen=True, kw_only=True, tag="task.blocked"):
    """It cannot go on: why, and on whom it waits, a member (`on_person_id`) or anybody in own words (`whom`)."""

    task_id: str
    why: str
    whom: str = ""
    on_person_id: str = ""


class TaskUnblocked(Fact, frozen=True, kw_only=True, tag="task.unblocked"):
    """It can go on."""

    task_id: str


class TaskDone(Fact, frozen=True, kw_only=True, tag="task.done"):
    """It is done; `evidence` is a note or a link."""

    task_id: str
    evidence: str = ""


class TaskFile(msgspec.Struct, frozen=True, kw_only=True):
    """A photo or a document left with a task: `digest` (SHA-256, hex) of its bytes, under which the house keeps it; `kind` its media type."""

    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    kind: Annotated[str, Meta(max_length=40)]
    size_bytes: Annotated[int, Meta(ge=1)]


class TaskFileLeft(Fact, frozen=True, kw_only=True, tag="task.file_left"):
    """A photo or a document was left with it; the bytes are no part of the log."""

    task_id: str
    file: TaskFile


class TaskFileRemoved(Fact, frozen=True, kw_only=True, tag="task.file_removed"):
    """A file was taken away again; its bytes go too, unless another task of the show has the same."""

    task_id: str
    digest: str


class TaskReopened(Fact, frozen=True, kw_only=True, tag="task.reopened"):
    """It is not done after all."""

    task_id: str
    why: str = ""


def _task(fact: TaskAdded | TaskEdited, seq: int, viewer: Viewer) -> Fact:
    """What is to be done may quote a viewer whose words are to be erased; so may whatever is said of it."""
    lines = tuple(replace(line, text=viewer.unsaid(line.text, seq)) for line in fact.task.checklist)
    return replace(fact, task=replace(fact.task, title=viewer.unsaid(fact.task.title, seq), checklist=lines))


def _blocked(fact: TaskBlocked, seq: int, viewer: Viewer) -> TaskBlocked:
    return replace(fact, why=viewer.unsaid(fact.why, seq), whom=viewer.unsaid(fact.whom, seq))


def _done(fact: TaskDone, seq: int, viewer: Viewer) -> TaskDone:
    return replace(fact, evidence=viewer.unsaid(fact.evidence, seq))


def _reopened(fact: TaskReopened, seq: int, viewer: Viewer) -> TaskReopened:
    return replace(fact, why=viewer.unsaid(fact.why, seq))


def _file(fact: TaskFileLeft, seq: int, viewer: Viewer) -> TaskFileLeft:
    """A picture is called by what it shows; its ending is no word."""
    stem, dot, ending = fact.file.name.rpartition(".")
    name = viewer.unsaid(stem, seq) + dot + ending if stem else viewer.unsaid(fact.file.name, seq)
    return replace(fact, file=replace(fact.file, name=name))


ERASES: Mapping[type[Fact], Eraser] = {
    TaskAdded: _task,
    TaskEdited: _task,
    TaskBlocked: _blocked,
    TaskDone: _done,
    TaskReopened: _reopened,
    TaskFileLeft: _file,
}
