"""The tasks of the shipped template: the before-air list of the trade, relative to air time. Their words stand in words.toml by key."""

import tomllib
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import count

import msgspec

from kaibo.features.task.facts import CheckLine, Proof, Task
from kaibo.features.task.shipped_tasks import TASKS

DAY_S, HOUR_S, MINUTE_S = 86_400, 3600, 60


class ShippedTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the template: due `days`, `hours` and `minutes` from air time, negative before; `first` are keys that come before it.

    `role` has it, or whose `duty` it is by the charter.
    """

    key: str
    role: str
    duty: str
    days: int = 0
    hours: int = 0
    minutes: int = 0
    required: bool = False
    lines: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    proof: Proof = "tick"

    @property
    def offset_s(self) -> int:
        """From air time."""
        return self.days * DAY_S + self.hours * HOUR_S + self.minutes * MINUTE_S


class _Shipped(msgspec.Struct, frozen=True, kw_only=True):
    task: tuple[ShippedTask, ...]


@cache
def template() -> tuple[ShippedTask, ...]:
    """In the order of their times; whatever comes first stands before what waits for it."""
    return msgspec.convert(tomllib.loads(TASKS), _Shipped).task


def missing(here: Mapping[str, str], seen: Container[str], owners: Mapping[str, tuple[str, ...]]) -> list[tuple[str, Task]]:
    """Task_ids and tasks of the template that are not `here`, which holds task_ids by key; an id that was `seen` is not used again.

    `owners`: the roles that each duty is of (`Members.owners`); of one that nobody has, the template's own role stands.
    """
    ids = dict(here)
    added: list[tuple[str, Task]] = []
    for each in template():
        if each.key not in ids:
            ids[each.key] = next(name for name in _names(each.key) if name not in seen)
            added.append((ids[each.key], _task(each, ids, owners.get(each.duty, ()))))
    return added


def _names(key: str) -> Iterator[str]:
    return (key if number == 1 else f"{key}.{number}" for number in count(1))


def _task(each: ShippedTask, ids: Mapping[str, str], owners: tuple[str, ...]) -> Task:
    return Task(
        title=f"shipped.{each.key}",
        role_id=each.role if each.role in owners or not owners else owners[0],
        offset_s=each.offset_s,
        required=each.required,
        checklist=tuple(CheckLine(line_id=line, text=f"shipped.{each.key}.{line}") for line in each.lines),
        depends_on=tuple(ids[key] for key in each.first),
        proof=each.proof,
        template=each.key,
    )
