"""Pages on paper: a Typst template and its data, set with letters that travel with the house, the same bytes everywhere. Loaded apart from the server."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import noto_cjk_sans_otc
import typst

from kaibo.kit.pictures import without_pictures

FACES: Final = {"zh-Hant": "Noto Sans CJK TC", "zh-Hans": "Noto Sans CJK SC", "en": "Noto Sans CJK TC"}
REGIONS: Final = {"zh-Hant": ("zh", "TW"), "zh-Hans": ("zh", "CN"), "en": ("en", "GB")}


def typeset(template: Path, data: object, emoji: str) -> bytes:
    """A template with its data (in `sys.inputs.data`, JSON) -> PDF. `emoji` stands where somebody wrote one: the letters have none."""
    told = without_pictures(msgspec.json.encode(data).decode(), emoji)
    made: Any = typst.compile(template.read_bytes(), font_paths=_fonts(), sys_inputs={"data": told}, timestamp=0)
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """Nothing of the machine's: the same page everywhere."""
    folder = Path(str(noto_cjk_sans_otc.FONT_PATH)).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
