"""Which encoding a table of text was saved in: the byte order mark, then UTF-8, then the one whose text reads like Chinese."""

from dataclasses import dataclass

# The most frequent characters of Chinese text, traditional and simplified, and those of the trade. Bytes read with the wrong
# table turn into rare characters: of a true reading a third or more is in here, of a false one next to nothing.
_COMMON = frozenset(
    "的一是不了在人有我他這这個个們们中來来上大為为和國国地到以說说時时要就出會会可也你對对生能而子那得於于著着下自之年過过發发後后作里用道行所然家種种"
    "事成方多經经麼么去法學学如都同現现當当沒没動动面起看定天分還还進进好小部其些主樣样理心她本前開开但因只從从想實实日軍军者意無无力它與与長长把機机"
    "十民第公此已工使情明性知全三又關关點点正業业外將将兩两高間间由問问很最重並并物手應应戰战向頭头文體体政美相見见被利什二等產产或新己制身果加西斯月"
    "話话合回特代內内信表化老給给世位次度門门任常先海通教兒儿原東东聲声提立及比員员解水名真論论處处走義义各入幾几口認认條条平系氣气題题活爾尔更別别打"
    "女變变四神總总何電电數数安少報报才結结反受目太量再感建務务做接必場场件計计管期市直德資资命山金指克許许統统區区保至隊队形社便空決决治展馬马科司五"
    "基眼書书非則则聽听白卻却界達达光放強强即像難难且權权思王象完設设式色路記记南品住告類类求據据程北邊边死張张該该交規规萬万取拉格望覺觉術术領领共確确"
    "傳传師师觀观清今切院讓让識识候帶带導导爭争運运笔號号編编序稱称名價价款型規格庫库存限購购賣卖點点疑答證证禁語语備备案環环節节段術術優优惠制助播場控"
    "技粉潔洁精華华液乳霜膜保濕湿福利引流推首秒殺杀抽獎奖互暖收尾預预返贈赠送滿满減减折券單单件組组套包盒片克元幣币客服售退換换講讲演示測测試试敏肌膚肤"
)
_REPLACED = "\ufffd"
_CANDIDATES = ("utf-8", "gb18030", "cp950", "big5hkscs")
_OTHERS = ["cp1252", "shift_jis", "euc_kr", "big5", "gb18030"]
_SURE = 0.15  # the share of common characters from which a reading is taken for Chinese
UNREAD_MAX = 3  # a file cut in the middle of a character, or one odd character in a short file
_PENALTY = 5.0  # a place that cannot be read weighs as much as five characters that can


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and how many places could not be read (each is U+FFFD in the text)."""

    text: str
    encoding: str
    unread: int = 0


def decode(data: bytes) -> Decoded | None:
    """The text of a file, deterministically; None when no encoding makes sense of it."""
    marked = _by_mark(data)
    if marked is not None:
        return marked
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        return _wide(data)
    readings = [(_score(reading), -place, reading) for place, reading in enumerate(_readings(data))]
    best = max(readings, default=None)
    if best is not None and best[0] >= _SURE:
        return best[2]
    return _guessed(data, best[2] if best else None)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return Decoded(text, encoding, text.count(_REPLACED))
    return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: the noughts of tabs, digits and line ends stand at odd or at even places."""
    odd, even = data[1::2].count(0), data[0::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Decoded(text, encoding)


def _readings(data: bytes) -> list[Decoded]:
    found: list[Decoded] = []
    for encoding in _CANDIDATES:
        text = data.decode(encoding, "replace")
        unread = text.count(_REPLACED)
        if unread <= max(UNREAD_MAX, len(text) // 500):
            found.append(Decoded(text, encoding, unread))
    return found


def _score(reading: Decoded) -> float:
    """The share of common characters among those beyond ASCII."""
    beyond = [char for char in reading.text if char > "\x7f" and char not in "，。、；：「」『』（）！？～￥％　“”"]
    common = sum(char in _COMMON for char in beyond)
    return (common - _PENALTY * reading.unread) / max(len(beyond), 12)


def _guessed(data: bytes, unsure: Decoded | None) -> Decoded | None:
    """What a general detector says, when our own reading is unsure: names only, or another language."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  few files are so odd, and no server reads one

    match = from_bytes(data, cp_isolation=_OTHERS).best()
    if match is None:
        return unsure
    return Decoded(str(match), match.encoding)
