"""The usual words: what leads off the platform, cheats and hurts. A team begins with them and makes the list its own.

Each is looked for no more loosely than it bears: what sounds like an everyday word is looked for as it is written.
"""

from kaibo.features.moderation.facts import Does, Kind, Match, WordRule


def _rule(text: str, does: Does, match: Match = "loose", kind: Kind = "word") -> WordRule:
    return WordRule(rule_id=f"usual-{text}", text=text, does=does, match=match, kind=kind)


OFF_PLATFORM = ("加賴", "加微信", "加我微信", "私下交易", "看我頭像", "點我頭像", "看我主頁", "點我主頁", "免費領取")
FRAUD = ("兼職日結", "日結兼職", "刷單日結", "娛樂城", "百家樂", "裸聊", "約炮")
FRAUD_AS_WRITTEN = ("刷單兼職", "博彩", "網賭", "網貸", "求互粉", "互粉", "求互關")  # 網袋 sounds like 網貸
ABUSE_BY_SOUND = ("智障", "腦殘", "垃圾主播")
ABUSE = ("傻逼", "煞筆", "操你媽", "幹你娘", "死全家", "賤人", "去死吧", "仆街", "白癡", "stfu", "bitch", "idiot", "asshole")
MAYBE = ("騙子", "詐騙", "假貨", "scam", "scammer")  # a complaint may say so too: shown, with a mark
LINKS = r"https?://|www\.|(?:bit\.ly|t\.me|wa\.me|lin\.ee|reurl\.cc)/"
MOTHER = r"他媽的|^媽的(?:\W|$)|捏媽的"  # 媽媽的 and 我媽的 are said of mothers

USUAL: tuple[WordRule, ...] = (
    *(_rule(text, "hide", "sound") for text in OFF_PLATFORM),
    *(_rule(text, "hide", "sound") for text in FRAUD),
    *(_rule(text, "hide") for text in FRAUD_AS_WRITTEN),
    *(_rule(text, "hide", "sound") for text in ABUSE_BY_SOUND),
    *(_rule(text, "hide") for text in ABUSE),
    *(_rule(text, "mark", "exact") for text in MAYBE),
    WordRule(rule_id="usual-links", text=LINKS, kind="pattern", match="exact", does="hide"),
    WordRule(rule_id="usual-mother", text=MOTHER, kind="pattern", match="exact", does="hide"),
)
