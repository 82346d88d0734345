"""The features that no hand wrote a job for: the world says their commands with values made from the types of their fields."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from msgspec import inspect as kinds

from kaibo.core.event import Command, Event
from kaibo.core.feature import Feature

LETTERS = "一二三開播 abc，。"
COMMON = {"product_id": ("P0", "P1", "P2"), "cue_id": ("c0", "c1", "c2", "c3"), "promo_id": ("p1", "p2")}
OFTEN = 0.6  # of the steps of a show


def unspoken(features: Iterable[Feature], known: Iterable[object]) -> list[type[Command]]:
    """The commands for shows of features of which no command is `known` to those who wrote the world."""
    spoken = set(map(id, known))
    silent = [each for each in features if each.commands and not any(id(command) in spoken for command in each.commands)]
    return [command for each in silent for command in each.commands if "show" in each.streams_of(command)]


class Others:
    """Says them by a chance of its own, so that the worlds of those who have a job stay as they were; it remembers nothing but the log."""

    ask: Callable[..., bool]
    at: int
    events: list[Event[Any]]
    spare: list[type[Command]]
    seed: int
    _dice: Random

    def others(self) -> None:
        self._dice = Random(f"{self.seed} {self.at}")
        if self.spare and self._dice.random() < OFTEN:
            kind = self._dice.choice(self.spare)
            self.ask(kind(**self._fields(kinds.type_info(kind))))

    def _fields(self, kind: Any) -> dict[str, Any]:
        given = [field for field in kind.fields if field.required or self._dice.random() < 0.5]
        return {field.name: self._value(field.type, field.name) for field in given}

    def _value(self, kind: kinds.Type, name: str) -> Any:
        dice = self._dice
        match kind:
            case kinds.StrType(min_length=least, max_length=most):
                return self._id(name) if name.endswith("_id") else self._text(least or 0, min(most or 30, 30))
            case kinds.IntType(ge=least, le=most):
                return dice.randint(least or 0, most if most is not None else (least or 0) + 100_000)
            case kinds.FloatType():
                return dice.random()
            case kinds.BoolType():
                return dice.random() < 0.5
            case kinds.LiteralType(values=values):
                return dice.choice(values)
            case kinds.UnionType(types=types):
                return self._value(dice.choice([each for each in types if not isinstance(each, kinds.NoneType)]), name)
            case kinds.ListType(item_type=item) | kinds.VarTupleType(item_type=item):
                return tuple(self._value(item, name) for _ in range(dice.randint(1, 2)))
            case kinds.DictType():
                return {}
            case kinds.StructType(cls=made):
                return made(**self._fields(kind))
            case _:
                return None

    def _id(self, name: str) -> str:
        """One that is in use, mostly the newest, or a new one."""
        known = [getattr(event.fact, name) for event in self.events if hasattr(event.fact, name)] or list(COMMON.get(name, ()))
        if not known or (name not in COMMON and self._dice.random() < 0.6):
            return f"{name[0]}{self.at}"
        return known[-1] if self._dice.random() < 0.7 else self._dice.choice(known)

    def _text(self, least: int, most: int) -> str:
        return "".join(self._dice.choice(LETTERS) for _ in range(self._dice.randint(least, most)))
