"""`wellspring source` as a process of its own, with a database of its own: the same whatever the tests run on."""

from __future__ import annotations

from pathlib import Path

from tests.cli.installation import Installation
from tests.servers.news_site import NewsSite


def test_a_failure_is_told_in_one_line_on_the_shell(tmp_path: Path) -> None:
    with NewsSite().served() as site:
        house = Installation(tmp_path / "data", may_reach=f"127.0.0.1:{site.port}")
        done = house.run("source", "add", f"{site.url}/nothing", "--yes")
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.strip() == f"wellspring: {site.url}/nothing answered 404, so there is no page to keep."
