"""Why a file is not taken, each told with what to do.

AttachmentProblem
├── FileEmpty          nothing in it
├── FileTooLarge       more bytes, pixels or unpacked contents than are taken
├── KindRefused        a kind that is not taken here, or that could do harm
├── FileDamaged        it cannot be read as what it says it is
├── FileInfected       the virus scanner said so
└── ScannerSilent      the virus scanner could not be asked: nothing is taken meanwhile
"""

from __future__ import annotations

from wellspring.core.errors import DomainError


class AttachmentProblem(DomainError):
    code = "attachment_problem"


class FileEmpty(AttachmentProblem):
    code = "file_empty"


class FileTooLarge(AttachmentProblem):
    code = "file_too_large"


class KindRefused(AttachmentProblem):
    code = "kind_refused"


class FileDamaged(AttachmentProblem):
    code = "file_damaged"


class FileInfected(AttachmentProblem):
    code = "file_infected"


class ScannerSilent(AttachmentProblem):
    code = "scanner_silent"
