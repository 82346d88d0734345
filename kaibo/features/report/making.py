"""The report as bytes: made apart from the server, out of rows that were taken at one seq."""

from typing import Literal

import msgspec

from kaibo.features.report.paper import write_paper
from kaibo.features.report.report import report
from kaibo.features.report.rows import Rows
from kaibo.features.report.workbook import write_workbook
from kaibo.kit.words import say

Form = Literal["json", "xlsx", "pdf"]


def make_report(rows: Rows, form: Form, language: str) -> bytes:
    """Rows -> the report in a form, its words in a language."""
    made = report(rows)

    def tell(code: str, **data: object) -> str:
        return say(code, data, language)

    match form:
        case "json":
            return msgspec.json.encode(made)
        case "xlsx":
            return write_workbook(made, tell, language)
        case "pdf":
            return write_paper(made, tell, language)
