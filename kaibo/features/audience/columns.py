"""A batch of audience events as columns: small in the log, and quick to read without a Python object for each item."""

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Self, cast, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.core.erasing import ERASED, Told, blank
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


class Packed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands in the log, under zlib and msgpack.

    Numbers are little-endian: `kind` u1 (index into KINDS), `step` i8 (ms since the item before, the first since 1970),
    `viewer` u4 (dense number in the show's table), `product` u4 (0: none, else 1 + index into `products`), `count` u4.
    Lists stay packed until somebody asks: `texts` and `names` of the comments, `new_viewers` in the order of their
    numbers, `message_ids` of the items that had one. `flow` u1 (index into FLOWS) is empty when no item names one. `told` is of comments
    whose words were erased: by their index, what triage told of them before (class, product).
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
    told: dict[int, Told] = {}


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

    def knowing(self, **lists: Sequence[str]) -> Self:
        """With lists that were at hand when the batch was packed: what opening them would give."""
        vars(self).update(lists)
        return self

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

    @property
    def told(self) -> Mapping[int, Told]:
        """What the comments were whose words were erased, by their index."""
        return self._packed.told

    @cached_property
    def comments(self) -> NDArray[np.intp]:
        """Where in the batch the comments are; the place in this list is a comment's index in its address."""
        return np.flatnonzero(self.kind == COMMENT)

    @cached_property
    def comments_at(self) -> Sequence[int]:
        """When each comment was written (platform time, ms UTC)."""
        return self.at[self.comments].tolist()

    @cached_property
    def comments_by(self) -> Sequence[int]:
        """The number of each comment's viewer."""
        return self.viewer[self.comments].tolist()

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
    made = _made.pop(columns, None)
    return made or Columns(_packed.decode(zlib.decompress(columns)))


# What was packed a moment ago need not be opened: whoever seals a batch reads it next.
_made: dict[bytes, Columns] = {}
MADE_MAX = 8


def _keep(columns: bytes, made: Columns) -> None:
    if len(_made) >= MADE_MAX:  # packed and never read
        _made.clear()
    _made[columns] = made


def erased(columns: bytes, told: Mapping[int, Told]) -> bytes:
    """The same columns without the words and names of some comments, by index; what triage told of them stands beside."""
    packed = _packed.decode(zlib.decompress(columns))
    texts, names = _strings.decode(packed.texts), _strings.decode(packed.names)
    for index in told:
        texts[index], names[index] = ERASED, blank(names[index])
    without = msgspec.structs.replace(packed, texts=_raw(texts), names=_raw(names), told={**packed.told, **told})
    return zlib.compress(_encode(without), QUICK)


def in_order(items: Sequence[AudienceItem]) -> Sequence[AudienceItem]:
    """Sorted by platform time; items of one instant stay as they came."""
    return sorted(items, key=attrgetter("at"))


def _flow_column(flows: Sequence[Flow]) -> bytes:
    return bytes(map(FLOW_CODE.__getitem__, flows)) if any(flows) else b""


# Marks that turn the direction of what is written: they would turn what a screen says beside them, too.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _said(items: Sequence[AudienceItem]) -> tuple[list[str], list[str]]:
    """Texts and names of the comments."""
    said = [item for item in items if item.kind == "comment"]
    return _straight([item.text for item in said]), _straight([item.name for item in said])


def _straight(lines: list[str]) -> list[str]:
    return [TURNS.sub("", line) for line in lines] if TURNS.search("\n".join(lines)) else lines


def pack(items: Sequence[AudienceItem], known: Mapping[str, int], viewer_base: int) -> bytes:
    """Columns of items that are sorted by `at`; `known` are the numbers of viewers met before, the next is `viewer_base`."""
    numbers, fresh = _number([item.viewer for item in items], known, viewer_base)
    product_ids = [item.product_id for item in items]
    products = [name for name in dict.fromkeys(product_ids) if name]
    texts, names = _said(items)
    message_ids = list(filter(None, [item.message_id for item in items]))
    packed = Packed(
        kind=bytes(map(CODE.__getitem__, [item.kind for item in items])),
        step=np.diff(np.array([item.at for item in items], "<i8"), prepend=0).tobytes(),
        viewer=np.array(numbers, "<u4").tobytes(),
        product=_product_column(product_ids, products),
        count=np.array([item.count for item in items], "<u4").tobytes(),
        products=products,
        texts=_raw(texts),
        names=_raw(names),
        new_viewers=_raw(fresh),
        message_ids=_raw(message_ids),
        flow=_flow_column([item.flow for item in items]),
    )
    columns = zlib.compress(_encode(packed), QUICK)
    _keep(columns, Columns(packed).knowing(texts=texts, names=names, new_viewers=fresh, message_ids=message_ids))
    return columns


def _number(viewers: Sequence[str], known: Mapping[str, int], base: int) -> tuple[list[int], list[str]]:
    """Each item's viewer as a number, and the viewers met for the first time."""
    numbers = list(map(known.get, viewers))
    fresh: dict[str, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            numbers[place] = fresh.setdefault(viewers[place], base + len(fresh))
    return cast("list[int]", numbers), list(fresh)


def _product_column(product_ids: Sequence[str], products: Sequence[str]) -> bytes:
    if not products:
        return bytes(4 * len(product_ids))
    codes = {name: code for code, name in enumerate(("", *products), NO_PRODUCT)}
    return np.array(list(map(codes.__getitem__, product_ids)), "<u4").tobytes()


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(_encode(value))
