"""The channels that every installation begins with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from wellspring.library.models import Channel


@dataclass(frozen=True, slots=True)
class DefaultChannel:
    slug: str
    name: str
    name_en: str
    column_names: tuple[str, ...]


DEFAULT_CHANNELS = (
    DefaultChannel("domestic", "国内", "Domestic", ("国内", "国内新闻", "要闻", "要闻动态", "时政", "时政要闻")),
    DefaultChannel(
        "governance",
        "社区治理",
        "Community governance",
        ("社区治理", "基层治理", "社会治理", "治理", "社区新闻", "社区动态", "基层动态", "社会"),
    ),
    DefaultChannel("civility", "文明创建", "Civic life", ("文明创建", "文明实践", "精神文明", "文明风尚", "创建动态")),
    DefaultChannel(
        "livelihood",
        "民生服务",
        "Services for residents",
        ("民生服务", "民生", "百姓生活", "养老", "养老服务", "便民服务", "生活"),
    ),
    DefaultChannel(
        "safety",
        "平安法治",
        "Safety and law",
        ("平安法治", "平安建设", "法治", "法治在线", "政法", "平安社区", "应急"),
    ),
    DefaultChannel(
        "environment", "环境保护", "Environment", ("环境保护", "环保", "生态环境", "生态", "绿色生活", "垃圾分类")
    ),
    DefaultChannel("culture", "文化生活", "Culture", ("文化生活", "文化", "文体", "文旅", "社区活动", "邻里", "亲子")),
    DefaultChannel(
        "social-work",
        "社工队伍",
        "Social workers",
        ("社工队伍", "社工", "社工风采", "社工日记", "学习园地", "队伍建设", "志愿服务"),
    ),
)


def load_default_channels() -> None:
    """Create the channels that are missing; what is there stays as the office changed it."""
    with transaction.atomic():
        taken = set(Channel.objects.values_list("name", flat=True))
        for position, channel in enumerate(DEFAULT_CHANNELS):
            if channel.name in taken:
                continue
            Channel.objects.get_or_create(
                slug=channel.slug,
                defaults={
                    "name": channel.name,
                    "name_en": channel.name_en,
                    "column_names": list(channel.column_names),
                    "position": position,
                },
            )
