"""The wording of news pages and their templates that is not the report: furniture, credits, notices, lists."""

from __future__ import annotations

import re
from typing import Final

ASIDE: Final = re.compile(
    r"comment|pinglun|\bcmt|replies|reply|(?<!non)relat(?!ive\b)|recommen|relevant|tuijian|xiangguan|correlation|"
    r"share|fenxiang|bdshare|foot|sidebar|side[-_ ]|aside|\bnav|navi|menu|crumb|breadcrumb|weizhi|location|"
    r"(?<!s)hot[-_ ]|hotnews|remen|rank|paihang|copyright|banner|advert|\bad[s_-]|[-_]ads?\b|sponsor|promo|login|"
    r"(?<!re)search|tool|qrcode|ewm|erweima|(?<!e)vote|survey|subscribe|disclaim|statement|shengming|popup|modal|"
    r"dialog|toast|tags?\b|keyword|page_?num|pagination|pager|prev(?!ent|iew)|next[-_ ]|\bmore\b|link[-_s]|links|"
    r"friend|toolbar|(?<!overflow-)(?<!overflow-[xy]-)hidden|feedback|jubao|report[-_]"
)
"""Class and id words of places that are not the report."""

BODY: Final = re.compile(
    r"article[-_ ]?(?:body|content|text|con|detail|main)?|content|con[-_]?text|main[-_]?text|"
    r"post[-_](?:body|text|content)|entry|story|zhengwen|zoom|trs_editor|ucap|editor\b|detail|art_|news[-_]?(?:text|con|body|txt|view)|"
    r"\btext\b|neirong|wenzhang|paragraph"
)
"""Class and id words of places that hold the report."""

HEADING_OF_A_LIST: Final = re.compile(
    r"^[\W_]{0,4}(?:延伸阅读|相关阅读|相关新闻|相关报道|相关链接|相关推荐|相关文章|相关专题|推荐阅读|更多阅读|更多推荐|精彩推荐|热门推荐|"
    r"热门文章|热门新闻|热点新闻|猜你喜欢|大家都在看|往期回顾|往期推荐|往期精彩|阅读推荐|编辑推荐|今日热点|最新文章|最新新闻|"
    r"新闻链接|专题推荐|为你推荐|为您推荐|您可能感兴趣|你可能感兴趣|你可能还想看|还可以看|更多精彩|更多新闻|更多报道|热文排行|"
    r"网友评论|最新评论|热门评论|全部评论|发表评论|用户评论|我来说两句|评论区|文章评论|相关附件|附件下载|相关政策|相关解读|"
    r"Related (?:articles|posts|news|stories)|Read more|More from|Recommended)[\W_]{0,6}.{0,4}$",
    re.I,
)
"""A line after which a list of other reports, or of comments, begins."""

_NOTICE: Final = re.compile(
    r"^[\W_]{0,4}(?:(?:免责|特别|版权|郑重|广告|重要|原创)声明|声明[:：]|免責聲明|版權聲明|本站声明|Copyright\s?(?:©|[(（][Cc]|\d{4}|[^a-z]{1,3}\d{4}|[\u3400-\u9fff])|©|关于我们\s*[|｜].{0,60}|风险提示[:：]|转载请注明|转载声明|未经授权|未经许可|"
    r"市场有风险.{0,40}|由.{0,20}(?:采集|抓取).{0,40}|快照(?:生成)?时间.{0,40}|(?:信息)?原文(?:地址|链接)[:：].{0,200}|本(?:内容|文章|文)为.{0,40}|该文观点.{0,60}|本文(?:[转轉摘选選]自.{0,20}[《》日报網网社刊]|仅代表|为.{0,12}原创|版权归|来自|系|内容).{0,60}|(?:以上)?(?:内容|文章)(?:仅代表|来源于网络|仅供).{0,60}|"
    r"凡(?:本网|本站|注明|署名).{0,80}|本网(?:站)?(?:转载|所有).{0,80}|本[网網站][^。]{0,40}不得(?:转|轉).{0,60}|如(?:有侵权|涉及版权|需转载|发现).{0,60}|投诉.{0,10}(?:电话|邮箱|热线).{0,40}|"
    r"违法和不良信息举报.{0,60})",
)

_NOTICE_WITHIN: Final = re.compile(
    r"^[\W_]{0,4}(?:.{0,20}版[权權]所有|.{0,30}ICP[备備]|[^。]{0,6}不构成(?:任何)?投资建议|"
    r"[^。]{0,30}未[经經](?:授权|授權|许可|許可|同意)[^。]{0,8}(?:不得|严禁|嚴禁|禁止))"
)


def is_notice(text: str) -> bool:
    """Whether a line is a legal notice about the page: by its first words, or by words that are looked for first."""
    if _NOTICE.match(text):
        return True
    telling = "未经" in text or "未經" in text or "所有" in text or "不构成" in text or "ICP" in text
    return telling and _NOTICE_WITHIN.match(text) is not None


