"""`wellspring search`, `related` and `reindex` from the shell."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from tests.library.factories import make_channel, make_snapshot, make_source
from wellspring.cli import reindex, related, search
from wellspring.engine.errors import SearchIndexMissing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data=tmp_path)
    text = [{"type": "p", "text": "老书记周德明请楼上楼下两家坐下来，商定楼上换管、楼下补墙，漏水纠纷就此了结。"}]
    make_snapshot("桂花亭里话漏水纠纷", body=text, source_name="江南时报", source=make_source("江南时报"))
    make_snapshot("桂花亭里话漏水纠纷", body=text, source_name="转载网", channel=make_channel("local", "地方"))
    make_snapshot("童谣\x1b[31m唱响湖边", body=[{"type": "p", "text": "团员们唱了七首童谣。"}])


def run(command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def answered(command: click.Command, *arguments: str) -> Any:
    result = run(command, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def ids(items: Sequence[dict[str, Any]]) -> set[int]:
    return {item["id"] for item in items}


def test_search_prints_a_table_and_json() -> None:
    assert run(reindex.command).exit_code == 0
    printed = run(search.command, "漏水", "周德明").stdout
    assert "桂花亭里话漏水" in printed
    assert "江南时报" in printed
    assert printed.count("桂花亭里话漏水") == 1, "a reprint is told beside it"
    assert "另见：" in printed
    answer = answered(search.command, "漏水", "周德明")
    assert (answer["count"], answer["loose"]) == (2, False)
    assert answer["items"][0]["matches"] == ["漏水", "周德明"]
    assert answered(search.command, "漏水", "--channel", "local")["items"][0]["source_name"] == "转载网"
    assert answered(search.command, "漏水", "--to", "2001-01-01")["count"] == 0
    assert len(answered(search.command, "漏水", "--limit", "1")["items"]) == 1


def test_nothing_in_a_title_steers_the_terminal() -> None:
    run(reindex.command)
    assert "\x1b" not in run(search.command, "童谣").stdout


def test_related_prints_copies_apart() -> None:
    run(reindex.command)
    first, second = sorted(ids(answered(search.command, "漏水")["items"]))
    answer = answered(related.command, str(first))
    assert ids(answer["copies"]) == {second}
    assert answer["related"] == []
    assert "转载网" in run(related.command, str(first)).stdout


@pytest.mark.parametrize("unknown", ["999999", "99999999999999999999999"])
def test_an_unknown_id_is_named(unknown: str) -> None:
    run(reindex.command)
    result = run(related.command, unknown)
    assert result.exit_code == 1
    assert unknown in result.stderr


@pytest.mark.parametrize(("command", "argument"), [(search.command, "漏水"), (related.command, "1")])
def test_a_missing_index_is_named(command: click.Command, argument: str) -> None:
    assert isinstance(run(command, argument).exception, SearchIndexMissing)
