"""What the columns of a sheet of tasks are called, how a due time is told, and what keeps a spreadsheet from running a cell. Pure."""

import re
from typing import Final

from kaibo.features.task.facts import YEAR_S, Proof

# field -> the header as it is written, and the words it is known by.
HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "task_id": ("編號", "编号", "task_id", "id"),
    "title": ("任務", "任务", "要做什麼", "要做什么", "task", "title"),
    "role": ("角色", "負責角色", "负责角色", "誰做", "谁做", "誰負責", "谁负责", "role", "who"),
    "person": ("指定的人", "負責人", "负责人", "person", "assignee"),
    "due": ("期限", "離開播", "离开播", "due", "offset"),
    "required": ("必要", "required"),
    "proof": ("怎樣算做完", "怎样算做完", "佐證", "佐证", "proof", "done when"),
    "checklist": ("清單", "清单", "checklist"),
    "first": ("要先做完的", "前置", "first", "depends on"),
    "state": ("狀態", "状态", "state"),
}
PROOFS: Final[dict[str, Proof]] = {
    "tick": "tick", "打勾": "tick", "": "tick", "note": "note", "說明": "note", "说明": "note", "連結": "note", "链接": "note",
    "photo": "photo", "照片": "photo", "檔案": "photo", "文件": "photo", "file": "photo",
}  # fmt: skip
YES: Final = frozenset({"是", "y", "yes", "true", "1", "必要", "v", "✓", "x"})
NO: Final = frozenset({"", "否", "n", "no", "false", "0", "-", "—"})
UNITS: Final = (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1))
_SAID: Final = {
    "d": 86_400, "day": 86_400, "days": 86_400, "天": 86_400, "日": 86_400, "h": 3600, "hour": 3600, "hours": 3600, "小時": 3600, "小时": 3600, "時": 3600,
    "w": 604_800, "week": 604_800, "weeks": 604_800, "週": 604_800, "周": 604_800,
    "m": 60, "min": 60, "minute": 60, "minutes": 60, "分": 60, "分鐘": 60, "分钟": 60, "s": 1, "sec": 1, "second": 1, "seconds": 1, "秒": 1,
}  # fmt: skip
_DUE: Final = re.compile(
    r"(?:t|[開开]?播)?(前|後|后)?([+-]?)(\d{1,9}|[半一兩两二三四五六七八九十])個?个?([a-z]+?|[天日週周時]|小時|小时|分鐘?|分钟|秒)(前|後|后|before|after)?"
)
_HAN: Final = {"兩": 2, "两": 2} | {sign: place for place, sign in enumerate("一二三四五六七八九十", 1)}
_RUNS: Final = re.compile(r"'*[=+\-@\t\r]")


def told_due(offset_s: int) -> str:
    """`T-3d`: the largest unit of which it is a whole number."""
    if offset_s == 0:
        return "T"
    unit, size = next(each for each in UNITS if offset_s % each[1] == 0)
    return f"T{'-' if offset_s < 0 else '+'}{abs(offset_s) // size}{unit}"


def read_due(text: str) -> int | None:
    """Seconds from the planned start, before it negative: `T-3d`, `開播前 2 小時`, `3 天前`; None for what is none, or says both."""
    said = re.sub(r"\s+", "", text).lower().replace("−", "-").replace("－", "-").replace("＋", "+")
    if said in ("t", "開播", "开播", "開播時", "开播时"):
        return 0
    found = _DUE.fullmatch(said)
    if found is None:
        return None
    front, sign, number, unit, back = found.groups()
    signs = {_SIGNS[each] for each in (front, sign, back) if each}
    size = _SAID.get(unit)
    if size is None or len(signs) != 1:
        return None
    (way,) = signs
    offset_s = way * int(_HAN.get(number) or number) * size if number != "半" else way * size // 2
    return offset_s if abs(offset_s) <= YEAR_S else None


_SIGNS: Final = {"前": -1, "before": -1, "-": -1, "後": 1, "后": 1, "after": 1, "+": 1}


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before it was guarded."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
