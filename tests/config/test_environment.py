"""Every wrong setting is one line that names the variable and what it takes; every right one is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from wellspring import __version__
from wellspring.config.environment import EnvironmentProblem, read_environment, unknown_settings
from wellspring.config.values import mail_server

WRONG = [
    ("WELLSPRING_DEBUG", "maybe", "1 or 0"),
    ("WELLSPRING_HOSTS", "http://news.example.org", "host names"),
    ("WELLSPRING_HOSTS", "news.example.org:80", "host names"),
    ("WELLSPRING_HOSTS", ",", "host names"),
    ("WELLSPRING_DATA", "~nobody-of-this-name/var", "a folder"),
    ("WELLSPRING_PUBLIC_URL", "news.example.org", "https://news.example.org"),
    ("WELLSPRING_PUBLIC_URL", "ftp://news.example.org", "https://news.example.org"),
    ("WELLSPRING_PUBLIC_URL", "https://user:secret@news.example.org", "https://news.example.org"),
    ("WELLSPRING_PUBLIC_URL", "https://[::1", "https://news.example.org"),
    ("WELLSPRING_PUBLIC_URL", "http://news.example.org:99999", "https://news.example.org"),
    ("WELLSPRING_LANGUAGE", "fr", "zh-hans or en"),
    ("WELLSPRING_MEMBERS_ONLY", "2", "1 or 0"),
    ("WELLSPRING_CRAWL_DELAY", "-1", "seconds"),
    ("WELLSPRING_CRAWL_DELAY", "soon", "seconds"),
    ("WELLSPRING_CRAWL_DELAY", "nan", "seconds"),
    ("WELLSPRING_CRAWL_DELAY", "inf", "seconds"),
    ("WELLSPRING_MAX_PAGE_BYTES", "10", "bytes"),
    ("WELLSPRING_MAX_PAGE_BYTES", "10 MB", "bytes"),
    ("WELLSPRING_GUARD_EXCEPTIONS", "localhost", "host:port"),
    ("WELLSPRING_GUARD_EXCEPTIONS", "localhost:http", "host:port"),
    ("WELLSPRING_GUARD_EXCEPTIONS", "localhost:0", "host:port"),
    ("WELLSPRING_GUARD_EXCEPTIONS", "localhost:65536", "host:port"),
    ("WELLSPRING_WEB_WORKERS", "0", "whole number"),
    ("WELLSPRING_WEB_WORKERS", "two", "whole number"),
    ("WELLSPRING_WEB_WORKERS", "1000000", "whole number"),
    ("WELLSPRING_DEMO", "on", "1 or 0"),
    ("WELLSPRING_LOG_LEVEL", "loud", "debug, info, warning or error"),
    ("WELLSPRING_IDLE_MINUTES", "-5", "minutes"),
    ("WELLSPRING_IDLE_MINUTES", "2h", "minutes"),
    ("WELLSPRING_PROXIES", "10.0.0.1", "whole number"),
    ("WELLSPRING_SECOND_FACTOR", "yes", "1 or 0"),
    ("WELLSPRING_EMAIL_URL", "mail.example.org", "smtp://"),
    ("WELLSPRING_EMAIL_URL", "smtp://mail.example.org:port", "smtp://"),
    ("WELLSPRING_EMAIL_URL", "smtp://mail.example.org/?tls=1", "smtp://"),
    ("WELLSPRING_EMAIL_FROM", "the office", "mail address"),
    ("WELLSPRING_WEIXIN", "wx123456", "id:secret"),
    ("WELLSPRING_FEISHU", ":secret", "id:secret"),
    ("WELLSPRING_SECRET_KEY", "short", "32 random"),
    ("DATABASE_URL", "mysql://root@localhost/x", "postgres://"),
    ("DATABASE_URL", "sqlite:///x.db", "postgres://"),
    ("DATABASE_URL", "postgres://user:password@host", "postgres://"),
    ("DATABASE_URL", "postgres://user:password@host:port/name", "postgres://"),
    ("DATABASE_URL", "news", "postgres://"),
]


@pytest.mark.parametrize(("name", "value", "takes"), WRONG)
def test_a_wrong_value_is_named_with_what_it_takes(name: str, value: str, takes: str, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        read_environment({"WELLSPRING_DATA": str(tmp_path)} | {name: value})
    told = str(problem.value)
    assert name in told
    assert takes in told
    assert "\n" not in told


def test_a_wrong_secret_or_password_is_not_repeated(tmp_path: Path) -> None:
    for name, value in (("WELLSPRING_SECRET_KEY", "hush"), ("DATABASE_URL", "mysql://me:hush@localhost/x")):
        with pytest.raises(EnvironmentProblem) as problem:
            read_environment({"WELLSPRING_DATA": str(tmp_path), name: value})
        assert "hush" not in str(problem.value)


def test_nothing_set_is_enough(tmp_path: Path) -> None:
    environment = read_environment({"WELLSPRING_DATA": str(tmp_path / "new")})
    assert environment.database_url == ""
    assert environment.language == "zh-hans"
    assert environment.crawl_delay == 5
    assert environment.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert not environment.debug


def test_right_values_are_read(tmp_path: Path) -> None:
    environment = read_environment(
        {
            "WELLSPRING_DATA": str(tmp_path),
            "DATABASE_URL": "postgres://wellspring:x@db.example.org:5432/wellspring",
            "WELLSPRING_HOSTS": "news.example.org, .example.com,[::1]",
            "WELLSPRING_PUBLIC_URL": "https://news.example.org:8443/library/",
            "WELLSPRING_GUARD_EXCEPTIONS": "127.0.0.1:8711, [::1]:8712,LOCALHOST:80",
            "WELLSPRING_MEMBERS_ONLY": "true",
            "WELLSPRING_CRAWL_DELAY": "0.5",
        }
    )
    assert environment.hosts == ("news.example.org", ".example.com", "[::1]")
    assert environment.public_url == "https://news.example.org:8443/library"
    assert environment.guard_exceptions == {("127.0.0.1", 8711), ("::1", 8712), ("localhost", 80)}
    assert environment.members_only
    assert environment.crawl_delay == 0.5


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first = read_environment({"WELLSPRING_DATA": str(tmp_path)}).secret_key
    assert len(first) >= 50
    assert read_environment({"WELLSPRING_DATA": str(tmp_path)}).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.skipif(os.name != "posix", reason="folders of other systems differ")
def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for where in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(EnvironmentProblem, match="WELLSPRING_DATA"):
            read_environment({"WELLSPRING_DATA": str(where)})


def test_a_damaged_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"\xff\xfe")
    with pytest.raises(EnvironmentProblem, match="WELLSPRING_DATA"):
        read_environment({"WELLSPRING_DATA": str(tmp_path)})


def test_a_mistyped_setting_is_noticed() -> None:
    given = {"WELLSPRING_CONTAKT": "x", "WELLSPRING_ZZZ": "x", "WELLSPRING_DATA": "x", "HOME": "/", "DATABASE_URL": ""}
    assert unknown_settings(given) == [("WELLSPRING_CONTAKT", "WELLSPRING_CONTACT"), ("WELLSPRING_ZZZ", None)]


def test_the_crawler_says_who_it_is_and_where_to_complain(tmp_path: Path) -> None:
    plain = {"WELLSPRING_DATA": str(tmp_path)}
    assert read_environment(plain).fetch_settings().user_agent == f"Wellspring/{__version__}"
    contact = {
        "WELLSPRING_PUBLIC_URL": "https://news.example.org",
        "WELLSPRING_CONTACT": "图书馆 a@example.org\r\nX: 1",
    }
    told = read_environment(plain | contact).fetch_settings().user_agent
    assert told == f"Wellspring/{__version__} (+https://news.example.org;  a@example.orgX: 1)"


def test_a_mail_server_needs_a_sender_and_its_password_is_not_repeated(tmp_path: Path) -> None:
    values = {"WELLSPRING_DATA": str(tmp_path)}
    with pytest.raises(EnvironmentProblem, match="WELLSPRING_EMAIL_FROM"):
        read_environment(values | {"WELLSPRING_EMAIL_URL": "smtp://mail.example.org"})
    with pytest.raises(EnvironmentProblem) as problem:
        read_environment(values | {"WELLSPRING_EMAIL_URL": "smtp://office:s3cret@mail.example.org:x"})
    assert "s3cret" not in str(problem.value)
    with pytest.raises(EnvironmentProblem) as problem:
        read_environment(values | {"WELLSPRING_DINGTALK": "s3cret"})
    assert "s3cret" not in str(problem.value)


def test_a_mail_address_says_how_the_server_is_reached() -> None:
    assert mail_server("") == {}
    plain = mail_server("smtp://office%40example.org:p%3Aw@mail.example.org:587/?starttls=1")
    assert plain["EMAIL_HOST_USER"] == "office@example.org"
    assert plain["EMAIL_HOST_PASSWORD"] == "p:w"
    assert (plain["EMAIL_PORT"], plain["EMAIL_USE_TLS"], plain["EMAIL_USE_SSL"]) == (587, True, False)
    wrapped = mail_server("smtps://mail.example.org")
    assert (wrapped["EMAIL_PORT"], wrapped["EMAIL_USE_TLS"], wrapped["EMAIL_USE_SSL"]) == (465, False, True)


def test_old_secret_keys_are_whole_ones(tmp_path: Path) -> None:
    values = {"WELLSPRING_DATA": str(tmp_path), "WELLSPRING_OLD_SECRET_KEYS": f"{'a' * 40}, {'b' * 40},"}
    assert read_environment(values).old_secret_keys == ("a" * 40, "b" * 40)
    with pytest.raises(EnvironmentProblem, match="WELLSPRING_OLD_SECRET_KEYS") as raised:
        read_environment(values | {"WELLSPRING_OLD_SECRET_KEYS": "cut-off"})
    assert "cut-off" not in str(raised.value)
