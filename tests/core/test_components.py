"""What the template tags say: times by their precision, names by the reader's language, safe links."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from tests.library.factories import make_channel
from wellspring.core.templatetags.components import contact_href, host, local_name, when

MOMENT = datetime(2025, 3, 5, 3, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "precision", "exact", "says"),
    [
        ("zh-hans", "minute", False, '<time datetime="2025-03-05T11:09+08:00">2025年3月5日 11:09</time>'),
        ("zh-hans", "second", True, '<time datetime="2025-03-05T11:09:07+08:00">2025年3月5日 11:09:07</time>'),
        ("zh-hans", "second", False, '<time datetime="2025-03-05T11:09+08:00">2025年3月5日 11:09</time>'),
        ("zh-hans", "day", True, '<time datetime="2025-03-05">2025年3月5日</time>'),
        ("en", "minute", False, '<time datetime="2025-03-05T11:09+08:00">5 March 2025, 11:09</time>'),
        ("en", "day", False, '<time datetime="2025-03-05">5 March 2025</time>'),
    ],
)
def test_a_time_is_told_no_more_exactly_than_it_is_known(language: str, precision: str, exact: bool, says: str) -> None:
    with translation.override(language):
        assert when(MOMENT, precision, exact=exact) == says


def test_an_unknown_time_is_not_told() -> None:
    assert when(None) == ""


@pytest.mark.django_db
def test_names_follow_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert local_name(make_channel()) == "Domestic"
        assert local_name(make_channel("other", "其他", "")) == "其他"
    with translation.override("zh-hans"):
        assert local_name(make_channel()) == "国内"


def test_a_contact_is_a_page_or_a_mail_address() -> None:
    assert contact_href("library@example.org") == "mailto:library@example.org"
    assert contact_href("https://example.org/contact") == "https://example.org/contact"
    assert contact_href("javascript:alert(1)") == ""


def test_the_host_of_an_address_is_told_plainly() -> None:
    assert host("https://www.Example.com:443/a") == "example.com"
    assert host("http://127.0.0.1:8732/a") == "127.0.0.1:8732"
    assert host("http://[2001:db8::1]:8080/") == "[2001:db8::1]:8080"
    assert host("https://[::1/") == ""
    assert host("https://example.com:99999/") == ""
