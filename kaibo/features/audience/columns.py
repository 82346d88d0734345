"""A batch as columns: NumPy arrays in the hands of a fold, a few kilobytes of compressed msgpack in the log."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch

KINDS = ("comment", "enter", "leave", "like", "follow", "click", "view", "share")
CODES: Mapping[str, int] = {kind: code for code, kind in enumerate(KINDS)}
COMMENT, ENTER, LEAVE, LIKE, FOLLOW, CLICK, VIEW, SHARE = range(len(KINDS))
ZLIB_LEVEL = 1  # three quarters of the gain of level 6 in a fifth of its time
UNPACKED_KEPT = 16  # the readers of one event (comments, figures, lamps) come one after the other


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """What lies in `AudienceBatch.columns`: little-endian arrays as bytes, one entry per item, in the order of the batch.

    `viewers` u4 index into the show's table, `products` i2 index into `product_ids` (-1: none), `counts` u4; `texts` and
    `names` only for the comments, in their order; `new_viewers` extend the show's table from `viewer_base` on.
    """

    kinds: bytes
    at: bytes
    viewers: bytes
    products: bytes
    counts: bytes
    product_ids: list[str]
    texts: list[str]
    names: list[str]
    new_viewers: list[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """A batch unpacked. Arrays have one entry per item: `kinds` u1 (see KINDS), `at` i8 ms UTC, `viewer` u4, `product` i2, `count` u4."""

    kinds: NDArray[np.uint8]
    at: NDArray[np.int64]
    viewer: NDArray[np.uint32]
    product: NDArray[np.int16]
    count: NDArray[np.uint32]
    products: list[str]
    texts: list[str]
    names: list[str]
    new_viewers: list[str]

    def comments(self) -> NDArray[np.int64]:
        """Places of the comments within the batch; `texts[i]` belongs to the i-th of them."""
        return np.flatnonzero(self.kinds == COMMENT)


def pack(items: Sequence[AudienceItem], viewers: Mapping[str, int]) -> tuple[bytes, int]:
    """Items (in the order they shall have) as columns, with new viewers numbered on; gives the bytes and the number of comments."""
    base = len(viewers)
    new: dict[str, int] = {}
    places: list[int] = []
    products: dict[str, int] = {"": -1}
    product: list[int] = []
    texts: list[str] = []
    names: list[str] = []
    known = viewers.get
    for item in items:
        viewer = item.viewer
        place = known(viewer)
        if place is None:
            place = new.get(viewer)
            if place is None:
                place = new[viewer] = base + len(new)
        places.append(place)
        product_id = item.product_id
        if product_id not in products:
            products[product_id] = len(products) - 1
        product.append(products[product_id])
        if item.kind == "comment":
            texts.append(item.text)
            names.append(item.name)
    packed = Packed(
        kinds=bytes([CODES[item.kind] for item in items]),
        at=np.array([item.at for item in items], "<i8").tobytes(),
        viewers=np.array(places, "<u4").tobytes(),
        products=np.array(product, "<i2").tobytes(),
        counts=np.array([item.count for item in items], "<u4").tobytes(),
        product_ids=list(products)[1:],
        texts=texts,
        names=names,
        new_viewers=list(new),
    )
    return zlib.compress(msgspec.msgpack.encode(packed), ZLIB_LEVEL), len(texts)


def unpack(batch: AudienceBatch) -> Columns:
    """The columns of a batch. Its readers come one after the other, so the last few are kept; the cache is invisible.

    It goes by the bytes themselves: Python remembers the hash of a bytes object, so only the first look costs.
    """
    return _unpack(batch.columns)


@lru_cache(maxsize=UNPACKED_KEPT)
def _unpack(columns: bytes) -> Columns:
    packed = msgspec.msgpack.decode(zlib.decompress(columns), type=Packed)
    return Columns(
        kinds=np.frombuffer(packed.kinds, np.uint8),
        at=np.frombuffer(packed.at, "<i8"),
        viewer=np.frombuffer(packed.viewers, "<u4"),
        product=np.frombuffer(packed.products, "<i2"),
        count=np.frombuffer(packed.counts, "<u4"),
        products=packed.product_ids,
        texts=packed.texts,
        names=packed.names,
        new_viewers=packed.new_viewers,
    )
