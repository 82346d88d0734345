"""A file in a form: the bytes, the name, and refusals where something else came."""

from typing import Any

from litestar.exceptions import HTTPException

from kaibo.core.errors import Invalid, Refusal
from kaibo.kit.http import AnyRequest
from kaibo.kit.sheets import Book, NotASheet, read_book

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


async def book_of(request: AnyRequest) -> Book:
    """The uploaded sheet. Raises NeedsForm, NoFile, and what read_book raises."""
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
    return read_book(data, name)


def flag_of(request: AnyRequest, name: str) -> bool:
    """A yes or no of the query, no when absent. Raises Invalid."""
    text = request.query_params.get(name, "").lower()
    if text not in YES | NO:
        raise Invalid(where=name, why="true / false")
    return text in YES


class NoHeader(NotASheet):
    """No row of the file names columns that we know."""

    code = "sheet.no_header"
