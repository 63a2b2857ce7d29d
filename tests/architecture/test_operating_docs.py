"""The pages for operators name only commands, options, settings and files that there are."""

from __future__ import annotations

import importlib
import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from wellspring.cli import VERBS
from wellspring.config.environment import Environment

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "docs" / "examples").iterdir(),
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
]
COMMAND = re.compile(r"(?:^|/|&& )wellspring ([a-z][a-z-]*)([^\n|`;&>]*)", re.M)


def named_commands() -> list[tuple[str, str, str]]:
    """Page, verb and the rest of the line of every command in code spans, code blocks and unit files."""
    found: list[tuple[str, str, str]] = []
    for page in PAGES:
        text = page.read_text("utf-8")
        spans = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^```\n(.*?)^```", text, re.M | re.S)
        if page.parent.name == "examples":
            spans = [line for line in text.splitlines() if line.startswith("Exec")]
        commands = [match for span in spans for match in COMMAND.finditer(span)]
        found += [(page.name, match[1], match[2]) for match in commands]
    return found


def test_every_command_that_a_page_names_exists() -> None:
    unknown = sorted({(page, verb) for page, verb, _ in named_commands() if verb not in VERBS})
    assert not unknown


def test_every_option_that_a_page_names_exists() -> None:
    wrong = []
    for page, verb, rest in named_commands():
        if verb not in VERBS:
            continue
        command = importlib.import_module(f"wellspring.cli.{VERBS[verb]}").command
        known = {name for one in _with_subcommands(command) for parameter in one.params for name in parameter.opts}
        known |= {name for one in _with_subcommands(command) for p in one.params for name in p.secondary_opts}
        wrong += [f"{page}: {verb} {option}" for option in re.findall(r"(?<!\S)--[a-z-]+", rest) if option not in known]
    assert not wrong


def _with_subcommands(command: click.Command) -> list[click.Command]:
    return [command, *(command.commands.values() if isinstance(command, click.Group) else ())]


def test_every_setting_that_a_page_names_exists() -> None:
    settings = {f"WELLSPRING_{field.name.upper()}" for field in fields(Environment)}
    known = settings | {"WELLSPRING_GOLD", "WELLSPRING_COMPILE"}  # of the tests, and of the build
    named = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"\bWELLSPRING_[A-Z_]+[A-Z]\b", page.read_text("utf-8"))
    }
    assert not {(page, name) for page, name in named if name not in known}


@pytest.mark.parametrize("page", [page for page in PAGES if page.suffix == ".md"], ids=lambda page: page.name)
def test_every_link_to_a_file_of_the_repository_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]
