"""One spelling for comparing what viewers write: width, case and script. Shown texts stay as they came."""

import unicodedata
from collections.abc import Sequence

from kaibo.core.script import ONE_SCRIPT


def tidy(texts: Sequence[str]) -> list[str]:
    """Full-width to half-width, one case, one script; as many texts as came."""
    flat = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    return unicodedata.normalize("NFKC", flat).lower().translate(ONE_SCRIPT).split("\n") if texts else []
