"""A workbook as bytes: the same workbook gives the same bytes, whatever the clock says."""

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first instant a zip can tell


def workbook_bytes(book: "Workbook") -> bytes:
    """An openpyxl workbook as an xlsx file without the times of its making."""
    written = io.BytesIO()
    book.save(written)
    settled = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(part.filename, _NO_TIME), data, zipfile.ZIP_DEFLATED)
    return settled.getvalue()
