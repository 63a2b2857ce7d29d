"""The sample sites on free ports, once for all tests of this folder, looked at a day after the demo began."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from wellspring.demo.site.clock import DemoClock
from wellspring.demo.site.reports import Report, read_reports
from wellspring.demo.site.server import SampleSites


@pytest.fixture(scope="session")
def sample_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleSites]:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with SampleSites(tmp_path_factory.mktemp("demo"), 0, now=lambda: tomorrow) as sites:
        yield sites


@pytest.fixture(scope="session")
def reader() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def reports() -> tuple[Report, ...]:
    return read_reports(DemoClock(datetime(2026, 3, 5, 2, 0, tzinfo=UTC)))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A data folder of its own."""
    return tmp_path / "data"
