"""A batch of audience events as columns: small in the log, and quick to read without a Python object for each item."""

import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.features.audience.commands import AudienceItem, Flow, Kind
from kaibo.features.audience.script import tidy

# Codes stand in logs: only ever add at the end. An impression has no viewer and never gets here.
KINDS: tuple[Kind, ...] = ("comment", "enter", "leave", "like", "follow", "click", "view", "share", "join")
CODE: dict[str, int] = {kind: code for code, kind in enumerate(KINDS)}
COMMENT, ENTER, LEAVE, LIKE, FOLLOW, CLICK, VIEW, SHARE, JOIN = range(len(KINDS))
FLOWS: tuple[Flow, ...] = get_args(Flow)
FLOW_CODE: dict[str, int] = {flow: code for code, flow in enumerate(FLOWS)}
NO_PRODUCT = 0
QUICK = 1  # zlib level: the log grows by a tenth beside level 6 and the writer keeps four times the pace


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the log, under zlib and msgpack.

    Numbers are little-endian: `kind` u1 (index into KINDS), `step` i8 (ms since the item before, the first since 1970),
    `viewer` u4 (dense number in the show's table), `product` u4 (0: none, else 1 + index into `products`), `count` u4.
    Lists stay packed until somebody asks: `texts` and `names` of the comments, `new_viewers` in the order of their
    numbers, `message_ids` of the items that had one. `flow` u1 (index into FLOWS) is empty when no item names one.
    """

    kind: bytes
    step: bytes
    viewer: bytes
    product: bytes
    count: bytes
    products: list[str]
    texts: msgspec.Raw
    names: msgspec.Raw
    new_viewers: msgspec.Raw
    message_ids: msgspec.Raw
    flow: bytes = b""


_encode = msgspec.msgpack.Encoder().encode
_packed = msgspec.msgpack.Decoder(Packed)
_strings = msgspec.msgpack.Decoder(list[str])


class Columns:
    """A batch opened: one read-only array per column, sorted by `at` (ms UTC); lists of text only when asked for."""

    def __init__(self, packed: Packed) -> None:
        """Open without copying; `at` is summed up from its steps."""
        self._packed = packed
        self.kind: NDArray[np.uint8] = np.frombuffer(packed.kind, np.uint8)
        self.at: NDArray[np.int64] = np.cumsum(np.frombuffer(packed.step, "<i8"), dtype=np.int64)
        self.at.flags.writeable = False
        self.products = tuple(packed.products)

    @cached_property
    def viewer(self) -> NDArray[np.uint32]:
        """The viewer's number in the show's table."""
        return np.frombuffer(self._packed.viewer, "<u4")

    @cached_property
    def product(self) -> NDArray[np.uint32]:
        """1 + index into `products`, 0 when the item names none."""
        return np.frombuffer(self._packed.product, "<u4")

    @cached_property
    def count(self) -> NDArray[np.uint32]:
        """How many at once (likes)."""
        return np.frombuffer(self._packed.count, "<u4")

    @cached_property
    def flow(self) -> NDArray[np.uint8]:
        """Where the viewer came from: index into FLOWS, 0 when the item does not say."""
        return np.frombuffer(self._packed.flow or bytes(len(self.kind)), np.uint8)

    @cached_property
    def comments(self) -> NDArray[np.intp]:
        """Where in the batch the comments are; the place in this list is a comment's index in its address."""
        return np.flatnonzero(self.kind == COMMENT)

    @cached_property
    def texts(self) -> Sequence[str]:
        """What the comments say."""
        return _strings.decode(self._packed.texts)

    @cached_property
    def tidied(self) -> Sequence[str]:
        """The texts in one spelling, for comparing."""
        return tidy(self.texts)

    @cached_property
    def names(self) -> Sequence[str]:
        """Who says it, as the platform shows them."""
        return _strings.decode(self._packed.names)

    @cached_property
    def new_viewers(self) -> Sequence[str]:
        """Pseudonyms that extend the show's table from `viewer_base`."""
        return _strings.decode(self._packed.new_viewers)

    @cached_property
    def message_ids(self) -> Sequence[str]:
        """The platform's ids of the items that had one."""
        return _strings.decode(self._packed.message_ids)


# Several views read the same batch. A bytes object remembers its own hash and is compared by identity first, so the
# second reader pays a dictionary look-up; equal bytes give equal columns, so nobody can tell that there is a cache.
@lru_cache(maxsize=8)
def unpack(columns: bytes) -> Columns:
    """Open the columns of a batch."""
    return Columns(_packed.decode(zlib.decompress(columns)))


def in_order(items: Sequence[AudienceItem]) -> Sequence[AudienceItem]:
    """Sorted by platform time; items of one instant stay as they came."""
    return sorted(items, key=attrgetter("at"))


def pack(items: Sequence[AudienceItem], known: Mapping[str, int], viewer_base: int) -> bytes:
    """Columns of items that are sorted by `at`; `known` are the numbers of viewers met before, the next is `viewer_base`."""
    numbers, fresh = _number(items, known, viewer_base)
    said = [item for item in items if item.kind == "comment"]
    products = {name: place + 1 for place, name in enumerate(dict.fromkeys(i.product_id for i in items if i.product_id))}
    packed = Packed(
        kind=bytes([CODE[item.kind] for item in items]),
        step=np.diff(np.array([item.at for item in items], "<i8"), prepend=0).tobytes(),
        viewer=np.array(numbers, "<u4").tobytes(),
        product=_product_column(items, products),
        count=np.array([item.count for item in items], "<u4").tobytes(),
        products=list(products),
        texts=_raw([item.text for item in said]),
        names=_raw([item.name for item in said]),
        new_viewers=_raw(fresh),
        message_ids=_raw([item.message_id for item in items if item.message_id]),
        flow=bytes([FLOW_CODE[item.flow] for item in items]) if any(item.flow for item in items) else b"",
    )
    return zlib.compress(_encode(packed), QUICK)


def _number(items: Sequence[AudienceItem], known: Mapping[str, int], base: int) -> tuple[list[int], list[str]]:
    """Each item's viewer as a number, and the viewers met for the first time."""
    viewers = [item.viewer for item in items]
    found = list(map(known.get, viewers))
    fresh = dict.fromkeys([viewer for viewer, number in zip(viewers, found, strict=True) if number is None])
    numbers = dict(zip(fresh, range(base, base + len(fresh)), strict=True))
    return [numbers[viewer] if number is None else number for viewer, number in zip(viewers, found, strict=True)], list(fresh)


def _product_column(items: Sequence[AudienceItem], numbers: Mapping[str, int]) -> bytes:
    if not numbers:
        return bytes(4 * len(items))
    return np.array([numbers.get(item.product_id, NO_PRODUCT) for item in items], "<u4").tobytes()


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(_encode(value))
