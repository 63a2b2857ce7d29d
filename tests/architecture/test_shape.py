"""Files are small and say what belongs in them; functions of services and queries are typed and explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "wellspring"
MOST_LINES = 300
MOST_TEMPLATE_LINES = 200
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}


def modules(*folders: Path) -> Iterator[Path]:
    for folder in folders or (SRC, ROOT / "tests", ROOT / "bench"):
        yield from (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_module_outgrows_a_reader() -> None:
    # A table of data may be long; a test that is long can be split by subject as well.
    long = [f"{path.relative_to(ROOT)}: {lines_of(path)}" for path in modules() if lines_of(path) > MOST_LINES]
    assert not long, f"more than {MOST_LINES} lines; split by subject:\n" + "\n".join(long)


def test_no_template_outgrows_a_reader() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines_of(path)}"
        for path in SRC.rglob("templates/**/*.html")
        if lines_of(path) > MOST_TEMPLATE_LINES and "demo" not in path.parts
    ]
    assert not long, "\n".join(long)


def test_no_module_is_an_attic() -> None:
    vague = [path.relative_to(ROOT) for path in modules() if path.stem in VAGUE or path.parent.name in VAGUE]
    assert not vague


def test_every_module_says_what_belongs_in_it() -> None:
    silent = []
    for path in modules():
        text = path.read_text("utf-8")
        if not text.strip() or path.name == "apps.py" or (path.name == "urls.py" and lines_of(path) < 12):
            continue
        if not ast.get_docstring(ast.parse(text)):
            silent.append(str(path.relative_to(ROOT)))
    assert not silent, "\n".join(silent)


def test_services_and_queries_are_typed_and_explained() -> None:
    silent = []
    for path in modules(SRC):
        if not {"services", "queries", "services.py", "queries.py"} & set(path.parts):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}: {node.name} has no docstring")
            if node.returns is None or any(argument.annotation is None for argument in arguments):
                silent.append(f"{path.relative_to(ROOT)}: {node.name} is not typed")
    assert not silent, "\n".join(silent)


def test_a_silenced_check_has_its_reason_beside_it() -> None:
    bare = re.compile(r"#\s*(type:\s*ignore(\[[\w, -]+\])?|noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?)\s*$")
    silent = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in modules(SRC)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line) and "models.py" not in path.name and line.count("#") == 1
    ]
    assert not silent, "\n".join(silent)


def test_tests_are_sentences() -> None:
    short = []
    for path in modules(ROOT / "tests"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test_"):
                continue
            if node.name.count("_") < 3:
                short.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert not short, "\n".join(short)
