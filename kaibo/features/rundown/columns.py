"""What the columns of a rundown are called in the sheets of the trade. Each word in one writing, see `squash`."""

from kaibo.core.headers import Words

NAMING = ("product_id", "product_name")  # by which a row names its product

# One meaning a line, however many words.
# fmt: off
COLUMNS = Words(
    {
        "number": ("序號", "序", "編號", "項次", "No", "No.", "#", "Nr", "Item", "Cue", "Cue No"),
        "span": ("時間段", "時間", "時段", "時間軸", "直播時間段", "起訖時間", "起止時間", "時間點", "預計時間", "Time", "Time slot", "Slot", "Timing", "Schedule"),
        "start": ("開始時間", "開始", "起始時間", "起始", "起", "Start", "Start time", "Planned start", "Begin", "From"),
        "end": ("結束時間", "結束", "終止時間", "迄", "止", "End", "End time", "Finish", "Until"),
        "duration": ("時長", "時長(分)", "時長(分鐘)", "時長(秒)", "預計時長", "講解時長", "時間長度", "分鐘", "分鐘數", "用時", "長度", "Duration", "Duration (min)", "Length", "Mins", "Minutes", "Min", "Dur"),
        "title": ("環節", "流程", "段落", "環節名稱", "直播環節", "內容", "流程內容", "環節內容", "直播流程", "主題", "Phase", "Segment", "Title", "Section", "Topic", "Agenda", "Cue title"),
        "item_type": ("款型", "商品款型", "款式類型", "產品類型", "商品類型", "商品定位", "產品定位", "貨盤類型", "Item type", "Product type"),
        "product_id": ("商品編號", "商品編碼", "商品ID", "產品編號", "產品編碼", "貨號", "款號", "品號", "料號", "編碼", "SKU", "SKU ID", "Product ID", "Product code", "Item code"),
        "product_name": ("商品", "產品", "商品名稱", "產品名稱", "品名", "單品", "主推商品", "貨品", "Product", "Product name", "Item name", "Products"),
        "list_price": ("原價", "日常價", "定價", "市場價", "吊牌價", "建議售價", "List price", "Original price", "RRP", "MSRP", "Retail price"),
        "live_price": ("直播價", "到手價", "直播間價格", "直播間價", "活動價", "優惠價", "特價", "售價", "直播售價", "Live price", "Price", "Sale price", "Deal price"),
        "mechanism": ("優惠機制", "機制", "活動機制", "優惠", "優惠活動", "促銷機制", "促銷", "福利", "福利機制", "贈品", "玩法", "Mechanism", "Offer", "Promotion", "Promo", "Deal"),
        "host_lines": ("主播話術重點", "話術", "主播話術", "話術重點", "話術要點", "主播", "主播話術要點", "講解要點", "講解重點", "口播", "口播重點", "賣點", "商品賣點", "產品賣點", "主播動作", "Host", "Host lines", "Talking points", "Script", "Key messages", "Key points", "Host script"),
        "proof": ("佐證", "證明", "證據", "檢測報告", "檢驗報告", "Proof", "Evidence"),
        "assistant_action": ("助理動作", "助播動作", "助理", "助播", "助理配合", "助播配合", "副播", "Assistant", "Assistant action", "Co-host"),
        "operations_action": ("場控/運營動作", "場控動作", "運營動作", "場控", "運營", "營運", "營運動作", "中控", "中控動作", "場控配合", "後台操作", "Operations", "Operations action", "Ops", "Ops action", "Operator"),
        "tech_action": ("技術動作", "技術", "導播", "導播動作", "鏡頭", "畫面", "鏡頭/畫面", "設備", "Tech", "Tech action", "Technical", "Camera", "AV"),
        "must_not_say": ("禁語", "違禁詞", "禁用詞", "敏感詞", "禁說", "不可說", "禁忌詞", "極限詞", "違規詞", "Must not say", "Forbidden words", "Banned words", "Do not say", "Avoid"),
        "fallback": ("備用方案", "備案", "預案", "應急預案", "應急方案", "應急", "備選方案", "Plan B", "Fallback", "Backup", "Contingency"),
        "goal": ("環節目標成交額", "環節目標", "目標", "目標GMV", "目標銷售額", "目標成交額", "銷售目標", "GMV目標", "預估GMV", "Goal", "Target", "Target GMV", "GMV target", "GMV"),
        "cue_type": ("類型", "環節類型", "Type", "Cue type"),
        "start_mode": ("開始方式", "起始方式", "Start mode"),
        "start_at": ("固定開始時間", "Fixed start"),
    }
)
