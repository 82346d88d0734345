"""One spelling for what buyers type: width, case, script, emoji digits and look-alikes. Shown texts stay as they came."""

import re
import unicodedata

# Characters of this trade in the traditional script and, place for place, in the simplified one.
TRADITIONAL = (
    "個條雙張隻組對顆塊臺檯盤箇副頂鐵鍋壺爐燈機車輪線絲繩織紗綿褲襪裙裝襯衫領帶環鏈鑽銀銅錶錢紅藍綠黃橙紫褐淺綫銹錫鋼鈦"
    "嗎麼還沒這說請問價單貨發運費優會裡裏時間過貼試樣類測開關質壞錯補換尋聯繫絡電話號碼錄顏幾歲婦適應該點讚愛歡級謝進來聽見聲畫麗氣專業"
    "實際購續搶結帳統編現場潔護膚養髮劑體積淨縮緊緻細紋彈膠凍乾濕潤粧妝敵鮮鹽鹼鋅鈣維燒燙熱涼絨寬長選種兩貝媽嬰兒為螢無與後從訂損訴禮週誰幫"
    "厲贊劃薦講紹賬贈醫師齡滿減貴夠詢盡處產飲罰鬆緩膩鏡蓋臉頭腳務員歷證據檢驗標簡賣鬧搖麻煩買賬給棄刪闆圓萬億貳參陸殺魚蝦雞鴨鵝豬羊龍鳳馬鳥"
    "蘋檸櫻櫃傘筆紙書報禦寶貼鎖鑰掃擦滾筒燜燉麵餅糰餡蝸樹葉蘿蔔筍薑蔥蒜醬湯鹵滷繭蠶絨氈墊毯簾帽圍靴鞋墜飾鐲釦鈕扣傢俱櫥椅擺壓縫剪針縣區鄉鎮"
    "倆駝絳緋磚曬湛鑲寢貓獅蓮蘭薔瑪瑙鯊鮪鱈鰻蟹貨瀏覽確認歐韓國際團隊專屬壽險親戚孫爺奶淚溫涼顆筆幀戶豐華麗嫩亮濃淡"
)
SIMPLIFIED = (
    "个条双张只组对颗块台台盘个副顶铁锅壶炉灯机车轮线丝绳织纱绵裤袜裙装衬衫领带环链钻银铜表钱红蓝绿黄橙紫褐浅线锈锡钢钛"
    "吗么还没这说请问价单货发运费优会里里时间过贴试样类测开关质坏错补换寻联系络电话号码录颜几岁妇适应该点赞爱欢级谢进来听见声画丽气专业"
    "实际购续抢结帐统编现场洁护肤养发剂体积净缩紧致细纹弹胶冻干湿润妆妆敌鲜盐碱锌钙维烧烫热凉绒宽长选种两贝妈婴儿为萤无与后从订损诉礼周谁帮"
    "厉赞划荐讲绍账赠医师龄满减贵够询尽处产饮罚松缓腻镜盖脸头脚务员历证据检验标简卖闹摇麻烦买账给弃删板圆万亿贰参陆杀鱼虾鸡鸭鹅猪羊龙凤马鸟"
    "苹柠樱柜伞笔纸书报御宝贴锁钥扫擦滚筒焖炖面饼团馅蜗树叶萝卜笋姜葱蒜酱汤卤卤茧蚕绒毡垫毯帘帽围靴鞋坠饰镯扣钮扣家具橱椅摆压缝剪针县区乡镇"
    "俩驼绛绯砖晒湛镶寝猫狮莲兰蔷玛瑙鲨鲔鳕鳗蟹货浏览确认欧韩国际团队专属寿险亲戚孙爷奶泪温凉颗笔帧户丰华丽嫩亮浓淡"
)
LOOK_ALIKES = {
    "➕": "+", "✚": "+", "✛": "+", "✜": "+", "ᐩ": "+", "᛭": "+",
    "➖": "-", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "－": "-", "ー": "-", "﹣": "-",
    "×": "x", "✕": "x", "✖": "x", "✗": "x", "╳": "x", "❌": "-", "⨯": "x", "＊": "*", "✱": "*", "∗": "*",
    "：": ":", "🔟": "10", "〇": "零", "○": "零", "💯": " ", "、": "、", "。": " ", "！": "!", "？": "?",
}  # fmt: skip
# What stands inside an emoji or between letters and is not seen: selectors, keycaps, skin tones, zero-width marks.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
MENTION = re.compile(r"@[^\s,;、/:]*")
_TABLE = {ord(a): b for a, b in zip(TRADITIONAL, SIMPLIFIED, strict=True)}
_TABLE.update({ord(a): b for a, b in LOOK_ALIKES.items() if len(a) == 1})


def one_spelling(text: str) -> str:
    """Half-width, one case, one script, plain digits and signs. Idempotent, and the same for a text and its NFKC form."""
    flat = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_TABLE)
    return unicodedata.normalize("NFKC", flat)


def said(text: str) -> str:
    """A comment in one spelling, without the people it mentions."""
    return MENTION.sub(" ", one_spelling(text))
