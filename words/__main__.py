"""`make words`: writes the words that nobody writes by hand, and says what is wrong with the others."""

import sys

from words import ROOT, Unreadable, pages, wrong

try:
    for path, text in pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"kaibo: wrote {path.relative_to(ROOT)}")
    sys.exit("\n".join(wrong()) or None)
except Unreadable as error:
    sys.exit(str(error))
