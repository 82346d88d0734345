"""Files that hold what viewers said and who may come in: for the user alone whom the house runs as."""

import errno
import os
from pathlib import Path

OWN = 0o600
OWN_FOLDER = 0o700
BESIDE = ("-wal", "-shm")  # SQLite makes them like the file itself; those that are there already may be of before


def make_private(path: Path) -> None:
    """Make a file if there is none, and have it, and what SQLite keeps beside it, read by nobody else. Raises OSError."""
    make_private_folder(path.parent, ours=False)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))  # before it is shut to itself
    path.touch(OWN)
    for file in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        if file.exists():
            file.chmod(OWN)


def make_private_folder(folder: Path, *, ours: bool = True) -> None:
    """Make a folder if there is none, for nobody else; one that is there is shut to others when it is `ours` alone."""
    if not folder.exists():
        folder.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
    elif ours:
        folder.chmod(OWN_FOLDER)
