"""The files of the web app: sent as the build compressed them; a name that carries a hash is kept for good, any other asked for again."""

from pathlib import Path
from typing import Any, cast

from litestar.types import ASGIApp
from servestatic import ServeStaticASGI

HASHED = r"^/assets/.+-[\w-]{8}\.\w+$"


def files_before(otherwise: ASGIApp, folder: Path) -> ASGIApp:
    """What is in `folder` now, by path, and `otherwise` for every other path; `otherwise` alone where nothing was built."""
    if not (folder / "index.html").exists():
        return otherwise
    inner = cast("Any", otherwise)
    serving = ServeStaticASGI(inner, root=folder, index_file=True, max_age=0, immutable_file_test=HASHED, allow_all_origins=False)
    return cast("ASGIApp", serving)
