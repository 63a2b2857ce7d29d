"""What `wellspring doctor` looks at among attachments: the folder takes files, and a scanner that is set answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from wellspring.core.attachments.errors import AttachmentProblem
from wellspring.core.attachments.files import folder
from wellspring.core.attachments.scanning import scan
from wellspring.core.health import GOOD, WRONG
from wellspring.core.registry import Finding, HealthCheck
from wellspring.engine.errors import marked


def attachments_check() -> HealthCheck:
    """The check of the folder and of the scanner."""
    return HealthCheck("attachments", marked("Attachments"), _look)


def _look() -> Iterator[Finding]:
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder()):
            pass
    except OSError as error:
        yield Finding(
            WRONG,
            _("No file can be kept in %(folder)s: %(why)s.") % {"folder": folder(), "why": error.strerror},
            _("Give the account that runs Wellspring the right to write there, or make room on the disk."),
        )
        return
    if settings.ENVIRONMENT.scan:
        try:
            scan(b"Is anybody there?")
        except AttachmentProblem:
            yield Finding(
                WRONG,
                _("The virus scanner does not answer; no file is taken meanwhile."),
                _("Start it, or look at WELLSPRING_SCAN (docs/settings.md)."),
            )
            return
        yield Finding(GOOD, _("Files can be kept; the virus scanner answers."))
    else:
        yield Finding(GOOD, _("Files can be kept; no virus scanner is set."))
