"""What is wrong with a file of the house: what people can do something about, told apart from a bug."""

import errno
import sqlite3
from pathlib import Path

from kaibo.core.errors import FileUnusable

TROUBLES = {
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
    errno.EISDIR: "a_folder",
    errno.ENOSPC: "no_room",
    errno.EDQUOT: "no_room",
}


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the file is not what it wrote; its other errors are not about that."""
    return _name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "decode" in str(error)


def unusable(path: Path, error: OSError | sqlite3.DatabaseError) -> FileUnusable:
    """Why this file or folder cannot be used, for whoever can mend it."""
    if isinstance(error, OSError):
        trouble = TROUBLES.get(error.errno or 0) or error.strerror or str(error)
    else:
        trouble = _of_sqlite(path, error)
    return FileUnusable(path=str(path), trouble=trouble)


def _of_sqlite(path: Path, error: sqlite3.DatabaseError) -> str:
    name = _name(error)
    if name.startswith("SQLITE_CANTOPEN") and path.is_dir():
        return "a_folder"
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return "no_permission"
    return "no_room" if name.startswith("SQLITE_FULL") else str(error)


def _name(error: sqlite3.DatabaseError) -> str:
    return getattr(error, "sqlite_errorname", "")
