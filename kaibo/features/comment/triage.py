"""What a comment is by rule, and what it is about: same text, same word. The model weighs what the rules say."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kaibo.features.product.facts import ProductSheet

# "other" is a greeting, small talk or noise; "spam" is abuse too. The order stands in the weights of models: only add.
CLASSES = ("other", "question", "order", "aftersales", "praise", "spam")
OTHER, QUESTION, ORDER, AFTERSALES, PRAISE, SPAM = range(len(CLASSES))

# One script for comparing: the characters this trade writes, traditional -> simplified. Shown texts stay as they came.
TRADITIONAL = (
    "嗎麼還沒這個說請問價錢買單貨發運費優領會裡時間過貼試樣類測開關質壞錯補換尋聯繫絡電話號碼錄顏幾歲婦適應該點讚愛歡級謝進來聽見聲畫燈麗氣專業實際購續搶結帳統編現場組對條潔"
    "護膚養髮劑體積淨縮緊緻細紋彈膠凍乾濕潤粧妝敵鮮鹽鹼鐵鋅鈣維紅藍綠黃銀鍋壺爐燒燙熱涼褲襪織絨寬長選種兩雙隻張寶貝媽嬰兒為機車輪螢線無與後從訂損訴禮週誰幫厲贊劃薦講紹賬账贈"
    "醫師齡絲鏈滿減貴夠詢盡處產飲罰鬆緩膩鏡蓋臉頭腳務員歷證據檢驗標簡賣鬧搖烏龍內衝詐騙賺賤嚐嚴樂鑑鑒憑擔擋擠攝揚撥擺擁擇擊廣廠慶懷懶慣慮態憂戲戰戶斷暈曬東極槍橋檔櫃權歐歸殘"
    "氈決況淚渾湯溫滯滾漁漢潑澀濃濟瀏灣災爭爾牆狀獎獨獲瑣瓊畢異當瘋癡癢盜眾矯確磚禍稅穩窮競筆節範築籤糧糾紀約納純紙終給絕經綁網練縫總績繞繩繳罵羅義習聰職肅腦腫膽臟臺舊艦艷華"
    "萬葉蔥蕭薩蘇蘋虛蟲蝦螞衛術裝複視覺覽觀觸計訊討訓記設許訪評詞詩詳誇認誤課調談論諸謀謊識譜譯議讀變讓豐豬貓負財貢貧責賀資賊賓賞賠賭賽趕趙跡踐軟較載輕輛輩輯輸轉辦辭農迴連達"
    "違遞遠遲遺邊郵鄉鄭醜醬釋釘針鈔鈕鉤銷鋪鍊鎖鏟鐘閃閉閒閱闆隊陽陰階雖雜雞離難霧靈靜韓頁順預頻題額顧顯風飯飽餅館餘餓馬馴駕騎騷驚鬥魚鳥鴨鵝鹹麥麵齊齒傢儲償兇冊劇動勵勸匯區協"
    "卻厭參叢啟喪嗆嘗嘩嘔噁噴嚇園圍圓圖團執報塊塵墊壓壇壯壽夢夾奪妳娛婁孫學寧將導層屬島帥帶幣幹庫廁廢彎徑復徵徹恆惡惱腸閨佔併們倉備傳傷債僅億儘"
)
SIMPLIFIED = (
    "吗么还没这个说请问价钱买单货发运费优领会里时间过贴试样类测开关质坏错补换寻联系络电话号码录颜几岁妇适应该点赞爱欢级谢进来听见声画灯丽气专业实际购续抢结帐统编现场组对条洁"
    "护肤养发剂体积净缩紧致细纹弹胶冻干湿润妆妆敌鲜盐碱铁锌钙维红蓝绿黄银锅壶炉烧烫热凉裤袜织绒宽长选种两双只张宝贝妈婴儿为机车轮萤线无与后从订损诉礼周谁帮厉赞划荐讲绍帐帐赠"
    "医师龄丝链满减贵够询尽处产饮罚松缓腻镜盖脸头脚务员历证据检验标简卖闹摇乌龙内冲诈骗赚贱尝严乐鉴鉴凭担挡挤摄扬拨摆拥择击广厂庆怀懒惯虑态忧戏战户断晕晒东极枪桥档柜权欧归残"
    "毡决况泪浑汤温滞滚渔汉泼涩浓济浏湾灾争尔墙状奖独获琐琼毕异当疯痴痒盗众矫确砖祸税稳穷竞笔节范筑签粮纠纪约纳纯纸终给绝经绑网练缝总绩绕绳缴骂罗义习聪职肃脑肿胆脏台旧舰艳华"
    "万叶葱萧萨苏苹虚虫虾蚂卫术装复视觉览观触计讯讨训记设许访评词诗详夸认误课调谈论诸谋谎识谱译议读变让丰猪猫负财贡贫责贺资贼宾赏赔赌赛赶赵迹践软较载轻辆辈辑输转办辞农回连达"
    "违递远迟遗边邮乡郑丑酱释钉针钞钮钩销铺链锁铲钟闪闭闲阅板队阳阴阶虽杂鸡离难雾灵静韩页顺预频题额顾显风饭饱饼馆余饿马驯驾骑骚惊斗鱼鸟鸭鹅咸麦面齐齿家储偿凶册剧动励劝汇区协"
    "却厌参丛启丧呛尝哗呕恶喷吓园围圆图团执报块尘垫压坛壮寿梦夹夺你娱娄孙学宁将导层属岛帅带币干库厕废弯径复征彻恒恶恼肠闺占并们仓备传伤债仅亿尽"
)
ONE_SCRIPT = str.maketrans(TRADITIONAL, SIMPLIFIED)

# One expression for each class, on tidied text. Told in this order: what went wrong with an order outranks a question.
AFTERSALES_WORDS = re.compile(
    r"退货|退款|退钱|退费|换货|没收到|未收到|收不到|还没到|没到货|少寄|漏寄|寄错|漏发|少发|发错|坏了|坏掉|(?<!太)破了|破损|瑕疵|过敏了|客诉|投诉|"
    r"售后|客服|查.{0,4}订单|订单.{0,6}(?:查|问题)|上次买的.{0,8}(?:没|坏|错|漏|少)|等了.{0,4}(?:天|周|礼拜|月)|"
    r"refund|return my|not received|haven't received|never arrived|broken|damaged|wrong item|missing item|where is my order"
)
QUESTION_WORDS = re.compile(
    r"\w ?\?|吗|什么|啥|怎么|怎样|如何|多少|几[点号个岁天盒罐款片颗瓶包组支条]|哪|能不能|可不可以|会不会|有没有|是不是|要不要|好不好|"
    r"请问|想问|求问|多久|为何|为什么|谁|呢$|领不到|"
    r"(?:^|(?<=[^a-z]))(?:how|what|when|where|which|why|who|"
    r"can i|can you|could you|does (?:it|this)|do you|is (?:it|this|there)|are there|any discount)(?![a-z])"
)
BOUGHT_WORDS = re.compile(
    r"(?:已|刚|也|我)下单|下单了|已购|已买|买了|已拍|拍了|拍下|已付|付款了|抢到|already bought|just bought|ordered"
)
ORDER_WORDS = re.compile(
    r"\+ ?\d{1,3}(?!\d)|下单|我要买|想买|要买|我要\d|我要[一二两三四五六]|要一[组盒个件罐瓶包]|帮我留|留给我|结帐|"
    r"i want (?:one|two|it|this|\d)|i'll take|take my money|add to cart|buying|order (?:one|two|\d)"
)
PRAISE_WORDS = re.compile(
    r"好用|好看|好美|漂亮|好棒|太棒|真棒|很棒|喜欢|最爱|推荐|回购|无敌|厉害|赞|好吃|好香|好便宜|超值|划算|谢谢|感谢|太会|支持|期待|加油|"
    r"love|great|nice|beautiful|amazing|awesome|good job|thank|❤|♥|👍|💕|😍|🥰|👏|💯"
)
SPAM_WORDS = re.compile(
    r"https?://|www\.|(?:bit\.ly|t\.me|wa\.me|lin\.ee|reurl\.cc)/|加(?:我)?(?:line|赖|微|v(?![a-z])|vx|tg|qq|扣扣)|威信|薇信|日结|兼职|"
    r"看我(?:头像|主页)|点我?(?:头像|主页)|互粉|互关|娱乐城|百家乐|博彩|裸聊|约炮|刷单|网贷|"
    r"傻逼|脑残|智障|操你|干你娘|妈的|贱人|去死|垃圾主播|诈骗|骗子|仆街|"
    r"(?<![a-z])(?:follow back|f4f|onlyfans|telegram|stfu|bitch|scam(?:mer)?|idiot)(?![a-z])"
)
THIS_ONE = re.compile(r"这[个款组件瓶盒支罐包双条张只台]|现在[讲介]|[呢][个款件支隻只部台]|(?<![a-z])(?:this|it)(?![a-z])")

HAN = r"㐀-鿿豈-﫿"
GAPS = re.compile(rf"(?<=[{HAN}]) +| +(?=[{HAN}])")
# Words that say nothing of what is asked. Longest first; each begins with a character, which makes the search quick.
HOLLOW = re.compile(
    r"可不可以|能不能|会不会|有没有|是不是|要不要|请问|想问|什么|怎么|如何|多少|多久|可以|这个|这款|那个|一起|一下|现在|"
    r"[吗呢吧啊呀喔哦了的是有没不能会要用跟和与及也都就很在给哪几个]"
)
HOLLOW_LATIN = frozenset(
    (
        "is",
        "it",
        "this",
        "that",
        "the",
        "an",
        "ok",
        "for",
        "to",
        "of",
        "do",
        "does",
        "can",
        "you",
        "use",
        "with",
        "and",
        "or",
        "how",
        "what",
        "when",
        "are",
        "there",
        "my",
        "on",
        "in",
    )
)
RUNS = re.compile(rf"[a-z]{{2,}}|(?:[{HAN}]|[a-z0-9](?![a-z0-9]))+")
CODES = re.compile(r"[a-z0-9][a-z0-9_-]*")


def tidy(texts: Sequence[str]) -> list[str]:
    """Full-width to half-width, one case, one script; as many texts as came."""
    flat = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    return unicodedata.normalize("NFKC", flat).lower().translate(ONE_SCRIPT).split("\n") if texts else []


@lru_cache(maxsize=65_536)
def class_of(text: str) -> int:
    """The class of a tidied text: index into CLASSES. A room repeats itself, so most answers are remembered."""
    if SPAM_WORDS.search(text):
        return SPAM
    if AFTERSALES_WORDS.search(text):
        return AFTERSALES
    if QUESTION_WORDS.search(text):
        return QUESTION
    if ORDER_WORDS.search(text) or BOUGHT_WORDS.search(text):
        return ORDER
    return PRAISE if PRAISE_WORDS.search(text) else OTHER


def triage(text: str) -> str:
    """What the rules alone say of a text as it came: question, order, aftersales, praise, spam or other."""
    return CLASSES[class_of(tidy((text,))[0])]


@lru_cache(maxsize=65_536)
def words_of(text: str) -> frozenset[str]:
    """Character bigrams and Latin words of a tidied text, without the hollow ones."""
    found: list[str] = []
    closed = GAPS.sub("", text) if " " in text else text
    for run in RUNS.findall(HOLLOW.sub("|", closed)):
        if run.isascii():
            if len(run) >= 2 and run not in HOLLOW_LATIN:
                found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return frozenset(found)


class Catalogue:
    """Finds the product a text names: by id, or by words of its name and variants that no other product has."""

    def __init__(self, sheets: Mapping[str, ProductSheet]) -> None:
        """Learn the names; made anew when a sheet changes."""
        self._ids: dict[str, str] = {}
        self._owners: dict[str, set[str]] = {}
        for product_id, sheet in sheets.items():
            self._ids[tidy((product_id,))[0]] = product_id
            for word in words_of(tidy((" | ".join((sheet.name, *sheet.variants)),))[0]):
                self._owners.setdefault(word, set()).add(product_id)
        self._openings = frozenset(word[0] for word in (*self._ids, *self._owners))

    def named(self, text: str) -> str:
        """The product a tidied text names, "" for none or for a tie. Two words shared by two are as good as one of its own."""
        if self._openings.isdisjoint(text):  # most comments name nothing: one look at their characters says so
            return ""
        for code in CODES.findall(text):
            if code in self._ids:
                return self._ids[code]
        scores: dict[str, float] = {}
        for word in words_of(text):
            owners = self._owners.get(word, ())
            for owner in owners:
                scores[owner] = scores.get(owner, 0.0) + 1 / len(owners)
        if not scores:
            return ""
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        tied = len(ranked) > 1 and ranked[1][1] == ranked[0][1]
        return "" if tied or ranked[0][1] < 1 else ranked[0][0]
