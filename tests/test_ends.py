"""A pattern ends where its text ends: in Python `$` also stands before a last line break, and an id with one breaks headers and lists."""

import re
from pathlib import Path

import msgspec
import pytest

from kaibo.features.show.commands import PlanShow

SOURCES = sorted(path for path in Path("kaibo").rglob("*.py") if "tests" not in path.parts)
PATTERN = re.compile(r"""(?:pattern=|^ID = )r?"((?:[^"\\]|\\.)*)\"""", re.MULTILINE)
PLANTED = ('x: Annotated[str, Meta(pattern=r"^[a-z]+$")]', 'ID = r"^[a-z]+$"')


def loose(text: str) -> list[str]:
    """Patterns of fields that let a last line break through."""
    return [found for found in PATTERN.findall(text) if found.endswith("$") and not found.endswith(r"(?!\n)$")]


def test_no_field_lets_a_last_line_break_through() -> None:
    assert [(str(path), found) for path in SOURCES for found in loose(path.read_text())] == []
    assert sum(len(PATTERN.findall(path.read_text())) for path in SOURCES) > 15, "it looks at what there is"


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_one_is_found(planted: str) -> None:
    assert loose(planted) == ["^[a-z]+$"]


@pytest.mark.parametrize("broken", [{"show_id": "ab\n"}, {"currency": "TWD\n"}])
def test_a_show_is_not_called_by_two_lines(broken: dict[str, str]) -> None:
    told = {"show_id": "ab", "title": "x", "starts_at": 0, "ends_at": 1, **broken}
    with pytest.raises(msgspec.ValidationError, match="regex"):
        msgspec.convert(told, PlanShow)
