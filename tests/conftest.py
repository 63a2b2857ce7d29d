"""The ground under every test: a data folder per process, the database the run asks for, and which tests run on it.

`make test` runs pytest once with two workers: one on SQLite, one on PostgreSQL (`--dist each`). The SQLite worker runs
everything but the browser tests; the PostgreSQL worker runs what touches a database, and the browser tests. Alone,
`pytest` uses SQLite; `WELLSPRING_TEST_DATABASE=postgresql pytest …` the other.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

DATABASE = os.environ.get("WELLSPRING_TEST_DATABASE", "sqlite")
DATA = tempfile.mkdtemp(prefix="wellspring-test-")
os.mkdir(f"{DATA}/static")  # where WhiteNoise looks
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("WELLSPRING_") and name != "WELLSPRING_GOLD"]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DJANGO_SETTINGS_MODULE", None)
os.environ["WELLSPRING_DATA"] = DATA
os.environ["WELLSPRING_CONTACT"] = "library@example.org"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settings are read here and not earlier (pytest-django would, were they named in pyproject.toml)."""
    if config.getoption("dist", "no") != "no" and "PYTEST_XDIST_WORKER" not in os.environ:
        config.pluginmanager.register(BothWorkersCount(config))
        return  # This process only gives out the work.
    if DATABASE == "postgresql":
        from tests.postgresql import start_postgresql

        os.environ["DATABASE_URL"] = start_postgresql()
    os.environ["DJANGO_SETTINGS_MODULE"] = "wellspring.config.settings"
    from django.conf import settings

    # Nothing was collected into a manifest; a slow password hash proves nothing here.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    soak = "soak" in config.getoption("markexpr", "")
    chosen = [item for item in items if _belongs_here(item) and (soak or not item.get_closest_marker("soak"))]
    if len(chosen) < len(items):
        left = set(items) - set(chosen)
        config.hook.pytest_deselected(items=list(left))
        items[:] = chosen


class BothWorkersCount:
    """Progress counts the tests of all workers; xdist would take one worker's number for the whole."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.total = 0

    @pytest.hookimpl
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self.total += len(ids)

    @pytest.hookimpl
    def pytest_runtest_logstart(self) -> None:
        session = self.config.pluginmanager.getplugin("session")
        if session is not None and self.config.getoption("dist") == "each":
            session.testscollected = self.total


def _belongs_here(item: pytest.Item) -> bool:
    browser = item.get_closest_marker("browser") is not None
    if DATABASE == "postgresql":
        if item.get_closest_marker("one_database"):
            return False
        fixtures = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}
        return bool(browser or touches or item.get_closest_marker("postgres"))
    if item.get_closest_marker("postgres"):
        return False
    return not browser or "PYTEST_XDIST_WORKER" not in os.environ


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What one test lets the cache or the data folder remember must not be told to the next, whose tables are empty."""
    from django.core.cache import cache

    cache.clear()
    shutil.rmtree(f"{DATA}/log", ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{DATA}/audit-head")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:  # type: ignore[attr-defined]  # pluggy sends the report in here
        report.sections.append(("database", DATABASE))  # type: ignore[attr-defined]  # as above
    return report
