"""How many cells the merges and links of a sheet cover, told from its XML before anything unfolds them."""

import re
from itertools import chain

from openpyxl.utils import column_index_from_string

RANGE_CELLS_MAX = 2_000_000  # a few whole columns merged by a slip of the hand
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s([^<]*)")  # up to the next tag: no byte is looked at twice
_RANGE = re.compile(rb"""ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")


def spanned(parts: bytes) -> int:
    """Cells of all ranges, or as many as are too many: a merge of a whole sheet is one line, and 17 thousand million cells in openpyxl."""
    cells = 0
    for left, top, right, bottom in chain.from_iterable(_RANGE.findall(span) for span in _SPAN.findall(parts)):
        wide = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
        cells += wide * (int(bottom) - int(top) + 1)
        if cells > RANGE_CELLS_MAX:
            break
    return cells
