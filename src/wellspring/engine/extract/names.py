"""What is the name of a person, by Chinese surnames and the shape of names, and what is the name of an outlet."""

from __future__ import annotations

import re
from typing import Final

_SINGLE: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹"
    "姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁"
    "荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘"
    "景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦"
    "雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文"
    "寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益"
    "桓公付肖闫佟仝苑迟覃岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳言福闪仉督归海楚晋鄢涂钦代伦玄原佼沐战"
    "邸展隋鹿辜呼苟钊亓兰闽矫栗禚粟藏庹邝揭买冼麦眭谌占楼练门旷候喜尉初趙錢孫鄭馮陳衛蔣瀋韓楊許呂張嚴華謝"
    "鄒竇蘇魯韋馬鳳湯羅畢鄔樂齊顧黃蕭閔賈婁顏鍾駱盧單龔陸榮劉葉龍賴喬蒼聞譚勞邊溫莊閻連習鞏聶簡饒關"
    "吳鄧賀錢紀藍龐項應繆儲費貝計強車寧豐雲麥黨範遊萬時湯蔡鮑陰師貢闕儀嶽"
)
_DOUBLE_TEXT: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙"
    "钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇颛孙巫马公西漆雕乐正壤驷公良拓跋夹谷宰父谷梁段干百里东郭南门"
    "呼延羊舌微生梁丘左丘东门西门令狐轩辕歐陽司馬諸葛東方"
)
_DOUBLE: Final = frozenset(_DOUBLE_TEXT[i : i + 2] for i in range(0, len(_DOUBLE_TEXT), 2))
_NOT_IN_A_GIVEN_NAME: Final = re.compile(
    r"[的了和与或是在有不也都从对把被让将要就说等于及其这那什么怎吗呢吧啊上下里外前后内个们您你我他她它0-9]|记者|编辑|記者|編輯|報導|新聞|日报|晚报|时报|新闻|网$|报$|社$|台$|局$|部$|处$|委$|会$|厅$|院$|"
    r"中心|公司|集团|频道|来源|整理|综合|报道|摄影|图片|视频|通讯|学校|大学|编译|责编|校对|审核|原创|转载|系统|管理|管理员|办公|政府|银行|法院|公安|社区|街道|未知|佚名|匿名|本站|本网|小编|"
    r"大家|如何|关于|时候|时间|今天|昨天|明天|发布|社会|国际|国内|经济|文化|体育|教育|财经|科技"
)
_NO_NAME: Final = re.compile(
    r"^(?:admin\w*|editor\w*|root|test\w*|user\w*|guest|null|none|undefined|web\w*|[a-z]+\d+|\d+|[A-Z]{1,4}\d+)$|管理|编辑|記者|记者|"
    r"系统|作者|佚名|匿名|未知|不详|网络|综合|整理|来源|转载|原创|小编|本站|本网|本报|官方|用户|发布|暂无|宣传|办公|供稿|摄影|责编|"
    r"^[无無]$|[0-9]{3}|财经$|资讯$|观察$|中国|分享|关注|点击|浏览|阅读|评论|时间|日期|字号|打印|全部|首页|更多|工作室|团队|编者|學校|学校|大学|小组|课题组|支部|协会|街道|社区|学院|医院|党"
)
_PEN_NAME: Final = re.compile(r"^[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9·_-]{1,11}$")
_ROLE: Final = re.compile(
    r"管理员|通[讯訊][员員]|主持人|负责人|经理|主任|书记|委员|党委|党组|宣传|时讯|来稿|全文|全体|双方|高级|通信|应急|安全|水利|金融|农业|房产"
)
_CHINESE: Final = re.compile(r"^[\u3400-\u9fff]{2,4}$")
_DOTTED: Final = re.compile(r"^[\u3400-\u9fff]{1,8}(?:[·•‧・][\u3400-\u9fff]{1,8}){1,3}$")
_LATIN: Final = re.compile(
    r"^(?!(?:By|Written|Posted|Updated|Published|Last|Reviewed|Edited) )"
    r"[A-Z][A-Za-z'’.-]{0,20}(?: [A-Z][A-Za-z'’.-]{0,20}){1,3}$"
)
_OUTLET_END: Final = re.compile(
    r"(?:报|网|社|台|刊|杂志|新闻|在线|客户端|频道|频率|周刊|时报|融媒体?|中心|公众号|微信|政府|局|委|办|部|厅|院|会|集团|公司)$"
)
_ORGANISATION_END: Final = re.compile(
    r"(?:系|校|学|所|站|队|村|镇|乡|县|区|市|街道|社区|科|股|室|处|行|店|馆|园|团|厂|矿)$"
)

SEPARATORS: Final = re.compile(r"[\s、,，;；/&|｜丨]+|(?<=[\u3400-\u9fff])和(?=[\u3400-\u9fff])")


def is_person(name: str) -> bool:
    """Whether a word is a person's name: a known surname and one or two characters, or 阿·贝, Ada Lee."""
    if _CHINESE.match(name):
        if _ROLE.search(name):
            return False
        if name[:2] in _DOUBLE:
            given = name[2:]
        elif name[0] in _SINGLE and len(name) <= 3:
            given = name[1:]
        else:
            return False
        return bool(given) and not _NOT_IN_A_GIVEN_NAME.search(given) and not _OUTLET_END.search(name[1:])
    return bool(_DOTTED.match(name) or _LATIN.match(name))


def people_in(text: str) -> list[str]:
    """The leading names in a list such as `张三 李四、王五`; reading stops at the first word that is no name.

    A two-character name set with a space (`王 文`) is one name.
    """
    text = text.strip()
    if _LATIN.match(text):
        return [text]
    names: list[str] = []
    waiting = ""
    for word in SEPARATORS.split(text):
        if len(word) == 1 and "\u3400" <= word <= "\u9fff":
            if not waiting:
                waiting = word
                continue
            word, waiting = waiting + word, ""
        if not word:
            continue
        if waiting or not is_person(word):
            break
        if word not in names:
            names.append(word)
    return names


def is_pen_name(name: str) -> bool:
    """Whether a word that is called the author could be a name people write under, though it is no usual name."""
    return bool(_PEN_NAME.match(name)) and not _NO_NAME.search(name) and not is_organisation(name)


def is_organisation(name: str) -> bool:
    """Whether a word before a person's name is where the person works: `电子系 王小河`."""
    return len(name) >= 3 and not is_person(name) and bool(_ORGANISATION_END.search(name) or _OUTLET_END.search(name))


def looks_like_outlet(name: str) -> bool:
    """Whether a name has the shape of a newspaper, site, station or office."""
    return bool(_OUTLET_END.search(name))
