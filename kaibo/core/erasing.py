"""A viewer whose words are to be erased, as the erasers of the features need to know them. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

ERASED = "⌫"  # stands in the log for words and names that were erased; screens say it in words
WORDS_MIN = 4  # a text as short as "+1" is everybody's: found in what the team wrote, it is not this viewer's
NAME_MIN = 2  # "@A" of 「@A組」 mentions nobody
QUOTED = re.compile('(?<=[「『“"])[^「」『』“”"]+(?=[」』”"])')
SAYS = r"(?:\s|[:：「『“\"]|說|说|[(（][^()（）]{1,20}[)）]){1,5}"  # between a name and what was said under it


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
    the show's table (a batch tells by it). `texts` are what they wrote, with the seq at which they did first; `names` under which, and
    `longer` those of others that begin with one of these. A show with no words of theirs may have copies: `show_id` says where the texts are from.
    """

    viewer: str
    sources: frozenset[str]
    show_id: str = ""
    numbers: frozenset[int] = frozenset()
    refs: Mapping[str, Told] = field(default_factory=dict[str, Told])
    texts: Mapping[str, int] = field(default_factory=dict[str, int])
    names: frozenset[str] = frozenset()
    longer: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """`source/pseudonym`, as claims and draws know them."""
        return frozenset(f"{source}/{self.viewer}" for source in self.sources)

    def is_by(self, source: str, viewer: str) -> bool:
        """Whether a pseudonym of a source is this viewer."""
        return viewer == self.viewer and source in self.sources

    def unnamed(self, text: str) -> str:
        """What the team wrote, without mentions of this viewer (`@name`). A name that merely stands in it is the team's own word: a price, an animal."""
        mention = _mention_of(self.names, self.longer)
        return (
            text
            if mention is None
            else mention.sub(lambda found: found[0] if found[2] in self.longer else found[1] + ERASED, text)
        )

    def unsaid(self, text: str, seq: int) -> str:
        """What the team wrote at `seq`, without mentions and quotations.

        A quotation is all of it, stands between quotation marks, or behind the name of who wrote it (「小熊：還有嗎」), and then the name goes too.
        """
        if self._wrote(text, seq):
            return ERASED
        text = self._unattributed(text, seq)
        return self.unnamed(QUOTED.sub(lambda found: ERASED if self._wrote(found[0], seq) else found[0], text))

    def _unattributed(self, text: str, seq: int) -> str:
        """Without their words where their name stands right before, and without that name."""
        names = [name for name in sorted(self.names) if len(name) >= NAME_MIN and name in text]
        words = [one for one in self.texts if one in text and self._wrote(one, seq)] if names else []
        if not words:
            return text
        return re.sub(f"(?:{_any_of(names)})({SAYS})(?:{_any_of(words)})", lambda found: ERASED + found[1] + ERASED, text)

    def _wrote(self, text: str, seq: int) -> bool:
        """Before the team did: what the team wrote first was copied by the viewer."""
        return len(text) >= WORDS_MIN and self.texts.get(text, seq) < seq


def _any_of(told: Iterable[str]) -> str:
    """A pattern for one of these, the longest that fits."""
    return "|".join(re.escape(one) for one in sorted(told, key=len, reverse=True))


@lru_cache(maxsize=8)
def _mention_of(names: frozenset[str], longer: frozenset[str]) -> re.Pattern[str] | None:
    """`@` and a name, those of others too that begin so; no address of mail, and no beginning of a longer Latin word."""
    told = sorted((name for name in names | longer if len(name) >= NAME_MIN), key=len, reverse=True)
    ways = "|".join(re.escape(name) + ("(?![A-Za-z0-9_])" if re.match("[A-Za-z0-9_]", name[-1]) else "") for name in told)
    return re.compile(f"(?<![A-Za-z0-9._-])([@＠] ?)({ways})") if told else None


Eraser: TypeAlias = Callable[[Any, int, Viewer], Any]
"""`erase(fact, seq, viewer)` gives the fact without the viewer's words and names: the same object where it holds none."""


def blank(text: str) -> str:
    """Words or a name, erased; where there were none there are none."""
    return ERASED if text else ""


S = TypeVar("S", bound=Struct)


def wordless(quoted: S) -> S:
    """A copy of a comment (`name`, `text`) in a fact: that somebody said something, without their words and name."""
    return replace(quoted, **{told: blank(getattr(quoted, told)) for told in ("name", "text")})


def each(field_name: str, unsaid: Callable[[Any, Viewer], Any]) -> Eraser:
    """The eraser of a fact that lists what was said: each in the list by itself."""

    def erase(fact: Any, seq: int, viewer: Viewer) -> Any:
        del seq
        return replace(fact, **{field_name: tuple(unsaid(one, viewer) for one in getattr(fact, field_name))})

    return erase
