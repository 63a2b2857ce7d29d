"""Lists of people are in the order in which their names are spoken."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from wellspring.core.models import User
from wellspring.core.names import sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("曾小华", "zeng1 xiao3 hua2"),
        ("单雄", "shan4 xiong2"),
        ("单于明", "chan2 yu2 ming2"),
        ("区大勇", "ou1 da4 yong3"),
        ("万俟卨", "mo4 qi2 xie4"),
        ("尉迟恭", "yu4 chi2 gong1"),
        ("解书记", "xie4 shu1 ji4"),
        ("王解放", "wang2 jie3 fang4"),
        ("解放路值班室", "jie3 fang4 lu4 zhi2 ban1 shi4"),
        ("Zoe", "zoe"),
        ("", ""),
    ],
)
def test_a_surname_is_read_as_a_surname_and_not_as_the_word(name: str, key: str) -> None:
    assert sort_key(name) == key


@pytest.mark.django_db
def test_people_who_were_there_before_sort_as_they_would_today() -> None:
    migration = import_module("wellspring.core.migrations.0008_surnames_read_as_such")
    people = ["曾小华", "单于明", "葛亮", "宋书记", "解放路值班室", "查"]
    for number, name in enumerate(people):
        user = User.objects.create(username=f"user{number}", full_name=name)
        as_word = {"曾小华": "ceng2 xiao3 hua2", "葛亮": "ge2 liang4", "查": "cha2"}.get(name, user.sort_key)
        User.objects.filter(pk=user.pk).update(sort_key=as_word)
    migration.read_surnames_as_such(apps, connection.schema_editor())
    assert {user.full_name: user.sort_key for user in User.objects.all()} == {name: sort_key(name) for name in people}
