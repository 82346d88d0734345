"""What the columns of a sheet are called, in any writing: a header as it is compared, and which field it stands for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from kaibo.core.script import ONE_SCRIPT

HEADER_LENGTH_MAX = 30  # longer is a sentence

_SQUASH = re.compile(r"[\s:：*_\-./、,;|·&+]+")
_BRACKETS = re.compile(r"[(\[【（「].*?[)\]】）」]")
_REST = ("其余",)  # （其餘）: a column of our own that carries what did not fit; never the column itself


def plain(text: str) -> str:
    """Full-width characters made plain, outer blanks off: `１９：３０～１９：４０` -> `19:30~19:40`."""
    return unicodedata.normalize("NFKC", text).replace("〜", "~").strip()


def squash(text: str) -> str:
    """A header or a choice as it is compared: plain, simplified, small letters, no blanks or signs."""
    return _SQUASH.sub("", plain(text).lower().translate(ONE_SCRIPT))


class Words:
    """Which header stands for which field: field -> its words, in any writing."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self._table = {squash(word): name for name, words in fields.items() for word in words}
        self._long = sorted((word for word in self._table if _telling(word)), key=len, reverse=True)

    def field(self, header: str) -> str | None:
        """The field of a header: its words exactly, then without what is in brackets, then by a long word that it contains."""
        whole = squash(header)
        if len(whole) > HEADER_LENGTH_MAX or any(rest in whole for rest in _REST):
            return None
        for name in (whole, squash(_BRACKETS.sub("", plain(header)))):
            if name in self._table:
                return self._table[name]
        return next((self._table[word] for word in self._long if word in whole), None)


def _telling(word: str) -> bool:
    return len(word) >= (6 if word.isascii() else 3)
