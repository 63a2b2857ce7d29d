"""People whose surname is read differently than the word sort under their surname."""

from django.db import migrations

SURNAMES = {
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1", "区": "ou1", "朴": "piao2", "盖": "ge3",
    "任": "ren2", "缪": "miao4", "纪": "ji3", "折": "she2", "种": "chong2", "员": "yun4", "翟": "zhai2", "覃": "qin2",
    "秘": "bi4", "繁": "po2", "华": "hua4", "哈": "ha3", "燕": "yan1", "那": "na1", "撒": "sa3", "佴": "nai4",
    "都": "du1", "葛": "ge3", "过": "guo1", "要": "yao1", "相": "xiang4", "乜": "nie4", "祭": "zhai4", "召": "shao4",
    "洗": "xian3", "卜": "bu3", "阚": "kan4", "句": "gou1", "於": "yu1", "干": "gan1", "薄": "bo2",
}


def read_surnames_as_such(apps, schema_editor):
    User = apps.get_model("core", "User")
    for user in User.objects.using(schema_editor.connection.alias).iterator(chunk_size=1000):
        name = (user.full_name or user.username).strip()
        if len(name) > 4 or name[:1] not in SURNAMES or name.startswith("单于"):
            continue
        _, space, given = user.sort_key.partition(" ")
        user.sort_key = SURNAMES[name[0]] + space + given
        user.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("core", "0007_calendar_feeds")]

    operations = [migrations.RunPython(read_surnames_as_such, migrations.RunPython.noop, elidable=True)]