SERVICE: Final = re.compile(
    r"^[\W_]{0,3}(?:分享到?|分享至.{0,12}|打印(?:本页|文章)?|关闭(?:窗口)?|收藏|点赞|举报|纠错|我要纠错|我要评论|评论|返回(?:顶部|首页|列表)?|"
    r"上一篇.{0,60}|下一篇.{0,60}|上一页|下一页|字[号体大].{0,20}|(?:大|中|小)(?:\s+(?:大|中|小))*|"
    r"扫一扫.{0,40}|扫码.{0,40}|.{0,14}扫描.{0,6}二维码.{0,30}|长按.{0,8}二维码.{0,30}|微信扫.{0,30}|手机(?:扫|看|阅读).{0,20}|"
    r"点击(?:上方|下方|阅读|这里查看|进入专题|查看|加载|图片|看大图|看清晰).{0,30}|（?点击.{0,6}(?:大图|下一页).{0,4}）?|关注我们|欢迎关注.{0,40}|关注.{0,16}公众号.{0,30}|"
    r"阅读(?:原文|全文|量|数|次数|人数).{0,12}|展开(?:全文|阅读).{0,8}|查看(?:原文|全文|更多).{0,8}|浏览(?:次数|量|数).{0,12}|"
    r"(?:已有)?\d+人(?:参与|评论|阅读).{0,10}|\d+条?评论|参与讨论|发表|转发|赞|顶|踩|举报[/／].{2,6}|微信|微博|QQ|朋友圈|QQ空间|新浪微博|微信好友|"
    r"返回.{0,8}[，,]?\s?查看更多|《.{2,20}》?\s*[（(]\s*20\d\d年.{4,20}版\s*|[>》]+|标签[:：].{0,80}|关键[词字][:：].{0,80}|\[?\s?打印\s?\]?.{0,20}|正文(?:字体)?|分享让更多人看到|"
    r"Share|Tweet|Print|Email|Advertisement|广告|THE END|END|"
    r"(?:如果)?(?:喜欢|觉得|觉着).{0,8}[点點].{0,8}(?:在看|赞|这里|这儿).{0,6}|.{0,20}(?:下[载載]|用|打[开開]).{0,6}APP.{0,24}|点击.{0,12}(?:订阅|关注).{0,8}|全文共\d+页.{0,20}|\(?本文共.{0,20}\)?|《?更多.{0,20}》?请.{0,30}"
    r")[\W_]{0,3}$",
    re.I,
)
"""A line of the page's furniture."""

PROMOTION: Final = re.compile(
    r"点击(?:投票|报名|参与|参加|购买|领取|抽奖|下载|订阅)|立即(?:下载|报名|购买|领取|抢购|订阅)|"
    r"下载.{0,12}(?:客户端|APP|App|app).{0,12}(?:福利|优惠|体验|精彩|好礼)|(?:福利|优惠)等(?:你|您)"
)
"""What only advertising says, in a line with a link."""

ORIGINAL_TITLE: Final = re.compile(r"^[(（【\[]?\s*原(?:标题|题|文标题)\s*[:：为].{0,160}$")
"""“（原标题：…）” above the body."""

CREDIT: Final = re.compile(
    r"^[\W_]{0,4}(?:本?文?(?:来源|稿源|信息来源|稿件来源|文章来源|新闻来源|内容来源|资料来源|转载自|转自|转载于|摘自|原载)|责任编辑|责\s?编|值班编辑|(?:图片|圖片|视频|视觉|美术|新媒体|网络|文字|版面|本期|本版)?编\s?辑|編\s?輯|[責责]任編輯|编\s?审|"
    r"主\s?编|副主编|审\s?核|审\s?校|校\s?对|初\s?审|复\s?审|终\s?审|[一二三]\s?审|监\s?制|统\s?筹|策\s?划|制\s?作|出\s?品|美\s?编|版式|值班(?:主任|编委|主编)?|"
    r"作\s?者|撰\s?稿|撰\s?文|文字|采写|采访|供稿|通讯员|实习生|(?:本报|本网|见习|实习)?记\s?者|排版|配图|编\s?校|文案|原创|本文转自|本文来源)"
    r"[^:：]{0,6}[:：/丨|｜].{0,80}$"
)
"""A line that names who made the report, not the report."""

END: Final = re.compile(
    r"^[\W_]{0,4}(?:【[^】]{1,6}】|\[[^\]]{1,6}\])?[\W_]{0,4}"
    r"(?:责\s?任\s?编\s?辑|责\s?编|本文编辑|网络编辑|值班编辑)\s*[:：丨｜/]"
)
"""The credit with which a report ends."""

_TIME_OR_ACTION: Final = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|来源\s*[:：]|作者\s*[:：]|责任编辑|发布时间|浏览|阅读|评论|字号|分享"
)


_SHORT_TIME: Final = re.compile(
    r"^(?:刚刚|\d{1,3}\s?(?:秒|分钟|小时|天|个月)前|[今昨前]天\s?[\d:：]{0,5}|(?:\d{1,2}[-/月]\d{1,2}日?)?\s?\d{0,2}[:：]?\d{0,2})(?:发布|[·|\s]{0,3}$)"
)


def is_head_line(text: str) -> bool:
    """A line between headline and report: time, outlet, font size, counters."""
    if len(text) <= 16 and _SHORT_TIME.match(text):
        return True
    return len(text) <= 120 and len(_TIME_OR_ACTION.findall(text)) * 30 >= len(text)
