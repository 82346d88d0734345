"""The walkthrough tells the truth: every snippet of it stands in the reference feature, word for word."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_snippet_of_the_walkthrough_is_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "kaibo/features/promo").rglob("*.py"))
    snippets = re.findall(r"```python\n(.*?)\n```", (ROOT / "docs/walkthrough.md").read_text("utf-8"), re.DOTALL)
    assert snippets
    assert [snippet for snippet in snippets if snippet not in code] == []
