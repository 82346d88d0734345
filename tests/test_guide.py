"""The guide for leads stays true: what it names in bold stands on a screen, its pictures are there and small."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.pictures import BYTES_MAX, PICTURES
from tests.served import ROOT

GUIDES = {"en": "guide-leads.md", "zh-Hant": "guide-leads.zh-Hant.md"}


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        for each in node.values():
            yield from texts(each)


def on_screens(language: str) -> str:
    """Every word a screen says, a line each."""
    web = ROOT / "web" / "src"
    files = [json.loads(path.read_text()) for path in web.glob(f"**/locales/{language}.json")]
    files += [json.loads(path.read_text())[language] for path in web.glob("**/words.json")]
    return "\n".join(text for each in files for text in texts(each))


@pytest.mark.parametrize("language", GUIDES)
def test_what_the_guide_names_stands_on_a_screen(language: str) -> None:
    guide, said = (ROOT / "docs" / GUIDES[language]).read_text(), on_screens(language)
    named = [each.rstrip("…") for each in re.findall(r"\*\*([^*]+)\*\*", guide) if re.search(r"\w\w", each)]
    assert len(named) > 12
    unknown = [
        each
        for each in named
        if not re.search(rf"^{re.sub('[0-9]', r'{n}', each)}", re.sub(r"\{\w+\}", "{n}", said), re.MULTILINE | re.IGNORECASE)
    ]
    assert unknown == []


@pytest.mark.parametrize("language", GUIDES)
def test_its_pictures_are_there_and_small(language: str) -> None:
    guide = (ROOT / "docs" / GUIDES[language]).read_text()
    shown = re.findall(r"!\[[^\]]+\]\(pictures/([^)]+)\)", guide)
    assert shown == sorted(path.name for path in PICTURES.glob(f"lead-*.{language}.webp"))
    assert len(shown) == 8
    assert max((PICTURES / name).stat().st_size for name in shown) < BYTES_MAX
