"""The environment, read once into one frozen `Environment`; a wrong value names its variable and what it takes."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

import dj_database_url

from wellspring import __version__
from wellspring.config.values import (
    EnvironmentProblem,
    between,
    checked,
    flag,
    host_names,
    host_ports,
    mail_sender,
    mail_server,
    one_of,
    pair,
    web_address,
)
from wellspring.engine.fetch.settings import FetchSettings

__all__ = ["Environment", "EnvironmentProblem", "read_environment", "unknown_settings"]

MAX_SECONDS = 60.0
"""Longest time for one request of the crawler."""
_NOT_SETTINGS = {"WELLSPRING_WEB_PARENT", "WELLSPRING_GOLD"}
"""From the web server to its workers; from whoever runs tests and benchmarks to them."""


@dataclass(frozen=True, slots=True)
class Environment:
    data: Path
    """WELLSPRING_DATA: folder of database, archive, index and keys. Default: var/ where it is started."""
    database_url: str
    """DATABASE_URL: empty for SQLite in the data folder, or postgres://user:password@host:port/name."""
    secret_key: str
    """WELLSPRING_SECRET_KEY: made on first start and kept in the data folder where it is not given."""
    old_secret_keys: tuple[str, ...]
    """WELLSPRING_OLD_SECRET_KEYS: earlier secret keys, comma-separated; they still open what was sealed or signed with
    them. `wellspring reseal` seals it anew with the current one, then they can go."""
    debug: bool
    """WELLSPRING_DEBUG: 1 shows tracebacks and /styleguide/; never on a public server."""
    hosts: tuple[str, ...]
    """WELLSPRING_HOSTS: host names this installation answers to, comma-separated; that of WELLSPRING_PUBLIC_URL
    is always among them. Default: localhost,127.0.0.1,[::1]."""
    public_url: str
    """WELLSPRING_PUBLIC_URL: the address readers use, for links in feeds and the crawler's contact."""
    site_name: str
    """WELLSPRING_SITE_NAME: shown in the page head; empty for the product's own name."""
    contact: str
    """WELLSPRING_CONTACT: mail address or page for removal requests; also in the crawler's User-Agent."""
    language: str
    """WELLSPRING_LANGUAGE: zh-hans or en, where neither the reader nor the browser chose. Default: zh-hans."""
    icp: str
    """WELLSPRING_ICP: 备案 number for the foot of the page."""
    members_only: bool
    """WELLSPRING_MEMBERS_ONLY: 1 shows the library to signed-in people only."""
    crawl_delay: float
    """WELLSPRING_CRAWL_DELAY: seconds between two requests to one site. Default: 5."""
    max_page_bytes: int
    """WELLSPRING_MAX_PAGE_BYTES: largest page kept, in bytes, also after decompression. Default: 10000000."""
    checkpoint_minutes: float
    """WELLSPRING_CHECKPOINT_MINUTES: minutes between two signed checkpoints of the capture log, while it grows.
    Default: 5."""
    guard_exceptions: frozenset[tuple[str, int]]
    """WELLSPRING_GUARD_EXCEPTIONS: exact host:port pairs the address guard lets pass, for the demo's own sites."""
    scan: str
    """WELLSPRING_SCAN: virus scanner for files that people hand in: a command that gets the file's path and ends with
    0 for clean and 1 for infected (clamdscan does), or clamd:/path/of/socket, or clamd:host:port. Empty: none."""
    web_workers: int
    """WELLSPRING_WEB_WORKERS: web server processes. Default: 2."""
    demo: bool
    """WELLSPRING_DEMO: set by `wellspring up` for its children while it runs the demo."""
    idle_minutes: int
    """WELLSPRING_IDLE_MINUTES: who does nothing for so long is signed out; 0 for never. Default: 120."""
    proxies: int
    """WELLSPRING_PROXIES: how many proxies of your own stand in front; so many addresses from the right of
    X-Forwarded-For are believed. With 0 the header is ignored. Default: 0."""
    second_factor: bool
    """WELLSPRING_SECOND_FACTOR: 1 asks administrators and operators for a second factor before anything else."""
    email_url: str
    """WELLSPRING_EMAIL_URL: mail server, smtp://user:password@host:port (?starttls=1 for STARTTLS) or smtps://…;
    empty: no mail is sent, and nothing that needs mail is offered."""
    email_from: str
    """WELLSPRING_EMAIL_FROM: sender of mail, like 园东社区 <office@example.org>; needed with WELLSPRING_EMAIL_URL."""
    weixin: tuple[str, str] | None
    """WELLSPRING_WEIXIN: id:secret of a website application at open.weixin.qq.com; lets members sign in with WeChat
    once they have connected it on their account page. Callback address: …/account/with/weixin/login/callback/."""
    dingtalk: tuple[str, str] | None
    """WELLSPRING_DINGTALK: id:secret (Client ID and Client Secret) of an application at open.dingtalk.com, likewise;
    …/account/with/dingtalk/login/callback/."""
    feishu: tuple[str, str] | None
    """WELLSPRING_FEISHU: id:secret (App ID and App Secret) of an application at open.feishu.cn, likewise;
    …/account/with/feishu/login/callback/."""
    log_level: str
    """WELLSPRING_LOG_LEVEL: debug, info, warning or error. Default: info."""

    @property
    def archive(self) -> Path:
        return self.data / "archive"

    @property
    def index(self) -> Path:
        return self.data / "index"

    def fetch_settings(self) -> FetchSettings:
        """What every fetch of this installation is told."""
        contact = "; ".join(filter(None, (self.public_url, self.contact)))
        safe = "".join(character for character in contact if " " <= character <= "~").strip()
        return FetchSettings(
            user_agent=f"Wellspring/{__version__}" + (f" (+{safe})" if safe else ""),
            delay=self.crawl_delay,
            max_bytes=self.max_page_bytes,
            max_seconds=MAX_SECONDS,
            guard_exceptions=self.guard_exceptions,
        )


