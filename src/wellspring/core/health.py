"""The state of the installation: every registered check looked at, and the checks that core itself brings."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from wellspring.core.lifelocks import living
from wellspring.core.readable_log import told_exception
from wellspring.core.registry import Finding, HealthCheck, health_checks, register_health_checks
from wellspring.engine.errors import marked

GOOD, WARNING, WRONG = "good", "warning", "wrong"
_WORST_FIRST = (WRONG, WARNING, GOOD)

log = logging.getLogger("wellspring.health")


@dataclass(frozen=True, slots=True)
class Examined:
    """One check and what it found."""

    check: HealthCheck
    findings: tuple[Finding, ...]

    @property
    def level(self) -> str:
        levels = {finding.level for finding in self.findings}
        return next((level for level in _WORST_FIRST if level in levels), GOOD)


def examined() -> list[Examined]:
    """Every check, worst first. A check that breaks is itself a finding; the others are still looked at."""
    found = [Examined(check, tuple(_looked(check))) for check in health_checks()]
    return sorted(found, key=lambda one: _WORST_FIRST.index(one.level))


def _looked(check: HealthCheck) -> list[Finding]:
    try:
        return list(check.look())
    except Exception as fault:  # noqa: BLE001  # whatever is wrong with one part, the rest is told
        log.warning("health check %s: %s", check.code, told_exception(fault))
        return [Finding(WRONG, _("This check itself failed: %(why)s") % {"why": told_exception(fault)})]


def register_core_checks() -> None:
    """What belongs to no app: database, secrets, settings, the workers of this host."""
    register_health_checks(
        HealthCheck("database", marked("Database"), _database),
        HealthCheck("secrets", marked("Keys and data folder"), _secrets),
        HealthCheck("settings", marked("Settings"), _settings),
        HealthCheck("workers", marked("Workers"), _workers),
    )


def damage_of_the_database() -> Finding | None:
    """What SQLite itself finds wrong in its file; None where nothing is. Reads the whole file: not for a page."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        answer = str(cursor.fetchone()[0])
    if answer == "ok":
        return None
    return Finding(
        WRONG,
        _("The SQLite file is damaged: %(answer)s") % {"answer": answer},
        _("Stop everything and restore the last backup with `wellspring restore`."),
    )


def _database() -> Iterator[Finding]:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        yield Finding(GOOD, _("SQLite %(version)s answers.") % {"version": sqlite3.sqlite_version})
    else:
        version = connection.cursor().connection.info.server_version
        yield Finding(GOOD, _("PostgreSQL %(version)s answers.") % {"version": f"{version // 10000}.{version % 10000}"})


def _secrets() -> Iterator[Finding]:
    data: Path = settings.ENVIRONMENT.data
    if not os.access(data, os.W_OK):
        yield Finding(
            WRONG,
            _("The data folder %(folder)s cannot be written.") % {"folder": data},
            _("Give it to the user who runs Wellspring: chown -R USER %(folder)s") % {"folder": data},
        )
    private = [*sorted(data.glob("*key*")), data / "log" / "key"]
    open_to_others = [path for path in private if path.is_file() and _is_open(path)]
    database = data / "wellspring.sqlite3"
    if database.exists() and _is_open(data) and _is_open(database):
        open_to_others.append(database)
    for path in open_to_others:
        yield Finding(
            WARNING,
            _("Other users of this machine can read %(name)s.") % {"name": path.relative_to(data)},
            f"chmod 700 {data}" if path == database else f"chmod 600 {path}",
        )
    if not open_to_others:
        yield Finding(GOOD, _("Only its owner can read the keys in %(folder)s.") % {"folder": data})


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _settings() -> Iterator[Finding]:
    environment = settings.ENVIRONMENT
    before = environment.demo
    if environment.debug:
        yield Finding(WRONG, _("WELLSPRING_DEBUG is on: failure pages show how the program works."), _("Take it away."))
    if not environment.contact:
        yield Finding(
            WARNING,
            _("WELLSPRING_CONTACT is not set: publishers find no one to ask for a removal."),
            _("Set it to a mail address or page that somebody reads."),
        )
        before = True
    if not environment.public_url and not environment.demo:
        yield Finding(
            WARNING,
            _("WELLSPRING_PUBLIC_URL is not set: feeds, mails and receipts cannot name this site's address."),
            _("Set it to the address that readers use, such as https://library.example.org."),
        )
        before = True
    elif environment.public_url.startswith("http://"):
        yield Finding(
            WARNING,
            _("The site is reached without TLS: passwords cross the network in the clear."),
            _("Put nginx with a certificate in front; docs/operate.md shows how."),
        )
        before = True
    if environment.demo:
        yield Finding(
            WARNING,
            _("This is the demo: whoever sits at this machine signs in as anybody by one click."),
            _("`wellspring demo leave` ends it for good."),
        )
    if not before and not environment.debug:
        yield Finding(GOOD, _("Nothing is missing."))


def _workers() -> Iterator[Finding]:
    count = living(settings.ENVIRONMENT.data / "workers")
    if count:
        yield Finding(GOOD, _("Workers running on this machine: %(count)s.") % {"count": count})
    else:
        yield Finding(
            WARNING,
            _("No worker runs on this machine: captured pages are not read unless another machine does it."),
            _("Start `wellspring worker`, or `wellspring up` for everything."),
        )
