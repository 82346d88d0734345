"""A file in a form: the bytes, the name, and refusals where something else came."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from litestar.exceptions import HTTPException

from kaibo.core.errors import Invalid, Refusal
from kaibo.kit.apart import Apart, Overtaxed
from kaibo.kit.http import AnyRequest
from kaibo.kit.sheets import FILENAME_MAX, Book, ImportReport, NotASheet, read_book
from kaibo.kit.words import choose, say

FIELD = "file"
YES = frozenset(("true", "1", "yes", "on"))
NO = frozenset(("", "false", "0", "no", "off"))
IMPORT_QUERY: dict[str, dict[str, object]] = {"dry_run": {"type": "boolean"}}


class NeedsForm(Refusal):
    """The body is no multipart form."""

    code = "sheet.needs_form"
    status = 415
    field: str


class NoFile(Refusal):
    """The form has no file in its field."""

    code = "sheet.no_file"
    status = 422
    field: str


class SheetTooHeavy(Refusal):
    """Reading it took more time or memory than a sheet of a team ever needs."""

    code = "sheet.too_heavy"
    status = 422
    filename: str


class Reading(Protocol):
    """What was understood of a sheet: whatever it was read for, and the report of it."""

    @property
    def report(self) -> ImportReport: ...


R = TypeVar("R", bound=Reading)


@dataclass(frozen=True)
class Understood(Generic[R]):
    """`report` is JSON, its notes in the caller's words; `reading` is None where only the report was asked for."""

    report: bytes
    reading: R | None


async def understood(request: AnyRequest, read: Callable[[Book], R]) -> Understood[R]:
    """The uploaded sheet, read apart by `read` (a partial that can be pickled). With `dry_run` no more than the report comes back.

    Raises NeedsForm, NoFile, SheetTooHeavy, Crowded, and what read_book and `read` raise.
    """
    dry_run = flag_of(request, "dry_run")
    data, name = await file_of(request)
    language = choose(request.headers.get("accept-language", ""))
    apart: Apart = request.app.state.imports
    try:
        return await apart(understand, data, name, read, language, not dry_run)
    except Overtaxed as error:
        raise SheetTooHeavy(filename=name[-FILENAME_MAX:]) from error


def understand(data: bytes, name: str, read: Callable[[Book], R], language: str, whole: bool) -> Understood[R]:
    """Read a file, and say what was understood of it."""
    reading = read(read_book(data, name))
    report = reading.report.in_words(lambda code, values: say(code, values, language))
    return Understood(msgspec.json.encode(report), reading if whole else None)


async def file_of(request: AnyRequest) -> tuple[bytes, str]:
    """The bytes of the uploaded file, and its name. Raises NeedsForm or NoFile."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise NeedsForm(field=FIELD)
    try:
        form: Any = await request.form()
        upload: Any = form.get(FIELD)
    except HTTPException as error:
        if error.status_code == 413:
            raise
        raise NoFile(field=FIELD) from error
    except (ValueError, LookupError, TypeError) as error:
        raise NoFile(field=FIELD) from error
    if not hasattr(upload, "read"):
        raise NoFile(field=FIELD)
    data: bytes = await upload.read()
    name = str(upload.filename or FIELD)
    return data, name


def flag_of(request: AnyRequest, name: str) -> bool:
    """A yes or no of the query, no when absent. Raises Invalid."""
    text = request.query_params.get(name, "").lower()
    if text not in YES | NO:
        raise Invalid(where=name, why="true / false")
    return text in YES


class NoHeader(NotASheet):
    """No row of the file names columns that we know."""

    code = "sheet.no_header"
