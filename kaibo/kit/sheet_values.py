"""What people write into cells, as values: full-width digits, amounts with a currency, counts, lists of points; headers by their words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kaibo.core.money import exponent
from kaibo.kit.sheets import Cell, Table

POINT_MARKS = ("\n", "；;|｜", "、")
HEADER_WITHIN = 15  # rows from the top in which a header row is looked for
HEADERS_LEAST = 2
HEADER_LENGTH_MAX = 30  # longer is a sentence

# Characters of headers, choices and names of goods, traditional to simplified, so that a word is listed once.
_TRADITIONAL = (
    "時間長環節編號產價機運營動話術備註開預場幣別題標類圖項庫購買賣點問證書檔據應連結後對適現鐘內說規單選數稱擬員詞語"
    "強調誰負責狀態從軟補齊獎講團禮檢驗報優歡誌違極發佈線讓領頻達臺費擁斷級階計劃專總額銷風險邊緣續轉參與頁來餘殺搶紅"
    "謝過導鏡畫贈軸訖終質資碼貨進議顏寵鉤設準順歲舉絡戶給隊電測試熱組濕潔護膚髮養麵絲綠藍黃銀鋼鐵錶褲襪飾裝雙個隻條塊"
    "兩噸麼嗎無為裡裏這還遠輕鬆緊潤膠藥劑濃縮鮮凍乾濾煙涼爐鍋盤櫃燈腦筆紙寫讀聽閱覽貴賤錢貝寶貓魚鳥雞鴨豬馬龍鳳蘭蓮葉"
    "樹麥穀麩糧鹽醬蔥薑棗蘋檸欖堅殼籃網縫織繡製維纖綿絨鈣鋅鎂窩靈蟲顆沖飲墊簾頭紗帳傘輪車騎遊釣錄響視攝壺闆闊純淨鹹鬱"
    "靜燙燒捲餅燻醃魷鰻蝦鵝滷鍛鑄鑲鑽鍊墜釦紐鍵盪鞦韆襯禦擋蠶層滌綸彈鬚鬍鬢頰臉齒齦"
)
_SIMPLIFIED = (
    "时间长环节编号产价机运营动话术备注开预场币别题标类图项库购买卖点问证书档据应连结后对适现钟内说规单选数称拟员词语"
    "强调谁负责状态从软补齐奖讲团礼检验报优欢志违极发布线让领频达台费拥断级阶计划专总额销风险边缘续转参与页来余杀抢红"
    "谢过导镜画赠轴讫终质资码货进议颜宠钩设准顺岁举络户给队电测试热组湿洁护肤发养面丝绿蓝黄银钢铁表裤袜饰装双个只条块"
    "两吨么吗无为里里这还远轻松紧润胶药剂浓缩鲜冻干滤烟凉炉锅盘柜灯脑笔纸写读听阅览贵贱钱贝宝猫鱼鸟鸡鸭猪马龙凤兰莲叶"
    "树麦谷麸粮盐酱葱姜枣苹柠榄坚壳篮网缝织绣制维纤绵绒钙锌镁窝灵虫颗冲饮垫帘头纱帐伞轮车骑游钓录响视摄壶板阔纯净咸郁"
    "静烫烧卷饼熏腌鱿鳗虾鹅卤锻铸镶钻链坠扣纽键荡秋千衬御挡蚕层涤纶弹须胡鬓颊脸齿龈"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_SQUASH = re.compile(r"[\s:：*_\-./、,;|·&+]+")
_CIRCLED = re.compile("[①-⑳❶-❿]")
_BRACKETS = re.compile(r"[(\[【（「].*?[)\]】）」]")
_REST = ("其余",)  # （其餘）: a column of our own that carries what did not fit; never the column itself
_CURRENCY = re.compile(
    r"nt\$|ntd|twd|us\$|usd|hk\$|hkd|rmb|cny|jpy|krw|sgd|s\$|myr|rm|新台币|新臺幣|新台幣|人民币|人民幣|港币|港幣|[$¥￥€£₩]|元|圓|圆|块|塊|円|整",
    re.IGNORECASE,
)
_TENS = {"萬": 10_000, "万": 10_000, "w": 10_000, "k": 1000, "千": 1000, "億": 10**8, "亿": 10**8}
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)([萬万wk千億亿]?)")
_COUNT = re.compile(r"(\d+)(?:件|個|个|組|组|份|盒|片|瓶|套|單|单|支|pcs)?")


def plain(text: str) -> str:
    """Full-width characters made plain, outer blanks off: `１９：３０～１９：４０` -> `19:30~19:40`."""
    return unicodedata.normalize("NFKC", text).replace("〜", "~").strip()


def squash(text: str) -> str:
    """A header or a choice as it is compared: plain, simplified, small letters, no blanks or signs."""
    return _SQUASH.sub("", plain(text).lower().translate(_FOLD))


def amount_minor(text: str, currency: str) -> int | None:
    """`NT$1,490`, `1,490元`, `１４９０`, `18萬` in minor units; None when it is no single amount, negative, or too finely parted."""
    bare = _CURRENCY.sub("", plain(text).lower()).replace(",", "").replace(" ", "")
    found = _AMOUNT.fullmatch(bare)
    if found is None or len(bare) > 18:
        return None
    try:
        minor = (Decimal(found[1]) * _TENS.get(found[2], 1)).scaleb(exponent(currency))
    except InvalidOperation:
        return None
    return int(minor) if minor >= 0 and minor == minor.to_integral_value() else None


def amount_cell(cell: Cell, currency: str) -> int | None:
    """The amount in a cell, minor units. A number of a calculation is rounded to the minor unit: 99.9 may be 99.90000000000001."""
    if isinstance(cell.value, (int, float)):
        if cell.percent or not 0 <= cell.value < 10**13:
            return None
        return round(Decimal(repr(cell.value)).scaleb(exponent(currency)))
    return amount_minor(cell.text, currency)


def count_cell(cell: Cell) -> int | None:
    """A whole number of things: `500`, `５００件`, `1,200`."""
    if isinstance(cell.value, float):
        return int(cell.value) if cell.value.is_integer() and 0 <= cell.value < 10**12 else None
    found = _COUNT.fullmatch(plain(cell.text).lower().replace(",", "").replace(" ", ""))
    return int(found[1]) if found and len(found[1]) <= 12 else None


def points(raw: str, marks: Sequence[str] = POINT_MARKS) -> tuple[str, ...]:
    """A cell parted into points by the strongest mark that is in it: line breaks, then ；, then 、.

    So a point may hold a weaker mark; a line break after a single point says that it is one, whatever is in it.
    """
    if len(found := [part for part in _CIRCLED.split(raw) if part.strip()]) > 1 and "\n" not in raw:
        return tuple(part.strip(" ；;、") for part in found)
    for group in marks:
        if any(mark in raw for mark in group):
            parts = re.split(f"[{re.escape(group)}]", raw.replace("\r", ""))
            return tuple(part.strip() for part in parts if part.strip())
    return (raw.strip(),) if raw.strip() else ()


def joined(parts: Sequence[str], mark: str, marks: Sequence[str] = POINT_MARKS) -> str:
    """Points in one cell, so that `points` gives them back."""
    everything = "".join(marks)
    if not any(char in part for part in parts for char in everything):
        return mark.join(parts)
    return "\n".join(parts) + ("\n" if len(parts) == 1 else "")


class Words:
    """Which header stands for which field: field -> its words, in any writing."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self._table = {squash(word): name for name, words in fields.items() for word in words}
        self._long = sorted((word for word in self._table if _telling(word)), key=len, reverse=True)

    def field(self, header: str) -> str | None:
        """The field of a header: its words exactly, then without what is in brackets, then by a long word that it contains."""
        whole = squash(header)
        if len(whole) > HEADER_LENGTH_MAX or any(rest in whole for rest in _REST):
            return None
        for name in (whole, squash(_BRACKETS.sub("", plain(header)))):
            if name in self._table:
                return self._table[name]
        return next((self._table[word] for word in self._long if word in whole), None)


