"""One spelling for what people type: width, case, script, emoji digits and look-alikes. Shown texts stay as they came."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# One script for comparing: the usual traditional characters (Big5's first level, and variants of them that people type) and, place
# for place, the simplified ones. OpenCC's, but for those of VARIANTS; a law holds the table to it.
TRADITIONAL = (
    "嗎麼還沒這個說請問價錢買單貨發運費優領會裡時間過貼試樣類測開關質壞錯補換尋聯繫絡電話號碼錄顏幾歲婦適應該點讚愛歡級謝進來聽見聲畫燈麗氣專業實際購續搶結帳統編現場組對條潔護膚養髮劑體"
    "積淨縮緊緻細紋彈膠凍乾濕潤粧妝敵鮮鹽鹼鐵鋅鈣維紅藍綠黃銀鍋壺爐燒燙熱涼褲襪織絨寬長選種兩雙隻張寶貝媽嬰兒為機車輪螢線無與後從訂損訴禮週誰幫厲贊劃薦講紹賬账贈醫師齡絲鏈滿減貴夠詢盡處"
    "產飲罰鬆緩膩鏡蓋臉頭腳務員歷證據檢驗標簡賣鬧搖烏龍內衝詐騙賺賤嚐嚴樂鑑鑒憑擔擋擠攝揚撥擺擁擇擊廣廠慶懷懶慣慮態憂戲戰戶斷暈曬東極槍橋檔櫃權歐歸殘氈決況淚渾湯溫滯滾漁漢潑澀濃濟瀏灣災"
    "爭爾牆狀獎獨獲瑣瓊畢異當瘋癡癢盜眾矯確磚禍稅穩窮競筆節範築籤糧糾紀約納純紙終給絕經綁網練縫總績繞繩繳罵羅義習聰職肅腦腫膽臟臺舊艦艷華萬葉蔥蕭薩蘇蘋虛蟲蝦螞衛術裝複視覺覽觀觸計訊討訓"
    "記設許訪評詞詩詳誇認誤課調談論諸謀謊識譜譯議讀變讓豐豬貓負財貢貧責賀資賊賓賞賠賭賽趕趙跡踐軟較載輕輛輩輯輸轉辦辭農迴連達違遞遠遲遺邊郵鄉鄭醜醬釋釘針鈔鈕鉤銷鋪鍊鎖鏟鐘閃閉閒閱闆隊陽"
    "陰階雖雜雞離難霧靈靜韓頁順預頻題額顧顯風飯飽餅館餘餓馬馴駕騎騷驚鬥魚鳥鴨鵝鹹麥麵齊齒傢儲償兇冊劇動勵勸匯區協卻厭參叢啟喪嗆嘗嘩嘔噁噴嚇園圍圓圖團執報塊塵墊壓壇壯壽夢夾奪妳娛婁孫學寧"
    "將導層屬島帥帶幣幹庫廁廢彎徑復徵徹恆惡惱腸閨佔併們倉備傳傷債僅億儘勻弔朮氾丟亙吒汙汎佇佈兌別刪吳呂吶囪沖禿並亞侖卹姍屆岡彿拋拚於昇歿秈羋臥軋門俠侶係侷兗冑剎剋則勁奐姦屍彥柵枴洶洩牴"
    "盃紂紉紇紆苧訃貞軍軌閂韋飛倖倆倀倫剛剝宮峽峴恥悅挾晉書涇浹狹狽畝皰祕紡紗紐紕紜紛脅脈芻荊茲訐訌訕託訖豈軒軔釗釙陣陝陘陞飢偽偉偵側啞唸國堅堊屜崢崑崙崗強彫徠悽悵捲捱掃掛捫掄掙採捨敗敘"
    "斬晝桿棄梔梟殺氫淺淵淒淪牽猙硃絆絃紮紼絀紳紲紱缽脣脫脩莢莖莊莧袞覓規訝訣訥訟訛訢販貫貪軛逕釵釦釣釧釩陳陸頂頃鹵傑傖傘凱剴創勞勝勛喲喚喬喫堯堝媧嵐幀幃廂廄悶愜惻揀揮棗棟棧棲欽殼氬湧湊"
    "渦渙猶琺痙痠睏硯稈筍絞絢絰絳腎脹菸菴萊萇註詠証詁詔詛詆診訶詖貯貳貽賁貶貿貸軻軸軼鈉鈞鈍鈐鈑閔閏閑閎雲韌項須飪飩飭馮馭亂傭傾傯剷勢嗇嗚塗塚塢塒塋奧媼廈弒彙慄慍愾愴愷搗暉暘楊楨楓毀溝滅"
    "溼準滄煙煩煉煬煥爺獅琿盞睞睜祿稜稟筧粵絹綑綏絛羨聖葷葦萵虜蛻蜆裊詫詰詼詣誠誅詭詮詬賈賄貲賃賂賅軾輊遊鄒鈷鉗鈸鈽鉀鈾鉛鉋鉑鈴鉉鉍鉅鈹鈿鉚閘隕雋頑頓頊頒頌飼飴飾馳馱鳩僥僕僑僱匱嘆嘍嘖嗶"
    "塹夥奩嫗寢屢嶄嶇幗彆慟慚慘摟摺摑摻暢榮槓構榦氳漬漸漲漣滬滲滌滷熒犖獄瑤瑪瘧瘍瘓監碩禎稱窪窩箋箏箇綻綰綜綽綾綴綱綺綢綿綵綸緒緇綬聞蓆蒞蓀蒐蒼蝕製誦誌語誣誡誥誨誘誑誚貍賑賒輔輒輓遜遙鉸"
    "銅銘銖鉻銓銜銨銑閡閩閣閥閤頗颯颱餃餌餉駁骯鳴鳶鳳儀儂儈儉凜劉劍劊嘮噓嘯嘰墳墜墮嫻嬋嫵嬌嬈審寫嶔幟廚廟廝慼慫慾憐憫憚憤憮摯撲撈撐撓撫撳數暫槨樁樞樓槳樅樑歎殤毆漿澆潛潰澗潯犛瑩瘡皚皺盤"
    "穀窯締緯緘緬緝緣緞綞緙緲緹罷蓮蔭蔣蔔蝸蝨誼諒諄誕諉諂諍誶誹諛豎賦賢賜賡輝輟輦輜輞輥遷鄰鄧醃銻銬鋤鋁銳銼鋒鋇鋰閭鞏頡頜颳餒駝駐駟駛駑駒駙魷魯鴆鴉麩儔儐儕冪勳噹噸噥噯墾奮憲憊懍憶撻擄撿"
    "撾曆曉曄曇樸樺橫樹橢橈澱澤濁澦澠熾燉燜璣甌瘺盧瞞磧禦穎穌窺簑篤篩縊縑縈縛縣縞縝縉縐興艙蕩蕪親覦諦諺諫諱諜諧諮諾謁謂諷諭諳諶諼賴踴輻輳遼鄴錠錶鋸錳鋼錫錚錐錦錡錕錮錙閻隨險霑靦頰頸頷頹"
    "頤餞餛餡餚駭駢駱鬨鮑鴕鴣鴦鴒鴛龜嚀壎嬪嬤尷屨嶼嶺嶽嶸彌懇擰擬擱斂斃曖檜櫛檣殮濘濱濛濤濫濰營燦燭燬燴獰環璦癆療盪磯禪簍篠糞糝繆縷縲繃縱繅縴縹縵聳膿膾臨舉艱薑薔薊虧螻蟈褻褸覬謎謗謙謠謄"
    "謐谿賻趨轄輾轂轅輿邁醣醞鍍鎂錨鍵鍥錘鍾鍬鍛鍰鍚鍔闊闋闌闈隱隸顆颶餵騁駿鮫鮪鮭鴻鴿齋嚕嚮壙壘嬸懣擴擲擾攆擻擷檳檻檸檮檯歟殯瀉瀋濾瀆濺燻燼燾獷獵璿甕癘癒瞼礎穡穢穠竄竅簫簞簣繕繚繡繒罈翹"
    "聶臍臏薺薹蟯蟬覲觴謨謹謬謫贅蹣蹤蹟蹕軀轍邇釐鎔鎊鎢鎳鎮鎬鎰鎘鎚闔闖闐闕雛鞦顎顓颺餾餿魎鯊鯉鯽鯀鵑鵠鼕嚥壟壢寵龐廬懲攏曠櫥櫝櫚櫓瀟瀨瀝瀕瀘爍牘犢獸獺璽疇癟矇礙禱穫簾簽繭繹繪羶臘藝藪藥"
    "蟻蠅蠍襠襖譁譚譎譏譙蹺轔轎醱鏑鏃鏜鏝鏢鏍鏘鏤鏗鏨隴韜韻願顛颼饅饉騖鬍鯨鯧鯖鯛鶉鵡鵲鵪鵬麴嚨嚶孃懸懺攔攙朧櫬瀾瀰瀲獻瓏癥礦礪礬礫竇籌籃糰辮繽繼罌臚藹藺蘆蘊蠔襤譟譫贏贍躉躂鐃鏽闡飄饒饑"
    "騫騰鰓鰍黨齟齣儷儸囁囀囂懼懾攜斕櫻欄殲爛犧瓔癩矓纏蘭蘚蠣蠟襬譴譽贓躊躍躋轟辯鐮鐳鐺鐸鐲鐫闢響顥饗驅驃驀騾髏鰭鰥鶯鶴鷂齜齦齧儼儻囈囉孿巔巒攤灑灘玀疊癮癬籠籟聾襲襯贖贗躑躓轡酈鑄霽韃韁"
    "顫驕驍髒鬚鱉鰱鰾鰻鷓鷗鼴齬齪龔囌巖戀攣攪瓚竊纓纖纔臢蘿蠱邐邏鑣鑠靨饜驛鱔鱗鱖鷥黴囑壩攬癱癲羈蠶讒讖贛釀靂靄韆顰驟鬢魘鱟鷹鷺齷齲廳欖籬籮蠻躡釁鑲鑰顱饞髖黌灤矚鑷韉驢驥纜讜躪釅鑽鑾鑼鱷"
    "鱸黷豔鑿鸚驪鬱鸛鸞籲綫眞墻赬銹鈦裏俱緋鱈凈峯衆牀産爲緑綉畵僞啓訏訑軏鈇勣頫鴃繈縯藷譆騵欐鑪"
)
SIMPLIFIED = (
    "吗么还没这个说请问价钱买单货发运费优领会里时间过贴试样类测开关质坏错补换寻联系络电话号码录颜几岁妇适应该点赞爱欢级谢进来听见声画灯丽气专业实际购续抢结帐统编现场组对条洁护肤养发剂体"
    "积净缩紧致细纹弹胶冻干湿润妆妆敌鲜盐碱铁锌钙维红蓝绿黄银锅壶炉烧烫热凉裤袜织绒宽长选种两双只张宝贝妈婴儿为机车轮萤线无与后从订损诉礼周谁帮厉赞划荐讲绍帐帐赠医师龄丝链满减贵够询尽处"
    "产饮罚松缓腻镜盖脸头脚务员历证据检验标简卖闹摇乌龙内冲诈骗赚贱尝严乐鉴鉴凭担挡挤摄扬拨摆拥择击广厂庆怀懒惯虑态忧戏战户断晕晒东极枪桥档柜权欧归残毡决况泪浑汤温滞滚渔汉泼涩浓济浏湾灾"
    "争尔墙状奖独获琐琼毕异当疯痴痒盗众矫确砖祸税稳穷竞笔节范筑签粮纠纪约纳纯纸终给绝经绑网练缝总绩绕绳缴骂罗义习聪职肃脑肿胆脏台旧舰艳华万叶葱萧萨苏苹虚虫虾蚂卫术装复视觉览观触计讯讨训"
    "记设许访评词诗详夸认误课调谈论诸谋谎识谱译议读变让丰猪猫负财贡贫责贺资贼宾赏赔赌赛赶赵迹践软较载轻辆辈辑输转办辞农回连达违递远迟遗边邮乡郑丑酱释钉针钞钮钩销铺链锁铲钟闪闭闲阅板队阳"
    "阴阶虽杂鸡离难雾灵静韩页顺预频题额顾显风饭饱饼馆余饿马驯驾骑骚惊斗鱼鸟鸭鹅咸麦面齐齿家储偿凶册剧动励劝汇区协却厌参丛启丧呛尝哗呕恶喷吓园围圆图团执报块尘垫压坛壮寿梦夹夺你娱娄孙学宁"
    "将导层属岛帅带币干库厕废弯径复征彻恒恶恼肠闺占并们仓备传伤债仅亿尽匀吊术泛丢亘咤污泛伫布兑别删吴吕呐囱冲秃并亚仑恤姗届冈佛抛拼于升殁籼芈卧轧门侠侣系局兖胄刹克则劲奂奸尸彦栅拐汹泄抵"
    "杯纣纫纥纡苎讣贞军轨闩韦飞幸俩伥伦刚剥宫峡岘耻悦挟晋书泾浃狭狈亩疱秘纺纱纽纰纭纷胁脉刍荆兹讦讧讪托讫岂轩轫钊钋阵陕陉升饥伪伟侦侧哑念国坚垩屉峥昆仑岗强雕徕凄怅卷挨扫挂扪抡挣采舍败叙"
    "斩昼杆弃栀枭杀氢浅渊凄沦牵狰朱绊弦扎绋绌绅绁绂钵唇脱修荚茎庄苋衮觅规讶诀讷讼讹䜣贩贯贪轭径钗扣钓钏钒陈陆顶顷卤杰伧伞凯剀创劳胜勋哟唤乔吃尧埚娲岚帧帏厢厩闷惬恻拣挥枣栋栈栖钦壳氩涌凑"
    "涡涣犹珐痉酸困砚秆笋绞绚绖绛肾胀烟庵莱苌注咏证诂诏诅诋诊诃诐贮贰贻贲贬贸贷轲轴轶钠钧钝钤钣闵闰闲闳云韧项须饪饨饬冯驭乱佣倾偬铲势啬呜涂冢坞埘茔奥媪厦弑汇栗愠忾怆恺捣晖旸杨桢枫毁沟灭"
    "湿准沧烟烦炼炀焕爷狮珲盏睐睁禄棱禀笕粤绢捆绥绦羡圣荤苇莴虏蜕蚬袅诧诘诙诣诚诛诡诠诟贾贿赀赁赂赅轼轾游邹钴钳钹钸钾铀铅铇铂铃铉铋巨铍钿铆闸陨隽顽顿顼颁颂饲饴饰驰驮鸠侥仆侨雇匮叹喽啧哔"
    "堑伙奁妪寝屡崭岖帼别恸惭惨搂折掴掺畅荣杠构干氲渍渐涨涟沪渗涤卤荧荦狱瑶玛疟疡痪监硕祯称洼窝笺筝个绽绾综绰绫缀纲绮绸绵彩纶绪缁绶闻席莅荪搜苍蚀制诵志语诬诫诰诲诱诳诮狸赈赊辅辄挽逊遥铰"
    "铜铭铢铬铨衔铵铣阂闽阁阀合颇飒台饺饵饷驳肮鸣鸢凤仪侬侩俭凛刘剑刽唠嘘啸叽坟坠堕娴婵妩娇娆审写嵚帜厨庙厮戚怂欲怜悯惮愤怃挚扑捞撑挠抚揿数暂椁桩枢楼桨枞梁叹殇殴浆浇潜溃涧浔牦莹疮皑皱盘"
    "谷窑缔纬缄缅缉缘缎缍缂缈缇罢莲荫蒋卜蜗虱谊谅谆诞诿谄诤谇诽谀竖赋贤赐赓辉辍辇辎辋辊迁邻邓腌锑铐锄铝锐锉锋钡锂闾巩颉颌刮馁驼驻驷驶驽驹驸鱿鲁鸩鸦麸俦傧侪幂勋当吨哝嗳垦奋宪惫懔忆挞掳捡"
    "挝历晓晔昙朴桦横树椭桡淀泽浊滪渑炽炖焖玑瓯瘘卢瞒碛御颖稣窥蓑笃筛缢缣萦缚县缟缜缙绉兴舱荡芜亲觎谛谚谏讳谍谐咨诺谒谓讽谕谙谌谖赖踊辐辏辽邺锭表锯锰钢锡铮锥锦锜锟锢锱阎随险沾腼颊颈颔颓"
    "颐饯馄馅肴骇骈骆哄鲍鸵鸪鸯鸰鸳龟咛埙嫔嬷尴屦屿岭岳嵘弥恳拧拟搁敛毙暧桧栉樯殓泞滨蒙涛滥潍营灿烛毁烩狞环瑷痨疗荡矶禅篓筿粪糁缪缕缧绷纵缫纤缥缦耸脓脍临举艰姜蔷蓟亏蝼蝈亵褛觊谜谤谦谣誊"
    "谧溪赙趋辖辗毂辕舆迈糖酝镀镁锚键锲锤钟锹锻锾钖锷阔阕阑闱隐隶颗飓喂骋骏鲛鲔鲑鸿鸽斋噜向圹垒婶懑扩掷扰撵擞撷槟槛柠梼台欤殡泻沈滤渎溅熏烬焘犷猎璇瓮疠愈睑础穑秽秾窜窍箫箪篑缮缭绣缯坛翘"
    "聂脐膑荠苔蛲蝉觐觞谟谨谬谪赘蹒踪迹跸躯辙迩厘镕镑钨镍镇镐镒镉锤阖闯阗阙雏秋颚颛飏馏馊魉鲨鲤鲫鲧鹃鹄冬咽垄坜宠庞庐惩拢旷橱椟榈橹潇濑沥濒泸烁牍犊兽獭玺畴瘪蒙碍祷获帘签茧绎绘膻腊艺薮药"
    "蚁蝇蝎裆袄哗谭谲讥谯跷辚轿酦镝镞镗镘镖镙锵镂铿錾陇韬韵愿颠飕馒馑骛胡鲸鲳鲭鲷鹑鹉鹊鹌鹏曲咙嘤娘悬忏拦搀胧榇澜弥潋献珑症矿砺矾砾窦筹篮团辫缤继罂胪蔼蔺芦蕴蚝褴噪谵赢赡趸跶铙锈阐飘饶饥"
    "骞腾鳃鳅党龃出俪㑩嗫啭嚣惧慑携斓樱栏歼烂牺璎癞眬缠兰藓蛎蜡摆谴誉赃踌跃跻轰辩镰镭铛铎镯镌辟响颢飨驱骠蓦骡髅鳍鳏莺鹤鹞龇龈啮俨傥呓啰孪巅峦摊洒滩猡叠瘾癣笼籁聋袭衬赎赝踯踬辔郦铸霁鞑缰"
    "颤骄骁脏须鳖鲢鳔鳗鹧鸥鼹龉龊龚苏岩恋挛搅瓒窃缨纤才臜萝蛊逦逻镳铄靥餍驿鳝鳞鳜鸶霉嘱坝揽瘫癫羁蚕谗谶赣酿雳霭千颦骤鬓魇鲎鹰鹭龌龋厅榄篱箩蛮蹑衅镶钥颅馋髋黉滦瞩镊鞯驴骥缆谠躏酽钻銮锣鳄"
    "鲈黩艳凿鹦骊郁鹳鸾吁线真墙赪锈钛里具绯鳕净峰众床产为绿绣画伪启𬣙𫍙𫐄𫓧𪟝𫖯𫛞𫄶𬙂𫉄𫍻𫘪𪲔𬬻"
)
VARIANTS = {"粧": "妆", "賬": "帐", "账": "帐", "鍊": "链", "妳": "你", "俱": "具"}  # two ways to write one word here
ONE_SCRIPT = str.maketrans(TRADITIONAL, SIMPLIFIED)
LOOK_ALIKES = {
    "➕": "+", "✚": "+", "✛": "+", "✜": "+", "ᐩ": "+", "᛭": "+",
    "➖": "-", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "－": "-", "ー": "-", "﹣": "-",
    "×": "x", "✕": "x", "✖": "x", "✗": "x", "╳": "x", "❌": "-", "⨯": "x", "＊": "*", "✱": "*", "∗": "*",
    "：": ":", "🔟": "10", "〇": "零", "○": "零", "💯": " ", "、": "、", "。": " ", "！": "!", "？": "?",
}  # fmt: skip
# What stands inside an emoji or between letters and is not seen: selectors, keycaps, skin tones, zero-width marks.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})  # a mark alone stands on nothing
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol by kind, and nothing to the eye
MENTION = re.compile(r"@[^\s,;、/:]*")
_TABLE = {**ONE_SCRIPT, **{ord(sign): plain for sign, plain in LOOK_ALIKES.items()}}


def one_spelling(text: str) -> str:
    """Half-width, one case, one script, plain digits and signs. Idempotent, and the same for a text and its NFKC form."""
    flat = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_TABLE)
    return unicodedata.normalize("NFKC", flat)


def likeness(name: str) -> str:
    """All that a comment can tell of a name: its one spelling, and no spaces."""
    return "".join(one_spelling(name).split())


@lru_cache(maxsize=4096)
def _spellings(names: tuple[str, ...]) -> Mapping[str, str]:
    return {one_spelling(name).strip(): name for name in reversed(names)}


def name_of(written: str, names: tuple[str, ...]) -> str | None:
    """Which of some names is written here, in whatever case, width or script; None for none of them."""
    return written if written in names else _spellings(names).get(one_spelling(written).strip())


def written(text: str) -> str:
    """What somebody wrote, without blanks around it; "" where no sign of it can be seen: blanks, controls and marks of no width say nothing.

    Marks that turn the order of signs about go: 100 is never read as 001.
    """
    # what is printable turns nothing about; asked at every line somebody writes
    text = text.strip() if text.isprintable() else _TURNS.sub("", text).strip()
    return text if any(map(_is_seen, text)) else ""


def in_one_line(text: str) -> str:
    """What somebody wrote, with one space for any blanks; "" as above."""
    return " ".join(written(text).split())


def typed(code: str) -> str:
    """A code as somebody would type it: without signs that nobody sees."""
    return "".join(sign for sign in in_one_line(code) if _is_seen(sign) or sign == " ")


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN_KINDS and sign not in _FILLERS


def said(text: str) -> str:
    """A comment in one spelling, without the people it mentions."""
    return MENTION.sub(" ", one_spelling(text))