def read_environment(values: Mapping[str, str] = os.environ) -> Environment:
    """Read and check every variable.

    Raises EnvironmentProblem naming the first variable that is wrong.
    """
    data = _data_folder(values)
    return Environment(
        data=data,
        database_url=_database_url(values),
        secret_key=_secret_key(values, data),
        old_secret_keys=_old_secret_keys(values),
        debug=flag(values, "WELLSPRING_DEBUG"),
        hosts=checked(
            values, "WELLSPRING_HOSTS", "localhost,127.0.0.1,[::1]", host_names, "host names with commas, without port"
        ),
        public_url=checked(
            values, "WELLSPRING_PUBLIC_URL", "", web_address, "an address like https://news.example.org"
        ),
        site_name=values.get("WELLSPRING_SITE_NAME", "").strip(),
        contact=values.get("WELLSPRING_CONTACT", "").strip(),
        language=checked(values, "WELLSPRING_LANGUAGE", "zh-hans", one_of("zh-hans", "en"), "zh-hans or en"),
        icp=values.get("WELLSPRING_ICP", "").strip(),
        members_only=flag(values, "WELLSPRING_MEMBERS_ONLY"),
        crawl_delay=checked(values, "WELLSPRING_CRAWL_DELAY", "5", between(0.0, 86400.0, float), "seconds, 0 to 86400"),
        max_page_bytes=checked(
            values,
            "WELLSPRING_MAX_PAGE_BYTES",
            "10000000",
            between(10_000, 1_000_000_000, int),
            "bytes, 10000 to 1000000000",
        ),
        checkpoint_minutes=checked(
            values, "WELLSPRING_CHECKPOINT_MINUTES", "5", between(0.1, 1440.0, float), "minutes, 0.1 to 1440"
        ),
        guard_exceptions=checked(values, "WELLSPRING_GUARD_EXCEPTIONS", "", host_ports, "host:port pairs with commas"),
        web_workers=checked(values, "WELLSPRING_WEB_WORKERS", "2", between(1, 64, int), "a whole number, 1 to 64"),
        scan=values.get("WELLSPRING_SCAN", "").strip(),
        demo=flag(values, "WELLSPRING_DEMO"),
        idle_minutes=checked(
            values, "WELLSPRING_IDLE_MINUTES", "120", between(0, 10_000, int), "whole minutes, 0 to 10000"
        ),
        proxies=checked(values, "WELLSPRING_PROXIES", "0", between(0, 16, int), "a whole number, 0 to 16"),
        second_factor=flag(values, "WELLSPRING_SECOND_FACTOR"),
        email_url=_mail_url(values),
        email_from=checked(values, "WELLSPRING_EMAIL_FROM", "", mail_sender, "a mail address, or Name <address>"),
        weixin=_application(values, "WELLSPRING_WEIXIN"),
        dingtalk=_application(values, "WELLSPRING_DINGTALK"),
        feishu=_application(values, "WELLSPRING_FEISHU"),
        log_level=checked(
            values,
            "WELLSPRING_LOG_LEVEL",
            "info",
            one_of("debug", "info", "warning", "error"),
            "debug, info, warning or error",
        ),
    )


