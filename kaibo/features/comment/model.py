"""The linear model that sorts comments: hashed n-grams of characters, and the word of the rules as one feature more.

Whole numbers throughout, summed without order, so the same comment has the same class on every machine.
"""

import base64
import hashlib
import zlib
from collections.abc import Sequence
from functools import cached_property, lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.features.comment.triage import CLASSES

BUCKETS_BITS = 15
BUCKETS = 1 << BUCKETS_BITS
ORDERS = (1, 2, 3, 4)  # a Chinese word is two characters long, an English stem four
BIAS = BUCKETS  # the row of weights after the n-grams
RULES = BUCKETS + 1  # and one row for each class the rules may say
ROWS = BUCKETS + 1 + len(CLASSES)
SALT = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)
MIX = np.uint32(0x01000193)
END = 10  # "\n" stands before and after every text


class ModelBroken(ValueError):
    """These bytes are no model of this size."""


class Model:
    """Weights by n-gram and class. `packed` is what stands in a log: base64 over zlib over int8, class by class."""

    def __init__(self, version: str, packed: str) -> None:
        """Open packed weights. Raises ModelBroken."""
        self.version = version
        self.packed = packed
        self.digest = hashlib.blake2b(packed.encode(), digest_size=8).hexdigest()

    @cached_property
    def weights(self) -> NDArray[np.int32]:
        """One row for each n-gram bucket, the bias and the classes the rules may say; one column a class."""
        try:
            raw = zlib.decompress(base64.b85decode(self.packed))
            return np.ascontiguousarray(np.frombuffer(raw, np.int8).reshape(len(CLASSES), ROWS).T.astype(np.int32))
        except (ValueError, zlib.error) as error:
            raise ModelBroken(self.version) from error

    def classes(self, tidied: Sequence[str], ruled: Sequence[int]) -> list[int]:
        """The class of each tidied text (index into CLASSES), given what the rules said of it."""
        if not tidied:
            return []
        scores = self.scores(tidied, ruled)
        best: list[int] = np.argmax(scores, axis=1).tolist()
        return best

    def scores(self, tidied: Sequence[str], ruled: Sequence[int]) -> NDArray[np.float64]:
        """How much speaks for each class; a text of many n-grams is not surer than one of few."""
        grams = grams_of(tidied)
        found = np.zeros((len(grams.starts_at), len(CLASSES)), np.int64)
        weights = self.weights
        for place, bucket in zip(grams.places, grams.buckets, strict=True):
            column = np.zeros((grams.length, len(CLASSES)), np.int32)
            column[place] = weights[bucket]
            found += np.add.reduceat(column, grams.starts_at, axis=0)
        said = weights[RULES + np.asarray(ruled, np.intp)] + weights[BIAS]
        return said + found / np.sqrt(np.maximum(grams.counts, 1))[:, None]


class Grams(msgspec.Struct, frozen=True):
    """N-grams of many texts at once: for each order the places where they start and their buckets; `starts_at` where a text does."""

    length: int
    starts_at: NDArray[np.intp]
    places: Sequence[NDArray[np.intp]]
    buckets: Sequence[NDArray[np.uint32]]
    counts: NDArray[np.int64]


def grams_of(tidied: Sequence[str]) -> Grams:
    """Cut tidied texts (one or more, none with a line break) into n-grams; digits are one, a sign said thrice is said twice."""
    joined = "\n" + "\n".join([text.strip() for text in tidied]) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    codes = np.where((codes >= 48) & (codes <= 57), np.uint32(48), codes)
    again = np.zeros(len(codes), bool)
    again[2:] = (codes[2:] == codes[1:-1]) & (codes[2:] == codes[:-2]) & (codes[2:] != END)
    codes = codes[~again]
    ends = codes == END
    starts_at = np.flatnonzero(ends)[:-1]
    seen = np.cumsum(ends)
    places: list[NDArray[np.intp]] = []
    buckets: list[NDArray[np.uint32]] = []
    counts = np.zeros(len(starts_at), np.int64)
    hashed = np.zeros(len(codes), np.uint32)
    for order in ORDERS:
        whole = len(codes) - order + 1
        hashed = (hashed[: max(whole, 0)] ^ codes[order - 1 :]) * MIX
        hashed ^= hashed >> np.uint32(15)
        kept = ~ends[:whole] if order == 1 else seen[order - 2 : order - 2 + whole] == seen[:whole]
        if order == 2:
            kept = kept & ~(ends[:whole] & ends[1 : whole + 1])
        place = np.flatnonzero(kept)
        places.append(place)
        buckets.append((hashed[place] * np.uint32(SALT[order - 1])) >> np.uint32(32 - BUCKETS_BITS))
        counts += np.bincount(seen[place] - 1, minlength=len(starts_at))[: len(starts_at)]
    return Grams(len(codes), starts_at, places, buckets, counts)


def pack_weights(weights: NDArray[np.int8]) -> str:
    """Weights (ROWS x classes) as they stand in a log."""
    return base64.b85encode(zlib.compress(np.ascontiguousarray(weights.T).tobytes(), 9)).decode()


@lru_cache(maxsize=8)
def model_of(version: str, packed: str) -> Model:
    """The model a fact holds; shows of one evening share it."""
    return Model(version, packed)
