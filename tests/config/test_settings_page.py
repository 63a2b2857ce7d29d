"""docs/settings.md is made of the settings themselves. `python tests/config/test_settings_page.py` writes it anew."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "settings.md"
SOURCE = ROOT / "src" / "wellspring" / "config" / "environment.py"


def settings_page() -> str:
    """The page: a row for every field of Environment, from the line below it."""
    rows = []
    for node in ast.parse(SOURCE.read_text("utf-8")).body:
        if not isinstance(node, ast.ClassDef) or node.name != "Environment":
            continue
        for field, told in zip(node.body, node.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign):
                assert isinstance(told, ast.Expr)
                assert isinstance(told.value, ast.Constant), f"{ast.unparse(field)} says nothing about itself"
                name, _, meaning = str(told.value.value).partition(": ")
                rows.append(f"| `{name}` | {' '.join(meaning.split())} |")
    head = (
        "# Settings\n\nAll of them come from the environment, are read once, and have a default that works. A wrong "
        "value stops the start with\none line that names the variable and what it takes.\n\n"
        "| variable | meaning |\n|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def test_the_settings_page_tells_every_setting() -> None:
    assert PAGE.read_text("utf-8") == settings_page(), f"python {Path(__file__).relative_to(ROOT)} writes it anew"


def test_no_code_reads_a_setting_past_the_environment() -> None:
    told = set(re.findall(r"`(WELLSPRING_\w+|DATABASE_URL)`", settings_page()))
    handed_down = {"WELLSPRING_WEB_PARENT", "WELLSPRING_GOLD"}  # not settings
    named = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\b(WELLSPRING_[A-Z_]+[A-Z])\b", path.read_text("utf-8"))
    }
    assert named <= told | handed_down


if __name__ == "__main__":
    PAGE.write_text(settings_page(), "utf-8")
