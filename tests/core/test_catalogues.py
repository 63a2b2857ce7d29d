"""Every text has its Chinese, with the same placeholders, and the catalogues compile by themselves."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from pathlib import Path
from types import ModuleType

import polib
import pytest
from django.utils import translation
from pytest_django import Settings

from wellspring.core.catalogues import compile_catalogues

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z.0-9]*")


@pytest.fixture(scope="module")
def collector() -> ModuleType:
    spec = importlib.util.spec_from_file_location("collect", ROOT / "locale" / "collect.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_of_the_source_has_its_chinese(collector: ModuleType) -> None:
    missing = collector.untranslated(collector.collect())
    assert not missing, "`make messages`, then translate in locale/zh_Hans:\n" + "\n".join(missing)


def test_translations_fill_in_the_same_values_and_keep_the_markup(collector: ModuleType) -> None:
    wrong = []
    for entry in collector.collect():
        said = entry.msgstr or entry.msgstr_plural.get(0, "")
        asked = entry.msgid_plural or entry.msgid
        if said and set(PLACEHOLDER.findall(said)) != set(PLACEHOLDER.findall(asked)):
            wrong.append(entry.msgid)
        if said and sorted(re.findall(r"<[^>]+>", said)) != sorted(re.findall(r"<[^>]+>", asked)):
            wrong.append(entry.msgid)
        if re.search(r"%(?!\(|%)", said) and "%(" in said:
            wrong.append(entry.msgid)
    assert not wrong, "\n".join(wrong)


def test_texts_are_collected_from_code_marks_and_templates(collector: ModuleType) -> None:
    found = {text.singular for text in collector.texts()}
    assert "%(url)s did not arrive within %(limit)s seconds." in found
    assert "Just arrived" in found
    assert "Choose a day between 1990 and 2100." in found
    assert "The library is still empty" in found
    assert "Look here:" in found, "a text inside an f-string"


def test_a_stale_catalogue_is_compiled_and_a_fresh_one_left(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po", folder)
    settings.LOCALE_PATHS = [tmp_path]
    assert compile_catalogues() == [folder / "django.mo"]
    assert polib.mofile(str(folder / "django.mo")).find("Just arrived").msgstr == "刚刚收录"
    assert compile_catalogues() == []
    os.utime(folder / "django.po")
    os.utime(folder / "django.mo", (1, 1))
    assert compile_catalogues() == [folder / "django.mo"]


def test_the_running_house_speaks_chinese() -> None:
    with translation.override("zh-hans"):
        assert translation.gettext("Just arrived") == "刚刚收录"
