"""Places of a sheet: columns by letter, and how many cells its merges and links cover, told from its XML before anything unfolds them.

openpyxl names columns too, but is loaded by the process that opens a workbook, and by no server.
"""

import re
from functools import reduce
from itertools import chain

RANGE_CELLS_MAX = 2_000_000  # a few whole columns merged by a slip of the hand
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s([^<]*)")  # up to the next tag: no byte is looked at twice
_RANGE = re.compile(rb"""ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")


def letters_of(column: int) -> str:
    """1 -> A, 27 -> AA."""
    found = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        found = chr(ord("A") + place) + found
    return found


def column_of(letters: str) -> int:
    """A -> 1, AA -> 27."""
    return reduce(lambda column, letter: column * 26 + ord(letter) - ord("A") + 1, letters, 0)


def spanned(parts: bytes) -> int:
    """Cells of all ranges, or as many as are too many: a merge of a whole sheet is one line, and 17 thousand million cells in openpyxl."""
    cells = 0
    for left, top, right, bottom in chain.from_iterable(_RANGE.findall(span) for span in _SPAN.findall(parts)):
        wide = column_of(right.decode()) - column_of(left.decode()) + 1
        cells += wide * (int(bottom) - int(top) + 1)
        if cells > RANGE_CELLS_MAX:
            break
    return cells
