"""Snapshots: a whole folded stream as one file beside the log, so that opening it need not read an evening again.

A snapshot is a guess about the log that saves time. One of another version of the house, of another log, a broken one or
one that somebody else wrote is not read; the log is.
"""

import contextlib
import dataclasses
import errno
import hashlib
import importlib
import logging
import os
import pickle
import shutil
import sys
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from importlib import metadata
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec

from kaibo.core.feature import Feature
from kaibo.core.stream import StreamFold
from kaibo.kit.pace import uncollected
from kaibo.stores.contract import LogStore
from kaibo.stores.private import OWN, make_private_folder

log = logging.getLogger("kaibo.snapshot")

PACKAGE = Path(__file__).parent.parent
UNREAD = {"web_dist", "__pycache__"}  # of the package: what no fold can depend on
SUFFIX = ".bin"
HEAD_BYTES_MAX = 10_000
SEQ_MAX = 2**63 - 1  # of a store
ROOM_BYTES = 64 * 1024 * 1024  # a snapshot saves time; the last of a disk is the log's
UNREADABLE = (
    pickle.UnpicklingError, AttributeError, ImportError, LookupError, TypeError, ValueError, EOFError, OverflowError, MemoryError,
)  # fmt: skip
ALLOWED = {  # beside the classes of kaibo; none of them does anything but hold values
    "array": {"_array_reconstructor", "array"},
    "builtins": {"bytearray", "dict", "frozenset", "int", "list", "object", "set", "str", "tuple"},
    "collections": {"Counter", "OrderedDict", "defaultdict", "deque"},
    "copyreg": {"_reconstructor"},
    "datetime": {"date", "datetime", "timedelta", "timezone"},
    "msgspec._utils": {"rebuild"},
    "numpy": {"dtype", "ndarray"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.numeric": {"_frombuffer"},
    "re": {"_compile"},
    "types": {"GenericAlias"},
    "zoneinfo": {"ZoneInfo"},
}


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What stands before the pickle: of which house, stream and seq it is; `last` is the digest of the event at that seq, `body` the sum of the pickle.

    The sum of the packed head itself stands before it in the file: size (4 bytes), sum (4), head, pickle.
    """

    house: bytes
    stream: str
    seq: int
    last: bytes
    body: int


class Unreadable(Exception):
    """No snapshot to be trusted."""


def digest_of_house() -> bytes:
    """All that a fold follows from beside its log: every file of the package, and the versions of what it needs."""
    told = hashlib.blake2b(digest_size=16)
    start = len(str(PACKAGE))
    for file in sorted(_files(PACKAGE)):
        told.update(f"{file[start:]}\0".encode())
        with open(file, "rb") as opened:  # noqa: PTH123  six hundred of them at every start
            told.update(_digest(opened.read()))
    for line in sorted(_versions()):
        told.update(line.encode())
    return told.digest()


def _files(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in UNREAD]
        yield from (f"{parent}/{name}" for name in names)


def _versions() -> Iterator[str]:
    yield f"python {sys.version}"
    with contextlib.suppress(metadata.PackageNotFoundError):
        for needed in metadata.requires("kaibo") or ():
            name = needed.split(";")[0].split(">")[0].split("=")[0].split("<")[0].split("[")[0].strip()
            with contextlib.suppress(metadata.PackageNotFoundError):
                told = metadata.distribution(name).read_text("METADATA") or ""  # taken apart, it costs ten times as much
                yield f"{name} {told.partition(chr(10) * 2)[0]}"


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


class Snapshots:
    """The snapshots of one data folder. Any thread, any process: a file is replaced at one stroke."""

    def __init__(self, folder: Path, features: Sequence[Feature], store: LogStore, house: bytes | None = None) -> None:
        """`house` is the digest of what folds; worked out when it is not given."""
        self._folder = folder
        self._store = store
        self._parts = _parts(features)
        self._names = {id(part): name for name, part in self._parts.items()}
        self._roots = {"kaibo", *(fact.__module__.partition(".")[0] for feature in features for fact in feature.facts)}
        self._house = digest_of_house() if house is None else house

    def write(self, fold: StreamFold) -> None:
        """Keep a fold in which all is durable. Raises OSError."""
        assert fold.seq == fold.view_seq, "some of it may never come to be"
        body = BytesIO()
        with uncollected():
            _Pickler(body, self._names).dump(fold)
        pickled = body.getvalue()
        last = self._last(fold.stream, fold.seq)
        head = Head(house=self._house, stream=fold.stream, seq=fold.seq, last=last, body=zlib.crc32(pickled))
        make_private_folder(self._folder)
        packed, made = msgspec.msgpack.encode(head), self._file(fold.stream).with_suffix(".new")
        made.unlink(missing_ok=True)  # of one that was ended
        if shutil.disk_usage(self._folder).free < len(pickled) + ROOM_BYTES:
            raise OSError(errno.ENOSPC, "what room is left is the log's")
        try:
            made.touch(OWN)
            made.write_bytes(len(packed).to_bytes(4) + zlib.crc32(packed).to_bytes(4) + packed + pickled)
            made.replace(self._file(fold.stream))
        except OSError:
            made.unlink(missing_ok=True)
            raise

    def read(self, stream: str, pace: Callable[[], None]) -> StreamFold | None:
        """The newest fold that was kept of a stream, None when there is none to be trusted. `pace` is called along the way."""
        file = self._file(stream)
        try:
            return self._read(stream, file.read_bytes(), pace)
        except FileNotFoundError:
            return None
        except OSError as error:
            log.info("snapshot of %s…: %s", stream[:60], error.strerror)
        except Unreadable as error:
            log.info("snapshot of %s: %s", stream, error)
        return None

    def _read(self, stream: str, content: bytes, pace: Callable[[], None]) -> StreamFold:
        head, start = _head_of(content)
        pickled = memoryview(content)[start:]
        if head.house != self._house:
            raise Unreadable("of another version")
        if head.stream != stream or head.last != self._last(stream, head.seq):
            raise Unreadable("of another log")
        if head.body != zlib.crc32(pickled):  # a slip of the disk; who means to forge one gets no function called
            raise Unreadable("broken")
        pace()
        return self._unpickled(head, pickled, pace)

    def _unpickled(self, head: Head, pickled: memoryview, pace: Callable[[], None]) -> StreamFold:
        try:
            fold = _Unpickler(_Paced(pickled, pace), self._parts, self._roots).load()
        except UNREADABLE as error:
            raise Unreadable(f"{type(error).__name__}: {error}") from error
        if not isinstance(fold, StreamFold) or (fold.stream, fold.seq, fold.view_seq) != (head.stream, head.seq, head.seq):
            raise Unreadable("of something else")
        return fold

    def forget(self, stream: str) -> None:
        """Keep none of this stream."""
        self._file(stream).unlink(missing_ok=True)

    def stale(self) -> list[str]:
        """Streams whose snapshot is of another version of the house, the newest first."""
        files = [file for file in self._folder.glob(f"*{SUFFIX}") if file.is_file()]
        files.sort(key=lambda file: -file.stat().st_mtime)
        return [unquote(file.stem) for file in files if not self._ours(file)]

    def _ours(self, file: Path) -> bool:
        with (
            contextlib.suppress(OSError, Unreadable),
            file.open("rb") as opened,
        ):  # what cannot be read costs time, no start
            head, _ = _head_of(opened.read(HEAD_BYTES_MAX))
            return head.house == self._house
        return False

    def _last(self, stream: str, seq: int) -> bytes:
        """The event at that seq to the byte: a log that was restored from elsewhere has another one there, or none."""
        found = self._store.read(stream, seq - 1, 1)
        return _digest(found[0].body) if found else b""

    def _file(self, stream: str) -> Path:
        return self._folder / f"{quote(stream, safe='')}{SUFFIX}"


def _head_of(content: bytes) -> tuple[Head, int]:
    """The head of a snapshot, and where its pickle begins. Raises Unreadable: of an older form, broken, or no place of a log."""
    size, told = int.from_bytes(content[:4]), int.from_bytes(content[4:8])
    packed = content[8 : 8 + size]
    if len(packed) != size or zlib.crc32(packed) != told:
        raise Unreadable("not a snapshot")
    try:
        head = msgspec.msgpack.decode(packed, type=Head)
    except msgspec.MsgspecError as error:
        raise Unreadable("not a snapshot") from error
    if not 1 <= head.seq <= SEQ_MAX:
        raise Unreadable("of no place in a log")
    return head, 8 + size


def _parts(features: Sequence[Feature]) -> dict[str, object]:
    """What features are made of, by name: a snapshot names them and holds none of them."""
    found: dict[str, object] = {}
    for feature in features:
        _walk(feature, feature.name, found, set())
    return found


def _walk(part: object, name: str, found: dict[str, object], seen: set[int]) -> None:
    if isinstance(part, tuple):
        for place, each in enumerate(part):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            _walk(each, f"{name}.{place}", found, seen)  # pyright: ignore[reportUnknownArgumentType]
    elif id(part) not in seen and not isinstance(part, type) and (dataclasses.is_dataclass(part) or callable(part)):
        seen.add(id(part))
        found[name] = part
        for each in dataclasses.fields(part) if dataclasses.is_dataclass(part) else ():
            _walk(getattr(part, each.name), f"{name}.{each.name}", found, seen)


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO, names: dict[int, str]) -> None:
        super().__init__(file, protocol=5)
        self._names = names

    def persistent_id(self, obj: object) -> str | None:
        return self._names.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """Makes values of the house's classes and of a few that hold values; calls nothing else, whoever wrote the file."""

    def __init__(self, file: "_Paced", parts: dict[str, object], roots: Collection[str]) -> None:
        super().__init__(file)
        self._parts = parts
        self._roots = roots

    def persistent_load(self, pid: str) -> object:
        return self._parts[pid]

    def find_class(self, module_name: str, global_name: str, /) -> object:
        if module_name.partition(".")[0] in self._roots:
            found: object = importlib.import_module(module_name)
            for name in global_name.split("."):
                found = getattr(found, name)
            if isinstance(found, type) and found.__module__ == module_name:
                return found
        elif global_name in ALLOWED.get(module_name, ()):
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no value")


class _Paced:
    """A file in memory whose every read lets the others in: the unpickler takes it in frames of 64 KB, a millisecond each."""

    def __init__(self, content: memoryview, pace: Callable[[], None]) -> None:
        self._content = content
        self._place = 0
        self._pace = pace

    def read(self, size: int) -> bytes:
        self._pace()
        found = bytes(self._content[self._place : self._place + size])
        self._place += len(found)
        return found

    def readinto(self, buffer: bytearray) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def readline(self) -> bytes:
        raise pickle.UnpicklingError("an old protocol")
