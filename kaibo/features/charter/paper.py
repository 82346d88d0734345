"""A member's page on A4: black on white, in letters that a fax leaves readable, one sheet where the duties allow."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from kaibo.features.charter.page import Page
from kaibo.kit.typeset import FACES, REGIONS, typeset

TEMPLATE = Path(__file__).with_name("paper.typ")


def write_page(page: Page, words: Mapping[str, str], language: str) -> bytes:
    """Page -> PDF, the same bytes for the same page. `words` by code, of the page's language."""
    lang, region = REGIONS[language]
    heads = {code.removeprefix("charter.page."): text for code, text in words.items() if code.startswith("charter.page.")}
    counts = {"all": page.duties_all, "does": len(page.does), "asked": len(page.asked), "never": len(page.never)}
    data = {
        "page": page,
        "head": heads,
        "comma": words["core.comma"],
        "colon": words["core.colon"],
        "edition": words["charter.page.version" if page.version else "charter.page.fixed"].format(n=page.version),
        "counts": words["charter.page.counts"].format(**counts),
        "never": [_goes(words, each.goes_to) for each in page.never],
        "fonts": [FACES[language]],
        "lang": lang,
        "region": region,
    }
    return typeset(TEMPLATE, msgspec.to_builtins(data), words["report.emoji"])


def _goes(words: Mapping[str, str], who: str) -> str:
    return words["charter.page.goes_to"].format(who=who) if who else words["charter.page.goes_nowhere"]
