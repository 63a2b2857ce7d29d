"""The hard topics that every installation begins with, and the words by which reports speak of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DefaultTopic:
    slug: str
    name: str
    name_en: str
    synonyms: tuple[str, ...]


DEFAULT_TOPICS = (
    DefaultTopic(
        "civilised-city",
        "文明城市创建",
        "Civilised city",
        ("文明城市", "文明创建", "创建文明城市", "文明典范城市", "文明实践", "创文"),
    ),
    DefaultTopic(
        "sorting",
        "垃圾分类",
        "Waste sorting",
        ("生活垃圾分类", "分类投放", "撤桶", "厨余垃圾", "可回收物", "有害垃圾", "其他垃圾", "误时投放"),
    ),
    DefaultTopic(
        "home-care",
        "居家养老",
        "Ageing at home",
        (
            "居家养老服务",
            "养老服务",
            "助餐点",
            "老年食堂",
            "长者食堂",
            "适老化",
            "独居老人",
            "空巢老人",
            "日间照料",
            "家庭养老床位",
        ),
    ),
    DefaultTopic(
        "mediation",
        "矛盾调解",
        "Mediation of disputes",
        (
            "矛盾纠纷",
            "纠纷调解",
            "人民调解",
            "联调联处",
            "诉调对接",
            "司法确认",
            "邻里纠纷",
            "居民纠纷",
            "调解员",
            "调解室",
        ),
    ),
    DefaultTopic(
        "water",
        "节水护水",
        "Saving and guarding water",
        ("节约用水", "节水", "护水", "爱水", "水资源", "巡河", "河长", "雨水回收", "节水器具"),
    ),
    DefaultTopic(
        "safe-community",
        "平安建设",
        "Safe community",
        (
            "平安社区",
            "平安志愿者",
            "治安巡逻",
            "夜间巡逻",
            "夜巡",
            "反诈",
            "防诈骗",
            "消防安全",
            "消防通道",
            "飞线充电",
        ),
    ),
    DefaultTopic(
        "handing-down",
        "传帮带",
        "Handing down experience",
        ("老书记工作坊", "老书记", "拜师", "师徒结对", "结对带教", "一对一结对", "导师带徒"),
    ),
    DefaultTopic(
        "social-workers",
        "社工成长",
        "Growth of social workers",
        (
            "社工分享会",
            "轮值主席",
            "社工队伍",
            "社会工作者职业资格",
            "社会工作师",
            "全科社工",
            "社工培训",
            "社区工作者队伍",
            "金点子",
        ),
    ),
    DefaultTopic(
        "renewal",
        "老旧小区改造",
        "Renewal of old estates",
        ("老旧小区", "旧改", "小区改造", "城市更新", "雨污分流", "立面改造"),
    ),
    DefaultTopic("lifts", "加装电梯", "Adding lifts", ("电梯加装", "增设电梯", "加梯", "加装的电梯")),
    DefaultTopic(
        "parking",
        "停车治理",
        "Parking",
        ("停车难", "停车位", "错时停车", "共享停车", "停车管理", "充电桩", "非机动车停放", "电动自行车"),
    ),
    DefaultTopic("pets", "文明养犬", "Pets", ("养犬", "遛狗", "遛犬", "宠物", "犬只", "流浪猫", "牵绳")),
    DefaultTopic("neighbours", "睦邻文化", "Neighbourliness", ("睦邻", "邻里节", "邻里情", "百家宴", "邻里互助")),
    DefaultTopic(
        "children", "亲子活动", "Parents and children", ("亲子", "小手拉大手", "儿童友好", "四点半课堂", "家庭教育")
    ),
    DefaultTopic("warmth", "关爱慰问", "Care and visits", ("送温暖", "走访慰问", "慰问", "帮扶", "困难家庭", "暖心")),
)
