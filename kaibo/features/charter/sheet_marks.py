"""What teams write into the cells of a charter: `Ｒ/Ａ`, 「當責」, ✓, 禁; 「60秒內」, 「T-1天」, 「開播前30分鐘」; 「播前、播中」."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from kaibo.core.headers import plain, squash
from kaibo.core.numeral import FIGURES_HAN, numeral
from kaibo.core.script import ONE_SCRIPT
from kaibo.features.charter.facts import Cell, Phase
from kaibo.features.charter.table import PHASES

# A bare X is left out: half of the teams tick with it, the others forbid with it. So are ○, ◎ and △, of which each team has its own use.
_MARKS: Final[Mapping[Cell, tuple[str, ...]]] = {
    "R": ("R", "負責", "執行", "做", "主責", "主辦", "承辦", "✓", "✔", "√", "☑", "✅", "●", "v", "responsible", "does it"),
    "A": ("A", "當責", "核准", "審核", "審批", "批准", "決策", "拍板", "accountable", "approve", "answers for it"),
    "RA": ("RA", "AR", "做並當責", "負責並當責", "does it and answers"),
    "C": ("C", "諮詢", "咨詢", "先問", "先問過", "徵詢", "會商", "consulted", "is asked first"),
    "CF": ("C!", "先問且要同意", "要先同意", "須先同意", "先問、要同意", "要同意", "must agree first", "must agree"),
    "I": ("I", "告知", "知會", "通知", "被告知", "要知道", "informed", "is told"),
    "X": (
        "禁",
        "禁止",
        "不可",
        "不能",
        "不能做",
        "不得",
        "不准",
        "不許",
        "✕",
        "✗",
        "✖",
        "×",
        "❌",
        "🚫",
        "⊘",
        "forbidden",
        "must not",
    ),
}
MARKS: Final[dict[str, Cell]] = {squash(word): cell for cell, words in _MARKS.items() for word in words}
NOTHING: Final = ("", "無", "无", "—", "–", "n/a", "na", "none")
_PARTED = re.compile(r"[/／、,，+＋・·&\s]+|並|和|及")
_LISTED = re.compile(r"[/／、,，+＋・·&\n]+|和|及")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_PHASES: Final[Mapping[str, tuple[Phase, ...]]] = {
    **dict.fromkeys(("播前", "开播前", "直播前", "前期", "筹备", "准备", "before", "before air"), ("before",)),
    **dict.fromkeys(("播中", "直播中", "开播中", "直播", "on air", "during", "live"), ("on_air",)),
    **dict.fromkeys(("播后", "下播后", "直播后", "收播后", "复盘", "after", "after air"), ("after",)),
    **dict.fromkeys(("全程", "全部", "always", "all", "播前播中播后"), PHASES),
}
PHASE_WORDS: Final = {squash(word): phases for word, phases in _PHASES.items()}
_UNITS: Final = {
    **dict.fromkeys(("秒", "秒钟", "s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("分", "分钟", "m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("时", "小时", "钟头", "个小时", "个钟头", "h", "hr", "hrs", "hour", "hours"), 3_600),
    **dict.fromkeys(("天", "日", "d", "day", "days"), 86_400),
    **dict.fromkeys(("周", "星期", "礼拜", "个星期", "w", "week", "weeks"), 604_800),
}
_DUE = re.compile(
    rf"(?P<before>[^\d]*?)(?P<number>\d+(?:\.\d+)?|半|[{FIGURES_HAN}]+)(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    r"(?P<half>半?)(?P<after>|内|之内|以内|内完成|内回复|前|之前|以前|beforeair|before)"
)
_AHEAD = re.compile(r"t-|(?:开播|直播|上播|开场|播)(?:之|以)?前|最晚(?:开播|直播|播)前")
_SOON = re.compile(r"|within|in|t\+|最晚|.{0,8}后")
DUE_MAX_S: Final = 366 * 86_400


class Mark(NamedTuple):
    """`cell` None: nothing stands there. `more`: what stood beside it in brackets, and says nothing here."""

    cell: Cell | None
    more: str = ""


class Due(NamedTuple):
    """So soon after what calls for it, or so long before air (both s, 0 none). `more`: words beside it that are not kept."""

    within_s: int
    ahead_s: int
    more: str = ""


def mark_of(text: str) -> Mark | None:
    """What a cell under a role says; None when it is not understood, or is two things that exclude each other."""
    bare = _BRACKETS.sub("", plain(text)).strip()
    more = plain(text) if bare != plain(text) else ""
    if squash(bare) in NOTHING:
        return None if more else Mark(None)
    if squash(bare) in MARKS:
        return Mark(MARKS[squash(bare)], more)
    named: set[Cell | None] = {MARKS.get(squash(part)) for part in _PARTED.split(bare) if part}
    if named == {"R", "A"}:
        return Mark("RA", more)
    if len(named) != 1:
        return None
    (only,) = named
    return None if only is None else Mark(only, more)


def phases_of(text: str) -> tuple[Phase, ...] | None:
    """The phases a cell names, in their order; None when a word of it is none."""
    for marks in (_LISTED, _PARTED):  # a name of two words stays one, if it is one
        parts = [PHASE_WORDS.get(squash(part), ()) for part in marks.split(plain(text)) if squash(part)]
        if parts and all(parts):
            named = {phase for part in parts for phase in part}
            return tuple(phase for phase in PHASES if phase in named)
    return None


def due_of(text: str) -> Due | None:
    """By when a cell says it is due; None when it says no such thing."""
    bare = plain(text).lower().translate(ONE_SCRIPT).translate(_DASHES).replace(" ", "")
    found = _DUE.fullmatch(bare)
    seconds = None if found is None else _seconds(found)
    if found is None or seconds is None:
        return None
    before, after = found["before"], found["after"]
    if _AHEAD.fullmatch(before) or (not before and after in _BEFORE):
        return Due(0, seconds)
    if "前" in before or after in _BEFORE:
        return None
    return Due(seconds, 0, "" if _SOON.fullmatch(before) else plain(text))


_BEFORE: Final = ("前", "之前", "以前", "before", "beforeair")


def _seconds(found: re.Match[str]) -> int | None:
    number = _number(found["number"])
    seconds = 0 if number is None else round((number + (0.5 if found["half"] else 0)) * _UNITS[found["unit"]])
    return seconds if 0 < seconds <= DUE_MAX_S else None


_DASHES: Final = str.maketrans(dict.fromkeys("−–—－", "-"))


def _number(figures: str) -> float | None:
    if figures == "半":
        return 0.5
    return float(figures) if figures[0].isascii() else numeral(figures)
