"""A table of the report: what workbook and paper both show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "count", "money", "ratio", "instant", "minutes", "length", "apart", "times", "figure"]
"""money in minor units; instant, minutes, length and apart in ms, read as 1:26 and, of two lengths, as +1:26; times is a factor; a figure is (value, unit)."""
Say = Callable[..., str]  # say(code, name=value, ...)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its word; `paper` False: too much for a page, in the workbook only."""

    word: str
    kind: Kind = "text"
    paper: bool = True
    minutes: int = 0  # what stands in the word for `{minutes}`


@dataclass(frozen=True, slots=True)
class Section:
    """A table; `title` and `note` are words already. `paper` is how many rows go on paper at most, 0 for none; there are `more` that nobody lists."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    paper: int = 1_000
    more: int = 0
