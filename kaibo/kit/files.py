"""Photos and documents of people, beside the log: each under the digest of its bytes, in the folder of its stream."""

import hashlib
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kaibo.core.errors import Refusal
from kaibo.stores.private import make_private, make_private_folder

SIZE_MAX: Final = 6 * 1024 * 1024  # a photo of a phone in full; a body of the API may have 8 MB
# What a file begins with, and what it is then: a name may say anything.
SIGNS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
)


class FileKindUnknown(Refusal):
    """Neither a picture that every browser shows nor a PDF."""

    code = "file.kind_unknown"
    status = 422
    filename: str


class FileTooLarge(Refusal):
    """More bytes than the house keeps of one file."""

    code = "file.too_large"
    status = 413
    filename: str
    most_mb: int


def kind_of_file(data: bytes, filename: str) -> str:
    """The media type, by the bytes. Raises FileTooLarge, FileKindUnknown."""
    if len(data) > SIZE_MAX:
        raise FileTooLarge(filename=filename[:120], most_mb=SIZE_MAX >> 20)
    for place, sign, kind in SIGNS:
        if data[place : place + len(sign)] == sign:
            return kind
    raise FileKindUnknown(filename=filename[:120])


def digest_of_file(data: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


class Files:
    """`folder` None keeps them in memory. Blocking: call it in a thread."""

    def __init__(self, folder: Path | None) -> None:
        """Nothing is made before the first file."""
        self._folder = folder
        self._memory: dict[tuple[str, str], bytes] = {}

    def put(self, stream: str, data: bytes) -> str:
        """Keep bytes; their digest. A file is there whole or not at all."""
        digest = digest_of_file(data)
        if self._folder is None:
            self._memory[stream, digest] = data
            return digest
        path = self._path(stream, digest)
        make_private_folder(path.parent)
        if not path.exists():
            half = path.with_suffix(".part")
            make_private(half)
            half.write_bytes(data)
            half.replace(path)
        return digest

    def get(self, stream: str, digest: str) -> bytes | None:
        """The bytes, None when they are gone. What was changed on the disk is no longer the file: None."""
        if self._folder is None:
            return self._memory.get((stream, digest))
        try:
            data = self._path(stream, digest).read_bytes()
        except FileNotFoundError:
            return None
        return data if digest_of_file(data) == digest else None

    def drop(self, stream: str, digest: str) -> None:
        """Throw bytes away."""
        self._memory.pop((stream, digest), None)
        if self._folder is not None:
            self._path(stream, digest).unlink(missing_ok=True)

    def held(self, stream: str) -> list[str]:
        """The digests of all that a stream has."""
        if self._folder is None:
            return [digest for kept, digest in self._memory if kept == stream]
        folder = self._path(stream, "").parent
        return sorted(each.name for each in folder.iterdir() if not each.suffix) if folder.is_dir() else []

    def _path(self, stream: str, digest: str) -> Path:
        assert self._folder is not None
        kind, _, name = stream.partition("/")
        return self._folder / f"{kind}-{quote(name, safe='')}" / (digest or "-")
