"""What a browser calls itself, in words that its owner recognises."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from wellspring.engine.errors import marked

_BROWSERS = (
    (r"wxwork", marked("WeCom")),
    (r"MicroMessenger", marked("WeChat")),
    (r"DingTalk", marked("DingTalk")),
    (r"Lark|Feishu", marked("Feishu")),
    (r"QQBrowser|MQQBrowser", marked("QQ Browser")),
    (r"HuaweiBrowser", marked("Huawei Browser")),
    (r"MiuiBrowser", marked("Mi Browser")),
    (r"Edg[A-Z]?/", "Edge"),
    (r"Firefox|FxiOS", "Firefox"),
    (r"Chrome|CriOS", "Chrome"),
    (r"Safari", "Safari"),
)
_SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", marked("HarmonyOS telephone")),
    (r"iPad", "iPad"),
    (r"iPhone", "iPhone"),
    (r"Android", marked("Android telephone")),
    (r"Windows", marked("Windows computer")),
    (r"Macintosh", "Mac"),
    (r"Linux", marked("Linux computer")),
)


def device_name(user_agent: str) -> str:
    """`WeChat · iPhone`; where nothing is recognised, “unknown device”."""
    found = [
        _(name)
        for names in (_BROWSERS, _SYSTEMS)
        if (name := next((name for pattern, name in names if re.search(pattern, user_agent)), ""))
    ]
    return " · ".join(found) or _("unknown device")
