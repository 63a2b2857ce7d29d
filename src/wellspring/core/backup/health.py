"""What the health page and `wellspring doctor` say about backups and the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from wellspring.core.registry import Finding, HealthCheck, register_health_checks
from wellspring.engine.errors import marked

from .memory import last_backup

STALE = timedelta(days=7)
_LOW, _VERY_LOW = 5_000_000_000, 500_000_000


def register_backups() -> None:
    register_health_checks(HealthCheck("backup", marked("Backup"), _backup), HealthCheck("disk", marked("Disk"), _disk))


def _backup() -> Iterator[Finding]:
    last = last_backup()
    todo = _("Run `wellspring backup FILE` every day, to another disk.")
    if last is None:
        yield Finding("warning", _("No backup was ever made."), todo)
        return
    made_at = datetime.fromisoformat(last.made_at)
    said = _("Last backup: %(moment)s, %(name)s, %(size)s.") % {
        "moment": formats.date_format(timezone.localtime(made_at), "DATETIME_FORMAT"),
        "name": last.file,
        "size": filesizeformat(last.size),
    }
    if last.missing:
        todo = _("Files of the archive were missing when it was made; `wellspring verify` names them.")
        yield Finding("wrong", said, todo)
    elif timezone.now() - made_at > STALE:
        yield Finding("warning", said, todo)
    else:
        yield Finding("good", said)


def _disk() -> Iterator[Finding]:
    folder = settings.ENVIRONMENT.data
    usage = shutil.disk_usage(folder)
    said = _("%(free)s of %(total)s are free for %(folder)s.") % {
        "free": filesizeformat(usage.free),
        "total": filesizeformat(usage.total),
        "folder": folder,
    }
    if usage.free < _VERY_LOW:
        yield Finding("wrong", said, _("Make room at once: captures stop when the disk is full."))
    elif usage.free < _LOW:
        yield Finding("warning", said, _("Make room, or move the data folder to a larger disk."))
    else:
        yield Finding("good", said)
