"""The walkthrough tells the truth: every snippet of its two parts stands in the code, word for word."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("walkthrough.md", "walkthrough-web.md", "tiny-feature.md")
SNIPPET = re.compile(r"^```(\w*)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
CODE = {
    "python": ("kaibo/**/*.py", "tests/laws/*.py"),
    "ts": ("web/src/**/*.ts", "web/src/**/*.vue", "web/tests/*.ts"),
    "vue": ("web/src/**/*.vue",),
    "json": ("web/src/**/locales/*.json",),
}

TOLD = "text"  # what a command prints: no code


@cache
def code(language: str) -> str:
    """All there is of a language. Raises KeyError for one that nobody compares."""
    return "\n".join(path.read_text("utf-8") for glob in CODE[language] for path in sorted(ROOT.glob(glob)))


def untrue(text: str) -> list[str]:
    return [snippet for language, snippet in SNIPPET.findall(text) if language != TOLD and snippet not in code(language)]


@pytest.mark.parametrize("part", PARTS)
def test_every_snippet_of_the_walkthrough_is_in_the_code(part: str) -> None:
    text = (ROOT / "docs" / part).read_text("utf-8")
    assert SNIPPET.findall(text)
    assert text.count("```") == 2 * len(SNIPPET.findall(text))
    assert untrue(text) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("python", 'code = "promo.self_approval"'),
        ("ts", "reject: (promoId, reason) => say('promo.reject', { promo_id: promoId, reason }),"),
        ("vue", 'v-for="promo in part.promos"'),
        ("json", '"reads.proposed": "等待核准",'),
    ],
)
def test_a_snippet_that_is_not_as_the_code_is_seen(language: str, said: str) -> None:
    assert untrue(f"```{language}\n{said}\n```") == []
    assert untrue(f"```{language}\n{said.replace('pro', 'por')}\n```") == [said.replace("pro", "por")]


def test_a_language_that_is_not_compared_is_seen() -> None:
    with pytest.raises(KeyError):
        untrue("```ruby\nputs\n```")
