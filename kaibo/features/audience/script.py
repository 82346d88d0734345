"""One spelling for comparing what viewers write: width, case and script. Shown texts stay as they came."""

import unicodedata
from collections.abc import Sequence

from kaibo.core.script import ONE_SCRIPT

CUT = "…"  # the mark of a text that was longer


def cut(text: str, length: int) -> str:
    """A text of no more than `length` signs; one that was longer says so at its end."""
    return text if len(text) <= length else text[: length - len(CUT)] + CUT


def tidy(texts: Sequence[str]) -> list[str]:
    """Full-width to half-width, one case, one script; as many texts as came."""
    flat = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    return unicodedata.normalize("NFKC", flat).lower().translate(ONE_SCRIPT).split("\n") if texts else []
