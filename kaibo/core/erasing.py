"""A viewer whose words are to be erased, as the erasers of the features need to know them. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

ERASED = "⌫"  # stands in the log for words and names that were erased; screens say it in words
WORDS_MIN = 4  # a text as short as "+1" is everybody's: found alone, in what the team wrote, it is not this viewer's


class Told(NamedTuple):
    """What a comment was before its words were erased: the index of its class, the product it was about, and the keywords of draws in it.

    A keyword is the team's own word, and whoever wrote it stands in the list of the draw.
    """

    kind: int
    product_id: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """One viewer of one show.

    `sources` speak of them under the pseudonym `viewer`; `refs` are the addresses (`seq:index`) of what they wrote, `numbers` theirs in
    the show's table (a batch tells by it). `texts` and `names` are what they wrote and under which names. A show with no words of
    theirs may have copies: `show_id` says where the texts are from.
    """

    viewer: str
    sources: frozenset[str]
    show_id: str = ""
    numbers: frozenset[int] = frozenset()
    refs: Mapping[str, Told] = field(default_factory=dict[str, Told])
    texts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """`source/pseudonym`, as claims and draws know them."""
        return frozenset(f"{source}/{self.viewer}" for source in self.sources)

    def is_by(self, source: str, viewer: str) -> bool:
        """Whether a pseudonym of a source is this viewer."""
        return viewer == self.viewer and source in self.sources

    def unnamed(self, text: str) -> str:
        """What the team wrote, without this viewer's name: a reply begins with it often enough."""
        for name in sorted(self.names, key=len, reverse=True):
            if len(name) > 1:
                text = text.replace(name, ERASED)
        return text

    def unsaid(self, text: str) -> str:
        """What may be a copy of the viewer's words, or the team's own: erased whole when it is what they wrote."""
        return ERASED if len(text) >= WORDS_MIN and text in self.texts else self.unnamed(text)


Eraser: TypeAlias = Callable[[Any, int, Viewer], Any]
"""`erase(fact, seq, viewer)` gives the fact without the viewer's words and names: the same object where it holds none."""


def blank(text: str) -> str:
    """Words or a name, erased; where there were none there are none."""
    return ERASED if text else ""
