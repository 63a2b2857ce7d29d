"""The tests themselves stand on a data folder and a database of their own."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import conftest


def test_tests_never_touch_the_data_folder_of_the_checkout() -> None:
    assert settings.ENVIRONMENT.data == Path(conftest.DATA)


@pytest.mark.django_db
def test_the_database_is_the_one_this_run_asks_for() -> None:
    assert connection.vendor == conftest.DATABASE


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_is_a_version_we_support() -> None:
    assert connection.cursor().connection.info.server_version >= 150000
