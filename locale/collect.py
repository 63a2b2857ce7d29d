"""Collect every translatable text of the source into the catalogues: `make messages`.

Texts come from `gettext` and its kin and from `marked` in Python, and from the translate tags of templates.
Translations that are there already stay; a text that is gone from the source goes from the catalogue. Ends with status
1 while a text has no translation.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "wellspring"
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "marked": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACES: dict[str, dict[str, int]] = {
    "ngettext": {"singular": 0, "plural": 1},
    "ngettext_lazy": {"singular": 0, "plural": 1},
    "pgettext": {"context": 0, "singular": 1},
    "pgettext_lazy": {"context": 0, "singular": 1},
    "npgettext": {"context": 0, "singular": 1, "plural": 2},
}


class Text(NamedTuple):
    context: str | None
    singular: str
    plural: str | None
    path: str


def texts() -> Iterator[Text]:
    """Every translatable text of the source, file by file."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _of_code(path.read_bytes(), path)
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt", ".xml"} and "sites" not in path.parts:
            from django.utils.translation import templatize

            calls = templatize(path.read_text("utf-8"))
            # What is left are calls between rows of X; their indentation means nothing.
            yield from _of_template("\n".join(line.strip() for line in calls.splitlines()).encode(), path)


def _of_code(code: bytes, path: Path) -> Iterator[Text]:
    """Calls of a module, those inside f-strings too: to Python 3.11 such a string is one token, but a tree as well."""
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if name not in KEYWORDS:
            continue
        said: dict[str, str] = {}
        places = {"singular": 0} if KEYWORDS[name] is None else _PLACES[name]
        for meaning, place in places.items():
            given = node.args[place] if place < len(node.args) else None
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                said[meaning] = given.value
        if said.get("singular"):
            yield Text(said.get("context"), said["singular"], said.get("plural"), path.relative_to(ROOT).as_posix())


def _of_template(code: bytes, path: Path) -> Iterator[Text]:
    for _line, message, _comments, context in extract("python", io.BytesIO(code), keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, None)
        if singular:
            yield Text(context, singular, plural, path.relative_to(ROOT).as_posix())


def collect() -> polib.POFile:
    """The catalogue with exactly the texts of the source, translations kept where they are known."""
    known = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue = polib.POFile(wrapwidth=118)
    catalogue.metadata = {
        "Project-Id-Version": "Wellspring",
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for text in texts():
        entry = entries.get((text.context, text.singular))
        if entry is None:
            entry = entries[(text.context, text.singular)] = polib.POEntry(msgctxt=text.context, msgid=text.singular)
        if text.plural:
            entry.msgid_plural = text.plural
        if (text.path, "") not in entry.occurrences:
            entry.occurrences.append((text.path, ""))
        if "%(" in text.singular and "python-format" not in entry.flags:
            entry.flags.append("python-format")
    for (context, singular), entry in entries.items():
        before = known.find(singular, msgctxt=context or False)
        said = (before.msgstr or before.msgstr_plural.get(0, "")) if before else ""
        if entry.msgid_plural:
            entry.msgstr_plural = {0: said}
        else:
            entry.msgstr = said
        catalogue.append(entry)
    return catalogue


def untranslated(catalogue: polib.POFile) -> list[str]:
    """The texts that have no translation."""
    return [entry.msgid for entry in catalogue if not (entry.msgstr or entry.msgstr_plural.get(0))]


def main() -> int:
    from django.conf import settings

    settings.configure(USE_I18N=True)
    catalogue = collect()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    CATALOGUE.with_suffix(".mo").write_bytes(catalogue.to_binary())
    missing = untranslated(catalogue)
    print(f"{len(catalogue)} texts, {len(missing)} without Chinese: {CATALOGUE.relative_to(ROOT)}")
    for msgid in missing:
        print(f"  {msgid}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
