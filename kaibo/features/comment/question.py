"""What a screen asks of the comments: kinds, a product, words, a viewer. A query string, understood once for all ways to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kaibo.core.errors import Invalid
from kaibo.features.audience.facts import tidy
from kaibo.features.comment.triage import CLASSES

WORDS_LENGTH_MAX = 60
VIEWER_LENGTH_MAX = 64
FIELDS_MAX = 8


@dataclass(frozen=True, slots=True)
class Question:
    """Every part narrows; an empty one asks for nothing. `kinds` are indexes into CLASSES; `words` are tidied."""

    kinds: frozenset[int] = frozenset()
    product_id: str = ""
    words: str = ""
    viewer: str = ""

    @property
    def reads_texts(self) -> bool:
        """Must the comments themselves be opened to tell?"""
        return bool(self.words or self.viewer)


def understood(query: str) -> Question:
    """`kind=question,order&product=A01&text=敏感&viewer=v1` as a Question. Raises Invalid for what is not one."""
    try:
        fields = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), max_num_fields=FIELDS_MAX))
    except ValueError as error:
        raise Invalid(where="question", why=str(error)) from error
    if unknown := sorted(fields.keys() - {"kind", "product", "text", "viewer"}):
        raise Invalid(where="question", why=f"no such part: {', '.join(unknown)}")
    words = tidy((fields.get("text", "").strip(),))[0]
    if len(words) > WORDS_LENGTH_MAX or len(fields.get("viewer", "")) > VIEWER_LENGTH_MAX:
        raise Invalid(where="question", why="too long")
    return Question(_kinds(fields.get("kind", "")), fields.get("product", ""), words, fields.get("viewer", ""))


def _kinds(text: str) -> frozenset[int]:
    asked = [kind for kind in text.split(",") if kind]
    if unknown := sorted(set(asked) - set(CLASSES)):
        raise Invalid(where="kind", why=f"no such kind: {', '.join(unknown)}")
    return frozenset(CLASSES.index(kind) for kind in asked)


def with_words(words: str, texts: Sequence[str], names: Sequence[str]) -> list[int]:
    """Where the words stand in a tidied text or name. A plain search: two characters are found as surely as ten."""
    return [index for index, (text, name) in enumerate(zip(texts, names, strict=True)) if words in text or words in name]
