"""The demo comes into a new installation by itself, and never into a real one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.library.factories import make_capture, make_source
from wellspring.cli.up import settle_demo
from wellspring.core.models import User
from wellspring.demo.seed import demo_sources

pytestmark = pytest.mark.django_db

PORT = 8711


def test_a_new_installation_gets_the_demo_and_keeps_it() -> None:
    assert settle_demo(True, PORT)
    assert demo_sources().count() >= 6
    assert settle_demo(True, PORT)


@pytest.mark.parametrize("begin", [lambda: User.objects.create_superuser("lin"), make_source, make_capture])
def test_a_real_installation_never_gets_it(begin: Callable[[], object]) -> None:
    begin()
    assert not settle_demo(True, PORT)
    assert not demo_sources().exists()


def test_without_the_demo_its_sources_rest_for_good() -> None:
    settle_demo(True, PORT)
    assert not settle_demo(False, PORT)
    assert not demo_sources().filter(active=True).exists()
    assert not settle_demo(True, PORT)


def test_a_source_of_ones_own_beside_the_demo_leaves_it_running() -> None:
    settle_demo(True, PORT)
    make_source()
    assert settle_demo(True, PORT)