def _telling(word: str) -> bool:
    return len(word) >= (6 if word.isascii() else 3)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header as written and its field (None: unknown, or a second one of the same field)."""

    at: int
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands (its last row), its first row, and its columns from the left."""

    row: int
    top: int
    columns: tuple[Column, ...]

    @property
    def score(self) -> int:
        """How many columns are understood."""
        return sum(column.field is not None for column in self.columns)


def find_header(table: Table, words: Words) -> Header | None:
    """The header row among the first rows with something in them; two stacked ones count as one. None when there is none."""
    looked_at = sorted(table.rows)[:HEADER_WITHIN]
    found = [(score, -row) for row in looked_at if (score := known_headers(table.row(row), words)) >= HEADERS_LEAST]
    if not found:
        return None
    row = -max(found)[1]
    below, above = row + 1, row - 1
    if _is_second(table, below, words):
        return Header(below, row, _columns(table, (below, row), words))
    if above in looked_at and _is_second(table, above, words):
        return Header(row, above, _columns(table, (row, above), words))
    return Header(row, row, _columns(table, (row,), words))


def known_headers(cells: Mapping[int, Cell], words: Words) -> int:
    """How many different fields a row names."""
    return len({name for cell in cells.values() if isinstance(cell.value, str) and (name := words.field(cell.text))})


def _is_second(table: Table, row: int, words: Words) -> bool:
    """Whether a row beside the header is a header too: most of its cells are names of columns."""
    cells = [cell for cell in table.row(row).values() if not cell.spread]
    known = sum(isinstance(cell.value, str) and words.field(cell.text) is not None for cell in cells)
    return known >= HEADERS_LEAST and known * 10 >= len(cells) * 6


def _columns(table: Table, rows: Sequence[int], words: Words) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns: list[Column] = []
    for at in sorted({at for row in rows for at in table.row(row)}):
        named = [cell.text for row in rows if (cell := table.row(row).get(at)) is not None]
        name = next((name for text in named if (name := words.field(text)) is not None), None)
        header = next((text for text in named if words.field(text) == name), named[0])
        columns.append(Column(at, header, None if name in taken else name))
        if name is not None:
            taken.add(name)
    return tuple(columns)
