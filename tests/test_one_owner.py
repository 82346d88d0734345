"""What screens say of people and of things in a row has one owner each: no id where a name belongs, no Chinese comma in English."""

import re
from pathlib import Path

from tests.served import ROOT

WEB = ROOT / "web" / "src"
NAMES = "live/useNames.ts"
CELLS = {"features/catalogue/ProductGrid.vue", "features/plan/RundownGrid.vue"}  # a cell shows what one types into it


def sources() -> dict[str, str]:
    paths: list[Path] = [*WEB.rglob("*.vue"), *WEB.rglob("*.ts")]
    return {path.relative_to(WEB).as_posix(): path.read_text() for path in paths if not path.name.endswith(".test.ts")}


def test_one_place_says_what_people_are_called() -> None:
    asked = {name for name, text in sources().items() if "'workspace.names'" in text} - {"api/seam.ts"}
    assert asked == {NAMES}


def test_the_language_sets_things_in_a_row_apart() -> None:
    joined = {name for name, text in sources().items() if re.search(r"join\(['\"`]、", text)}
    assert joined == CELLS
