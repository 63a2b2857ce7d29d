"""What the health page and `wellspring doctor` say about backups and the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from wellspring.core.models import AuditEntry
from wellspring.core.registry import Action, Finding, HealthCheck, register_actions, register_health_checks
from wellspring.engine.errors import marked

from .restoring import RESTORED
from .writing import MADE

STALE = timedelta(days=7)
_LOW, _VERY_LOW = 5_000_000_000, 500_000_000


def register_backups() -> None:
    register_actions(
        Action(MADE, marked("A backup was written: %(name)s.")),
        Action(RESTORED, marked("This installation was restored from the backup of %(made_at)s.")),
    )
    register_health_checks(HealthCheck("backup", marked("Backup"), _backup), HealthCheck("disk", marked("Disk"), _disk))


def last_backup() -> AuditEntry | None:
    """The audit trail's last word on a backup."""
    return AuditEntry.objects.filter(action=MADE).order_by("-number").first()


def _backup() -> Iterator[Finding]:
    last = last_backup()
    todo = _("Run `wellspring backup FILE` every day, to another disk.")
    if last is None:
        yield Finding("warning", _("No backup was ever made."), todo)
        return
    said = _("Last backup: %(moment)s, %(name)s, %(size)s.") % {
        "moment": formats.date_format(timezone.localtime(last.at), "DATETIME_FORMAT"),
        "name": last.data.get("name", ""),
        "size": filesizeformat(last.data.get("size", 0)),
    }
    if last.data.get("missing"):
        todo = _("Files of the archive were missing when it was made; `wellspring verify` names them.")
        yield Finding("wrong", said, todo)
    elif timezone.now() - last.at > STALE:
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
