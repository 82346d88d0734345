"""Where the archives are and what they hold, for whoever needs no more of them: a server never loads what writes one."""

import fcntl
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

ABOUT = "archive.json"


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds: the log of a show up to `seq`; rows and bytes by table."""

    show_id: str
    seq: int
    rows: dict[str, int]
    bytes: dict[str, int]


def archive_folder(data_dir: Path, show_id: str) -> Path:
    """Where a show's archive is."""
    return data_dir / "archive" / show_id


def read_about(folder: Path) -> Archived | None:
    """What the archive in this folder holds, None when there is none."""
    try:
        return msgspec.json.decode((folder / ABOUT).read_bytes(), type=Archived)
    except FileNotFoundError:
        return None


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """One writer of this archive at a time, over processes."""
    with (folder.parent / f".{folder.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def without_archive(folder: Path) -> Generator[bool]:
    """What changes in a log must be in no archive of it: there is none afterwards, and none is made meanwhile. Whether there was one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        yield folder.exists()
        folder.unlink(missing_ok=True)
        sweep(folder)


def sweep(folder: Path) -> None:
    """Remove what an earlier archive, or one that was killed, left."""
    current = folder.resolve().name
    for path in folder.parent.glob(f".{folder.name}.*"):
        if path.is_symlink():
            path.unlink()
        elif path.is_dir() and path.name != current:
            shutil.rmtree(path)