def unknown_settings(values: Mapping[str, str] = os.environ) -> list[tuple[str, str | None]]:
    """Variables that look like ours and are none, each with the setting it resembles. Ignored, so worth telling."""
    known = {field.name.upper() for field in fields(Environment)}
    ours = sorted(name.removeprefix("WELLSPRING_") for name in values if name.startswith("WELLSPRING_"))
    unknown = [name for name in ours if name not in known and f"WELLSPRING_{name}" not in _NOT_SETTINGS]
    likely = {name: get_close_matches(name, known, 1) for name in unknown}
    return [(f"WELLSPRING_{name}", f"WELLSPRING_{near[0]}" if near else None) for name, near in likely.items()]


def _mail_url(values: Mapping[str, str]) -> str:
    """Checked, and never repeated in a message: a password may stand in it."""
    raw = values.get("WELLSPRING_EMAIL_URL", "").strip()
    try:
        mail_server(raw)
    except ValueError:
        raise EnvironmentProblem(
            "WELLSPRING_EMAIL_URL cannot be read; it takes smtp://user:password@host:port, with ?starttls=1 where the "
            "server wants it, or smtps://…."
        ) from None
    if raw and not values.get("WELLSPRING_EMAIL_FROM", "").strip():
        raise EnvironmentProblem("WELLSPRING_EMAIL_FROM is missing; with WELLSPRING_EMAIL_URL it takes a mail address.")
    return raw


def _application(values: Mapping[str, str], name: str) -> tuple[str, str] | None:
    try:
        return pair(values.get(name, "").strip())
    except ValueError:
        raise EnvironmentProblem(f"{name} cannot be read; it takes id:secret, or nothing.") from None


def _data_folder(values: Mapping[str, str]) -> Path:
    given = values.get("WELLSPRING_DATA") or "var"
    try:
        return Path(given).expanduser().absolute()
    except (RuntimeError, OSError):  # ~somebody who is not known here; or the working folder is gone
        raise EnvironmentProblem(
            f"WELLSPRING_DATA is {given!r}; it takes a folder that can be read and written."
        ) from None


def _database_url(values: Mapping[str, str]) -> str:
    raw = values.get("DATABASE_URL", "").strip()
    if not raw:
        return ""
    takes = "postgres://user:password@host:5432/name, or nothing for SQLite in the data folder"
    try:
        parsed = dj_database_url.parse(raw)
    except (ValueError, KeyError):
        raise EnvironmentProblem(f"DATABASE_URL cannot be read; it takes {takes}.") from None
    if parsed.get("ENGINE") != "django.db.backends.postgresql" or not parsed.get("NAME"):
        raise EnvironmentProblem(f"DATABASE_URL is not a PostgreSQL address with a database name; it takes {takes}.")
    return raw


def _secret_key(values: Mapping[str, str], data: Path) -> str:
    given = values.get("WELLSPRING_SECRET_KEY", "").strip()
    if not given:
        return _kept_secret(data)
    if len(given) < 32:
        raise EnvironmentProblem(
            f"WELLSPRING_SECRET_KEY is only {len(given)} characters long; it takes 32 random ones or more, or nothing: "
            "then one is made and kept in the data folder."
        )
    return given


def _old_secret_keys(values: Mapping[str, str]) -> tuple[str, ...]:
    keys = tuple(filter(None, (key.strip() for key in values.get("WELLSPRING_OLD_SECRET_KEYS", "").split(","))))
    if any(len(key) < 32 for key in keys):
        raise EnvironmentProblem(
            "WELLSPRING_OLD_SECRET_KEYS holds something shorter than a secret key; it takes whole keys with commas."
        )
    return keys


def _kept_secret(data: Path) -> str:
    """The secret key of this installation, made once, readable by its owner only."""
    path = data / "secret_key"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make_secret(path)
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "secret_key in it is damaged"
        raise EnvironmentProblem(
            f"WELLSPRING_DATA is {str(data)!r}; it takes a folder that can be read and written ({why})."
        ) from None


def _make_secret(path: Path) -> None:
    """Written wholly under another name first: whoever sees the file sees all of it, whatever is killed when."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix="secret_key.")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(unfinished, path)
    os.unlink(unfinished)
